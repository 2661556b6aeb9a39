select order_id, customer_id, ordered_at, total, currency_code, status = 'cancelled' as is_cancelled
from {{ source('shop', 'orders') }}
