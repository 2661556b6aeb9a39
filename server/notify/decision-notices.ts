import type { EndingDecision } from '../model/ending-decision.ts';
import { noticeId, type Notice } from './notice.ts';

/**
 * Decisions that run out, or that a sync has just ended: those that were made together in one notice. The same decision is
 * told once before and once after. Names no field; the review queue does.
 */
export function decisionNotices(endings: readonly EndingDecision[], hasEnded: boolean, at: string): readonly Notice[] {
  const together = Map.groupBy(endings, ({ decision, category, endsAt }) =>
    JSON.stringify([decision, category, endsAt]),
  );
  return [...together.values()].flatMap((same): readonly Notice[] => {
    const [first] = same;
    if (first === undefined) return [];
    const { decision, category, endsAt } = first;
    const ground = [decision, category, endsAt, hasEnded ? 'ended' : 'ends'];
    const items = [{ decision, category, decided: same.length, endsAt, hasEnded }];
    return [{ id: noticeId('decision-ends', ground), kind: 'decision-ends', at, revision: null, total: 1, items }];
  });
}
