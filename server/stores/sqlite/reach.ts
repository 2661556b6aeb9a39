import { LexlineError } from '../../base/errors.ts';
import { directKinds, type EdgeKind } from '../../model/edge.ts';
import type { CountRequest, Direction } from '../graph/graph-store.ts';
import { defaultBudget } from '../graph/walk-page.ts';
import type { Connection } from './prepared.ts';
import { edgeKinds, uidBytes } from './rows.ts';
import { uidSorter } from './uid-order.ts';

/** Things whose neighbours one statement reads. */
const batchSize = 64;

/** One thing that a walk reached: by how many hops, and from which neighbour first. Ids of this engine. */
export interface Visit {
  readonly id: number;
  readonly degree: number;
  readonly via: number;
}

export interface Reached {
  /** By degree, then by the order of what they were reached from, then by uid. */
  readonly visits: readonly Visit[];
  /** Why the walk ended although there is more; null: there is no more, or the target was met. */
  readonly stopped: 'depth' | 'budget' | null;
}

/**
 * Neighbours of a batch of things with the job of each edge, batch order first. Read from the covering index alone, which is
 * named: the planner would take the primary key and read every closed row of a hub.
 */
export function neighbourSql(direction: Direction, kinds: readonly EdgeKind[]): string {
  const [near, far, index] = direction === 'downstream' ? ['src', 'dst', 'edge_out'] : ['dst', 'src', 'edge_in'];
  const numbers = kinds.map((kind) => edgeKinds.indexOf(kind)).join(', ');
  return `SELECT b.value AS near, e.${far} AS far, e.job AS job FROM json_each(?) b CROSS JOIN edge e INDEXED BY ${index}
    WHERE e.${near} = b.value AND e.to_rev > ? AND e.from_rev <= ? AND e.kind IN (${numbers})`;
}

export function idsOf(connection: Connection, uids: readonly string[]): number[] {
  const statement = connection.sql('SELECT id FROM entity WHERE uid = ?');
  return uids.flatMap((uid) => {
    const row = statement.get(uidBytes(uid));
    return row === undefined ? [] : [Number(row['id'])];
  });
}

/**
 * Breadth first by layers, each thing once. Ends at the depth, at the budget, or at `target`. Within one thing the neighbours
 * come by uid, not as the index has them: a row that an open revision closes would move there between two pages. So the way to
 * each thing is of all shortest ones the first by the uids along it.
 */
export function reach(
  connection: Connection,
  request: CountRequest,
  isStopped: () => boolean,
  target: number | null = null,
): Reached {
  const budget = request.budget ?? defaultBudget;
  const starts = idsOf(connection, request.from);
  const seen = new Set(starts);
  const visits: Visit[] = [];
  const firstByUid = uidSorter(connection);
  let layer: readonly number[] = starts;
  for (let degree = 1; layer.length > 0; degree++) {
    const next: number[] = [];
    const isBeyond = degree > request.depth;
    for (const { via, neighbours } of neighboursOf(connection, layer, request, isStopped)) {
      const fresh = neighbours.filter((id) => !seen.has(id));
      // One more than may be visited: then it is known that there is more.
      for (const id of firstByUid([...new Set(fresh)], budget - visits.length + 1)) {
        if (isBeyond) return { visits, stopped: 'depth' };
        if (visits.length >= budget) return { visits, stopped: 'budget' };
        seen.add(id);
        visits.push({ id, degree, via });
        if (id === target) return { visits, stopped: null };
        next.push(id);
      }
    }
    layer = next;
  }
  return { visits, stopped: null };
}

interface Neighbours {
  readonly via: number;
  readonly neighbours: readonly number[];
}

function* neighboursOf(
  connection: Connection,
  layer: readonly number[],
  { direction, kinds = directKinds, n }: CountRequest,
  isStopped: () => boolean,
): Iterable<Neighbours> {
  // One row for a whole batch: of a hub, a row for each neighbour would cost more than finding them does.
  const statement = connection.arrays(
    `SELECT json_group_array(near), json_group_array(far) FROM (${neighbourSql(direction, kinds)})`,
  );
  for (let at = 0; at < layer.length; at += batchSize) {
    if (isStopped()) throw new LexlineError('CANCELLED', '[stores] the walk was stopped on request');
    const row = statement.get(JSON.stringify(layer.slice(at, at + batchSize)), n, n) as unknown as readonly string[];
    const [near = [], far = []] = row.map((text) => JSON.parse(text) as readonly number[]);
    for (let begin = 0, end = 0; begin < near.length; begin = end) {
      const via = near[begin] ?? 0;
      while (near[end] === via) end += 1;
      yield { via, neighbours: far.slice(begin, end) };
    }
  }
}
