import type { Drafts } from './boxes.ts';

const sweeps = 4;

/**
 * Orders the rows of every box by where their edges come from and go to, so that curves between two boxes run side by
 * side. Rows without edges keep the order of their names. `columns` is the final order of the boxes.
 */
export function orderRows(
  { boxes, links }: Drafts,
  columns: readonly (readonly number[])[],
): readonly (readonly string[])[] {
  const rows = boxes.map((box) => box.rows.map((node) => node.key));
  const place = new Map<number, number>();
  for (const slots of columns) for (const [at, slot] of slots.entries()) place.set(slot, at);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = columns.map((_, index) => index);
    for (const index of sweep % 2 === 0 ? order : order.reverse())
      for (const box of columns[index] ?? []) {
        const own = rows[box];
        if (own === undefined || own.length < 2) continue;
        const wish = wishes(box, links, rows, place);
        const at = new Map(own.map((row, index) => [row, index]));
        own.sort(
          (a, b) => (wish.get(a) ?? Infinity) - (wish.get(b) ?? Infinity) || (at.get(a) ?? 0) - (at.get(b) ?? 0),
        );
      }
  }
  return rows;
}

function wishes(
  box: number,
  links: Drafts['links'],
  rows: readonly (readonly string[])[],
  place: ReadonlyMap<number, number>,
): ReadonlyMap<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  const add = (row: string | null, other: { readonly box: number; readonly row: string | null }): void => {
    if (row === null || other.box === box) return;
    const within = other.row === null ? 0 : ((rows[other.box]?.indexOf(other.row) ?? 0) + 1) / 1000;
    const entry = sums.get(row) ?? { sum: 0, count: 0 };
    sums.set(row, { sum: entry.sum + (place.get(other.box) ?? 0) + within, count: entry.count + 1 });
  };
  for (const { from, to } of links) {
    if (from.box === box) add(from.row, to);
    if (to.box === box) add(to.row, from);
  }
  return new Map([...sums].map(([row, { sum, count }]) => [row, sum / count]));
}
