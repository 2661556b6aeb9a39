import type { CoarseClass, DerivedForm } from '../model/classification.ts';
import type { EffectiveClassification, EffectiveField } from '../model/effective.ts';
import { arrivesBarer } from '../model/held-form.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { formInWords } from './diff/forms.ts';
import type { DatasetSummary } from './query.ts';

/** Words of category names that are not written as they are. */
const written: Readonly<Record<string, string>> = {
  bic: 'BIC',
  cvv: 'CVV',
  iban: 'IBAN',
  id: 'ID',
  ip: 'IP',
  mac: 'MAC',
  npi: 'NPI',
  pin: 'PIN',
  url: 'URL',
};

const whole: Readonly<Record<string, string>> = {
  card_last4: 'Last four of a card number',
  card_number: 'Card number',
  email: 'E-mail address',
  geo_coordinate: 'Location',
  inference: 'Inference about a person',
  person_id: "Person's number",
  person_name: 'Name of a person',
  phone: 'Phone number',
  photo: 'Picture of a person',
};

const formWords: Record<DerivedForm, string> = { hash: 'hashed', token: 'token', mask: 'masked', last4: 'last four' };

const classWords: readonly (readonly [CoarseClass, string])[] = [
  ['PCI', 'card data'],
  ['PHI', 'health data'],
  ['PII', 'personal data'],
];

/** What a source's tag says that names no more than a coarse class. */
const coarse: Readonly<Record<string, string>> = {
  user: 'Personal data',
  'user.health': 'Health data',
  'user.payment': 'Card data',
};

/** A category as a badge shows it: `E-mail address`. An unknown category keeps its dotted name. */
export function categoryLabel(category: string, taxonomy: Taxonomy): string {
  const fine = taxonomy.category(category)?.fine;
  if (fine === undefined) return coarse[category] ?? category;
  const words =
    whole[fine] ??
    fine
      .split('_')
      .map((word) => written[word] ?? word)
      .join(' ');
  return capitalised(words);
}

/**
 * A classification as a badge shows it: `E-mail address (hashed)`; where values arrive that are treated less than that:
 * `E-mail address (hashed; arrives in clear)`.
 */
export function classificationLabel(
  one: Pick<EffectiveClassification, 'category' | 'derived' | 'rows'>,
  taxonomy: Taxonomy,
): string {
  const { category, derived } = one;
  const label = categoryLabel(category, taxonomy);
  const barer = arrivesBarer(one);
  const saysItself = derived === 'last4' && taxonomy.category(category)?.fine === 'card_last4';
  const words = [
    ...(derived === null || saysItself ? [] : [formWords[derived]]),
    ...(barer === null ? [] : [`arrives ${formInWords(barer)}`]),
  ];
  return words.length === 0 ? label : `${label} (${words.join('; ')})`;
}

/** The classes in words, the gravest first: `card data, personal data`. */
export function classesInWords(classes: readonly CoarseClass[]): string {
  return classWords.flatMap(([name, words]) => (classes.includes(name) ? [words] : [])).join(', ');
}

/** The short text of a field's badge. Two categories by name, the rest as a number. */
export function fieldLabel(effective: EffectiveField, taxonomy: Taxonomy): string {
  const labels = effective.classifications.map((one) => classificationLabel(one, taxonomy));
  if (labels.length > 2) return `${labels.slice(0, 2).join(', ')} +${labels.length - 2}`;
  if (labels.length > 0) return labels.join(', ');
  if (effective.state === 'UNDECIDED') return 'Undecided';
  return effective.state === 'GAP' ? 'Not judged' : 'Nothing sensitive found';
}

/**
 * The short text of a dataset's badge. What is not known is said before anything sounds clean, and rows that hold
 * a person's key are called so where no column says more.
 */
export function datasetLabel(
  summary: Pick<DatasetSummary, 'classes' | 'fields' | 'sensitiveFields' | 'undecidedFields' | 'gapFields'> & {
    /** To whom the rows relate by a key: `customer`. */
    readonly identified?: string | null;
  },
): string {
  const { classes, fields, sensitiveFields, undecidedFields, gapFields, identified = null } = summary;
  if (sensitiveFields > 0) return capitalised(classesInWords(classes)) || 'Sensitive';
  if (fields === 0) return 'No fields known';
  const open =
    gapFields > 0
      ? `${countOf(gapFields, 'field')} not judged`
      : undecidedFields > 0
        ? `${countOf(undecidedFields, 'field')} undecided`
        : null;
  if (identified !== null) return `Relates to ${identified}s${open === null ? '' : `, ${open}`}`;
  return open ?? 'Nothing sensitive found';
}

/** `1 field`, `2 fields`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
