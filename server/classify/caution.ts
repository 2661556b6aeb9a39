import { NONE } from '../model/classification.ts';
import type { ColumnJudgement } from './classifier.ts';
import { isChecked } from './open-columns.ts';
import type { ColumnSaying } from './read-answer.ts';

/** What both looks of a model say of one column; `second` null: there was none. */
export interface TwoLooks {
  readonly first: ColumnSaying | null;
  readonly second: ColumnSaying | null;
}

/** Why a person should look at a column that a model was asked about. */
export type ReviewReason =
  /** The model finds nothing where a name or context speaks of something, or no longer what a model found before. */
  | 'disputed'
  /** The detectors abstained, and the model finds nothing: not enough to say so. */
  | 'nothing-found'
  /** The two looks differ. */
  | 'looks-differ'
  /** The model names another category than the detectors. */
  | 'other-category'
  /** A text in the column's metadata tries to give instructions. */
  | 'instructions';

export interface CautiousOutcome {
  /** Categories that the model adds or supports. Never fewer than the detectors found: those stay as they are. */
  readonly categories: readonly string[];
  /** `agrees`: the detectors say it too. `adds`: only the model does. */
  readonly relation: 'agrees' | 'adds' | 'none';
  /** Both looks named the main category. */
  readonly twice: boolean;
  readonly review: readonly ReviewReason[];
  /** What a model found before and says no longer: it stands, and waits for a person. */
  readonly keeps: readonly string[];
}

/**
 * The one rule by which a model's saying counts: it may add, never take away, not even what a model found. What either look
 * finds counts; what it disputes goes to a person; "nothing" never settles a column, however often it is said. `before`: the
 * categories that a model found here. Pure.
 */
export function cautiously(
  column: Pick<ColumnJudgement, 'category' | 'abstain' | 'evidence' | 'fine'>,
  { first, second }: TwoLooks,
  suspicious: boolean,
  before: readonly string[] = [],
): CautiousOutcome {
  const review = new Set<ReviewReason>();
  const looks = [first, second].filter((look) => look !== null);
  const found = looks.map(({ decision, categories }) => (decision === 'category' ? categories : []));
  const categories = [...new Set(found.flat())];
  const main = categories[0];
  const detected = column.abstain || column.category === NONE ? null : column.category;
  if (suspicious || looks.some(({ instructed }) => instructed)) review.add('instructions');
  if (looks.length === 2 && found[0]?.[0] !== found[1]?.[0]) review.add('looks-differ');
  if (main === undefined) {
    if (looks.some(({ decision }) => decision === 'none'))
      if (before.length > 0 || (detected !== null && !isChecked(column))) review.add('disputed');
      else if (detected === null) review.add('nothing-found');
    return { categories: [], relation: 'none', twice: false, review: [...review], keeps: before };
  }
  const keeps = before.filter((category) => !categories.some((each) => isNear(each, category)));
  if (keeps.length > 0) review.add('disputed');
  const agrees = detected !== null && categories.some((category) => isNear(category, detected));
  if (detected !== null && !agrees) review.add('other-category');
  return {
    categories,
    relation: agrees ? 'agrees' : 'adds',
    twice: looks.length === 2 && found.every((each) => each[0] === main),
    review: [...review],
    keeps,
  };
}

/** The same category, or one within the other. */
function isNear(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

/**
 * Is a second look worth its price? Where the model alone found something, disputes a name or what a model found before, or
 * saw free text and found nothing: without the text it is asked again, so that no text can talk a finding away.
 */
export function needsSecondLook(
  column: Pick<ColumnJudgement, 'category' | 'abstain'>,
  saying: ColumnSaying,
  hadText: boolean,
  before: readonly string[] = [],
): boolean {
  const detected = column.abstain || column.category === NONE ? null : column.category;
  if (saying.instructed) return true;
  if (saying.decision !== 'category') return hadText || detected !== null || before.length > 0;
  return detected === null || !saying.categories.some((category) => isNear(category, detected));
}
