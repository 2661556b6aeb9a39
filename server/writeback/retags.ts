import type { Uid } from '../model/ids.ts';
import type { TagWriter } from '../model/tag-writing.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { WriteBackChange } from './change.ts';
import { planSource, type PlanContext } from './plan-source.ts';
import type { TaggedGraph } from './read-tagged.ts';

/** The graph before something is decided, and as it would be after it. */
export interface TwoWorlds {
  readonly before: TaggedGraph;
  readonly after: TaggedGraph;
  /** The revision that both are read at. */
  readonly n: number;
  /** The datasets of which anything can differ: no other is planned. */
  readonly datasets: ReadonlySet<Uid>;
}

/** What a decision would change in one source. */
export interface SourceRetags {
  readonly source: string;
  readonly mode: 'off' | 'propose' | 'auto';
  /** Tags that it asks for and that nothing asked for before, or that only certainty kept waiting. */
  readonly adds: readonly WriteBackChange[];
  /** Tags of ours that nothing would ask for any more; each waits for a person. */
  readonly removes: readonly WriteBackChange[];
  /** Tags that were to be set and would not be any more. */
  readonly withdraws: readonly WriteBackChange[];
  /** Why it could not be told; null: it could. */
  readonly unknown: string | null;
}

/**
 * Plans a source's tags in both worlds, by the code that plans a dry run, and tells the difference. Writes nothing, keeps
 * nothing. A table's tags stand on all its fields, so whole datasets are planned.
 */
export async function retagsBetween(
  { before, after, datasets }: TwoWorlds,
  context: Omit<PlanContext, 'graph'>,
): Promise<Pick<SourceRetags, 'adds' | 'removes' | 'withdraws'>> {
  const writer = askedOnce(context.writer);
  const planned = async (world: TaggedGraph): Promise<ReadonlyMap<string, WriteBackChange>> => {
    const { open } = await planSource({ ...context, writer, graph: within(world, datasets) });
    return new Map(open.map((change) => [change.id, change]));
  };
  const [were, become] = [await planned(before), await planned(after)];
  const fresh = [...become.values()].filter((change) => {
    const was = were.get(change.id);
    return was === undefined || (was.waitsFor !== null && change.waitsFor === null);
  });
  return {
    adds: fresh.filter(({ action }) => action === 'add'),
    removes: fresh.filter(({ action }) => action === 'remove'),
    withdraws: [...were.values()].filter(({ id, action }) => action === 'add' && !become.has(id)),
  };
}

/** A graph whose list of datasets holds only those that can differ. */
function within(graph: TaggedGraph, datasets: ReadonlySet<Uid>): TaggedGraph {
  return {
    get: (uids, n) => graph.get(uids, n),
    fieldsOf: (uids, n) => graph.fieldsOf(uids, n),
    verdicts: (uids, n) => graph.verdicts(uids, n),
    derived: (uids, n) => graph.derived(uids, n),
    async list(filter, n, page) {
      if (filter.kind !== 'dataset') return graph.list(filter, n, page);
      const records = await inBatches([...datasets], (batch) => graph.get(batch, n));
      const items = records
        .filter((record) => record !== null)
        .filter(({ assertions }) => assertions.some(({ source }) => source === filter.source));
      return { items, cursor: null };
    },
  };
}

/** A source is asked about a thing, or a policy, once for both worlds. */
function askedOnce(writer: TagWriter): TagWriter {
  if (writer.kind === 'patch') return writer;
  const tags = new Map<Uid, ReturnType<typeof writer.tagsOf>>();
  const policies = new Map<string, ReturnType<typeof writer.policiesOf>>();
  return {
    kind: 'direct',
    tables: writer.tables,
    tagFor: (ours) => writer.tagFor(ours),
    steps: (change) => writer.steps(change),
    apply: (change, signal) => writer.apply(change, signal),
    tagsOf(target, signal) {
      const found = tags.get(target.uid) ?? writer.tagsOf(target, signal);
      tags.set(target.uid, found);
      return found;
    },
    policiesOf(tag, signal) {
      const found = policies.get(tag) ?? writer.policiesOf(tag, signal);
      policies.set(tag, found);
      return found;
    },
  };
}
