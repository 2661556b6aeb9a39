-- The web shop.
create schema shop;
comment on schema shop is 'Web shop, since 2021';

create domain shop.email_address as text check (value like '%@%');
create type shop.postal_address as (street text, postal_code text, city text, country_code char(2));

create table shop.customers (
  customer_id bigint primary key,
  first_name text not null,
  last_name text not null,
  display_name text generated always as (first_name || ' ' || last_name) stored,
  email shop.email_address not null unique,
  phone text,
  date_of_birth date,
  language_code char(2) not null default 'en',
  loyalty_level smallint not null default 0,
  created_at timestamptz not null
);
comment on table shop.customers is 'People with an account';
comment on column shop.customers.language_code is 'Language of e-mails';

create table shop.customer_addresses (
  address_id bigint primary key,
  customer_id bigint not null references shop.customers,
  label text,
  address shop.postal_address not null,
  geo_lat numeric(9, 6),
  geo_lon numeric(9, 6)
);

create table shop.suppliers (
  supplier_id int primary key,
  company_name text not null,
  contact_person text,
  contact_email text,
  vat_number text
);

create table shop.categories (category_id int primary key, parent_id int references shop.categories, name text not null);

create table shop.products (
  product_id int primary key,
  category_id int not null references shop.categories,
  supplier_id int not null references shop.suppliers,
  name text not null,
  patient_friendly boolean not null default false,
  ean char(13),
  list_price numeric(10, 2) not null,
  weight_grams int
);
comment on column shop.products.patient_friendly is 'Easy to open; says nothing about patients';
comment on column shop.products.ean is 'Article number, thirteen digits with a check digit';

create table shop.stock (
  product_id int not null references shop.products,
  warehouse_code text not null,
  on_hand int not null,
  primary key (product_id, warehouse_code)
);

create table shop.coupons (coupon_code text primary key, percent_off smallint not null, valid_until date);

create table shop.orders (
  order_id bigint primary key,
  customer_id bigint not null references shop.customers,
  ordered_at timestamptz not null,
  status text not null,
  coupon_code text references shop.coupons,
  total numeric(10, 2) not null,
  currency_code char(3) not null references ref.currencies,
  gift_message text
);
comment on column shop.orders.gift_message is 'Whatever the customer wrote on the card';

create table shop.order_items (
  order_id bigint not null references shop.orders,
  line_no smallint not null,
  product_id int not null references shop.products,
  quantity smallint not null,
  unit_price numeric(10, 2) not null,
  primary key (order_id, line_no)
);

create table shop.shipments (
  shipment_id bigint primary key,
  order_id bigint not null references shop.orders,
  carrier text not null,
  tracking_number text not null,
  recipient text not null,
  ship_to text not null,
  shipped_at timestamptz
);

create table shop.returns (
  return_id bigint primary key,
  order_id bigint not null references shop.orders,
  reason_code text not null,
  remarks text
);

create table shop.reviews (
  review_id bigint primary key,
  product_id int not null references shop.products,
  customer_id bigint references shop.customers,
  stars smallint not null,
  body text,
  nickname text
);

create table shop.carts (cart_id uuid primary key, customer_id bigint references shop.customers, contents jsonb not null, updated_at timestamptz);
