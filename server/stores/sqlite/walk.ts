import { directKinds, type EdgeKind } from '../../model/edge.ts';
import { LexlineError } from '../../base/errors.ts';
import type {
  CountRequest,
  CountResult,
  PathRequest,
  PathResult,
  WalkHit,
  WalkRequest,
  WalkResult,
} from '../graph/graph-store.ts';
import { edgesBetween } from './edge-rows.ts';
import type { Connection } from './prepared.ts';
import { edgeKinds, fromCursor, toCursor, uidBytes, uidText } from './rows.ts';

const defaultBudget = 1_000_000;

/** Neighbours by the covering index alone; named, because the planner would take the primary key and read closed rows of hubs. */
function neighbourSql(direction: 'upstream' | 'downstream', kinds: readonly EdgeKind[]): string {
  const list = kinds.map((kind) => edgeKinds.indexOf(kind)).join(',');
  return direction === 'downstream'
    ? `SELECT DISTINCT dst FROM edge INDEXED BY edge_out WHERE src = ? AND to_rev > ? AND from_rev <= ? AND kind IN (${list}) ORDER BY dst`
    : `SELECT DISTINCT src FROM edge INDEXED BY edge_in WHERE dst = ? AND to_rev > ? AND from_rev <= ? AND kind IN (${list}) ORDER BY src`;
}

interface Visit {
  readonly id: number;
  readonly degree: number;
  readonly via: number;
}

interface Reached {
  readonly visits: readonly Visit[];
  readonly stopped: 'depth' | 'budget' | null;
}

function idsOf(connection: Connection, uids: readonly string[]): number[] {
  return uids.flatMap((uid) => {
    const row = connection.sql('SELECT id FROM entity WHERE uid = ?').get(uidBytes(uid));
    return row === undefined ? [] : [Number(row['id'])];
  });
}

/** Breadth first by layers, each thing once. Stops at the depth, or at the budget. */
function reach(connection: Connection, request: CountRequest, isStopped: () => boolean): Reached {
  const direction = request.direction;
  const statement = connection.arrays(neighbourSql(direction, request.kinds ?? directKinds));
  const budget = request.budget ?? defaultBudget;
  const starts = idsOf(connection, request.from);
  const seen = new Set(starts);
  const visits: Visit[] = [];
  let layer = starts;
  for (let degree = 1; layer.length > 0; degree++) {
    const next: number[] = [];
    for (const via of layer) {
      if (isStopped()) throw new LexlineError('CANCELLED', '[stores] the walk was stopped');
      const rows = statement.all(via, request.n, request.n) as unknown as number[][];
      for (const [id] of rows) {
        if (id === undefined || seen.has(id)) continue;
        if (degree > request.depth) return { visits, stopped: 'depth' };
        if (visits.length >= budget) return { visits, stopped: 'budget' };
        seen.add(id);
        visits.push({ id, degree, via });
        next.push(id);
      }
    }
    layer = next;
  }
  return { visits, stopped: null };
}

function checkDepth(depth: number): void {
  if (!Number.isInteger(depth) || depth < 1 || depth > 100)
    throw new LexlineError('INPUT_INVALID', `[stores] depth ${depth} is not a whole number from 1 to 100`);
}

export function walk(connection: Connection, request: WalkRequest, isStopped: () => boolean): WalkResult {
  checkDepth(request.depth);
  const [n, offset] = request.after === undefined ? [request.n, 0] : fromCursor(request.after, 2).map(Number);
  if (n !== request.n || offset === undefined)
    throw new LexlineError('INPUT_INVALID', '[stores] this cursor belongs to another revision', {
      remedy: 'Ask at the revision of the first page.',
    });
  const { visits, stopped } = reach(connection, request, isStopped);
  const page = visits.slice(offset, offset + request.first);
  const uid = uidReader(connection);
  const hits: WalkHit[] = page.map((visit) => ({ uid: uid(visit.id), degree: visit.degree, via: uid(visit.via) }));
  const left = visits.length - offset - page.length;
  return {
    hits,
    explored: visits.length,
    truncated:
      left > 0
        ? { reason: 'first', remaining: stopped === null ? left : null }
        : stopped === null
          ? null
          : { reason: stopped, remaining: null },
    cursor: left > 0 ? toCursor([request.n, offset + page.length]) : null,
  };
}

/** Uids of ids, each read once. */
function uidReader(connection: Connection): (id: number) => string {
  const statement = connection.arrays('SELECT uid FROM entity WHERE id = ?');
  const known = new Map<number, string>();
  return (id) => {
    let uid = known.get(id);
    if (uid === undefined) {
      const row = statement.get(id) as unknown as readonly unknown[] | undefined;
      uid = uidText(row?.[0]);
      known.set(id, uid);
    }
    return uid;
  };
}

export function countReached(connection: Connection, request: CountRequest, isStopped: () => boolean): CountResult {
  checkDepth(request.depth);
  const { visits, stopped } = reach(connection, request, isStopped);
  const byId = connection.sql('SELECT kind, parent FROM entity WHERE id = ?');
  const datasets = new Set<number>();
  let fields = 0;
  for (const { id } of visits) {
    const row = byId.get(id);
    if (row?.['kind'] === 1) {
      fields += 1;
      datasets.add(Number(row['parent']));
    } else if (row?.['kind'] === 0) datasets.add(id);
  }
  return {
    fields,
    datasets: datasets.size,
    jobs: jobsBehind(connection, request, visits),
    complete: stopped !== 'budget',
  };
}

function jobsBehind(connection: Connection, request: CountRequest, visits: readonly Visit[]): number {
  const downstream = request.direction === 'downstream';
  const statement = connection.sql(
    downstream
      ? 'SELECT DISTINCT job FROM edge WHERE dst = ? AND to_rev > ? AND from_rev <= ?'
      : 'SELECT DISTINCT job FROM edge WHERE src = ? AND to_rev > ? AND from_rev <= ?',
  );
  const jobs = new Set<unknown>();
  for (const { id } of visits) for (const row of statement.all(id, request.n, request.n)) jobs.add(row['job']);
  jobs.delete(0);
  return jobs.size;
}

export function shortestPath(
  connection: Connection,
  request: PathRequest,
  isStopped: () => boolean,
): PathResult | null {
  checkDepth(request.maxDepth);
  const [target] = idsOf(connection, [request.to]);
  const [start] = idsOf(connection, [request.from]);
  if (target === undefined || start === undefined) return null;
  const kinds = request.kinds ?? directKinds;
  const { visits } = reach(
    connection,
    { from: [request.from], direction: 'downstream', depth: request.maxDepth, n: request.n, kinds },
    isStopped,
  );
  const via = new Map(visits.map((visit) => [visit.id, visit.via]));
  if (!via.has(target)) return null;
  const steps: [number, number][] = [];
  for (let at = target; at !== start;) {
    const before = via.get(at);
    if (before === undefined) return null;
    steps.unshift([before, at]);
    at = before;
  }
  return { edges: steps.flatMap(([src, dst]) => edgesBetween(connection, src, dst, kinds, request.n).slice(0, 1)) };
}
