/** A small fictional shop in SQL: an address and a card number that are copied, hashed, masked and counted. */
export const smallShop: Readonly<Record<string, string>> = {
  '01-tables.sql': `
    create table shop.customers (
      customer_id bigint primary key,
      email text not null,
      date_of_birth date,
      "<img src=x onerror=alert(1)>" text
    );
    comment on column shop.customers.email is 'Where the invoice goes';
    create table shop.orders (order_id bigint primary key, customer_id bigint references shop.customers, total numeric(12,2));
    create table payments.card_vault (card_id bigint primary key, customer_id bigint, card_number text, cvv text);
    create table misc.t17 (a1 text, zz_9 text);
  `,
  '02-views.sql': `
    create view staging.customers as select customer_id, lower(email) as email, date_of_birth from shop.customers;
    create view marts.customer_360 as
      select c.customer_id, c.email, md5(c.email) as email_key, count(o.order_id) as orders
      from staging.customers c left join shop.orders o on o.customer_id = c.customer_id group by 1, 2, 3;
    create view marketing.export as
      select m.email as recipient, v.card_number as reference
      from marts.customer_360 m join payments.card_vault v on v.customer_id = m.customer_id;
    create view marketing.audience as select email_key from marts.customer_360;
  `,
};
