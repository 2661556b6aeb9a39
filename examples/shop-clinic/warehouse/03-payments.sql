-- Payments. The vault is the only place where a card number belongs.
create schema payments;
comment on schema payments is 'Cardholder data environment';

create table payments.card_vault (
  card_id bigint primary key,
  customer_id bigint not null references shop.customers,
  pan text not null,
  expiry char(5) not null,
  cardholder_name text not null,
  card_token text not null unique,
  stored_at timestamptz not null
);
comment on column payments.card_vault.pan is 'Primary account number, in clear since the migration of 2022';

create table payments.payment_methods (
  method_id bigint primary key,
  customer_id bigint not null references shop.customers,
  kind text not null,
  card_token text references payments.card_vault (card_token),
  brand text,
  last4 char(4)
);

create table payments.sepa_mandates (
  mandate_reference text primary key,
  customer_id bigint not null references shop.customers,
  account_holder text not null,
  iban text not null,
  bic text,
  signed_on date not null
);

create table payments.transactions (
  transaction_id bigint primary key,
  order_id bigint not null references shop.orders,
  method_id bigint not null references payments.payment_methods,
  amount numeric(10, 2) not null,
  currency_code char(3) not null,
  authorised_at timestamptz not null,
  auth_code text,
  acquirer_reference char(23),
  client_ip inet
);
comment on column payments.transactions.acquirer_reference is 'Twenty-three digits of the acquirer; looks like a card number and is none';

create table payments.refunds (
  refund_id bigint primary key,
  transaction_id bigint not null references payments.transactions,
  amount numeric(10, 2) not null,
  note text
);

create table payments.chargebacks (
  chargeback_id bigint primary key,
  transaction_id bigint not null references payments.transactions,
  reason_code text not null,
  evidence jsonb
);

create table payments.payout_batches (batch_id int primary key, executed_on date not null, total numeric(12, 2) not null);
