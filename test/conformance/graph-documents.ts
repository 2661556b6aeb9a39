import { datasetUid, fieldUid, jobUid, type QualifiedName, type Uid } from '../../server/model/ids.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { EdgeKind, LineageEdge } from '../../server/model/edge.ts';
import type { Effect } from '../../server/model/treatment.ts';
import type { Verdict } from '../../server/model/classification.ts';
import type { Actor } from '../../server/model/provenance.ts';
import { verdict as detected } from '../verdict.ts';
import type {
  AssertedEntity,
  Change,
  GraphDocument,
  GraphStore,
  OpenRevision,
  Revision,
} from '../../server/stores/graph/graph-store.ts';

/** Who writes in the suites. */
export const tester: Actor = { kind: 'process', id: 'conformance' };

/** A dataset's name in the namespace that the suites use. */
export function named(name: string): QualifiedName {
  return { namespace: 'postgres://db.example.com:5432', name };
}

export function fieldOf(dataset: string, ...path: string[]): Uid {
  return fieldUid(named(dataset), path);
}

function withDigest(document: Omit<GraphDocument, 'digest'>): GraphDocument {
  return { ...document, digest: digestOf(document) };
}

/** A dataset with plain columns; `facets` are added to the dataset's own. */
export function dataset(
  name: string,
  columns: readonly string[],
  facets: Readonly<Record<string, Json>> = {},
  aliases: readonly QualifiedName[] = [],
): GraphDocument {
  const qualified = named(name);
  const uid = datasetUid(qualified);
  const own: AssertedEntity = {
    uid,
    kind: 'dataset',
    parent: null,
    ...qualified,
    path: null,
    facets: { core: { kind: 'table', platform: 'postgres' }, ...facets },
  };
  const fields = columns.map((column, ordinal): AssertedEntity => ({
    uid: fieldUid(qualified, [column]),
    kind: 'field',
    parent: uid,
    ...qualified,
    path: [column],
    facets: { core: { type: 'text', ordinal } },
  }));
  return withDigest({ uid, kind: 'dataset', entities: [own, ...fields], edges: [], aliases, statements: [] });
}

export function edge(
  from: Uid,
  to: Uid,
  job: Uid | null,
  more: { kind?: EdgeKind; effect?: Effect; fn?: string } = {},
): LineageEdge {
  return {
    from,
    to,
    job,
    kind: more.kind ?? 'IDENTITY',
    fn: more.fn ?? '',
    effect: more.effect ?? 'keep',
    masking: false,
    statement: null,
    confidence: 1,
  };
}

/** A job that carries `[from, to]` pairs of fields. */
export function job(
  name: string,
  pairs: readonly (readonly [Uid, Uid])[],
  more: { kind?: EdgeKind; effect?: Effect; fn?: string } = {},
): GraphDocument {
  const qualified = named(name);
  const uid = jobUid(qualified);
  const own: AssertedEntity = {
    uid,
    kind: 'job',
    parent: null,
    ...qualified,
    path: null,
    facets: { core: { kind: 'view', platform: 'postgres' }, io: { inputs: [], outputs: [] } },
  };
  return withDigest({
    uid,
    kind: 'job',
    entities: [own],
    edges: pairs.map(([from, to]) => edge(from, to, uid, more)),
    aliases: [],
    statements: [],
  });
}

export function assertion(source: string, document: GraphDocument, scope = 'main'): Change {
  return { type: 'assert', source, scope, document };
}

/** A chain `t0.c → t1.c → …` of `length` datasets, one job a step. */
export function chain(length: number): GraphDocument[] {
  const datasets = Array.from({ length }, (_, i) => dataset(`t${i}`, ['c']));
  const jobs = Array.from({ length: length - 1 }, (_, i) =>
    job(`j${i}`, [[fieldOf(`t${i}`, 'c'), fieldOf(`t${i + 1}`, 'c')]]),
  );
  return [...datasets, ...jobs];
}

export function verdict(field: Uid, category: string, more: Partial<Verdict> = {}): Verdict {
  return detected({ field, category, classes: ['PII'], ...more });
}

/** Opens a revision under a lease, without publishing it. */
export async function openRevision(store: GraphStore, run: string, holder = 'suite'): Promise<OpenRevision> {
  const lease = await store.lease(holder, 60_000);
  if (lease === null) throw new Error('the write lease is taken');
  return store.open(lease, { run, cause: 'suite', actor: tester });
}

let runs = 0;

/** One whole revision with these changes. */
export async function commit(store: GraphStore, changes: readonly Change[]): Promise<Revision> {
  runs += 1;
  const open = await openRevision(store, `run-${runs}`);
  await store.apply(open, changes);
  return store.publish(open, []);
}

/** Every row alive at `n`, as sorted texts: two stores hold the same graph when these are equal. */
export async function exported(store: GraphStore, n: number): Promise<string[]> {
  const rows: string[] = [];
  for (const what of ['entities', 'docs', 'edges', 'evidence', 'verdicts', 'derived', 'entered'] as const) {
    let after: string | undefined;
    do {
      const page = await store.scan(what, n, { first: 97, ...(after === undefined ? {} : { after }) });
      for (const row of page.items) {
        const { since: _, ...rest } = row as { since?: number };
        rows.push(`${what} ${JSON.stringify(rest)}`);
      }
      after = page.cursor ?? undefined;
    } while (after !== undefined);
  }
  return rows.sort();
}
