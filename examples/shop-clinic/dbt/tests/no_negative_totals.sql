select order_id from {{ ref('stg_orders') }} where total < 0
