select customer_id, count(*) as cards from {{ ref('stg_cards') }} group by customer_id
