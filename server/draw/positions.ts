import type { Segment } from './order.ts';

const rounds = 10;

/**
 * Tops of all slots, in pixels: each slot wants to be level with its neighbours (the mean of their middles), keeps its
 * place in its column and at least `space` from the slot above. Solved column by column as an isotonic regression
 * (pool adjacent violators), to and fro.
 */
export function placeSlots(
  columns: readonly (readonly number[])[],
  segments: readonly Segment[],
  heights: readonly number[],
  space: number,
): readonly number[] {
  const tops = heights.map(() => 0);
  for (const column of columns) {
    let y = 0;
    for (const slot of column) {
      tops[slot] = y;
      y += (heights[slot] ?? 0) + space;
    }
  }
  const into = Map.groupBy(segments, (segment) => segment.to);
  const out = Map.groupBy(segments, (segment) => segment.from);
  const middle = (slot: number): number => (tops[slot] ?? 0) + (heights[slot] ?? 0) / 2;
  for (let round = 0; round < rounds; round++) {
    const forward = round % 2 === 0;
    const indices = columns.map((_, index) => index);
    for (const index of forward ? indices : indices.reverse()) {
      const column = columns[index] ?? [];
      const both = round >= rounds - 2;
      const wishes = column.map((slot) => {
        const left =
          forward || both ? (into.get(slot) ?? []).map((s) => ({ at: middle(s.from), weight: s.weight })) : [];
        const right =
          !forward || both ? (out.get(slot) ?? []).map((s) => ({ at: middle(s.to), weight: s.weight })) : [];
        const wanted = [...left, ...right];
        const weight = wanted.reduce((sum, one) => sum + one.weight, 0);
        const at = weight === 0 ? middle(slot) : wanted.reduce((sum, one) => sum + one.at * one.weight, 0) / weight;
        return { top: at - (heights[slot] ?? 0) / 2, weight: Math.max(weight, 0.1) };
      });
      for (const [place, top] of keepApart(
        wishes,
        column.map((slot) => (heights[slot] ?? 0) + space),
      ).entries()) {
        const slot = column[place];
        if (slot !== undefined) tops[slot] = top;
      }
    }
  }
  const highest = Math.min(...columns.flat().map((slot) => tops[slot] ?? 0));
  return tops.map((top) => Math.round(top - highest));
}

/** Nearest tops to the wishes that keep the order and leave `strides[i]` between the i-th and the next. */
export function keepApart(
  wishes: readonly { readonly top: number; readonly weight: number }[],
  strides: readonly number[],
): readonly number[] {
  let offset = 0;
  const offsets: number[] = [];
  const pools: { sum: number; weight: number; count: number }[] = [];
  for (const [index, { top, weight }] of wishes.entries()) {
    offsets.push(offset);
    pools.push({ sum: (top - offset) * weight, weight, count: 1 });
    offset += strides[index] ?? 0;
    for (let last = pools.at(-1), before = pools.at(-2); last !== undefined && before !== undefined;) {
      if (before.sum / before.weight <= last.sum / last.weight) break;
      pools.splice(-2, 2, {
        sum: before.sum + last.sum,
        weight: before.weight + last.weight,
        count: before.count + last.count,
      });
      last = pools.at(-1);
      before = pools.at(-2);
    }
  }
  const levels = pools.flatMap(({ sum, weight, count }) => Array.from({ length: count }, () => sum / weight));
  return levels.map((level, index) => level + (offsets[index] ?? 0));
}
