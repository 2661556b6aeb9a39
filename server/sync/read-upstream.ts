import { purposesHeld, type SourcePolicy } from '../classify/egress.ts';
import { purposesNeeded, type Purpose } from '../base/config-llm.ts';
import { directKinds, type EdgeKind } from '../model/edge.ts';
import { shownFacet, type DatasetFacets } from '../model/facets.ts';
import type { Uid } from '../model/ids.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { policiesOf } from './source-policies.ts';
import type { ConfiguredSource } from './source.ts';

/** What the tables that a dataset was made from say of who may see it. */
export interface Upstream {
  /** What their rows and sources need an endpoint to be marked for. */
  readonly held: ReadonlySet<Purpose>;
  /** Of a view: the sources of all tables that it looks at; empty otherwise. */
  readonly policies: readonly (SourcePolicy | null)[];
}

const kinds: readonly EdgeKind[] = [...directKinds, 'DATASET'];
const depth = 30;
const mostThings = 5_000;
const views: ReadonlySet<string> = new Set(['view', 'materialized-view']);

/**
 * Follows what a dataset was made from to its origins. A view is a window: who may not be shown a table may not be shown a view
 * of it, whatever it is called. The rows of a table that was filled from one of patients are of patients, though no column says
 * so. Where there is more than can be looked at, the rows may be anybody's.
 */
export async function readUpstream(
  graph: Pick<GraphStore, 'walk' | 'get' | 'verdicts'>,
  n: number,
  { dataset, fields }: { readonly dataset: EntityRecord; readonly fields: readonly Pick<EntityRecord, 'uid'>[] },
  context: { readonly sources: ReadonlyMap<string, ConfiguredSource>; readonly taxonomy: Pick<Taxonomy, 'classesOf'> },
  signal?: AbortSignal,
): Promise<Upstream> {
  const from = [dataset.uid, ...fields.map(({ uid }) => uid)];
  const request = { from, direction: 'upstream', depth, n, first: mostThings, budget: mostThings, kinds } as const;
  const { hits, truncated } = await graph.walk(request, signal);
  const things = await inBatches(
    hits.map(({ uid }) => uid),
    (part) => graph.get(part, n),
  );
  const uids = new Set(things.flatMap((thing): Uid[] => (thing === null ? [] : [thing.parent ?? thing.uid])));
  uids.delete(dataset.uid);
  const tables = [...uids];
  const [records, verdicts] = await Promise.all([
    inBatches(tables, (part) => graph.get(part, n)),
    inBatches(tables, (part) => graph.verdicts(part, n)),
  ]);
  // What nobody describes any more says nothing; who described it last cannot be asked.
  const sources = records.flatMap((record) => (record === null ? [] : policiesOf(record, context.sources)));
  const kind = shownFacet<DatasetFacets, 'core'>(dataset, 'core')?.kind;
  return {
    held: new Set<Purpose>([
      ...purposesHeld(verdicts, [], context.taxonomy),
      ...sources.flatMap((source) => purposesNeeded(source?.applies ?? {})),
      ...(truncated === null ? [] : (['phi', 'pci'] as const)),
    ]),
    policies: kind !== undefined && views.has(kind) ? sources : [],
  };
}
