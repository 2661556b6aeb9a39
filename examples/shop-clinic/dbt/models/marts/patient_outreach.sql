{{ config(post_hook="insert into marketing.audience_hashed (email_sha256, segment) select encode(sha256(convert_to(email, 'UTF8')), 'hex'), 'clinic' from {{ this }} on conflict do nothing") }}
select c.customer_id, c.email, p.patient_name, p.icd10, p.diagnosed_on
from {{ ref('stg_patients') }} p
join {{ ref('stg_customers') }} c using (customer_id)
