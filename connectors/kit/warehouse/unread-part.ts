import { isLexlineError } from '../../../server/base/errors.ts';
import type { Gap } from '../../../server/model/provenance.ts';

/** A database or schema of a source cannot be read while the others can: it becomes a gap, and nothing of it is retired. */
export class UnreadPart extends Error {
  override readonly name = 'UnreadPart';
  readonly gap: Gap;

  constructor(gap: Gap) {
    super(gap.what);
    this.gap = gap;
  }
}

/** The gap that a failure is, where it concerns one part of a source alone; null: it concerns the whole read. */
export function gapOfPart(error: unknown, forbidden: () => Gap): Gap | null {
  if (error instanceof UnreadPart) return error.gap;
  return isLexlineError(error) && error.code === 'CONNECTOR_MISSING_RIGHTS' ? forbidden() : null;
}
