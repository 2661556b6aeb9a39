import type { Uid } from '../../server/model/ids.ts';
import type { GraphStore } from '../../server/stores/graph/graph-store.ts';
import { lines, type Figure } from './figures.ts';
import { columnOf, levels, type LevelsSize } from './levels.ts';
import { milliseconds, since } from './stopwatch.ts';

/** Closures that an aim was set for. */
const least = 100_000;
const most = 200_000;

/** Fields of each level that are tried, and closures of the right size that are enough. */
const triesALevel = 3;
const enough = 15;

/** Times exact counts: of closures of the size that an aim was set for, and of whole closures, however large. Each is asked once. */
export async function measureCounts(
  graph: Pick<GraphStore, 'count'>,
  size: LevelsSize,
  { n, starts }: { readonly n: number; readonly starts: readonly Uid[] },
  put: (line: string, figure: Figure | string) => void,
): Promise<void> {
  const count = async (from: Uid, budget?: number) => {
    const at = performance.now();
    const request = { from: [from], direction: 'downstream', depth: 100, n } as const;
    const { fields, complete } = await graph.count(budget === undefined ? request : { ...request, budget });
    return { ms: since(at), fields, complete };
  };
  // The first makes plans and fills caches.
  await count(columnOf(levels, 5), 1000);
  const found: number[] = [];
  for (const start of tried(size)) {
    const { ms, fields, complete } = await count(start, most);
    if (complete && fields >= least) found.push(ms);
    if (found.length === enough) break;
  }
  if (found.length > 0) {
    put(lines.count, milliseconds(found));
    put('  closures of that size', String(found.length));
  }
  const whole: number[] = [];
  let largest = 0;
  for (const start of starts) {
    const { ms, fields } = await count(start);
    whole.push(ms);
    largest = Math.max(largest, fields);
  }
  put(lines.whole, milliseconds(whole));
  put('  of at most so many fields', String(largest));
}

/** From the lowest levels up: what lies deep reaches little. */
function tried({ tables }: LevelsSize): readonly Uid[] {
  const perLevel = Math.floor(tables / levels);
  return Array.from({ length: levels * triesALevel }, (_, i) => {
    const level = levels - 1 - Math.floor(i / triesALevel);
    const row = Math.floor((perLevel * ((i % triesALevel) + 1)) / (triesALevel + 1));
    return columnOf(row * levels + level, 3 + (i % triesALevel));
  });
}
