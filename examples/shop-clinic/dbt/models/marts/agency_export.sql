select e.customer_ref, e.contact, e.city, e.spend, e.interest, d.segment_name
from {{ source('marketing', 'export') }} e
left join {{ ref('dim_customers') }} d on d.email = e.contact
