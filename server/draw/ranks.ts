/** A directed pair of boxes, by index. */
export interface Pair {
  readonly from: number;
  readonly to: number;
}

/** The column of each box, from 0 at the left, and the pairs that run leftwards because they close a cycle. */
export interface Ranking {
  readonly ranks: readonly number[];
  readonly isBack: (from: number, to: number) => boolean;
}

/**
 * Puts boxes into columns so that edges run left to right: cycles are cut where a depth-first walk meets its own path,
 * then each box stands one column right of its furthest predecessor and sources move as near to their targets as they can.
 * `starts` are walked from first, so that a cycle is cut behind them rather than before.
 */
export function rankBoxes(count: number, pairs: readonly Pair[], starts: readonly number[]): Ranking {
  const next = neighbours(count, pairs);
  const order: number[] = [];
  const back = new Set<string>();
  const state = new Uint8Array(count);
  const sources = Array.from({ length: count }, (_, box) => box).filter(
    (box) => !pairs.some((pair) => pair.to === box && pair.from !== box),
  );
  for (const root of [...sources, ...starts, ...Array.from({ length: count }, (_, box) => box)]) {
    if (state[root] !== 0) continue;
    walk(root, next, state, order, back);
  }
  order.reverse();
  const forward = pairs.filter(({ from, to }) => from !== to && !back.has(keyOf(from, to)));
  return {
    ranks: pullRight(count, order, forward, longestPath(count, order, forward)),
    isBack: (from, to) => back.has(keyOf(from, to)),
  };
}

/** Depth first without recursion: chains may be long. Appends boxes as they are left. */
function walk(
  root: number,
  next: readonly (readonly number[])[],
  state: Uint8Array,
  order: number[],
  back: Set<string>,
): void {
  const stack: { box: number; at: number }[] = [{ box: root, at: 0 }];
  state[root] = 1;
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = next[top.box]?.[top.at];
    top.at += 1;
    if (to === undefined) {
      state[top.box] = 2;
      order.push(top.box);
      stack.pop();
    } else if (state[to] === 1) {
      if (to !== top.box) back.add(keyOf(top.box, to));
    } else if (state[to] === 0) {
      state[to] = 1;
      stack.push({ box: to, at: 0 });
    }
  }
}

function longestPath(count: number, order: readonly number[], forward: readonly Pair[]): number[] {
  const ranks = Array.from({ length: count }, () => 0);
  const next = neighbours(count, forward);
  for (const box of order)
    for (const to of next[box] ?? []) ranks[to] = Math.max(ranks[to] ?? 0, (ranks[box] ?? 0) + 1);
  return ranks;
}

/** Moves boxes without predecessors next to their nearest successor. */
function pullRight(count: number, order: readonly number[], forward: readonly Pair[], ranks: number[]): number[] {
  const next = neighbours(count, forward);
  const hasPredecessor = new Set(forward.map((pair) => pair.to));
  for (const box of order) {
    const targets = next[box] ?? [];
    if (hasPredecessor.has(box) || targets.length === 0) continue;
    ranks[box] = Math.min(...targets.map((to) => ranks[to] ?? 0)) - 1;
  }
  return ranks;
}

function neighbours(count: number, pairs: readonly Pair[]): readonly (readonly number[])[] {
  const next: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (const { from, to } of pairs) next[from]?.add(to);
  return next.map((set) => [...set].sort((a, b) => a - b));
}

function keyOf(from: number, to: number): string {
  return `${String(from)}>${String(to)}`;
}
