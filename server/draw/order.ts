/** A slot of a column: a box, or a lane that carries a long edge past the column. */
export interface Layered {
  /** The slots of each column. */
  readonly columns: readonly (readonly number[])[];
  /** Between neighbouring columns only. `weight`: how many curves run there. */
  readonly segments: readonly Segment[];
}

export interface Segment {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

const sweeps = 12;

/**
 * Orders each column so that few edges cross: slots move to the weighted mean of their neighbours' places (the barycentre
 * heuristic of Sugiyama, Tagawa and Toda, 1981), forwards and backwards; the best order met is kept.
 */
export function orderColumns({ columns, segments }: Layered): readonly (readonly number[])[] {
  const into = adjacency(segments, 'to', 'from');
  const out = adjacency(segments, 'from', 'to');
  let current = columns.map((column) => [...column]);
  let best = current;
  let fewest = crossings(current, segments);
  for (let sweep = 0; sweep < sweeps && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0;
    current = sweepOnce(current, forward ? into : out, forward);
    const count = crossings(current, segments);
    if (count < fewest) [best, fewest] = [current, count];
  }
  return best;
}

function sweepOnce(columns: readonly (readonly number[])[], toward: Adjacency, forward: boolean): number[][] {
  const result = columns.map((column) => [...column]);
  const indices = result.map((_, index) => index);
  for (const index of forward ? indices : indices.reverse()) {
    const fixed = placesOf(result[forward ? index - 1 : index + 1] ?? []);
    const column = result[index] ?? [];
    const wish = new Map(
      column.map((slot, place) => [slot, barycentre(toward.get(slot) ?? [], fixed) ?? place] as const),
    );
    column.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
  }
  return result;
}

type Adjacency = ReadonlyMap<number, readonly { readonly slot: number; readonly weight: number }[]>;

function adjacency(segments: readonly Segment[], key: 'from' | 'to', other: 'from' | 'to'): Adjacency {
  const found = new Map<number, { slot: number; weight: number }[]>();
  for (const segment of segments) {
    const list = found.get(segment[key]) ?? [];
    list.push({ slot: segment[other], weight: segment.weight });
    found.set(segment[key], list);
  }
  return found;
}

function barycentre(
  neighbours: readonly { readonly slot: number; readonly weight: number }[],
  places: ReadonlyMap<number, number>,
): number | null {
  let sum = 0;
  let total = 0;
  for (const { slot, weight } of neighbours) {
    const place = places.get(slot);
    if (place === undefined) continue;
    sum += place * weight;
    total += weight;
  }
  return total === 0 ? null : sum / total;
}

function placesOf(column: readonly number[]): ReadonlyMap<number, number> {
  return new Map(column.map((slot, place) => [slot, place]));
}

/** How many pairs of segments cross, each counted by the product of their weights. */
export function crossings(columns: readonly (readonly number[])[], segments: readonly Segment[]): number {
  const place = new Map<number, { column: number; at: number }>();
  for (const [column, slots] of columns.entries())
    for (const [at, slot] of slots.entries()) place.set(slot, { column, at });
  const gaps = Map.groupBy(segments, (segment) => place.get(segment.from)?.column ?? -1);
  let total = 0;
  for (const gap of gaps.values()) {
    const lines = gap
      .map(({ from, to, weight }) => ({ a: place.get(from)?.at ?? 0, b: place.get(to)?.at ?? 0, weight }))
      .sort((x, y) => x.a - y.a || x.b - y.b);
    for (const [index, line] of lines.entries())
      for (let other = index + 1; other < lines.length; other++) {
        const later = lines[other];
        if (later !== undefined && later.a > line.a && later.b < line.b) total += line.weight * later.weight;
      }
  }
  return total;
}
