import { LexlineError } from '../base/errors.ts';
import type { FormPart } from './request-form.ts';

/** Why a request brought no answer. `again`: the same request may fare better later. */
export interface Failure {
  readonly kind: 'unreachable' | 'timeout' | 'busy' | 'server' | 'refused' | 'form' | 'invalid';
  /** What a person reads: status, not content. Never a key, never a body. */
  readonly what: string;
  readonly again: boolean;
  /** How long the endpoint asks to wait; null where it does not say. */
  readonly waitMs: number | null;
  /** Of a `form` failure: the part of the request that is refused; null or absent: it does not say. */
  readonly complaint?: FormPart | null;
  readonly cause?: unknown;
}

/** Carries a {@link Failure} to whoever decides about another try. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.what, failure.cause === undefined ? {} : { cause: failure.cause });
    this.failure = failure;
  }
}

/** The error that a failure ends in when there is no further try. */
export function errorFor(endpoint: string, failure: Failure, tries: number): LexlineError {
  const what = `[llm/${endpoint}] ${failure.what}${tries > 1 ? ` (after ${tries} tries)` : ''}`;
  const cause = new RequestFailed(failure);
  if (failure.kind === 'refused' || failure.kind === 'form')
    return new LexlineError('LLM_REFUSED', what, {
      cause,
      remedy: `check baseUrl, model and apiKey of the endpoint "${endpoint}"`,
    });
  if (failure.kind === 'invalid') return new LexlineError('LLM_ANSWER_INVALID', what, { cause });
  return new LexlineError('LLM_UNAVAILABLE', what, {
    cause,
    remedy: `see that the endpoint "${endpoint}" runs, then sync again: what was not answered is asked then`,
  });
}
