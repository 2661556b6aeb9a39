-- Staff of the German branch; the tables came with the payroll program and speak German.
create schema personal;
comment on schema personal is 'Lohn und Gehalt';

create table personal.mitarbeiter (
  pers_nr int primary key,
  vorname text not null,
  nachname text not null,
  geburtsdatum date,
  strasse text,
  plz char(5),
  ort text,
  telefon_privat text,
  steuerklasse smallint,
  konfession text,
  eintritt date not null
);

create table personal.gehaltsabrechnung (
  pers_nr int not null references personal.mitarbeiter,
  monat date not null,
  brutto numeric(10, 2) not null,
  netto numeric(10, 2) not null,
  bankverbindung text not null,
  primary key (pers_nr, monat)
);

create table personal.fehlzeiten (
  pers_nr int not null references personal.mitarbeiter,
  von date not null,
  bis date,
  grund text,
  primary key (pers_nr, von)
);
comment on column personal.fehlzeiten.grund is 'K = krank, U = Urlaub, E = Elternzeit';

-- The French shop that was bought in 2023.
create schema magasin;

create table magasin.clients (
  id_client int primary key,
  civilite text,
  nom text not null,
  prenom text not null,
  courriel text,
  date_naissance date,
  adresse text,
  carte_bancaire text
);

create table magasin.articles (ref_article text primary key, designation text not null, prix numeric(8, 2) not null);

create table magasin.ventes (
  no_vente int primary key,
  id_client int references magasin.clients,
  ref_article text not null references magasin.articles,
  vendu_le date not null,
  montant numeric(8, 2) not null
);
