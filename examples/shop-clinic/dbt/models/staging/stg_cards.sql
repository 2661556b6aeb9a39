select
    v.customer_id,
    v.card_token,
    '************' || right(v.pan, 4) as card_masked,
    encode(sha256(convert_to(v.pan, 'UTF8')), 'hex') as card_fingerprint
from {{ source('payments', 'card_vault') }} v
