import type { Signal } from '../model/classification.ts';
import type { ColumnEvidence } from './judge-column.ts';
import { personKinds, type NameReading } from './names/read-name.ts';
import type { ValueReading } from './value-evidence.ts';

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
  const byName = isPlaceholder(evidence.name)
    ? [placeholder]
    : isBareRole(evidence.name)
      ? [role]
      : [...nameReasons(evidence), ...tableReasons(evidence)];
  return [...byName, ...valueReasons(evidence)];
}

const role: Signal = { signal: 'name', detail: 'it may be a person in that role: a name, a key, or a firm', weight: 0 };
const roles =
  /^(?:agent|broker|sponsor|principal|representative|attorney|lawyer|notary|judge|architect|handler|tutor|courier|arbiter|chair|chairman|chairwoman|chairperson|president|secretary|treasurer|deputy|delegate|commissioner|mediator|conductor|director|producer|composer|screenwriter|lyricist|translator|narrator|illustrator|photographer|choreographer|curator|counterparty)$/;

/** The whole name is a role that a person may have: in rows of things, too, the table is no reason against it. */
function isBareRole({ words, senses }: NameReading): boolean {
  return words.length === 1 && senses.length === 0 && roles.test(words[0] ?? '');
}

/** Counts, sums and what belongs to the record or its display: of whatever they are, they tell nothing of a person by themselves. */
const ofTheRecord =
  /^(?:counts?|cnt|totals?|sum|avg|average|mean|median|min|max|amount|amt|balance|price|prices|costs?|fees?|charges?|discount|tax|taxes|quantity|qty|currency|unit|units|uom|versions?|ver|revision|sort|order|seq|sequence|position|index|idx|length|size|format|encoding|charset|checksum|etag|template|icon|color|colour|theme|layout|style|font|width|page|pages|form|button|column|field|table|schema|view|file|files|filename|folder|path|url|uri|link|endpoint|host|hostname|server|port|protocol|mime|extension|ext|locale|timezone|tz|queue|job|task|batch|retry|retries|attempts|timeout|ttl|module|tag|tags|model|hash id|rowid|oid|interval|frequency|duration|usage|quota|limit|limits|label|labels|heading|header|footer|placeholder|tooltip|help text|default|active|inactive|enabled|disabled|visible|visibility|hidden|locked|synced|migrated|imported|exported|created|updated|modified|deleted|type concept id)$/;

/**
 * Words of the name are unknown, no value that tells anything was seen, and the row is a person's: that the last word makes
 * it a kind, a count or a key does not settle what of. Pure.
 */
export function isHalfKnown(evidence: ColumnEvidence): boolean {
  const { name, subject, values } = evidence;
  const ofPerson = subject.aboutPersons || subject.aboutPatients || personKinds.has(subject.kind);
  return name.strange > 0 && ofPerson && (values.tried === 0 || tellsNothing(values));
}

/** Numbers, dates, flags and a handful of codes are facts of somebody as well as of anything else. */
function tellsNothing({ tried, share }: ValueReading): boolean {
  return tried < 8 || silentForms.some((form) => share(form) >= 0.9);
}

const silentForms = ['form-flag', 'form-number', 'form-decimal', 'form-date', 'form-timestamp'];

/** The reason for NONE that nothing in a name is unknown. */
export const allKnown = 'all words are known and none is personal';

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

function nameReasons(evidence: ColumnEvidence): Signal[] {
  const { name, subject } = evidence;
  const { head, unknown, strange, wordCount, silent, calledBy, senses } = name;
  const say = (detail: string, weight: number): Signal => ({ signal: 'name', detail, weight });
  if (wordCount === 0) return [];
  const foreign = senses.find((sense) => sense.shortForeign && !subject.languages.has(sense.language));
  if (foreign !== undefined) return [say(`"${foreign.phrase}" may be a word of another language`, 0)];
  const half = isHalfKnown(evidence);
  if (name.flag && half) return [say('the name asks yes or no of a person, about what is not known', 0)];
  if (name.flag) return [say('the name asks yes or no', -3)];
  if (head !== null && half && (head.kind !== 'date' || subject.aboutPatients) && !ofTheRecord.test(head.phrase))
    return [
      say(
        `"${head.phrase}" ${headSays[head.kind]}, of what is not known: ${strange} of ${wordCount} words are unknown`,
        0,
      ),
    ];
  if (head !== null)
    return [say(`"${head.phrase}" ${headSays[head.kind]}`, headWeights[head.kind] + (strange > 0 ? 0.8 : 0))];
  if (calledBy !== null) return [say(`it is called by a kind of ${calledBy}: a name, a key or a number of one`, 0)];
  if (strange === wordCount) return [say('no word of the name is known', 0)];
  if (strange > 0) return [say(`${strange} of ${wordCount} words are unknown, and the others tell nothing`, 0)];
  if (silent === wordCount) return [say('the words are known and tell nothing', -0.4)];
  return [say(allKnown, unknown === 0 ? -3.2 : subject.aboutPatients ? -1.8 : -2.4)];
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

function valueReasons(evidence: ColumnEvidence): Signal[] {
  const { tried, byShape, share } = evidence.values;
  if (tried === 0) return [];
  const say = (detail: string, weight: number): Signal => ({ signal: 'values', detail, weight });
  if (isHalfKnown(evidence)) return [say('numbers, dates or a few codes tell nothing of a name that is not known', 0)];
  const plain = plainForms.find(([form]) => share(form) >= 0.9);
  if (plain !== undefined) return [say(plain[1], -2.6)];
  if (byShape) return [say('no detector knows the shapes of the values', tried < 3 ? -0.6 : -1.2)];
  const weight = tried < 3 ? -1 : tried < 8 ? -1.8 : -2.6;
  const [most] = evidence.values.findings
    .filter(({ detector }) => detector.fine !== null)
    .sort((a, b) => b.passed - a.passed);
  if (most === undefined) return [say(`no detector finds anything in ${tried} distinct values`, weight)];
  const { passed, detector } = most;
  return [
    say(
      `of ${tried} distinct values no more pass a detector than luck explains (${passed} pass ${detector.id})`,
      weight,
    ),
  ];
}
