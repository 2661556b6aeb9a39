import { hash, randomBytes } from 'node:crypto';
import { LexlineError } from '../base/errors.ts';
import type { Uid } from '../model/ids.ts';
import { requireKnownCategory } from '../rulebook/known-category.ts';
import type { ReviewDeskOptions } from './review-desk.ts';

/** Fails with INPUT_INVALID for a category that is neither one of the taxonomy, nor a branch of it, nor `none`. */
export function mustBeKnown(category: string | null, taxonomy: ReviewDeskOptions['taxonomy']): void {
  if (category !== null && category !== 'none') requireKnownCategory(category, taxonomy, 'review');
}

/** A salted hash of a comment: what the ledger keeps of it. */
export function commentHash(comment: string): string {
  const salt = randomBytes(16).toString('hex');
  return `${salt}:${hash('sha256', `${salt}${comment}`, 'hex')}`;
}

/** Fields that a decision left out are nobody's mistake; unknown ones are. */
export function without(fields: readonly Uid[], except: readonly Uid[]): readonly Uid[] {
  const unknown = except.find((uid) => !fields.includes(uid));
  if (unknown !== undefined) throw new LexlineError('INPUT_INVALID', `[review] the group has no field ${unknown}`);
  return fields.filter((uid) => !except.includes(uid));
}
