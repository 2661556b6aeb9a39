-- Views: the first steps of most flows.
create view shop.customer_contacts as
  select c.customer_id, c.display_name, c.email, c.phone, (a.address).city as city, (a.address).postal_code as postal_code
  from shop.customers c
  left join shop.customer_addresses a on a.customer_id = c.customer_id and a.label = 'home';

create view payments.card_overview as
  select v.card_id, v.customer_id, v.pan as card_no, v.expiry, upper(v.cardholder_name) as holder
  from payments.card_vault v;

create view payments.cards_masked as
  select v.card_id, v.customer_id, '**** **** **** ' || right(v.pan, 4) as card_masked, md5(v.cardholder_name) as holder_key
  from payments.card_vault v;

create view clinic.patient_overview as
  select p.patient_id, p.mrn, p.given_name || ' ' || p.family_name as patient, p.birth_date, d.icd10, i.title as diagnosis
  from clinic.patients p
  left join clinic.diagnoses d on d.patient_id = p.patient_id
  left join ref.icd_codes i on i.icd10 = d.icd10;

create view analytics.customer_360 as
  with spend as (
    select o.customer_id, sum(o.total) as spent, max(o.ordered_at) as last_order
    from shop.orders o where o.status <> 'cancelled' group by o.customer_id
  )
  select k.customer_id, k.display_name, k.email, k.city, s.spent, s.last_order, n.opted_in_at is not null as newsletter
  from shop.customer_contacts k
  left join spend s using (customer_id)
  left join marketing.newsletter_subscribers n on lower(n.email) = lower(k.email);

create view analytics.customers_pseudonymised as
  select encode(sha256(convert_to(c.email, 'UTF8')), 'hex') as customer_key,
    extract(year from c.date_of_birth)::int as birth_year, left((a.address).postal_code, 2) as region, c.loyalty_level
  from shop.customers c join shop.customer_addresses a using (customer_id);

create materialized view analytics.patients_per_month as
  select date_trunc('month', a.starts_at)::date as month, count(distinct a.patient_id) as patients, avg(a.no_show::int) as no_show_rate
  from clinic.appointments a group by 1;

create materialized view analytics.best_sellers as
  select p.product_id, p.name, sum(i.quantity) as sold, rank() over (order by sum(i.quantity) desc) as place
  from shop.order_items i join shop.products p using (product_id) group by p.product_id, p.name;

create view personal.telefonliste as
  select m.pers_nr, m.vorname || ' ' || m.nachname as name, m.telefon_privat as telefon from personal.mitarbeiter m;

create view magasin.clients_actifs as
  select c.prenom, c.nom, c.courriel, max(v.vendu_le) as derniere_vente
  from magasin.clients c join magasin.ventes v using (id_client) group by c.id_client;

create view "CRM_OLD"."V_CARDS" as
  select "CST_ID", "NM1" || ' ' || "NM2" as "OWNER", "KK_NR" as "NO", "KK_GUELT" as "VALID" from "CRM_OLD"."CUST_MST" where "KK_NR" is not null;

create view support.open_tickets as
  select t.ticket_id, t.subject, c.display_name as customer, m.body as last_message
  from support.tickets t
  left join shop.customers c using (customer_id)
  left join lateral (
    select body from support.ticket_messages x where x.ticket_id = t.ticket_id order by x.sent_at desc limit 1
  ) m on true
  where t.state = 'open';

create view marketing.interests as
  select c.customer_id, 'travel health' as interest
  from clinic.patients p join shop.customers c using (customer_id)
  union
  select o.customer_id, k.name from shop.orders o
  join shop.order_items i using (order_id) join shop.products p using (product_id) join shop.categories k using (category_id);
