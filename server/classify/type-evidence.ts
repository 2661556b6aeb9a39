import type { Signal } from '../model/classification.ts';
import { codedKinds, datedKinds, wordKinds } from './fine-groups.ts';

type Form = 'flag' | 'date' | 'number';

const forms: readonly (readonly [Form, RegExp])[] = [
  ['flag', /^(?:bool(?:ean)?|bit(?:\(1\))?|tinyint\(1\))$/],
  ['date', /^(?:date|time|timestamp|datetime|smalldatetime|interval)/],
  [
    'number',
    /^(?:unsigned )?(?:(?:small|big|tiny|medium)?int|serial|bigserial|float|double|real|numeric|decimal|number|money|long)/,
  ],
];

/** How many signs the shortest number of its kind has: the card of ISO 7812 in use, the IBAN of Norway. */
const shortest: Readonly<Partial<Record<string, number>>> = { card_number: 12, iban: 15 };

/** How many signs a declared type of text holds: `varchar(10)`; null where it does not say. Pure. */
export function declaredLength(type: string | null | undefined): number | null {
  const length = /^(?:n?var)?(?:char(?:acter)?|char2|character varying|string|text)2?\s*\(\s*(\d+)/.exec(
    type
      ?.trim()
      .toLowerCase()
      .replace(/^n(?=char)/, '') ?? '',
  )?.[1];
  return length === undefined ? null : Number(length);
}

/** What a column's declared type says against a category that its name speaks of; null where it says nothing. */
export function typeAgainst(fine: string, type: string | null): Signal | null {
  const length = declaredLength(type);
  const least = shortest[fine];
  if (length !== null && least !== undefined && length < least)
    return { signal: 'type', detail: `the type holds ${length} signs, and no such number is as short`, weight: -3.8 };
  const form = formOf(type);
  if (form === null || type === null) return null;
  const weight = weightOf(form, fine);
  return weight === 0
    ? null
    : { signal: 'type', detail: `the type is ${form === 'flag' ? 'a flag' : `a ${form}`}`, weight };
}

function formOf(type: string | null): Form | null {
  const plain = type?.trim().toLowerCase() ?? '';
  return forms.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

function weightOf(form: Form, fine: string): number {
  if (form === 'flag') return codedKinds.has(fine) ? -0.5 : -5;
  if (form === 'date') return datedKinds.has(fine) || fine === 'age' ? 0 : -4;
  return wordKinds.has(fine) || fine === 'email' || fine === 'iban' || fine === 'ip_address' ? -2.5 : 0;
}
