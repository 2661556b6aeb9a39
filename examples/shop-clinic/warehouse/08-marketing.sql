-- Campaigns, and what leaves the house.
create schema marketing;
comment on schema marketing is 'Shared with the agency';

create table marketing.campaigns (campaign_id int primary key, name text not null, starts_on date, budget numeric(10, 2));

create table marketing.newsletter_subscribers (
  subscriber_id bigint primary key,
  email text not null,
  opted_in_at timestamptz,
  source text
);

create table marketing.email_events (
  event_id bigint primary key,
  subscriber_id bigint not null references marketing.newsletter_subscribers,
  campaign_id int not null references marketing.campaigns,
  kind text not null,
  at timestamptz not null
);

create table marketing.export (
  row_no bigint primary key,
  customer_ref text,
  contact text,
  city text,
  spend numeric(12, 2),
  interest text,
  exported_at timestamptz not null default now()
);
comment on table marketing.export is 'Uploaded to the agency every night';
comment on column marketing.export.customer_ref is 'Key by which the agency tells customers apart';

create table marketing.audience_hashed (email_sha256 text primary key, segment text not null);

create table marketing.segments (segment_id int primary key, name text not null, rule text);

create schema analytics;
comment on schema analytics is 'For reporting';

create table analytics.daily_revenue (day date primary key, orders int not null, revenue numeric(14, 2) not null);

create table analytics.customer_profile (
  customer_id bigint primary key,
  full_name text,
  contact_email text,
  age_band text,
  lifetime_value numeric(12, 2),
  last_diagnosis text,
  updated_at timestamptz
);

create table analytics.payment_facts (
  transaction_id bigint primary key,
  masked_card text,
  amount numeric(10, 2),
  paid_on date
);

create table analytics.health_interest (customer_id bigint, interest text, weight numeric);

create table analytics.kpi_snapshot (kpi text, taken_on date, value numeric, primary key (kpi, taken_on));
