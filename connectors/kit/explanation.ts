import { LexlineError, type ErrorCode } from '../../server/base/errors.ts';

/** What a failure of a source means to whoever runs the sync. */
export interface Explanation {
  readonly code: ErrorCode;
  /** Goes on after the source's name: `nobody answers there`. Never a text of the source itself. */
  readonly says: string;
  readonly remedy?: string;
}

/** A connection that was there and ended before its time. */
export const brokenOff: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'the connection broke off; what was read so far is kept and the next sync goes on from there',
};

/** The typed error of a failure. `at` names who failed: `[connectors/x] source "y" at z`. */
export function explained({ code, says, remedy }: Explanation, at: string): LexlineError {
  return new LexlineError(code, `${at}: ${says}`, remedy === undefined ? {} : { remedy });
}
