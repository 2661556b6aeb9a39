import { endingWords } from '../classify/ending-words.ts';
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
    .flatMap(({ uid, body }) => endingsOf(uid, body))
    .filter(({ endsAt }) => endsAt <= by);
}

/** Decisions that ended between two revisions because their time was over; not those that another took the place of. */
export async function decisionsEnded(
  graph: Pick<GraphStore, 'changes' | 'head'>,
  { from, to, at }: { readonly from: number; readonly to: number; readonly at: string },
): Promise<readonly EndingDecision[]> {
  if (!isReadable(await graph.head(), from)) return [];
  const closed: { readonly made: unknown; readonly ending: EndingDecision }[] = [];
  const opened: { readonly made: unknown; readonly field: Uid; readonly left: readonly EndingDecision[] }[] = [];
  for await (const { change, uid, body } of everyPage((page) => graph.changes(from, to, page, ['entered']), 5000)) {
    if (typeof body !== 'object' || body === null || Reflect.get(body, 'kind') !== decisionKind) continue;
    // A changed row holds the entry and who made it.
    const entry: unknown = Reflect.get(body, 'body');
    const made: unknown = typeof entry === 'object' && entry !== null ? Reflect.get(entry, 'at') : null;
    const endings = endingsOf(uid, entry);
    if (change === 'opened') opened.push({ made, field: uid, left: endings });
    else for (const ending of endings) if (ending.endsAt <= at) closed.push({ made, ending });
  }
  // Of a decision that stays for its other words, those ended that are not among them; what another one replaced did not end.
  return closed.flatMap(({ made, ending }) => {
    const again = opened.filter(({ field }) => field === ending.field);
    const isOver = again.every((one) => one.made === made && !one.left.some((left) => isSame(left, ending)));
    return isOver ? [ending] : [];
  });
}

/** The decisions that an entry knows the ends of: one for all words that it said. */
function endingsOf(field: Uid, body: unknown): readonly EndingDecision[] {
  const endings: EndingDecision[] = [];
  for (const { until: endsAt, decision, asked: category } of endingWords(body, [everyWord])) {
    const ending = { field, decision, category, endsAt };
    if (!endings.some((one) => isSame(one, ending))) endings.push(ending);
  }
  return endings;
}

/** Stands for all words of a decision from before ends were kept by category. */
const everyWord = 'all';

function isSame(one: EndingDecision, other: EndingDecision): boolean {
  return one.endsAt === other.endsAt && one.decision === other.decision && one.category === other.category;
}
