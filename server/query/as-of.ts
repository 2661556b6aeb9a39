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

/**
 * Refuses a time that has not come: nothing is known of it yet. A date counts from its first moment on, so that today is no
 * future. Fails with INPUT_INVALID.
 */
export function refuseFuture(text: string, timezone: string, now: number): void {
  const end = Date.parse(asOfInstant(text, timezone));
  const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  const dayBefore = (): string => new Date(Date.parse(`${text}T00:00:00Z`) - 24 * 60 * 60 * 1000).toISOString();
  const begin = isDate ? Date.parse(asOfInstant(dayBefore().slice(0, 10), timezone)) + 1 : end;
  if (begin > now)
    throw new LexlineError('INPUT_INVALID', `[query] "${text}" lies in the future: nothing is known of it yet`, {
      remedy: 'Choose a time that has come; without one the newest revision is meant.',
    });
}

function notATime(text: string): LexlineError {
  return new LexlineError('INPUT_INVALID', `[query] "${text.slice(0, 40)}" is not a time`, {
    remedy: 'Write a date (2026-09-30) or an instant with its zone (2026-09-30T12:00:00Z).',
  });
}
