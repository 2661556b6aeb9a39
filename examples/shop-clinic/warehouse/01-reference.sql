-- Reference data: nothing here is about a person.
create schema ref;
comment on schema ref is 'Lists that hardly change';

create table ref.countries (
  country_code char(2) primary key,
  country_name text not null,
  calling_code text,
  in_eu boolean not null default false
);

create table ref.currencies (currency_code char(3) primary key, name text not null, minor_units smallint not null);

create table ref.vat_rates (
  country_code char(2) not null references ref.countries,
  valid_from date not null,
  rate_percent numeric(4, 2) not null,
  primary key (country_code, valid_from)
);

create table ref.colours (colour_id int primary key, name text not null, hex_code char(6) not null);
comment on column ref.colours.name is 'Name of the colour, not of a person';

create table ref.icd_codes (icd10 text primary key, title text not null, chapter text not null);
comment on table ref.icd_codes is 'Public catalogue of diagnoses';

create table ref.medications (
  atc_code text primary key,
  substance text not null,
  form text not null,
  prescription_only boolean not null
);

create table ref.calendar (day date primary key, iso_week smallint not null, is_holiday boolean not null);
