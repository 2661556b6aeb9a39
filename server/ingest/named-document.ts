import type { EdgeKind } from '../model/edge.ts';
import type { Effect } from '../model/treatment.ts';
import type { FieldPath, QualifiedName } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import type { StatementRecord } from '../stores/graph/graph-store.ts';

/** Part of every digest: raise it when the same source document would make a different graph document. */
export const ingestVersion = 1;

type Facets = { readonly [facet: string]: Json };

/** A dataset under its joined name, members in canonical order: what is digested and staged. A `GraphDocument` is a pure function of it. */
export type NamedDataset = {
  readonly kind: 'dataset';
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  readonly aliases: readonly NamePair[];
  readonly fields: readonly NamedField[];
};

export type NamedField = { readonly path: FieldPath; readonly facets: Facets };

/** Namespace and name. */
export type NamePair = readonly [string, string];

/** A job under its joined name; its edges point into `datasets` by position. */
export type NamedJob = {
  readonly kind: 'job';
  readonly namespace: string;
  readonly name: string;
  readonly facets: Facets;
  readonly datasets: readonly NamePair[];
  readonly edges: readonly NamedEdge[];
  readonly statements: readonly StatementRecord[];
};

/** from dataset, its field, to dataset, its field, kind, fn, effect, masking, statement, confidence. A list, because there are millions. */
export type NamedEdge = readonly [
  from: number,
  fromField: FieldPath | null,
  to: number,
  toField: FieldPath | null,
  kind: EdgeKind,
  fn: string,
  effect: Effect,
  masking: 0 | 1,
  statement: string | null,
  confidence: number,
];

export type NamedDocument = NamedDataset | NamedJob;

/** A name as a key of a map. */
export function nameKey({ namespace, name }: QualifiedName): string {
  return `${namespace}\u0000${name}`;
}
