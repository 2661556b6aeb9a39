import { dealingsSignal, type Signal } from '../model/classification.ts';
import type { TableInput, TableSubject } from './classifier.ts';
import { isCodeList } from './code-list.ts';
import { isOfEmployment } from './employment.ts';
import { cardKinds, careKinds } from './fine-groups.ts';
import { isKindList } from './kind-list.ts';
import { personKinds, type NameReading } from './names/read-name.ts';
import { otherCard } from './other-cards.ts';
import { careOf, recordsCareOfSomebody } from './records-of-care.ts';
import { indianTaxNumbers } from './tax-numbers.ts';
import { isOfAnimals, isOfPlaces } from './things.ts';

/** Whose rows a table holds, and how sure that is, before any column is judged. */
export interface SubjectReading extends TableSubject {
  /** The rows are about persons, or stand beside columns that name one. */
  readonly aboutPersons: boolean;
  readonly aboutPatients: boolean;
  /** No other column is known: the table's silence says nothing. */
  readonly alone: boolean;
  /** The rows are dealings (orders, invoices, deliveries): places and names in them are those of a party. */
  readonly aboutDealings: boolean;
  /** The rows are messages: who stands in them is an address, what stands in them was written by somebody. */
  readonly aboutMail: boolean;
  /** The names of its columns, word by word. */
  readonly columnNames: ReadonlySet<string>;
  /** What kind of care the rows record, where they are rows of patients: its code and its value are health data. */
  readonly recordsCare: string | null;
  /** What the table is called, word by word: a key of that name is the key of its rows. */
  readonly ownWords: readonly string[];
  /** The table is about insurance. */
  readonly aboutInsurance: boolean;
  /** The rows are about children. */
  readonly aboutChildren: boolean;
  /** In how many names of the table and its columns a language other than English was met. */
  readonly languages: ReadonlyMap<string, number>;
  /** Categories that the names of the columns speak of outright. */
  readonly named: ReadonlySet<string>;
  /** Names of columns, word by word, that are tax numbers though the number of a card is called so too. */
  readonly taxNumbers: ReadonlySet<string>;
  /** The rows are animals. */
  readonly ofAnimals: boolean;
  /** The rows are shops, branches, stations: a place in them is theirs. */
  readonly ofPlaces: boolean;
  /** The rows are kinds of something that persons have (diseases, genders, given names), and no person's. */
  readonly ofKinds: boolean;
  /** No column names, keys or points at anybody. */
  readonly namesNobody: boolean;
  /** Which share of the words that name its columns are short forms, 0 to 1 in steps of a tenth: a column more changes no verdict. */
  readonly shortNames: number;
  /** What the table's own name says. */
  readonly tableName: NameReading;
}

const identity = new Set(
  'first_name last_name person_name email phone date_of_birth gender national_id passport username device_id cookie_id ip_address person_id marital_status medical_record_number'.split(
    ' ',
  ),
);
const referenceSchemas = new Set(
  'ref refs reference references lookup lookups lkp codelist codelists masterdata'.split(' '),
);
type Kind = TableSubject['kind'];

/**
 * Reads the subject from the table's name, from what its columns are called, and from the names of the tables that its
 * foreign keys lead to: a row that points at a person relates to that person. Pure.
 */
export function readSubject(
  table: TableInput,
  tableName: NameReading,
  columns: readonly NameReading[],
  beyond: {
    /** The names of the tables that foreign keys lead to. */
    readonly foreign: readonly NameReading[];
    /** The name of the table's schema, or null. */
    readonly schema: NameReading | null;
    /** Categories that a column's values prove, whatever it is called. */
    readonly proved: ReadonlySet<string>;
  },
): SubjectReading {
  const votes = new Map<Kind, number>();
  const evidence: Signal[] = [];
  const vote = (kind: Kind, weight: number, signal: string, detail: string): void => {
    votes.set(kind, (votes.get(kind) ?? 0) + weight);
    evidence.push({ signal, detail, weight });
  };
  const speaksOf = tableName.subjects.filter((subject) => subject !== 'dealing' && subject !== 'mail');
  speaksOf.forEach((subject, i) => {
    const last = i === speaksOf.length - 1;
    vote(subject as Kind, last ? 3 : 2, 'table-name', `the table's name speaks of ${subject}`);
  });
  if (tableName.subjects.includes('dealing'))
    evidence.push({
      signal: dealingsSignal,
      detail: "the table's name speaks of orders, sales or deliveries",
      weight: 0,
    });
  const isReferences = beyond.schema?.words.some((word) => referenceSchemas.has(word)) === true;
  if (isReferences) vote('reference', 4.5, 'schema', 'the schema holds references');
  const beside = new Set([
    ...columns.flatMap((column) => outright(column).filter((fine) => fine !== 'card_number')),
    ...beyond.proved,
  ]);
  // `pan` may be a tax number, but not beside a track, a security code or an expiry of a card, nor in a table of cards.
  const isCards =
    [...beside].some((fine) => cardKinds.has(fine)) ||
    (tableName.words.some((word) => cardTable.test(word)) && otherCard(tableName, tableName, beside) === null);
  const types = table.columns.map(({ type }) => type);
  const taxNumbers = isCards ? new Set<string>() : indianTaxNumbers(types, columns);
  const isTaxNumber = ({ words }: NameReading): boolean => taxNumbers.has(words.join(' '));
  const named = new Set([
    ...columns.flatMap((column) => (isTaxNumber(column) ? ['tax_id'] : ofItsCard(column, tableName, beside))),
    ...beyond.proved,
  ]);
  if (
    isCards &&
    columns.some((column) => column.senses.some(({ phrase, about }) => phrase === 'pan' && about === null))
  )
    named.add('card_number');
  const pointed = beyond.foreign.flatMap(({ subjects }) => subjects.filter((kind) => personKinds.has(kind)).slice(-1));
  const keys = columns
    .map(({ personKey, calledBy, words }) => personKey ?? (words.join(' ') === calledBy ? calledBy : null))
    .filter((kind) => kind !== null);
  const persons = [...named].filter((fine) => identity.has(fine)).length;
  const care = [...named].filter((fine) => careKinds.has(fine) || fine === 'medical_record_number').length;
  const cards = [...named].filter((fine) => cardKinds.has(fine)).length;
  if (persons > 0)
    vote('person', Math.min(4, persons * 1.5), 'columns', `${persons} kinds of columns identify a person`);
  const hasPerson =
    persons > 0 ||
    keys.length > 0 ||
    pointed.length > 0 ||
    tableName.subjects.some((subject) => personKinds.has(subject));
  if (care > 1 && hasPerson) vote('patient', Math.min(4, care), 'columns', `${care} kinds of columns are about care`);
  const ofPatients = columns.filter((column) => column.subjects.includes('patient')).length;
  if (ofPatients > 0 && hasPerson)
    vote('patient', Math.min(3, ofPatients * 1.5), 'columns', `${ofPatients} columns speak of patients`);
  const told = votes.get('patient') ?? 0;
  if (named.has('medical_record_number')) vote('patient', 3, 'columns', 'a column holds record numbers of patients');
  // A person's drugs, allergies or laboratory results are a patient's.
  if (care > 0 && recordsCareOfSomebody(tableName) && [...keys, ...pointed].some((kind) => kind !== 'employee'))
    vote('patient', 2.5, 'table-name', 'the rows record care, each with the key of a person');
  if (
    table.columns.some(({ column }) => isPatientKey.test(column)) &&
    table.columns.some(({ column }) => isOfVisit.test(column))
  )
    vote('patient', 2.5, 'key', 'the short key of a patient stands beside that of a visit');
  // FHIR: whom a resource of care is about, is its subject.
  if (careOf(tableName) !== null && table.columns.some(({ column }) => isSubjectOfCare.test(column)))
    vote('patient', 2.5, 'columns', 'a column tells the subject of care');
  const isOfCare = (votes.get('patient') ?? 0) > told;
  if (cards > 0) vote('payment', Math.min(3, cards * 1.5), 'columns', `${cards} kinds of columns are about cards`);
  for (const kind of new Set(keys)) vote(kind as Kind, 0.8, 'key', `a column is the key of a ${kind}`);
  for (const kind of new Set(pointed)) vote(kind as Kind, 0.9, 'foreign-key', `a foreign key leads to a ${kind}`);
  // Columns that identify, and health among them, are told of whoever works there: they make no patient of an employee.
  const most = Math.max(votes.get('person') ?? 0, votes.get('patient') ?? 0);
  if (!isOfCare && isOfEmployment(tableName, columns, [...keys, ...pointed], persons))
    vote('employee', Math.max(0.5, most + 0.5 - (votes.get('employee') ?? 0)), 'table', 'the rows are of employment');
  const goods = columns.filter((column) => column.subjects.includes('product')).length;
  if (goods >= 3 && persons < 2) vote('product', Math.min(4, goods), 'columns', `${goods} columns are about goods`);

  const ofKinds = keys.length + pointed.length === 0 && isKindList(tableName, columns, beyond.foreign);
  if (ofKinds) {
    vote('reference', 4.5, 'table-name', 'the table is called by the kinds that it lists, and no column is of anybody');
    for (const person of personKinds) votes.delete(person as Kind);
  }
  const isNobodys = persons + keys.length + pointed.length === 0;
  const isCodes = isNobodys && isCodeList(tableName, columns, beyond.foreign);
  if (isCodes) vote('reference', 4.5, 'columns', 'codes and what they mean, and no key of a person or of a visit');
  // A register of studies: each row is a study, and takes part in none.
  const isStudies =
    isNobodys &&
    studies.test(tableName.words.at(-1) ?? '') &&
    columns.some(({ words }) => words.some((word) => ofStudies.test(word)));
  if (isStudies)
    vote('reference', 4.5, 'table-name', 'the rows are studies, and no column is of anybody who takes part');
  // A list of medications in a schema of references is no record of care, as long as no key leads to anybody.
  const isList = isCodes || isStudies || (isReferences && isNobodys);
  if (isList) for (const person of personKinds) votes.delete(person as Kind);
  const ranked = [...votes].sort(([, a], [, b]) => b - a);
  const [kind, weight] = ranked[0] ?? ['unknown', 0];
  const personVotes = ranked.filter(([k]) => personKinds.has(k)).reduce((sum, [, w]) => sum + w, 0);
  const impersonal = new Set<Kind>(['organisation', 'product', 'reference', 'system']);
  const thing = ranked.find(([k]) => impersonal.has(k))?.[1] ?? 0;
  return {
    kind: weight >= 0.8 ? kind : 'unknown',
    keyColumn: keyColumnOf(table, columns),
    confidence: weight === 0 ? 0 : Math.min(0.99, weight / (weight + 1.5 + (ranked[1]?.[1] ?? 0) / 2)),
    evidence,
    aboutPersons: personVotes >= 0.8 && personVotes >= thing * 0.7,
    alone: columns.length < 3,
    aboutDealings: tableName.subjects.includes('dealing'),
    // A template is written to nobody yet.
    aboutMail: (tableName.subjects.includes('mail') || isMail(columns)) && !ofTemplates(tableName),
    columnNames: new Set(columns.map(({ words }) => words.join(' '))),
    recordsCare: careOf(tableName),
    ownWords: tableName.words,
    aboutInsurance: tableName.senses.some((sense) => sense.fine === 'health_insurance_id'),
    aboutChildren: tableName.senses.some((sense) => sense.fine === 'child_data'),
    languages: languagesOf([tableName, ...columns]),
    aboutPatients: (votes.get('patient') ?? 0) >= 2 && (votes.get('patient') ?? 0) >= (votes.get('reference') ?? 0),
    named,
    taxNumbers,
    ofAnimals: isOfAnimals(tableName, columns),
    ofPlaces: isOfPlaces(tableName, columns),
    ofKinds,
    // An address on the internet may be a machine's.
    namesNobody:
      persons - (named.has('ip_address') ? 1 : 0) + keys.length + pointed.length === 0 &&
      !named.has('medical_record_number'),
    shortNames: shortShareOf(columns),
    tableName,
  };
}

/** The share of words of at most three letters or known as short forms, of all words of all names, in steps of a tenth. */
function shortShareOf(columns: readonly NameReading[]): number {
  // By words and not by phrases: what a user's own phrase joins changes nothing of how short the names are.
  const words = columns.reduce((sum, { words: own }) => sum + own.length, 0);
  const short = columns.reduce((sum, { shortWords }) => sum + shortWords, 0);
  return words === 0 ? 0 : Math.round((short / words) * 10) / 10;
}

/** A table of cards or of what is paid by them. */
const cardTable = /^(?:cards?|creditcards?|kreditkarten?|karten|cartes|tarjetas|cartoes|carte|kaarten|acquiring|pos)$/;
/** `pid`, which is a process among machines, and a patient beside a visit. */
const isPatientKey = /^(?:pid|ptid|patid|pat_?id|pt_?id|subject_id)$/i;
const isOfVisit = /^(?:encounter|visit|admission|stay|hadm|enc|csn|episode)(?:_?(?:id|no|num|nr|nbr|key|csn))?$/i;
const isSubjectOfCare = /^subject(?:$|[._](?:reference|id|identifier|display)$)/i;

const studies = /^(?:trials?|studies|study|protocols?|studien?|etudes?|estudios?|ensayos?|studi|estudos?)$/;
const ofStudies =
  /^(?:phases?|sponsors?|enrol(?:l)?ment|recruitment|recruiting|registry|nct|protocol|masking|allocation)$/;

function ofTemplates({ words }: NameReading): boolean {
  return words.some((word) =>
    /^(?:templates?|vorlagen?|modeles?|plantillas?|modelli|modelos?|boilerplates?)$/.test(word),
  );
}

/** Copies to others, or a subject line above a body: a message, whatever the table is called. */
function isMail(columns: readonly NameReading[]): boolean {
  const phrases = new Set(columns.flatMap(({ senses }) => senses.map(({ phrase }) => phrase)));
  return phrases.has('bcc') || (phrases.has('subject') && phrases.has('body'));
}

function languagesOf(names: readonly NameReading[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names)
    for (const language of name.languages) counts.set(language, (counts.get(language) ?? 0) + 1);
  return counts;
}

/** Readings are remembered, and so is what they name outright: neighbours come again with every table. */
const outrightOf = new WeakMap<NameReading, readonly string[]>();

function outright(column: NameReading): readonly string[] {
  const known = outrightOf.get(column);
  if (known !== undefined) return known;
  const found = namedOutright(column);
  outrightOf.set(column, found);
  return found;
}

function namedOutright(column: NameReading): readonly string[] {
  if (column.flag) return [];
  return column.senses
    .filter((sense) => sense.strength === 2 && sense.about === null && !sense.dated && sense.unknownAfter === 0)
    .map((sense) => sense.fine);
}

/** What a column names outright, without the number of a card that nobody pays with. */
function ofItsCard(column: NameReading, tableName: NameReading, beside: ReadonlySet<string>): readonly string[] {
  const named = outright(column);
  if (!named.includes('card_number')) return named;
  const other = otherCard(column, tableName, beside);
  if (other === null) return named;
  return [...named.filter((fine) => fine !== 'card_number'), ...(other.fine === null ? [] : [other.fine])];
}

function keyColumnOf(table: TableInput, columns: readonly NameReading[]): string | null {
  if (table.primaryKey.length === 1) return table.primaryKey[0] ?? null;
  const own = columns.findIndex((column) => column.personKey !== null);
  return own === -1 ? null : (table.columns[own]?.column ?? null);
}
