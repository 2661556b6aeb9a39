import { decisionKind } from '../classify/review.ts';
import type { EndingDecision } from '../model/ending-decision.ts';
import type { Uid } from '../model/ids.ts';
import { everyPage } from '../stores/every-page.ts';
import { isReadable } from '../stores/graph/retention-floor.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';

/** Decisions that stand at `n` and whose time is over by then. */
export async function decisionsEnding(
  graph: Pick<GraphStore, 'entered'>,
  n: number,
  by: string,
): Promise<readonly EndingDecision[]> {
  if (n === 0) return [];
  return (await graph.entered({ kind: decisionKind }, n))
    .flatMap(({ uid, body }) => endingOf(uid, body))
    .filter(({ endsAt }) => endsAt <= by);
}

/** Decisions that ended between two revisions because their time was over; not those that another took the place of. */
export async function decisionsEnded(
  graph: Pick<GraphStore, 'changes' | 'head'>,
  { from, to, at }: { readonly from: number; readonly to: number; readonly at: string },
): Promise<readonly EndingDecision[]> {
  if (!isReadable(await graph.head(), from)) return [];
  const closed = new Map<Uid, EndingDecision>();
  const again = new Set<Uid>();
  for await (const { change, uid, body } of everyPage((page) => graph.changes(from, to, page, ['entered']), 5000)) {
    if (typeof body !== 'object' || body === null || Reflect.get(body, 'kind') !== decisionKind) continue;
    if (change === 'opened') again.add(uid);
    // A changed row holds the entry and who made it.
    else
      for (const ending of endingOf(uid, Reflect.get(body, 'body'))) if (ending.endsAt <= at) closed.set(uid, ending);
  }
  return [...closed.values()].filter(({ field }) => !again.has(field));
}

function endingOf(field: Uid, body: unknown): readonly EndingDecision[] {
  if (typeof body !== 'object' || body === null) return [];
  const endsAt: unknown = Reflect.get(body, 'validUntil');
  const decision: unknown = Reflect.get(body, 'decision');
  const category: unknown = Reflect.get(body, 'category');
  if (typeof endsAt !== 'string' || typeof decision !== 'string') return [];
  return [{ field, decision, category: typeof category === 'string' ? category : null, endsAt }];
}
