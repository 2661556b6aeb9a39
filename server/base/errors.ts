/**
 * Every error that a user can meet, with its stable code. `docs/errors/<CODE>.md` explains each; a test holds the two together.
 */
export const errorCodes = {
  ARTEFACT_INVALID: 'A file of a source cannot be read as what it claims to be.',
  ARTEFACT_TOO_LARGE: 'A file of a source is larger than the limit.',
  ARTEFACT_VERSION: 'A file of a source has a version that is not supported.',
  ASOF_BEFORE_FIRST_REVISION: 'The time asked for lies before the first published revision.',
  ASOF_BELOW_RETENTION: 'The time asked for lies below the retention floor.',
  CANCELLED: 'The work was stopped on request.',
  CONFIG_INVALID: 'The configuration file cannot be used.',
  CONNECTOR_AUTH_FAILED: 'A source refused the sign-in.',
  CONNECTOR_BUDGET_SPENT: 'A limit on what reading a source may cost was reached.',
  CONNECTOR_MISSING_RIGHTS: 'A source refused to show something for lack of rights.',
  CONNECTOR_TIMEOUT: 'A source did not answer in time.',
  CONNECTOR_UNAVAILABLE: 'A source cannot be reached.',
  CONNECTOR_UNEXPECTED: 'A source answered something that its contract does not allow.',
  DEADLINE_EXCEEDED: 'The work did not end within its deadline.',
  INBOX_FULL: 'Too many events wait to be brought into the graph.',
  INPUT_INVALID: 'An input line or argument cannot be used.',
  INTERNAL: 'A mistake of ours.',
  LLM_ANSWER_INVALID: 'A model endpoint answered something that cannot be used.',
  LLM_BUDGET_SPENT: 'A limit on calls, tokens or cost of a model was reached.',
  LLM_REFUSED: 'A model endpoint, or the model behind it, said no.',
  LLM_UNAVAILABLE: 'A model endpoint did not answer within its deadline and retries.',
  NODE_TOO_OLD: 'The Node.js that runs Lexline is too old.',
  NOT_ALLOWED: 'The caller is known, and has no right to do that.',
  NOT_FOUND: 'The thing asked for does not exist, or may not be seen.',
  OUTPUT_FAILED: 'The answer cannot be written.',
  PORT_IN_USE: 'The port to listen on is taken.',
  QUERY_TOO_COSTLY: 'A query asks for more than the limits allow.',
  RATE_LIMITED: 'The caller asks more often than the limit allows.',
  SIGNING_KEY_INVALID: 'A key or certificate for signing cannot be used.',
  REVIEW_CHANGED: 'Somebody else decided since the list was read.',
  REVIEW_OWN_PROPOSAL: 'Taking protection away needs a second person.',
  SIGN_IN_REQUIRED: 'The server would listen beyond loopback without sign-in.',
  SQL_FAILED: 'A SQL text could not be understood.',
  STORE_AUTH_FAILED: 'The store refused the sign-in.',
  STORE_BUSY: 'Another process is writing and did not finish in time.',
  STORE_CORRUPT: 'The store file is damaged.',
  STORE_DISK_FULL: 'The disk is full.',
  STORE_FENCED: 'Another process took over the write lease.',
  STORE_NEWER: 'The store was written by a newer release.',
  STORE_UNAVAILABLE: 'The store cannot be reached or opened.',
  STORE_UNSUPPORTED: 'The store runs on a server that is not supported.',
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** An error that a user can act on. The message says who, what, and what to do; it never holds a secret or a sampled value. */
export class LexlineError extends Error {
  override readonly name = 'LexlineError';
  readonly code: ErrorCode;
  /** What to do, ready to paste where that is possible. */
  readonly remedy: string | null;

  constructor(code: ErrorCode, message: string, options: { readonly cause?: unknown; readonly remedy?: string } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.remedy = options.remedy ?? null;
  }
}

/** True for a {@link LexlineError}, also one that crossed a worker boundary and lost its class. */
export function isLexlineError(error: unknown): error is LexlineError {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'string' && Object.hasOwn(errorCodes, error.code)
  );
}

/** For states that only a mistake of ours can reach. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (condition === false || condition === null || condition === undefined)
    throw new LexlineError('INTERNAL', `[invariant] ${message}`);
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
