-- What the old system left behind, as it was.
create schema "CRM_OLD";

create table "CRM_OLD"."CUST_MST" (
  "CST_ID" int primary key,
  "NM1" varchar(40),
  "NM2" varchar(40),
  "TEL_NR" varchar(24),
  "KK_NR" varchar(19),
  "KK_GUELT" varchar(5),
  "FLD_07" varchar(80),
  "FLD_08" varchar(80),
  "STAT" char(1)
);
comment on table "CRM_OLD"."CUST_MST" is 'Migrated 2021; FLD_* were free fields';

create table "CRM_OLD"."T_0815" ("K" int, "A" text, "B" text, "C" text, "X.Y" text);

create table "CRM_OLD"."Contact Data (new)" (
  "Id" int primary key,
  "E-Mail Adresse" text,
  "Notiz" text,
  "Passwort_Hash" text
);

create schema staging;
comment on schema staging is 'Files as they came in; emptied now and then';

create table staging.card_import_2019 (line_no int primary key, raw_line text);
create table staging.kunden_import (zeile int primary key, name_vollst text, mail text, tel text, geb text);
create table staging.supplier_feed (feed_id int, payload jsonb);
create table staging.tmp_export_kk (cc text, valid text, owner text);
