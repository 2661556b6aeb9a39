import type { Verdict } from '../../server/model/classification.ts';
import type { Uid } from '../../server/model/ids.ts';
import { propagate } from '../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../server/rulebook/functions.ts';
import { createBatchWriter } from '../../server/stores/graph/batch-writer.ts';
import type { Change, GraphStore, OpenRevision } from '../../server/stores/graph/graph-store.ts';
import { lines, type Figure } from './figures.ts';
import { columnOf, columns, levels, type LevelsSize } from './levels.ts';
import { Stopwatch } from './stopwatch.ts';

const category = 'user.contact.email';

function verdict(field: Uid, state: Verdict['state']): Verdict {
  return {
    field,
    decider: 'detector',
    by: 'bench@1',
    category,
    state,
    classes: ['PII'],
    fine: ['email'],
    confidence: 0.9,
    derived: null,
    evidence: [],
    citations: [],
    key: 'k',
    at: '2026-01-01T00:00:00.000Z',
  };
}

type Commit = (
  work: (open: OpenRevision, add: (change: Change, rows?: number) => Promise<void>) => Promise<void>,
) => Promise<void>;

export async function measurePropagation(
  graph: GraphStore,
  size: LevelsSize,
  commit: Commit,
  put: (line: string, figure: Figure | string) => void,
  serverPid: number | null,
): Promise<void> {
  const watch = new Stopwatch(serverPid);
  const rules = loadPropagationRules();
  const { tables } = size;
  // One column in twenty of the upper ten levels is judged.
  const judged: Uid[] = [];
  for (let i = 0; i < tables; i++) if (i % levels < 10) judged.push(columnOf(i, (i * 7) % columns));
  let rows = 0;
  const inRevision = async (changes: readonly Change[], full: boolean) => {
    const lease = await graph.lease('bench', 3_600_000);
    if (lease === null) throw new Error('the lease is taken');
    const run = `propagation after ${String((await graph.head()).published)}`;
    const open = await graph.open(lease, { run, cause: 'bench', actor: { kind: 'process', id: 'bench' } });
    const writer = createBatchWriter(graph, open);
    for (const change of changes) await writer.add(change);
    await writer.end();
    if (full) watch.start();
    ({ rows } = await propagate({ graph, open, rules, full }));
    await graph.publish(open, []);
    await graph.release(lease);
  };
  await inRevision(
    judged.map((field) => ({ type: 'verdict', verdict: verdict(field, 'accepted') })),
    true,
  );
  put(lines.propagation, watch.told());
  put('  rows derived', String(rows));
  await commit(async () => {});

  const head = (await graph.head()).published;
  const near = await fieldWithDownstream(graph, size, head, 10_000);
  const other: Verdict = { ...verdict(near.field, 'accepted'), category: 'user.name' };
  watch.start();
  await inRevision([{ type: 'verdict', verdict: other }], false);
  put(lines.verdict, watch.told());
  put('  rows that it changed', String(rows));
  watch.start();
  await inRevision([{ type: 'end-verdict', field: near.field, decider: 'detector', category: 'user.name' }], false);
  put(lines.back, watch.told());
}

/** Of some fields, the one whose downstream is nearest to so many; what reaches much more is not counted to its end. */
async function fieldWithDownstream(graph: GraphStore, size: LevelsSize, n: number, wanted: number) {
  let best = { field: columnOf(0, 0), reached: 0 };
  const perLevel = Math.floor(size.tables / levels);
  for (let level = 0; level < levels; level += 2)
    for (let k = 0; k < 2; k++) {
      const field = columnOf(Math.floor((perLevel * (k + 1)) / 5) * levels + level, 3);
      const { fields, complete } = await graph.count({
        from: [field],
        direction: 'downstream',
        depth: 100,
        n,
        budget: wanted * 2,
      });
      if (complete && Math.abs(fields - wanted) < Math.abs(best.reached - wanted)) best = { field, reached: fields };
    }
  return best;
}
