import type { Signal } from '../model/classification.ts';
import type { ColumnEvidence } from './judge-column.ts';
import { personKinds, type NameReading } from './names/read-name.ts';

const things = new Set(['product', 'organisation', 'reference', 'system']);
/** Forms of values that hold no word and no number of a person. */
const plainForms = [
  ['form-flag', 'the values are flags'],
  ['form-tiny-number', 'the values are small numbers'],
  ['form-timestamp', 'the values are points in time'],
  ['form-decimal', 'the values are fractions'],
] as const;

/**
 * Why a column that no category explains holds nothing sensitive, as signals: below zero they speak for NONE. Without any
 * the sum is zero and the column is left to a person: that a name says nothing is no reason for NONE.
 */
export function reasonsForNone(evidence: ColumnEvidence): readonly Signal[] {
  // What a place-holder may hold, no table tells.
  const byName = isPlaceholder(evidence.name) ? [placeholder] : [...nameReasons(evidence), ...tableReasons(evidence)];
  return [...byName, ...valueReasons(evidence)];
}

const placeholder: Signal = {
  signal: 'name',
  detail: 'the name is a place-holder and says nothing of what it holds',
  weight: 0,
};
const placeWords =
  /^(?:fields?|fld|feld|felder|campo|campi|champ|col|cols|column|columns|spalte|colonne|colonna|coluna|columna|attr|attrs|attrib|attribute|attributes|attribut|atributo|var|variable|val|value|data|custom|extra|udf|udc|flex|flexfield|generic|spare|reserved|filler|misc|unnamed|char|string|str|text|user|defined|segment|prop|property|z|zz|zusatz|reserve|dummy|placeholder|[a-z]|\p{N}+)$/u;

const strictWords =
  /^(?:fields?|fld|feld|felder|campo|campi|champ|cols?|columns?|spalte|colonn[ea]|coluna|columna|attrs?|attrib|attributes?|attribut|atributo|custom|udf|udc|flex|flexfield|spare|reserved|filler|misc|unnamed|zusatz|reserve|dummy|placeholder)$/;

/** `field_17`, `col_3`, `attr1`, `custom_field`: a place in a row. A single word other than those may be a name. */
export function isPlaceholder({ words, senses }: NameReading): boolean {
  const isPlace = words.some((word) => /^\p{N}+$/u.test(word) || strictWords.test(word));
  return (
    isPlace &&
    senses.length === 0 &&
    words.length > 0 &&
    words.every((word) => placeWords.test(word)) &&
    words.join('') !== 'user'
  );
}

function nameReasons({ name, subject }: ColumnEvidence): Signal[] {
  const { head, unknown, strange, wordCount, silent, calledBy, senses } = name;
  const say = (detail: string, weight: number): Signal => ({ signal: 'name', detail, weight });
  if (wordCount === 0) return [];
  const foreign = senses.find((sense) => sense.shortForeign && !subject.languages.has(sense.language));
  if (foreign !== undefined) return [say(`"${foreign.phrase}" may be a word of another language`, 0)];
  if (name.flag) return [say('the name asks yes or no', -3)];
  if (head !== null)
    return [say(`"${head.phrase}" ${headSays[head.kind]}`, headWeights[head.kind] + (strange > 0 ? 0.8 : 0))];
  if (calledBy !== null) return [say(`it is called by a kind of ${calledBy}: a name, a key or a number of one`, 0)];
  if (strange === wordCount) return [say('no word of the name is known', 0)];
  if (strange > 0) return [say(`${strange} of ${wordCount} words are unknown, and the others tell nothing`, 0)];
  if (silent === wordCount) return [say('the words are known and tell nothing', -0.4)];
  return [say('all words are known and none is personal', unknown === 0 ? -3.2 : -2.4)];
}

const headSays = {
  thing: 'makes it a fact about something else',
  date: 'makes it a time',
  key: 'makes it a key',
} as const;
const headWeights = { thing: -4, date: -3.6, key: -2.8 } as const;

function tableReasons({ subject }: ColumnEvidence): Signal[] {
  const say = (detail: string, weight: number): Signal => ({ signal: 'table', detail, weight });
  if (subject.aboutPatients) return [say('the rows are of patients', 1)];
  if (subject.aboutPersons || personKinds.has(subject.kind)) return [say('the rows are persons', 0.4)];
  return things.has(subject.kind) ? [say(`the table is about ${subject.kind}`, -1.1)] : [];
}

function valueReasons({ values }: ColumnEvidence): Signal[] {
  const { tried, byShape, share } = values;
  if (tried === 0) return [];
  const say = (detail: string, weight: number): Signal => ({ signal: 'values', detail, weight });
  const plain = plainForms.find(([form]) => share(form) >= 0.9);
  if (plain !== undefined) return [say(plain[1], -2.6)];
  if (byShape) return [say('no detector knows the shapes of the values', tried < 3 ? -0.6 : -1.2)];
  const weight = tried < 3 ? -1 : tried < 8 ? -1.8 : -2.6;
  const [most] = values.findings.filter(({ detector }) => detector.fine !== null).sort((a, b) => b.passed - a.passed);
  if (most === undefined) return [say(`no detector finds anything in ${tried} distinct values`, weight)];
  const { passed, detector } = most;
  return [
    say(
      `of ${tried} distinct values no more pass a detector than luck explains (${passed} pass ${detector.id})`,
      weight,
    ),
  ];
}
