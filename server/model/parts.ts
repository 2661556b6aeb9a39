import type { Uid } from './ids.ts';
import type { Treatment } from './treatment.ts';

/** Which end of a value a function keeps. */
export type CutEnd = 'beginning' | 'end';

const beginnings: ReadonlySet<string> = new Set(['LEFT', 'STRLEFT', 'LEFTUTF8']);
const ends: ReadonlySet<string> = new Set(['RIGHT', 'STRRIGHT', 'RIGHTUTF8']);

/** Which end of a value functions keep, as an edge names them; null: they do not say so. */
export function cutEndOf(fn: string): CutEnd | null {
  const names = fn.toUpperCase().split('>');
  if (names.some((name) => beginnings.has(name))) return 'beginning';
  return names.some((name) => ends.has(name)) ? 'end' : null;
}

/** True of a row that stands because parts of the value come together at the field: its way goes on from the parts there. */
export function isPutTogether(
  { field, treatment }: { readonly field: Uid; readonly treatment: Treatment },
  before: { readonly field: Uid; readonly treatment: Treatment },
): boolean {
  return field === before.field && treatment === 'clear' && before.treatment === 'partial';
}
