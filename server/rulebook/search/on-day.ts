import type { Catalogue } from '../catalogue.ts';
import type { NotInForce, ProvisionAnswer } from '../rulebook.ts';

/** The regulations that a question is answered from, and what an answer says of those that it leaves out. */
export interface AskedOnDay {
  /** Null: all that are loaded. */
  readonly asked: ReadonlySet<string> | null;
  readonly notInForce: Pick<ProvisionAnswer, 'notInForce'>;
}

/**
 * Leaves out the regulations that were not in force on a day (YYYY-MM-DD), by what the catalogue says of itself: a law that is
 * not there yet answers nothing. `named`: those asked for; null: all of the catalogues given.
 */
export function onDay(
  day: string | undefined,
  named: ReadonlySet<string> | null,
  catalogues: readonly Catalogue[],
): AskedOnDay {
  if (day === undefined) return { asked: named, notInForce: {} };
  const meant = catalogues.map(({ regulation }) => regulation).filter(({ id }) => named === null || named.has(id));
  const out = meant
    .filter(({ inForce: { from, to } }) => day < from || (to !== null && day >= to))
    .map(({ id, inForce }): NotInForce => ({ regulation: id, ...inForce }));
  if (out.length === 0) return { asked: named, notInForce: {} };
  const left = meant.filter(({ id }) => !out.some(({ regulation }) => regulation === id));
  return { asked: new Set(left.map(({ id }) => id)), notInForce: { notInForce: out } };
}
