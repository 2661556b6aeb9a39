import type { TableRows } from './table-rows.ts';

export const diagnoses: readonly (readonly [icd10: string, title: string, chapter: string])[] = [
  ['E11.9', 'Type 2 diabetes mellitus without complications', 'IV'],
  ['F41.1', 'Generalised anxiety disorder', 'V'],
  ['I10', 'Essential hypertension', 'IX'],
  ['J45.9', 'Asthma, unspecified', 'X'],
  ['B20', 'Human immunodeficiency virus disease', 'I'],
  ['Z23', 'Encounter for immunisation', 'XXI'],
  ['A01.0', 'Typhoid fever', 'I'],
];

export const medications: readonly (readonly [atc: string, substance: string, form: string])[] = [
  ['A10BA02', 'metformin', 'tablet'],
  ['C09AA05', 'ramipril', 'tablet'],
  ['R03AC02', 'salbutamol', 'inhaler'],
  ['N06AB06', 'sertraline', 'tablet'],
  ['J07AP03', 'typhoid vaccine', 'injection'],
  ['P01BB51', 'atovaquone and proguanil', 'tablet'],
];

const countries: readonly (readonly [string, string, string, boolean])[] = [
  ['US', 'United States', '+1', false],
  ['GB', 'United Kingdom', '+44', false],
  ['DE', 'Germany', '+49', true],
  ['FR', 'France', '+33', true],
];

export function referenceRows(): readonly TableRows[] {
  return [
    {
      table: 'ref.countries',
      rows: countries.map(([country_code, country_name, calling_code, in_eu]) => ({
        country_code,
        country_name,
        calling_code,
        in_eu,
      })),
    },
    {
      table: 'ref.currencies',
      rows: [
        { currency_code: 'EUR', name: 'Euro', minor_units: 2 },
        { currency_code: 'USD', name: 'US dollar', minor_units: 2 },
        { currency_code: 'GBP', name: 'Pound sterling', minor_units: 2 },
      ],
    },
    {
      table: 'ref.vat_rates',
      rows: [
        { country_code: 'DE', valid_from: '2021-01-01', rate_percent: 19 },
        { country_code: 'FR', valid_from: '2014-01-01', rate_percent: 20 },
        { country_code: 'GB', valid_from: '2011-01-04', rate_percent: 20 },
      ],
    },
    {
      table: 'ref.colours',
      rows: ['Amber', 'Jade', 'Ruby', 'Olive', 'Hazel', 'Violet'].map((name, i) => ({
        colour_id: i + 1,
        name,
        hex_code: (0x303030 + i * 0x0a1f2b).toString(16).padStart(6, '0'),
      })),
    },
    { table: 'ref.icd_codes', rows: diagnoses.map(([icd10, title, chapter]) => ({ icd10, title, chapter })) },
    {
      table: 'ref.medications',
      rows: medications.map(([atc_code, substance, form]) => ({ atc_code, substance, form, prescription_only: true })),
    },
    {
      table: 'ref.calendar',
      rows: Array.from({ length: 56 }, (_, i) => ({
        day: new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
        iso_week: Math.floor((i + 3) / 7) + 1,
        is_holiday: i === 0,
      })),
    },
  ];
}
