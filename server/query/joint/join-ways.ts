import { directKinds } from '../../model/edge.ts';
import type { Effect } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import type { EdgeRecord } from '../../stores/graph/graph-store.ts';
import type { QueryContext } from '../context.ts';
import { readEdges } from '../lineage/read-edges.ts';
import type { Candidate, CandidateKey, JointStep } from './joint.ts';

/** Steps followed from a key, and columns looked at, at most. */
const maxSteps = 12;
const maxColumns = 50_000;

/** Effects that give the same value for the same value: rows can be joined by what comes out. */
const repeatable: ReadonlySet<Effect> = new Set<Effect>([
  'hash',
  'keyed-hash',
  'tokenise',
  'encrypt',
  'detokenise',
  'decrypt',
]);

/** One way from a key to a column whose values it shares. */
export interface KeyWay {
  readonly candidate: Candidate;
  readonly key: CandidateKey;
  readonly steps: readonly JointStep[];
}

/**
 * Where the values of the candidates' keys come from: along foreign keys, and upstream along lineage that keeps a value or
 * treats it the same way every time. By what the keys have in common: a column, and what was done to its values since.
 */
export async function readJoinWays(
  context: QueryContext,
  candidates: readonly Candidate[],
  n: number,
): Promise<{ readonly byPlace: ReadonlyMap<string, readonly KeyWay[]>; readonly whole: boolean }> {
  const byPlace = new Map<string, KeyWay[]>();
  const into = new Map<Uid, readonly EdgeRecord[]>();
  let whole = true;
  let front = candidates.flatMap((candidate) =>
    candidate.keys.map((key) => ({ way: { candidate, key, steps: [] } as KeyWay, at: key.field, fns: '' })),
  );
  const seen = new Set<string>();
  for (let step = 0; step <= maxSteps && front.length > 0; step++) {
    const fresh = front.filter(({ way, at, fns }) => {
      const place = placeOf(at, fns);
      const name = `${way.key.field} ${place}`;
      if (seen.has(name)) return false;
      seen.add(name);
      const ways = byPlace.get(place);
      if (ways === undefined) byPlace.set(place, [way]);
      else ways.push(way);
      return true;
    });
    const missing = [...new Set(fresh.map(({ at }) => at))].filter((uid) => !into.has(uid));
    if (step === maxSteps || into.size + missing.length > maxColumns) {
      whole = fresh.length === 0;
      break;
    }
    const read = await readEdges(context, {
      uids: missing,
      direction: 'upstream',
      kinds: directKinds,
      n,
      keep: carries,
    });
    whole = whole && read.whole;
    const byTarget = Map.groupBy(read.edges, ({ to }) => to);
    for (const uid of missing) into.set(uid, byTarget.get(uid) ?? []);
    front = fresh.flatMap(({ way, at, fns }) => [
      ...(into.get(at) ?? []).map(({ from, fn, effect }) => {
        const done = effect === 'keep' ? '' : fn;
        const next: JointStep = { how: 'LINEAGE', to: from, fn: done };
        return { way: { ...way, steps: [...way.steps, next] }, at: from, fns: done === '' ? fns : `${done}>${fns}` };
      }),
      ...(way.steps.length === 0 && way.key.references !== null
        ? [
            {
              way: { ...way, steps: [{ how: 'FOREIGN_KEY', to: way.key.references, fn: '' } as const] },
              at: way.key.references,
              fns,
            },
          ]
        : []),
    ]);
  }
  return { byPlace, whole };
}

function carries({ effect, from, to }: EdgeRecord): boolean {
  return from !== to && (effect === 'keep' || repeatable.has(effect));
}

/** The same column with the same done to it. */
function placeOf(column: Uid, fns: string): string {
  return `${column} ${fns}`;
}
