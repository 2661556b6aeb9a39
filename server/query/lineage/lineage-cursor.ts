import { LexlineError } from '../../base/errors.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { LineageRequest } from '../query.ts';

/** What a cursor of a lineage belongs to: everything asked for but the page. */
type LineageQuestion = Pick<LineageRequest, 'origin' | 'direction' | 'depth' | 'granularity' | 'includeIndirect'>;

function listOf({ origin, direction, depth, granularity, includeIndirect }: LineageQuestion): readonly unknown[] {
  return ['lineage', origin, direction, depth, granularity, includeIndirect];
}

/** A cursor behind the first `offset` nodes of a lineage at revision `n`. */
export function encodeLineageCursor(question: LineageQuestion, n: number, offset: number): string {
  return encodeCursor(listOf(question), { n, inner: String(offset) });
}

/** Reads a cursor of the same question. Fails with INPUT_INVALID for any other. */
export function decodeLineageCursor(
  question: LineageQuestion,
  text: string,
): { readonly n: number; readonly offset: number } {
  const { n, inner } = decodeCursor(listOf(question), text);
  const offset = Number(inner);
  if (!Number.isSafeInteger(offset) || offset < 0)
    throw new LexlineError('INPUT_INVALID', '[query] "after" is not a cursor of this lineage', {
      remedy: 'Pass the endCursor of an earlier answer to the same question.',
    });
  return { n, offset };
}
