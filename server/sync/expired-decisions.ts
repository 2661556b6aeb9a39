import { decisionKind } from '../classify/review.ts';
import type { Change, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/** Decisions whose time is over: the person's verdicts end, and what machines say counts again. */
export async function expiredDecisions(
  graph: Pick<GraphStore, 'entered' | 'verdicts'>,
  n: number,
  now: string,
): Promise<readonly Change[]> {
  if (n === 0) return [];
  const over = (await graph.entered({ kind: decisionKind }, n)).filter(({ body }) => {
    const until: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'validUntil') : null;
    return typeof until === 'string' && until <= now;
  });
  const fields = over.map(({ uid }) => uid);
  const changes: Change[] = over.map(({ uid, kind }) => ({ type: 'end-entered', uid, kind }));
  for (const { field, decider, category } of await inBatches(fields, (batch) => graph.verdicts(batch, n)))
    if (decider === 'human') changes.push({ type: 'end-verdict', field, decider, category });
  return changes;
}
