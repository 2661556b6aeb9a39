import { LexlineError, type ErrorCode } from '../../server/base/errors.ts';

/** What a failure of a source means to whoever runs the sync. */
export interface Explanation {
  readonly code: ErrorCode;
  /** Goes on after the source's name: `nobody answers there`. Never a text of the source itself. */
  readonly says: string;
  readonly remedy: string;
}

/** A connection that was there and ended before its time. */
export const brokenOff: Explanation = {
  code: 'CONNECTOR_UNAVAILABLE',
  says: 'the connection broke off; what was read so far is kept and the next sync goes on from there',
  remedy: 'sync again; where it breaks off every time, look at the network between and at the log of the service',
};

/** What to do where a right is missing: the page of each connector lists the least that is needed. */
export function grantRights(connector: string): string {
  return `give the rights that docs/connectors/${connector}.md lists under "Rights"`;
}

/** What to do where nobody knows what a refusal means. */
export function compareVersions(connector: string): string {
  return `see that the address is that of the service itself, and its version among those that docs/connectors/${connector}.md names; if so, report this message`;
}

/** The typed error of a failure. `at` names who failed: `[connectors/x] source "y" at z`. */
export function explained({ code, says, remedy }: Explanation, at: string): LexlineError {
  return new LexlineError(code, `${at}: ${says}`, { remedy });
}
