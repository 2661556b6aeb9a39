import { categoryOf } from '../model/carried-class.ts';
import type { EnteredRecord, GraphStore } from '../stores/graph/graph-store.ts';
import type { Uid } from '../model/ids.ts';
import { everyFieldOf } from './every-field.ts';

/** Kind of the entries by which people stop a category. */
export const stopKind = 'stop';

/**
 * A stop that a person entered. Its uid is a field or dataset (what stands there goes no further) or a job (it carries
 * nothing). `category` null: all; otherwise that one and those below it. `to`: only towards that field.
 */
export interface Stop {
  readonly category: string | null;
  readonly to: Uid | null;
}

/** The stops in force at one revision. What stops a category stops the classes that travel beside it. */
export interface Stops {
  readonly isEmpty: boolean;
  stops(edge: { readonly from: Uid; readonly to: Uid; readonly job: Uid | null }, category: string): boolean;
}

/** Reads the body of a stop. One that cannot be read stops nothing: caution carries on. */
export function parseStop(body: unknown): Stop | null {
  if (typeof body !== 'object' || body === null) return null;
  const category: unknown = Reflect.get(body, 'category') ?? null;
  const to: unknown = Reflect.get(body, 'to') ?? null;
  if ((category !== null && typeof category !== 'string') || (to !== null && typeof to !== 'string')) return null;
  return { category, to };
}

/** A stop on a dataset holds for all fields it has at `n`. */
export async function loadStops(graph: Pick<GraphStore, 'entered' | 'get' | 'list'>, n: number): Promise<Stops> {
  const entered = await graph.entered({ kind: stopKind }, n);
  const byUid = new Map<Uid, Stop[]>();
  for (const [uid, stop] of await spread(graph, entered, n)) {
    const there = byUid.get(uid);
    if (there === undefined) byUid.set(uid, [stop]);
    else there.push(stop);
  }
  return createStops(byUid);
}

/** Stops by the field or job they stand at. */
export function createStops(byUid: ReadonlyMap<Uid, readonly Stop[]>): Stops {
  return {
    isEmpty: byUid.size === 0,
    stops({ from, to, job }, carried) {
      const category = categoryOf(carried);
      const holds = (stop: Stop): boolean =>
        (stop.to === null || stop.to === to) &&
        (stop.category === null || stop.category === category || category.startsWith(`${stop.category}.`));
      return (byUid.get(from) ?? []).some(holds) || (job !== null && (byUid.get(job) ?? []).some(holds));
    },
  };
}

async function spread(
  graph: Pick<GraphStore, 'get' | 'list'>,
  entered: readonly EnteredRecord[],
  n: number,
): Promise<readonly (readonly [Uid, Stop])[]> {
  const found =
    entered.length === 0
      ? []
      : await graph.get(
          entered.map(({ uid }) => uid),
          n,
        );
  const stops: (readonly [Uid, Stop])[] = [];
  for (const [i, { uid, body }] of entered.entries()) {
    const stop = parseStop(body);
    if (stop === null) continue;
    stops.push([uid, stop]);
    if (found[i]?.kind !== 'dataset') continue;
    for (const field of await everyFieldOf(graph, uid, n)) stops.push([field, stop]);
  }
  return stops;
}
