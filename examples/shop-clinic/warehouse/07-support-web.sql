-- Help desk and what the web server writes down.
create schema support;

create table support.agents (agent_id int primary key, login_name text not null, team text not null);

create table support.tickets (
  ticket_id bigint primary key,
  customer_id bigint references shop.customers,
  agent_id int references support.agents,
  subject text not null,
  opened_at timestamptz not null,
  state text not null
);

create table support.ticket_messages (
  message_id bigint primary key,
  ticket_id bigint not null references support.tickets,
  sent_at timestamptz not null,
  from_customer boolean not null,
  body text not null
);

create table support.chat_transcripts (chat_id uuid primary key, customer_id bigint, transcript jsonb not null);

create table support.canned_answers (answer_id int primary key, title text not null, body text not null);

create schema web;

create table web.sessions (
  session_id uuid primary key,
  customer_id bigint,
  ip_address inet not null,
  user_agent text,
  device_id text,
  started_at timestamptz not null
);

create table web.page_views (
  view_id bigint not null,
  session_id uuid not null,
  viewed_at timestamptz not null,
  path text not null,
  referrer text
) partition by range (viewed_at);
create table web.page_views_2025 partition of web.page_views for values from ('2025-01-01') to ('2026-01-01');
create table web.page_views_2026 partition of web.page_views for values from ('2026-01-01') to ('2027-01-01');

create table web.cookie_consents (
  consent_id bigint primary key,
  cookie_id text not null,
  purposes text[] not null,
  given_at timestamptz not null
);

create table web.login_audit (
  audit_id bigint primary key,
  username text not null,
  password_hash text,
  succeeded boolean not null,
  at timestamptz not null
);

create table web.feature_flags (flag text primary key, enabled boolean not null, rollout_percent smallint not null);
