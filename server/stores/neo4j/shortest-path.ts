import { directKinds, type EdgeKind } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { Direction, PathRequest, PathResult } from '../graph/graph-store.ts';
import { defaultBudget, tooCostlyPath } from '../graph/walk-page.ts';
import { inBatches } from '../in-batches.ts';
import { edgesAlong, isFlowing } from './flows.ts';
import type { Reading } from './read-at.ts';

/** Neighbours of many things in one direction, each thing's own. */
type ReadNeighbours = (layer: readonly Uid[], direction: Direction) => Promise<ReadonlyMap<Uid, readonly Uid[]>>;

/** What is known of one end: how far each thing lies from it, and where one goes on from there. */
interface Side {
  readonly direction: Direction;
  readonly distances: Map<Uid, number>;
  /** Neighbours away from this end. */
  readonly onward: Map<Uid, readonly Uid[]>;
  layer: readonly Uid[];
  depth: number;
}

/**
 * Of the shortest ways from one thing to another the first by the uids along it. From both ends, always the smaller layer, until
 * they meet: the middle of a large graph is not looked at. The server's own search gives any one of the ways.
 */
export async function shortestPath(reading: Reading, request: PathRequest): Promise<PathResult | null> {
  const { from, to, maxDepth, kinds = directKinds } = request;
  if (from === to) return { edges: [] };
  const path = await firstShortest(from, to, maxDepth, readerOf(reading, kinds));
  return path === null ? null : { edges: await edgesAlong(reading, path, kinds) };
}

/** The same by uids alone; `read` tells the neighbours of things. Fails with QUERY_TOO_COSTLY beyond a million things. */
export async function firstShortest(
  from: Uid,
  to: Uid,
  maxDepth: number,
  read: ReadNeighbours,
): Promise<readonly Uid[] | null> {
  const sides = [beginAt(from, 'downstream'), beginAt(to, 'upstream')] as const;
  const [down, up] = sides;
  while (down.depth + up.depth < maxDepth) {
    const side = down.layer.length <= up.layer.length ? down : up;
    const other = side === down ? up : down;
    if (await goFurther(side, other, read)) return wayThrough(down, up);
    if (side.layer.length === 0) return null;
    const visited = down.distances.size + up.distances.size;
    if (visited > defaultBudget) throw tooCostlyPath(visited);
  }
  return null;
}

function beginAt(uid: Uid, direction: Direction): Side {
  return { direction, distances: new Map([[uid, 0]]), onward: new Map(), layer: [uid], depth: 0 };
}

/** Takes in the next layer. True when the other side was met. */
async function goFurther(side: Side, other: Side, read: ReadNeighbours): Promise<boolean> {
  const next: Uid[] = [];
  let met = false;
  side.depth += 1;
  for (const [uid, neighbours] of await read(side.layer, side.direction)) {
    side.onward.set(uid, neighbours);
    for (const neighbour of neighbours) {
      if (side.distances.has(neighbour)) continue;
      side.distances.set(neighbour, side.depth);
      next.push(neighbour);
      met ||= other.distances.has(neighbour);
    }
  }
  side.layer = next;
  return met;
}

/** From the start the least neighbour that still leads to the end in time, and so on. */
function wayThrough(down: Side, up: Side): readonly Uid[] {
  const length = down.depth + up.depth;
  // Steps to the end, of everything that lies on a shortest way: what the upper side knows, then backwards to the start.
  const left = new Map([...up.distances].filter(([, distance]) => distance <= up.depth));
  const layers = layersOf(down.distances);
  for (let depth = down.depth - 1; depth >= 0; depth--)
    for (const uid of layers[depth] ?? [])
      if ((down.onward.get(uid) ?? []).some((neighbour) => left.get(neighbour) === length - depth - 1))
        left.set(uid, length - depth);
  const onward = new Map<Uid, Uid[]>();
  for (const [uid, neighbours] of up.onward)
    for (const before of neighbours) {
      const known = onward.get(before);
      if (known === undefined) onward.set(before, [uid]);
      else known.push(uid);
    }
  const [start = ''] = layers[0] ?? [];
  const path = [start];
  for (let at = start, steps = length - 1; steps >= 0; steps--) {
    const neighbours = [...(down.onward.get(at) ?? []), ...(onward.get(at) ?? [])];
    const [least = ''] = neighbours.filter((uid) => left.get(uid) === steps).sort();
    path.push((at = least));
  }
  return path;
}

function layersOf(distances: ReadonlyMap<Uid, number>): readonly (readonly Uid[])[] {
  const layers: Uid[][] = [];
  for (const [uid, distance] of distances) (layers[distance] ??= []).push(uid);
  return layers;
}

function readerOf({ ask, n }: Reading, kinds: readonly EdgeKind[]): ReadNeighbours {
  return async (layer, direction) => {
    const [left, right] = direction === 'downstream' ? ['-', '->'] : ['<-', '-'];
    const rows = await inBatches(layer, (uids) =>
      ask(
        `UNWIND $uids AS uid MATCH (x:Entity {uid: uid})
         RETURN uid, COLLECT { MATCH (x)${left}[r:FLOWS]${right}(y) WHERE ${isFlowing(kinds)} RETURN DISTINCT y.uid } AS far`,
        { uids, kinds, n },
      ),
    );
    return new Map(rows.map((row) => [String(row['uid']), row['far'] as readonly Uid[]]));
  };
}
