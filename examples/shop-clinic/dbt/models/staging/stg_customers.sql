select
    c.customer_id,
    c.first_name || ' ' || c.last_name as full_name,
    lower(c.email) as email,
    c.date_of_birth,
    (a.address).city as city,
    c.created_at
from {{ source('shop', 'customers') }} c
left join {{ source('shop', 'customer_addresses') }} a on a.customer_id = c.customer_id
