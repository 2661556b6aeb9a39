import { LexlineError } from '../base/errors.ts';
import { instantOf } from '../base/wall-clock.ts';

/**
 * The instant that an `asOf` means: an ISO 8601 instant as it is; a date alone is the end of that day in `timezone`. Fails
 * with INPUT_INVALID for anything else.
 */
export function asOfInstant(text: string, timezone: string): string {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  if (date === null) {
    const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/u.test(text)
      ? Date.parse(text)
      : Number.NaN;
    if (Number.isNaN(time)) throw notATime(text);
    return new Date(time).toISOString();
  }
  const [, year = 0, month = 1, day = 1] = date.map(Number);
  if (new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10) !== text) throw notATime(text);
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  const midnight = { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
  return new Date(instantOf({ ...midnight, hour: 0, minute: 0 }, timezone) - 1).toISOString();
}

function notATime(text: string): LexlineError {
  return new LexlineError('INPUT_INVALID', `[query] "${text.slice(0, 40)}" is not a time`, {
    remedy: 'Write a date (2026-09-30) or an instant with its zone (2026-09-30T12:00:00Z).',
  });
}
