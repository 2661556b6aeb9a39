import type { DerivedClassification, Entered, Verdict } from '../../model/classification.ts';
import type { LineageEdge } from '../../model/edge.ts';
import { canonicalJson, type Json } from '../../model/json.ts';
import type { QualifiedName, Uid } from '../../model/ids.ts';
import type { AssertedEntity, GraphDocument } from '../graph/graph-store.ts';
import { indexedWords } from '../words.ts';
import { keyOf, placeOf } from './keys.ts';
import type { Columns } from './row-set.ts';
import { SEP } from './schema.ts';

/** A row to be: its key without the revision, what it says, and its columns. */
export interface NewRow {
  readonly base: string;
  readonly said: string;
  readonly columns: Columns;
}

/** What several columns say together; in the order in which {@link saidColumns} names them. */
export function saidOf(...values: readonly unknown[]): string {
  return JSON.stringify(values);
}

/** The columns that make two rows of one key the same or another; of the other columns, the key decides. */
export const saidColumns = {
  Doc: ['kind', 'scope', 'digest'],
  Fact: ['doc', 'body'],
  Alias: [],
  Evidence: ['digest', 'body'],
  Verdict: ['body'],
  Derived: ['body'],
  Entered: ['body'],
  FLOWS: ['effect', 'masking', 'stmt', 'conf'],
} as const;

export function docRow(source: string, scope: string, { uid, kind, digest }: GraphDocument): NewRow {
  return {
    base: keyOf(source, uid),
    said: saidOf(kind, scope, digest),
    columns: [uid, source, kind, scope, digest, keyOf(source, scope, uid)],
  };
}

export function factRow(source: string, doc: Uid, entity: AssertedEntity, facet: string, value: Json): NewRow {
  const body = canonicalJson(value);
  const words =
    facet === 'description' && typeof value === 'string' ? indexedWords(entity.name, entity.path, value) : null;
  return {
    base: keyOf(entity.uid, source, facet),
    said: saidOf(doc, body),
    columns: [entity.uid, source, facet, doc, body, words, facet === 'native' ? nativeKey(source, value) : null],
  };
}

function nativeKey(source: string, value: Json): string | null {
  const id = value !== null && typeof value === 'object' && 'id' in value ? value['id'] : null;
  return typeof id === 'string' ? keyOf(source, id) : null;
}

/** Where the id that a source itself uses is found. */
export function nativePlace(source: string, id: string): string {
  return keyOf(source, id);
}

export function aliasRow(source: string, uid: Uid, { namespace, name }: QualifiedName): NewRow {
  const place = placeOf(namespace, name, null);
  return { base: keyOf(uid, source, place), said: saidOf(), columns: [uid, source, namespace, name, place] };
}

export function edgeRow(source: string, doc: Uid, edge: LineageEdge): NewRow {
  const { from, to, kind, job, fn, effect, masking, statement, confidence } = edge;
  return {
    base: [from, to, kind, job ?? '', fn, source, doc].join(SEP),
    said: saidOf(effect, masking, statement, confidence),
    columns: [from, to, kind, job, fn, source, doc, effect, masking, statement, confidence],
  };
}

export function evidenceRow(source: string, field: Uid, digest: string, value: Json): NewRow {
  const body = canonicalJson(value);
  return { base: keyOf(field, source), said: saidOf(digest, body), columns: [field, source, digest, body] };
}

export function verdictRow(verdict: Verdict): NewRow {
  const { field, decider, category, state, confidence, derived, classes, seenAs } = verdict;
  const body = canonicalJson(verdict);
  const mark = JSON.stringify([state, confidence, derived, classes, seenAs ?? null]);
  return { base: verdictBase(verdict), said: saidOf(body), columns: [field, decider, category, body, mark] };
}

export function verdictBase({ field, decider, category }: Pick<Verdict, 'field' | 'decider' | 'category'>): string {
  return keyOf(field, decider, category);
}

export function derivedRow(row: DerivedClassification): NewRow {
  const { field, category, treatment, rank, via, rules } = row;
  const body = canonicalJson({ rank, via, rules });
  return { base: derivedBase(row), said: saidOf(body), columns: [field, category, treatment, body] };
}

export function derivedBase({
  field,
  category,
  treatment,
}: Pick<DerivedClassification, 'field' | 'category' | 'treatment'>): string {
  return keyOf(field, category, treatment);
}

export function enteredRow({ uid, kind, body, actor }: Entered): NewRow {
  const text = canonicalJson({ body, actor });
  return { base: keyOf(uid, kind), said: saidOf(text), columns: [uid, kind, text] };
}
