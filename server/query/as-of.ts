import { LexlineError } from '../base/errors.ts';

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
  const [, year, month, day] = date.map(Number);
  const nextMidnight = Date.UTC(year ?? 0, (month ?? 1) - 1, (day ?? 1) + 1);
  if (new Date(nextMidnight - 86_400_000).toISOString().slice(0, 10) !== text) throw notATime(text);
  // The offset is asked for at the instant it leads to: twice, because the first guess may lie beyond a change of the clocks.
  const guess = nextMidnight - offsetOf(nextMidnight, timezone);
  return new Date(nextMidnight - offsetOf(guess, timezone) - 1).toISOString();
}

function notATime(text: string): LexlineError {
  return new LexlineError('INPUT_INVALID', `[query] "${text.slice(0, 40)}" is not a time`, {
    remedy: 'Write a date (2026-09-30) or an instant with its zone (2026-09-30T12:00:00Z).',
  });
}

/** Milliseconds by which clocks of the zone are ahead of UTC at an instant. */
function offsetOf(time: number, timezone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(time / 1000) * 1000;
}
