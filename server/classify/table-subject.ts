import type { Signal } from '../model/classification.ts';
import type { TableInput, TableSubject } from './classifier.ts';
import { cardKinds, careKinds } from './fine-groups.ts';
import { personKinds, type NameReading } from './names/read-name.ts';

/** Whose rows a table holds, and how sure that is, before any column is judged. */
export interface SubjectReading extends TableSubject {
  /** The rows are about persons, or stand beside columns that name one. */
  readonly aboutPersons: boolean;
  readonly aboutPatients: boolean;
  /** Categories that the names of the columns speak of outright. */
  readonly named: ReadonlySet<string>;
}

const identity = new Set(
  'first_name last_name person_name email phone date_of_birth gender national_id passport street_address username'.split(
    ' ',
  ),
);
type Kind = TableSubject['kind'];

/** Reads the subject from the table's name and from what its columns are called. Pure. */
export function readSubject(
  table: TableInput,
  tableName: NameReading,
  columns: readonly NameReading[],
): SubjectReading {
  const votes = new Map<Kind, number>();
  const evidence: Signal[] = [];
  const vote = (kind: Kind, weight: number, signal: string, detail: string): void => {
    votes.set(kind, (votes.get(kind) ?? 0) + weight);
    evidence.push({ signal, detail, weight });
  };
  tableName.subjects.forEach((subject, i) => {
    const last = i === tableName.subjects.length - 1;
    vote(subject as Kind, last ? 3 : 2, 'table-name', `the table's name speaks of ${subject}`);
  });
  const named = new Set(columns.flatMap((column) => outright(column)));
  const persons = [...named].filter((fine) => identity.has(fine)).length;
  const care = [...named].filter((fine) => careKinds.has(fine) || fine === 'medical_record_number').length;
  const cards = [...named].filter((fine) => cardKinds.has(fine)).length;
  const keys = columns.map((column) => column.personKey).filter((kind) => kind !== null);
  if (persons > 0)
    vote('person', Math.min(4, persons * 1.5), 'columns', `${persons} kinds of columns identify a person`);
  if (care > 1) vote('patient', Math.min(4, care), 'columns', `${care} kinds of columns are about care`);
  if (named.has('medical_record_number')) vote('patient', 3, 'columns', 'a column holds record numbers of patients');
  if (cards > 0) vote('payment', Math.min(3, cards * 1.5), 'columns', `${cards} kinds of columns are about cards`);
  for (const kind of new Set(keys)) vote(kind as Kind, 1.2, 'key', `a column is the key of a ${kind}`);
  const codeList =
    table.columns.length >= 2 && columns.every((column) => column.personKey === null) && persons + care === 0;
  if (codeList && tableName.subjects.length === 0) votes.set('reference', votes.get('reference') ?? 0);

  const ranked = [...votes].sort(([, a], [, b]) => b - a);
  const [kind, weight] = ranked[0] ?? ['unknown', 0];
  const personVotes = ranked.filter(([k]) => personKinds.has(k)).reduce((sum, [, w]) => sum + w, 0);
  const impersonal = new Set<Kind>(['organisation', 'product', 'reference', 'system']);
  const thing = ranked.find(([k]) => impersonal.has(k))?.[1] ?? 0;
  return {
    kind: weight >= 1.2 ? kind : 'unknown',
    keyColumn: keyColumnOf(table, columns),
    confidence: weight === 0 ? 0 : Math.min(0.99, weight / (weight + 1.5 + (ranked[1]?.[1] ?? 0) / 2)),
    evidence,
    aboutPersons: personVotes >= 1.2 && personVotes >= thing * 0.7,
    aboutPatients: (votes.get('patient') ?? 0) >= 2 && (votes.get('patient') ?? 0) >= (votes.get('reference') ?? 0),
    named,
  };
}

function outright(column: NameReading): string[] {
  if (column.flag) return [];
  return column.senses
    .filter((sense) => sense.strength === 2 && sense.about === null && !sense.dated && sense.unknownAfter === 0)
    .map((sense) => sense.fine);
}

function keyColumnOf(table: TableInput, columns: readonly NameReading[]): string | null {
  if (table.primaryKey.length === 1) return table.primaryKey[0] ?? null;
  const own = columns.findIndex((column) => column.personKey !== null);
  return own === -1 ? null : (table.columns[own]?.column ?? null);
}
