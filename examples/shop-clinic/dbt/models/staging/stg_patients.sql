{{ config(materialized='ephemeral') }}
select p.patient_id, p.customer_id, p.given_name || ' ' || p.family_name as patient_name, d.icd10, d.diagnosed_on
from {{ source('clinic', 'patients') }} p
left join {{ source('clinic', 'diagnoses') }} d using (patient_id)
