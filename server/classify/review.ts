import { NONE, type Verdict } from '../model/classification.ts';
import { digestOf } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';

/** Kinds of the entries by which a field waits for a person, and by which a decision is kept. */
export const otherEvidence = 'decided-on-other-evidence';
export const modelReview = 'model-review';
export const decisionKind = 'review-decision';
export const proposalKind = 'review-proposal';
/** All of them: what the queue looks at. */
export const reviewKinds = [otherEvidence, modelReview, proposalKind, decisionKind] as const;

/** Why a field waits. The first that holds is the one shown. */
export type ReviewCause =
  | 'proposed by a person, needs a second'
  | 'decided on other evidence'
  | 'disputed by a model'
  | 'metadata tries to instruct'
  | 'model and detectors differ'
  | 'found by a model alone'
  | 'left open'
  | 'not sure';

/** What to decide: null category means that nothing is suggested. */
export interface Suggestion {
  readonly category: string | null;
  readonly confidence: number;
}

/** One field that waits for a person. */
export interface ReviewItem {
  readonly field: Uid;
  readonly cause: ReviewCause;
  readonly suggestion: Suggestion;
  /** The last part of its path, folded: fields that are called alike ask the same question. */
  readonly called: string;
}

/** Fields that ask the same question: one decision settles all of them. */
export interface ReviewGroup {
  readonly id: string;
  readonly cause: ReviewCause;
  readonly called: string;
  readonly suggestion: Suggestion;
  readonly fields: readonly Uid[];
}

/** Findings below this wait for a person. */
const unsure = 0.65;

/** Whether a field with such verdicts could ask a question, or answers one for others of its name: what need not be read further. */
export function mayWait(verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state' | 'confidence'>[]): boolean {
  return verdicts.some(
    ({ decider, category, state, confidence }) =>
      decider === 'human' ||
      decider === 'llm' ||
      (decider === 'detector' && (state === 'abstained' || (category !== NONE && confidence < unsure))),
  );
}

/** What lineage brings to a field. */
export interface Reached {
  readonly isReached: boolean;
  /** Categories that came after a person decided otherwise, or that have classes since which the person did not see. */
  readonly since: readonly string[];
}

/** The question that a field asks, or null when it asks none. Pure. */
export function itemOf(
  field: Uid,
  called: string,
  verdicts: readonly Verdict[],
  marks: ReadonlyMap<string, unknown>,
  reached: Reached = { isReached: false, since: [] },
): ReviewItem | null {
  const item = (cause: ReviewCause, suggestion: Suggestion): ReviewItem => ({ field, cause, suggestion, called });
  const suggestion = suggestionFor(verdicts);
  const proposal = marks.get(proposalKind);
  if (proposal !== undefined) return item('proposed by a person, needs a second', suggestionOf(proposal) ?? suggestion);
  const decided = verdicts.some(({ decider }) => decider === 'human');
  const [arrived] = reached.since.toSorted();
  if (arrived !== undefined) return item('decided on other evidence', { category: arrived, confidence: 1 });
  if (decided) return marks.has(otherEvidence) ? item('decided on other evidence', suggestion) : null;
  if (verdicts.some(({ decider }) => decider === 'imported')) return null;
  const reasons = reasonsOf(marks.get(modelReview));
  if (reasons.includes('instructions')) return item('metadata tries to instruct', suggestion);
  if (reasons.includes('disputed')) return item('disputed by a model', suggestion);
  if (reasons.includes('other-category') || reasons.includes('looks-differ'))
    return item('model and detectors differ', suggestion);
  const detected = verdicts.find(({ decider }) => decider === 'detector');
  if (
    verdicts.some(({ decider, category }) => decider === 'llm' && category !== NONE && category !== detected?.category)
  )
    return item('found by a model alone', suggestion);
  // A category that came along lineage says what it holds.
  if (detected?.state === 'abstained' && reached.isReached) return null;
  if (detected?.state === 'abstained')
    return item('left open', reasons.includes('nothing-found') ? { category: NONE, confidence: 0.5 } : suggestion);
  if (detected !== undefined && detected.category !== NONE && detected.confidence < unsure)
    return item('not sure', suggestion);
  return null;
}

function suggestionFor(verdicts: readonly Verdict[]): Suggestion {
  const found = verdicts
    .filter(
      ({ decider, category, state }) =>
        decider !== 'human' && category !== NONE && state !== 'abstained' && state !== 'rejected',
    )
    .sort((a, b) => b.confidence - a.confidence)[0];
  if (found !== undefined) return { category: found.category, confidence: found.confidence };
  const considered = verdicts
    .flatMap(({ alternatives = [] }) => alternatives)
    .sort((a, b) => b.confidence - a.confidence)[0];
  return considered === undefined || considered.confidence < 0.15
    ? { category: null, confidence: 0 }
    : { category: considered.category, confidence: considered.confidence };
}

function suggestionOf(proposal: unknown): Suggestion | null {
  const category: unknown =
    typeof proposal === 'object' && proposal !== null ? Reflect.get(proposal, 'category') : null;
  return typeof category === 'string' ? { category, confidence: 1 } : null;
}

function reasonsOf(mark: unknown): readonly string[] {
  const reasons: unknown = typeof mark === 'object' && mark !== null ? Reflect.get(mark, 'reasons') : null;
  return Array.isArray(reasons) ? reasons.filter((each) => typeof each === 'string') : [];
}

/** A field as the queue keeps it: the question it asks, and what its own decision says to others that are called alike. */
export interface QueuedField {
  readonly called: string;
  readonly item: ReviewItem | null;
  /** Of its question; null where it asks none. */
  readonly group: string | null;
  /** Categories that a person accepted here. */
  readonly learnt: readonly string[];
}

/**
 * Gathers fields that ask the same question: called alike, for the same cause, with the same suggestion. Where nothing is
 * suggested, it is what people decided of fields that are called so. Those first that settle most fields. Pure.
 */
export function groupsOf(fields: Iterable<QueuedField>): readonly ReviewGroup[] {
  const groups = new Map<string, { readonly item: ReviewItem; readonly fields: Uid[]; confidence: number }>();
  const learnt = new Map<string, Map<string, number>>();
  for (const { called, item, group, learnt: said } of fields) {
    for (const category of said) {
      const counts = learnt.get(called) ?? new Map<string, number>();
      counts.set(category, (counts.get(category) ?? 0) + 1);
      learnt.set(called, counts);
    }
    if (item === null || group === null) continue;
    const own = groups.get(group) ?? { item, fields: [], confidence: 0 };
    own.fields.push(item.field);
    own.confidence += item.suggestion.confidence;
    groups.set(group, own);
  }
  return [...groups]
    .map(
      ([
        id,
        {
          item: { cause, called, suggestion },
          fields: own,
          confidence,
        },
      ]): ReviewGroup => ({
        id,
        cause,
        called,
        suggestion:
          suggestion.category === null
            ? learntFor(learnt.get(called))
            : { category: suggestion.category, confidence: confidence / own.length },
        fields: own.sort(),
      }),
    )
    .sort((x, y) => y.fields.length - x.fields.length || (x.id < y.id ? -1 : 1));
}

function learntFor(said: ReadonlyMap<string, number> = new Map()): Suggestion {
  const counts = [...said].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  const [category, count] = counts[0] ?? [null, 0];
  return category === null ? { category: null, confidence: 0 } : { category, confidence: count / (total + 1) };
}

/** The same for every field that asks the same question; opaque. */
export function groupIdOf({ cause, called, suggestion }: ReviewItem): string {
  return digestOf(['review-group', cause, called, suggestion.category]).slice(0, 12);
}

/** How a field is called, for grouping: the last part of its path without case, marks and digits. */
export function calledOf(path: readonly string[]): string {
  const last = path.at(-1) ?? '';
  return last
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/\d+/gu, '#')
    .replaceAll(/[\s_.-]+/gu, '_');
}
