import { endingWords, endsJson } from '../classify/ending-words.ts';
import { decisionKind } from '../classify/review.ts';
import type { Verdict } from '../model/classification.ts';
import type { Json } from '../model/json.ts';
import type { Change, EnteredRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';

/**
 * Decisions whose time is over: the words end that were theirs, and what people had said before of the same counts again, as
 * does what machines say. Other words of people stay.
 */
export async function expiredDecisions(
  graph: Pick<GraphStore, 'entered' | 'verdicts'>,
  n: number,
  now: string,
): Promise<readonly Change[]> {
  if (n === 0) return [];
  const decisions = await graph.entered({ kind: decisionKind }, n);
  const verdicts = await inBatches(
    decisions.map(({ uid }) => uid),
    (batch) => graph.verdicts(batch, n),
  );
  const human = Map.groupBy(
    verdicts.filter(({ decider }) => decider === 'human'),
    ({ field }) => field,
  );
  return decisions.flatMap((decision) => expired(decision, human.get(decision.uid) ?? [], now));
}

function expired({ uid, kind, body, actor }: EnteredRecord, human: readonly Verdict[], now: string): readonly Change[] {
  const words = human.map(({ category }) => category);
  const ends = endingWords(body, words);
  const over = ends.filter(({ until }) => until <= now);
  if (over.length === 0) return [];
  const changes = over.map(({ category, before }): Change =>
    before === null
      ? { type: 'end-verdict', field: uid, decider: 'human', category }
      : { type: 'verdict', verdict: before },
  );
  const ended = new Set(over.flatMap(({ category, before }) => (before === null ? [category] : [])));
  const stays = over.length > ended.size || words.some((category) => !ended.has(category));
  if (!stays) return [...changes, { type: 'end-entered', uid, kind }];
  const left = endsJson(ends.filter(({ until }) => until > now));
  const rest: Json = { ...(body as Readonly<Record<string, Json>>), ends: left };
  return [...changes, { type: 'enter', entered: { uid, kind, body: rest, actor } }];
}
