import type { Uid } from '../../model/ids.ts';
import type { Query } from '../../query/query.ts';

/** Steps back along which a column is followed; a longer way is left unknown. */
const maxSteps = 20;

/**
 * Of columns of which nobody could tell what they hold, those that take over nothing but what is known to be nothing of a
 * person. A column with any other origin, one whose values are made of others, and one that nothing is known to flow into
 * are none of them.
 */
export async function readHarmlessColumns(
  query: Pick<Query, 'fieldFlows' | 'fieldsByUid'>,
  columns: ReadonlySet<Uid>,
  n: number,
): Promise<ReadonlySet<Uid>> {
  const originsOf = new Map<Uid, Set<Uid>>();
  const harmless = new Set<Uid>();
  const seen = new Set<Uid>(columns);
  let open = [...columns];
  for (let step = 0; open.length > 0 && step < maxSteps; step += 1) {
    const next = new Set<Uid>();
    for (const { from, to, effect } of await query.fieldFlows(open, 'upstream', n)) {
      if (to === null || from === to) continue;
      // Something that is never harmless stands for an origin that is made, or that nobody may see.
      const origin = effect === 'keep' && from !== null ? from : '';
      originsOf.set(to, (originsOf.get(to) ?? new Set()).add(origin));
      if (origin !== '' && !seen.has(origin)) next.add(origin);
    }
    for (const uid of next) seen.add(uid);
    const origins = [...next];
    const views = await query.fieldsByUid(origins, n);
    const states = views.map((view) => view?.effective.state);
    for (const [at, uid] of origins.entries()) if (states[at] === 'NOT_SENSITIVE') harmless.add(uid);
    open = origins.filter((_, at) => states[at] === 'GAP' || states[at] === 'UNDECIDED');
  }
  spread(originsOf, harmless);
  return new Set([...columns].filter((uid) => harmless.has(uid)));
}

/** What has only harmless origins is harmless, until no more is found. */
function spread(originsOf: ReadonlyMap<Uid, ReadonlySet<Uid>>, harmless: Set<Uid>): void {
  for (let before = -1; before !== harmless.size;) {
    before = harmless.size;
    for (const [uid, origins] of originsOf) if ([...origins].every((one) => harmless.has(one))) harmless.add(uid);
  }
}
