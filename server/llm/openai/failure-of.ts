import { APIConnectionError, APIError, APIUserAbortError } from 'openai';
import { RequestFailed, type Failure } from '../failure.ts';
import { retryAfterMs } from '../retry.ts';
import { complaintOf, isFiltered, isLimitTooHigh, lacksPart, type Refusal } from './complaint.ts';

/** Statuses after which the same request may fare better: time-outs, conflicts, limits, and every fault of the server. */
const again = new Set([408, 409, 425, 429]);

/** What the client threw, in our words. The endpoint's own text is looked at and never passed on: it may quote the question. */
export function failureOf(error: unknown, now: number): Failure | null {
  if (error instanceof RequestFailed) return error.failure;
  if (error instanceof APIUserAbortError) return null;
  if (error instanceof APIConnectionError) {
    const inner = causeOf(error);
    if (inner !== null) return inner;
    return { kind: 'unreachable', what: 'cannot be reached', again: true, waitMs: null, cause: error };
  }
  if (error instanceof APIError && typeof error.status === 'number') return byStatus(error, error.status, now);
  return null;
}

function causeOf(error: Error): Failure | null {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause)
    if (cause instanceof RequestFailed) return cause.failure;
  return null;
}

function byStatus(error: APIError, status: number, now: number): Failure {
  const headers: unknown = error.headers;
  const waitMs = headers instanceof Headers ? retryAfterMs(headers, now) : null;
  const what = `answered with status ${status}`;
  const said = refusalOf(error);
  if (status >= 500 && lacksPart(said)) return formFailure(what, said);
  if (again.has(status) || status >= 500)
    return { kind: status === 429 ? 'busy' : 'server', what, again: true, waitMs, cause: error };
  if (status === 401 || status === 403)
    return { kind: 'refused', what: `${what}: the key is missing, wrong or lacks rights`, again: false, waitMs: null };
  if (status === 404)
    return { kind: 'refused', what: `${what}: no such model or address there`, again: false, waitMs: null };
  if (isTooLong(error))
    return {
      kind: 'refused',
      what: `${what}: the question is longer than the model takes`,
      again: false,
      waitMs: null,
    };
  if (isFiltered(said))
    return { kind: 'refused', what: `${what}: its filter held the question back`, again: false, waitMs: null };
  if (isLimitTooHigh(said))
    return {
      kind: 'refused',
      what: `${what}: the model gives shorter answers than maxOutputTokens asks for`,
      again: false,
      waitMs: null,
    };
  if (status === 400 || status === 422) return formFailure(what, said);
  return { kind: 'refused', what, again: false, waitMs: null };
}

function formFailure(what: string, said: Refusal): Failure {
  return { kind: 'form', what, again: false, waitMs: null, complaint: complaintOf(said) };
}

function refusalOf({ param, code, message }: APIError): Refusal {
  return { param: param ?? null, code: code ?? null, message };
}

function isTooLong({ code, message }: APIError): boolean {
  return code === 'context_length_exceeded' || /context (?:length|window)|maximum context/iu.test(message);
}
