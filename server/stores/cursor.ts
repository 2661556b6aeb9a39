import { LexlineError } from '../base/errors.ts';
import type { PageRequest } from './page.ts';

/** A page cursor: what the list was ordered by, as opaque text. */
export function toCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads what {@link toCursor} made. Fails with INPUT_INVALID for anything else. */
export function fromCursor(cursor: string, length: number): readonly (string | number | null)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === length && parts.every((part) => isPlain(part))) return parts;
  } catch {
    // Falls through to the typed error.
  }
  throw notACursor();
}

function isPlain(part: unknown): part is string | number | null {
  return part === null || typeof part === 'string' || typeof part === 'number';
}

/** How many items of a list came before a page, from the cursor of a list that is counted through. */
export function offsetOf({ after }: Pick<PageRequest, 'after'>): number {
  if (after === undefined) return 0;
  const [offset] = fromCursor(after, 1);
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw notACursor();
}

function notACursor(): LexlineError {
  return new LexlineError('INPUT_INVALID', '[stores] this is not a cursor of this list', {
    remedy: 'Pass the cursor of an earlier page of the same list unchanged, or none.',
  });
}

/** Rows to read for a page: one too many, which tells whether there is another. Fails with INPUT_INVALID beyond the contract's limits. */
export function limitOf({ first }: Pick<PageRequest, 'first'>): number {
  if (Number.isInteger(first) && first >= 1 && first <= 10_000) return first + 1;
  throw new LexlineError('INPUT_INVALID', `[stores] a page of ${first}: it holds 1 to 10,000`);
}

/** Cuts a page from rows that were read with one row too many. */
export function pageOf<R, T>(
  rows: readonly R[],
  first: number,
  map: (row: R) => T,
  cursorOf: (row: R) => readonly unknown[],
): { items: T[]; cursor: string | null } {
  const kept = rows.slice(0, first);
  const last = kept.at(-1);
  return {
    items: kept.map((row) => map(row)),
    cursor: rows.length > first && last !== undefined ? toCursor(cursorOf(last)) : null,
  };
}
