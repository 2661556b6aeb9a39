-- What runs at night.
create schema etl;
comment on schema etl is 'Nightly jobs';

-- The mistake that the example is about: the "customer reference" of the agency is the card number.
create procedure etl.load_marketing_export() language sql as $$
  insert into marketing.export (row_no, customer_ref, contact, city, spend, interest)
  select row_number() over (order by k.customer_id), o.card_no, k.email, k.city, coalesce(k.spent, 0), i.interest
  from analytics.customer_360 k
  join payments.card_overview o using (customer_id)
  left join (select customer_id, min(interest) as interest from marketing.interests group by customer_id) i using (customer_id);
$$;
comment on procedure etl.load_marketing_export is 'Fills the upload of the agency';

create procedure etl.refresh_customer_profile() language plpgsql as $$
begin
  merge into analytics.customer_profile t
  using (
    select c.customer_id, c.first_name || ' ' || c.last_name as full_name, c.email,
      case when c.date_of_birth > '1996-01-01' then 'under 30' when c.date_of_birth > '1976-01-01' then '30 to 50' else 'over 50' end as age_band,
      (select sum(o.total) from shop.orders o where o.customer_id = c.customer_id) as spent,
      (select max(v.diagnosis) from clinic.patient_overview v join clinic.patients p using (patient_id) where p.customer_id = c.customer_id) as diagnosis
    from shop.customers c
  ) s on t.customer_id = s.customer_id
  when matched then update set full_name = s.full_name, contact_email = s.email, age_band = s.age_band,
    lifetime_value = s.spent, last_diagnosis = s.diagnosis, updated_at = now()
  when not matched then insert (customer_id, full_name, contact_email, age_band, lifetime_value, last_diagnosis, updated_at)
    values (s.customer_id, s.full_name, s.email, s.age_band, s.spent, s.diagnosis, now());
end;
$$;

create procedure etl.load_payment_facts() language sql as $$
  insert into analytics.payment_facts (transaction_id, masked_card, amount, paid_on)
  select t.transaction_id, m.card_masked, t.amount, t.authorised_at::date
  from payments.transactions t
  join payments.payment_methods pm using (method_id)
  join payments.card_vault v on v.card_token = pm.card_token
  join payments.cards_masked m using (card_id)
  on conflict (transaction_id) do update set masked_card = excluded.masked_card;
$$;

create procedure etl.load_daily_revenue() language sql as $$
  insert into analytics.daily_revenue (day, orders, revenue)
  select ordered_at::date, count(*), sum(total) from shop.orders where status <> 'cancelled' group by 1
  on conflict (day) do update set orders = excluded.orders, revenue = excluded.revenue;
$$;

create procedure etl.hash_audience() language sql as $$
  insert into marketing.audience_hashed (email_sha256, segment)
  select distinct encode(sha256(convert_to(lower(email), 'UTF8')), 'hex'), 'newsletter'
  from marketing.newsletter_subscribers
  on conflict do nothing;
$$;

create procedure etl.load_health_interest() language plpgsql as $$
declare
  found_weight numeric := 1;
begin
  create temp table recent on commit drop as
    select p.customer_id, d.icd10 from clinic.diagnoses d join clinic.patients p using (patient_id) where p.customer_id is not null;
  insert into analytics.health_interest (customer_id, interest, weight)
  select r.customer_id, i.title, found_weight from recent r join ref.icd_codes i using (icd10);
end;
$$;

create procedure etl.rescue_old_cards() language sql as $$
  insert into staging.tmp_export_kk (cc, valid, owner) select "NO", "VALID", "OWNER" from "CRM_OLD"."V_CARDS";
$$;

-- Dynamic SQL: which tables it copies is decided when it runs.
create procedure etl.archive_table(source_table text) language plpgsql as $$
begin
  execute format('create table staging.%I as select * from %s', 'archive_' || md5(source_table), source_table);
end;
$$;

create function shop.touch_customer() returns trigger language plpgsql as $$
begin
  insert into web.login_audit (audit_id, username, succeeded, at)
  values ((select coalesce(max(audit_id), 0) + 1 from web.login_audit), new.email, true, now());
  return new;
end;
$$;
create trigger customers_touched after update of email on shop.customers for each row execute function shop.touch_customer();

create function analytics.age_in_years(born date) returns int language sql immutable as $$
  select extract(year from age(date '2026-01-01', born))::int
$$;
