import { createHash } from 'node:crypto';
import { exampleIbans, inventPerson, testCards, type Person } from './people.ts';
import type { Random } from './random.ts';
import { times, type TableRows } from './table-rows.ts';

/** The German payroll and the French shop. */
export function staffRows(random: Random): readonly TableRows[] {
  const staff = times(40, (n) => inventPerson(random, 1000 + n));
  const french = times(50, (n) => inventPerson(random, 2000 + n));
  return [
    {
      table: 'personal.mitarbeiter',
      rows: staff.map((person, i) => ({
        pers_nr: 7000 + i,
        vorname: person.first,
        nachname: person.last,
        geburtsdatum: person.born,
        strasse: person.street,
        plz: `00${random.digits(3)}`,
        ort: 'Musterstadt',
        telefon_privat: `030 23125${random.digits(3)}`,
        steuerklasse: random.int(1, 6),
        konfession: random.pick(['rk', 'ev', 'keine']),
        eintritt: random.day(2015, 2025),
      })),
    },
    {
      table: 'personal.gehaltsabrechnung',
      rows: staff.flatMap((_, i) =>
        ['2025-10-01', '2025-11-01', '2025-12-01'].map((monat) => ({
          pers_nr: 7000 + i,
          monat,
          brutto: random.int(250_000, 700_000) / 100,
          netto: random.int(160_000, 420_000) / 100,
          bankverbindung: random.pick(exampleIbans)[0],
        })),
      ),
    },
    {
      table: 'personal.fehlzeiten',
      rows: staff.slice(0, 30).map((_, i) => ({
        pers_nr: 7000 + i,
        von: random.day(2025, 2025),
        grund: random.pick(['K', 'U', 'E']),
      })),
    },
    {
      table: 'magasin.clients',
      rows: french.map((person, i) => ({
        id_client: i + 1,
        civilite: random.pick(['Mme', 'M.']),
        nom: person.last,
        prenom: person.first,
        courriel: person.email,
        date_naissance: person.born,
        adresse: `${random.int(1, 90)} rue des Tilleuls, 00${random.digits(3)} Exempleville`,
        carte_bancaire: random.chance(0.6) ? random.pick(testCards)[1] : null,
      })),
    },
    {
      table: 'magasin.articles',
      rows: times(12, (n) => ({
        ref_article: `A-${n}`,
        designation: `Gourde ${n}`,
        prix: random.int(500, 4000) / 100,
      })),
    },
    {
      table: 'magasin.ventes',
      rows: times(120, (n) => ({
        no_vente: n,
        id_client: random.int(1, 50),
        ref_article: `A-${random.int(1, 12)}`,
        vendu_le: random.day(2023, 2025),
        montant: random.int(500, 9000) / 100,
      })),
    },
  ];
}

/** What the old system left behind. */
export function legacyRows(random: Random, people: readonly Person[]): readonly TableRows[] {
  const card = () => random.pick(testCards)[1];
  return [
    {
      table: '"CRM_OLD"."CUST_MST"',
      rows: people.slice(0, 120).map((person, i) => ({
        CST_ID: i + 1,
        NM1: person.first,
        NM2: person.last,
        TEL_NR: person.phone,
        KK_NR: random.chance(0.8) ? card() : null,
        KK_GUELT: `0${random.int(1, 9)}/${random.int(19, 23)}`,
        FLD_07: random.chance(0.5) ? person.email : null,
        FLD_08: random.pick(['VIP', 'prefers evenings', '', null]),
        STAT: random.pick(['A', 'I']),
      })),
    },
    {
      table: '"CRM_OLD"."T_0815"',
      rows: people
        .slice(0, 60)
        .map((person, i) => ({ K: i, A: person.last, B: person.born, C: `${i % 7}`, 'X.Y': person.city })),
    },
    {
      table: '"CRM_OLD"."Contact Data (new)"',
      rows: people.slice(0, 50).map((person, i) => ({
        Id: i + 1,
        'E-Mail Adresse': person.email,
        Notiz: random.pick(['call back', 'no newsletter', null]),
        Passwort_Hash: createHash('sha256').update(`fictional ${i}`).digest('hex'),
      })),
    },
    {
      table: 'staging.card_import_2019',
      rows: people
        .slice(0, 40)
        .map((person, i) => ({ line_no: i + 1, raw_line: `${card()};${person.last};0${random.int(1, 9)}/22` })),
    },
    {
      table: 'staging.kunden_import',
      rows: people.slice(40, 90).map((person, i) => ({
        zeile: i + 1,
        name_vollst: `${person.last}, ${person.first}`,
        mail: person.email,
        tel: person.phone,
        geb: person.born.split('-').reverse().join('.'),
      })),
    },
    {
      table: 'staging.supplier_feed',
      rows: times(10, (n) => ({
        feed_id: n,
        payload: { sku: `S-${n}`, price: random.int(1, 90), contact: `feed${n}@example.net` },
      })),
    },
  ];
}
