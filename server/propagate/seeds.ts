import { directKinds } from '../model/edge.ts';
import type { JobFacets } from '../model/facets.ts';
import { saidFacets } from '../model/facets.ts';
import type { Uid } from '../model/ids.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { everyFieldOf } from './every-field.ts';
import type { Json } from '../model/json.ts';
import { edgesOf } from './local-graph.ts';
import { subjectPrefix } from '../model/carried-class.ts';

/** Where the open revision differs from the one before in what propagation rests on. */
export interface Seeds {
  /** Fields whose incoming edges or verdicts changed, or that lie behind a stop that changed. */
  readonly fields: ReadonlySet<Uid>;
  /** Datasets into which a grouping changed. */
  readonly groupedDatasets: ReadonlySet<Uid>;
  /** Datasets about whose subject something else is said now. */
  readonly subjects: ReadonlySet<Uid>;
  /** Fields whose rows an earlier attempt at the same revision has written already. */
  readonly written: ReadonlySet<Uid>;
}

/** What propagation rests on: the rest of a difference is not read. */
const tables = ['edge', 'verdict', 'entered', 'derived'] as const;

/** Reads the difference between two revisions. `before` 0: everything is new, and full propagation is asked for instead. */
export async function seedsBetween(
  graph: Pick<GraphStore, 'changes' | 'edges' | 'get' | 'list'>,
  before: number,
  open: number,
): Promise<Seeds> {
  const fields = new Set<Uid>();
  const written = new Set<Uid>();
  const ends = new Set<Uid>();
  const entered = new Set<Uid>();
  const subjects = new Set<Uid>();
  for await (const { table, uid, body } of everyPage((page) => graph.changes(before, open, page, tables), 5000)) {
    if (table === 'edge') ends.add(uid);
    else if (table === 'verdict') (isSubject(body) ? subjects : fields).add(uid);
    else if (table === 'entered') entered.add(uid);
    else if (table === 'derived') written.add(uid);
  }
  const groupedDatasets = new Set<Uid>();
  for await (const entity of entities(graph, [...ends], open)) {
    if (entity.kind === 'field') fields.add(entity.uid);
    else if (entity.kind === 'dataset') groupedDatasets.add(entity.uid);
  }
  for await (const uid of behind(graph, entities(graph, [...entered], open), open)) fields.add(uid);
  return { fields, groupedDatasets, subjects, written };
}

function isSubject(body: Json): boolean {
  const category: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'category') : undefined;
  return typeof category === 'string' && category.startsWith(subjectPrefix);
}

async function* entities(graph: Pick<GraphStore, 'get'>, uids: readonly Uid[], n: number): AsyncIterable<EntityRecord> {
  for (let at = 0; at < uids.length; at += 1000)
    for (const entity of await graph.get(uids.slice(at, at + 1000), n)) if (entity !== null) yield entity;
}

/** The fields one step behind the things that a stop stands at. */
async function* behind(
  graph: Pick<GraphStore, 'edges' | 'list'>,
  stopped: AsyncIterable<EntityRecord>,
  n: number,
): AsyncIterable<Uid> {
  const fields: Uid[] = [];
  for await (const entity of stopped) {
    if (entity.kind === 'field') fields.push(entity.uid);
    if (entity.kind === 'dataset') fields.push(...(await everyFieldOf(graph, entity.uid, n)));
    // What a job writes is what all sources say of it together.
    if (entity.kind === 'job')
      for (const output of new Set(saidFacets<JobFacets, 'io'>(entity, 'io').flatMap(({ outputs }) => outputs)))
        yield* await everyFieldOf(graph, output, n);
  }
  for await (const edge of edgesOf(graph, fields, 'downstream', directKinds, n)) yield edge.to;
}
