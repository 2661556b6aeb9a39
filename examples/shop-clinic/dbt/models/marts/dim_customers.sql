select
    c.customer_id,
    c.full_name,
    c.email,
    c.city,
    coalesce(o.orders, 0)::int as orders,
    coalesce(o.spent, 0)::numeric(12, 2) as spent,
    o.last_order_at,
    n.segment_name
from {{ ref('stg_customers') }} c
left join {{ ref('int_customer_orders') }} o using (customer_id)
left join {{ ref('segment_names') }} n on n.min_orders = least(coalesce(o.orders, 0), 5)
