import type { DerivedClassification, Verdict } from '../model/classification.ts';
import { directKinds } from '../model/edge.ts';
import type { Uid } from '../model/ids.ts';
import { propagateChange } from '../propagate/propagate-change.ts';
import type { PropagationRules } from '../propagate/propagation-rules.ts';
import { derivedRow } from '../propagate/row.ts';
import { loadStops } from '../propagate/stops.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/** What is read of a graph to tell what fields hold. */
export type JudgedGraph = Pick<GraphStore, 'list' | 'get' | 'fieldsOf' | 'verdicts' | 'derived'>;

/** The graph as a decision would leave it, and where it can differ. */
export interface Foreseen {
  readonly graph: JudgedGraph;
  /** Datasets with a field that is decided, or that its values reach. */
  readonly datasets: ReadonlySet<Uid>;
  /** False: more fields are reached than were followed. */
  readonly complete: boolean;
}

/** Fields that are followed from the decided ones. */
const mostReached = 10_000;

/**
 * Lays verdicts over a published revision and propagates them there, by the code that a decision itself goes through.
 * Writes nothing, takes no lease.
 */
export async function foresee(
  graph: GraphStore,
  n: number,
  changes: readonly Change[],
  rules: PropagationRules,
  signal: AbortSignal,
): Promise<Foreseen> {
  const verdictsAfter = overlay(changes);
  const fields = new Set(verdictsAfter.keys());
  const verdicts = async (uids: readonly Uid[], at: number): Promise<readonly Verdict[]> =>
    (await graph.verdicts(uids, at))
      .filter((one) => verdictsAfter.get(one.field)?.has(keyOf(one)) !== true)
      .concat(uids.flatMap((uid) => [...(verdictsAfter.get(uid)?.values() ?? [])].filter((one) => one !== null)));
  const rows = await propagateChange({
    graph: {
      verdicts,
      derived: (uids, at) => graph.derived(uids, at),
      edges: (...asked) => graph.edges(...asked),
      get: (uids, at) => graph.get(uids, at),
      list: (filter, at, page) => graph.list(filter, at, page),
    },
    n,
    before: n,
    rules: { ...rules },
    stops: await loadStops(graph, n),
    seeds: { fields, groupedDatasets: new Set(), subjects: new Set(), written: new Set() },
  });
  const changed = new Set(rows.changedFields());
  const derived = async (uids: readonly Uid[], at: number): Promise<readonly DerivedClassification[]> => {
    const same = uids.filter((uid) => !changed.has(uid));
    const others = uids.filter((uid) => changed.has(uid));
    return (same.length === 0 ? [] : await graph.derived(same, at)).concat(
      others.flatMap((uid) => [...rows.at(uid).values()].map((row) => derivedRow(uid, row, rules.id))),
    );
  };
  // What stays as it was can still be surer, where a person decided its origin.
  const reached = await graph.walk(
    { from: [...fields], direction: 'downstream', depth: 100, n, first: mostReached, kinds: directKinds },
    signal,
  );
  const touched = new Set([...fields, ...changed, ...reached.hits.map(({ uid }) => uid)]);
  return {
    graph: {
      list: (filter, at, page) => graph.list(filter, at, page),
      get: (uids, at) => graph.get(uids, at),
      fieldsOf: (datasets, at) => graph.fieldsOf(datasets, at),
      verdicts,
      derived,
    },
    datasets: await datasetsOf(graph, [...touched], n),
    complete: reached.truncated === null,
  };
}

/** The verdicts that take the place of others, by field; null: one that ends. */
function overlay(changes: readonly Change[]): ReadonlyMap<Uid, ReadonlyMap<string, Verdict | null>> {
  const found = new Map<Uid, Map<string, Verdict | null>>();
  const put = (field: Uid, key: string, verdict: Verdict | null): void => {
    const own = found.get(field) ?? new Map<string, Verdict | null>();
    own.set(key, verdict);
    found.set(field, own);
  };
  for (const change of changes) {
    if (change.type === 'verdict') put(change.verdict.field, keyOf(change.verdict), change.verdict);
    if (change.type === 'end-verdict') put(change.field, keyOf(change), null);
  }
  return found;
}

function keyOf({ decider, category }: Pick<Verdict, 'decider' | 'category'>): string {
  return `${decider} ${category}`;
}

async function datasetsOf(graph: Pick<GraphStore, 'get'>, uids: readonly Uid[], n: number): Promise<ReadonlySet<Uid>> {
  const datasets = new Set<Uid>();
  for (const record of await inBatches(uids, (batch) => graph.get(batch, n)))
    if (record?.kind === 'field' && record.parent !== null) datasets.add(record.parent);
  return datasets;
}
