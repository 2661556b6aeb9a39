import type { SourceMessage } from '../model/document.ts';
import type { Gap, GapReason } from '../model/provenance.ts';
import { documentProblem } from './validate-document.ts';
import { isListOf, isName, isRecord, isText, type Problem } from './guards.ts';
import { scrubText } from './scrub-text.ts';

/** What became of one message at the border: it goes on, or it is a gap and the rest goes on without it. */
export type ValidMessage =
  | { readonly type: 'valid'; readonly message: SourceMessage }
  /** `scope` null: the message does not even say where it belongs, so no scope of the run may count as complete. */
  | { readonly type: 'invalid'; readonly scope: string | null; readonly gap: Gap };

const gapReasons: ReadonlySet<string> = new Set<GapReason>([
  'not-connected',
  'not-read',
  'no-rights',
  'source-failed',
  'unsupported',
  'unparsed-sql',
  'partly-parsed-sql',
  'unresolved-name',
  'abstained',
  'names-only',
  'needs-profiling',
  'stale',
]);

/**
 * The guard at the border: what a connector (or a push) hands over is looked at once, and trusted afterwards. A document
 * that does not hold becomes a gap that names it; its scope then cannot complete, so nothing is retired for it.
 */
export function validateMessage(message: unknown): ValidMessage {
  const problem = problemOf(message);
  if (problem === null) return { type: 'valid', message: message as SourceMessage };
  const scope = isRecord(message) && isText(message['scope']) ? message['scope'] : null;
  return {
    type: 'invalid',
    scope,
    gap: {
      what: subjectOf(message, scope),
      reason: 'not-read',
      detail: `the connector sent something that does not hold: ${scrubText(problem)}`,
      remedy: 'look at this thing in the source; where it is sound there, report the connector with this line',
    },
  };
}

function problemOf(message: unknown): Problem {
  if (!isRecord(message)) return 'a message that is not an object';
  const type = message['type'];
  switch (type) {
    case 'scopes':
      return Array.isArray(message['scopes']) && isListOf(message['scopes'], isText)
        ? null
        : 'a list of scopes that is none';
    case 'scope-begin':
    case 'scope-complete':
      return isText(message['scope']) ? null : `${type} without a scope`;
    case 'document':
      return isText(message['scope']) ? documentProblem(message['document']) : 'a document without a scope';
    case 'removed':
      if (!isText(message['scope'])) return 'a removal without a scope';
      if (message['kind'] !== 'dataset' && message['kind'] !== 'job') return 'a removal of something unknown';
      return isName(message['name']) ? null : 'a removal without a name';
    case 'gap':
      return isText(message['scope']) && isGap(message['gap'])
        ? null
        : 'a gap without scope, subject, reason or remedy';
    case 'checkpoint':
      return message['cursor'] === undefined ? 'a checkpoint without a cursor' : null;
    case 'note':
      return isText(message['text']) ? null : 'a note without a text';
    case 'observation':
      return observationProblem(message);
    default:
      return 'a message of an unknown type';
  }
}

/** True for a gap whose members hold; connectors hand them over in messages and in the answer of `check`. */
export function isGap(value: unknown): value is Gap {
  return (
    isRecord(value) &&
    isText(value['what']) &&
    typeof value['detail'] === 'string' &&
    typeof value['reason'] === 'string' &&
    gapReasons.has(value['reason']) &&
    isText(value['remedy'])
  );
}

function observationProblem(message: Readonly<Record<string, unknown>>): Problem {
  if (message['kind'] !== 'dataset' && message['kind'] !== 'job') return 'an observation of something unknown';
  if (!isName(message['name']) || !isText(message['measure'])) return 'an observation without name or measure';
  const { day, count, last, event } = message;
  if (event !== undefined && !isText(event)) return 'an observation of an event without a name';
  if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return 'an observation without a day';
  if (typeof count !== 'number' || !Number.isFinite(count)) return 'an observation without a count';
  return typeof last === 'string' ? null : 'an observation without a time';
}

function subjectOf(message: unknown, scope: string | null): string {
  const document = isRecord(message) ? (message['document'] ?? message['name']) : undefined;
  const name = isRecord(document) && typeof document['name'] === 'string' ? document['name'].slice(0, 200) : null;
  const where = scope === null ? 'the stream' : `scope ${scope}`;
  return name === null ? where : `${name} in ${where}`;
}
