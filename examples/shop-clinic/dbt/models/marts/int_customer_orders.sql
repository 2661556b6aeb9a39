{{ config(materialized='ephemeral') }}
select customer_id, count(*) as orders, sum(total) as spent, max(ordered_at) as last_order_at
from {{ ref('stg_orders') }}
where not is_cancelled
group by customer_id
