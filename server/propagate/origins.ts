import { carriedClass, classesToCarry, subjectPrefix } from '../model/carried-class.ts';
import { NONE, type Decider, type DerivedForm, type Verdict } from '../model/classification.ts';
import { rejectedFindings } from '../model/rejections.ts';
import type { Treatment } from '../model/treatment.ts';

/** A category, a class of one, or a subject's key, that starts at a field, and the form in which its values stand there. */
export interface Origin {
  readonly category: string;
  readonly treatment: Treatment;
}

const rankOf: Record<Decider, number> = { human: 0, imported: 1, detector: 2, llm: 2 };
const formOf: Record<DerivedForm, Treatment> = { hash: 'hashed', token: 'tokenised', mask: 'masked', last4: 'partial' };

/** Prefix of `by` of a verdict imported from a tag that a source propagated by itself: shown, but not where anything starts. */
export const propagatedBy = 'propagated:';

/**
 * What starts at one field, given its verdicts: every category that stands there by its own right. A person's rejection
 * takes that category away with the classes that the person saw, a person's "not sensitive" all that a machine said; abstentions and NONE start nothing. Of
 * several deciders the higher rank says the form; within a rank all forms stay. Coarse classes that the category does not say
 * by itself start beside it in the same forms, whoever of those deciders said them.
 */
export function originsOf(verdicts: readonly Verdict[]): readonly Origin[] {
  const human = verdicts.filter((verdict) => verdict.decider === 'human');
  const rejected = rejectedFindings(verdicts);
  const onlyHuman = human.some((verdict) => verdict.category === NONE && verdict.state === 'accepted');
  const standing = verdicts.filter(
    (verdict) =>
      verdict.category !== NONE &&
      (verdict.state === 'accepted' || verdict.state === 'proposed') &&
      (verdict.decider === 'human' || (!onlyHuman && !rejected.has(verdict.category))) &&
      !verdict.by.startsWith(propagatedBy) &&
      !verdict.category.startsWith(subjectPrefix),
  );
  const origins = new Map<string, Origin>();
  for (const [category, all] of Map.groupBy(standing, (verdict) => verdict.category)) {
    const best = Math.min(...all.map(({ decider }) => rankOf[decider]));
    const classes = classesToCarry(category, new Set(all.flatMap((verdict) => verdict.classes)));
    const started = [category, ...classes.map((one) => carriedClass(category, one))];
    for (const { decider, derived } of all) {
      if (rankOf[decider] !== best) continue;
      const treatment = derived === null ? 'clear' : formOf[derived];
      for (const what of started) origins.set(`${what}\u0000${treatment}`, { category: what, treatment });
    }
  }
  return [...origins.values()];
}
