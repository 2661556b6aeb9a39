import { NONE, type Verdict } from '../model/classification.ts';
import { digestOf } from '../model/json.ts';
import type { Uid } from '../model/ids.ts';

/** Kinds of the entries by which a field waits for a person, and by which a decision is kept. */
export const otherEvidence = 'decided-on-other-evidence';
export const modelReview = 'model-review';
export const decisionKind = 'review-decision';
export const proposalKind = 'review-proposal';

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

/** The question that a field asks, or null when it asks none. Pure. */
export function itemOf(
  field: Uid,
  called: string,
  verdicts: readonly Verdict[],
  marks: ReadonlyMap<string, unknown>,
  reached = false,
): ReviewItem | null {
  const item = (cause: ReviewCause, suggestion: Suggestion): ReviewItem => ({ field, cause, suggestion, called });
  const suggestion = suggestionFor(verdicts);
  const proposal = marks.get(proposalKind);
  if (proposal !== undefined) return item('proposed by a person, needs a second', suggestionOf(proposal) ?? suggestion);
  const decided = verdicts.some(({ decider }) => decider === 'human');
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
  if (detected?.state === 'abstained' && reached) return null;
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

/** Gathers fields that ask the same question: called alike, for the same cause, with the same suggestion. */
export class ReviewQueue {
  readonly #groups = new Map<string, { item: ReviewItem; fields: Uid[]; confidence: number }>();
  readonly #learnt = new Map<string, Map<string, number>>();

  add(item: ReviewItem): void {
    const id = groupId(item);
    const group = this.#groups.get(id) ?? { item, fields: [], confidence: 0 };
    group.fields.push(item.field);
    group.confidence += item.suggestion.confidence;
    this.#groups.set(id, group);
  }

  /** A person decided a field of this name: what they said is suggested where nothing else is. */
  learn(called: string, category: string): void {
    const counts = this.#learnt.get(called) ?? new Map<string, number>();
    counts.set(category, (counts.get(category) ?? 0) + 1);
    this.#learnt.set(called, counts);
  }

  /** Those first that settle most fields. */
  groups(): readonly ReviewGroup[] {
    return [...this.#groups]
      .map(([id, { item, fields, confidence }]): ReviewGroup => ({
        id,
        cause: item.cause,
        called: item.called,
        suggestion:
          item.suggestion.category === null
            ? this.#learntFor(item.called)
            : { category: item.suggestion.category, confidence: confidence / fields.length },
        fields: fields.sort(),
      }))
      .sort((a, b) => b.fields.length - a.fields.length || (a.id < b.id ? -1 : 1));
  }

  #learntFor(called: string): Suggestion {
    const counts = [...(this.#learnt.get(called) ?? [])].sort(([, a], [, b]) => b - a);
    const total = counts.reduce((sum, [, count]) => sum + count, 0);
    const [category, count] = counts[0] ?? [null, 0];
    return category === null ? { category: null, confidence: 0 } : { category, confidence: count / (total + 1) };
  }
}

function groupId({ cause, called, suggestion }: ReviewItem): string {
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
