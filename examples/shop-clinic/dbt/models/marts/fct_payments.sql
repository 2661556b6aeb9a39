{{ config(materialized='incremental', unique_key='transaction_id') }}
select t.transaction_id, t.order_id, k.card_masked, k.card_fingerprint, t.amount, t.authorised_at, t.client_ip
from {{ source('payments', 'transactions') }} t
join {{ source('payments', 'payment_methods') }} m using (method_id)
join {{ ref('stg_cards') }} k on k.card_token = m.card_token
{% if is_incremental() %}
where t.authorised_at > (select max(authorised_at) from {{ this }})
{% endif %}
