import { LexlineError } from '../base/errors.ts';
import { suggest } from '../base/nearest.ts';
import { NONE } from '../model/classification.ts';
import type { Taxonomy } from './taxonomy.ts';

/**
 * Refuses a word that is neither a category of the taxonomy nor a branch of it: nothing could ever hold it, so an empty
 * answer would look like "none found". Fails with INPUT_INVALID, naming the nearest. `none` is no category here.
 */
export function requireKnownCategory(name: string, taxonomy: Taxonomy, room: string): void {
  if (taxonomy.classesOf(name).length > 0) return;
  const called = taxonomy.byFine(name.toLowerCase());
  throw new LexlineError('INPUT_INVALID', `[${room}] there is no category "${name}"`, {
    remedy: called === undefined ? nearestTo(name, taxonomy) : `did you mean "${called.id}"?`,
  });
}

/** Some sixty categories are too many to list: without a near word the branches are named. */
function nearestTo(name: string, { categories }: Taxonomy): string {
  const branches = new Set(categories.flatMap(({ id }) => branchesOf(id)));
  const known = [...new Set([...categories.map(({ id }) => id), ...branches])];
  const near = suggest(name, known);
  if (near.startsWith('did you mean')) return near;
  return `use a category or a branch: ${[...branches].toSorted().join(', ')}${name === NONE ? '; what holds nothing is found by its state NOT_SENSITIVE' : ''}`;
}

/** `user.contact.email` → `user`, `user.contact`. */
function branchesOf(id: string): readonly string[] {
  const parts = id.split('.');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('.'));
}
