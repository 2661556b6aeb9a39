import { isLexlineError } from '../../server/base/errors.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { BigQueryRefused } from './failure.ts';

/** A failure that costs one part of the source and not the read, as that part; anything else as it is. */
export function unreadOf(what: string, error: unknown): unknown {
  if (!isLexlineError(error)) return error;
  const isSlow = error instanceof BigQueryRefused && error.code === 'CONNECTOR_TIMEOUT';
  const isStrange = error instanceof BigQueryRefused && error.reason === 'invalidQuery';
  if (!isSlow && !isStrange && error.code !== 'CONNECTOR_BUDGET_SPENT') return error;
  return new UnreadPart({
    what,
    reason: isSlow ? 'source-failed' : isStrange ? 'unsupported' : 'not-read',
    detail: error.message,
    remedy: error.remedy ?? 'sync again',
  });
}
