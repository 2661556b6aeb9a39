import { LexlineError } from '../base/errors.ts';
import { digestOf } from '../model/json.ts';

/** A place in one list at one revision. */
export interface Cursor {
  readonly n: number;
  readonly inner: string;
}

/**
 * A cursor as it leaves us: the revision it belongs to, a mark of the list that made it, and the place. `list` is everything
 * but the page that was asked for, so that a cursor of another list or other filters is refused instead of misread.
 */
export function encodeCursor(list: unknown, { n, inner }: Cursor): string {
  return Buffer.from(`${n}:${markOf(list)}:${inner}`, 'utf8').toString('base64url');
}

/** Reads what {@link encodeCursor} wrote for the same list. Fails with INPUT_INVALID for any other text. */
export function decodeCursor(list: unknown, text: string): Cursor {
  const plain = text.length > 4096 ? '' : Buffer.from(text, 'base64url').toString('utf8');
  const match = /^(\d{1,10}):([0-9a-f]{8}):(.*)$/su.exec(plain);
  const [, n, mark, inner] = match ?? [];
  if (n === undefined || inner === undefined || mark !== markOf(list))
    throw new LexlineError('INPUT_INVALID', '[query] "after" is not a cursor of this list', {
      remedy: 'Pass the endCursor of an earlier page, with the same arguments.',
    });
  return { n: Number(n), inner };
}

function markOf(list: unknown): string {
  return digestOf(list).slice(0, 8);
}
