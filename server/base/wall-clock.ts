/** A day of a calendar on a wall. */
export interface LocalDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** A wall clock reading. */
export interface LocalTime extends LocalDay {
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
  readonly millisecond?: number;
}

/** The instant of a wall clock reading in a time zone; of two that read the same, the first. */
export function instantOf(time: LocalTime, timezone: string): number {
  const asUtc = utcOf(time);
  const candidates = [offsetAt(asUtc - 86_400_000, timezone), offsetAt(asUtc + 86_400_000, timezone)].map(
    (offset) => asUtc - offset,
  );
  const fitting = candidates.filter((at) => at + offsetAt(at, timezone) === asUtc);
  // In the gap of a clock change nothing fits: the offset before the change puts it after the gap.
  return fitting.length > 0 ? Math.min(...fitting) : (candidates[0] ?? asUtc);
}

function offsetAt(at: number, timezone: string): number {
  return utcOf(localTime(at, timezone)) - Math.floor(at / 1000) * 1000;
}

/** A wall clock reading as if the clock hung in Greenwich. */
export function utcOf({ year, month, day, hour, minute, second = 0, millisecond = 0 }: LocalTime): number {
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a time zone reads at an instant, to the second. */
export function localTime(at: number, timezone: string): LocalTime {
  const format = formats.get(timezone) ?? formatFor(timezone);
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: string): number => parts[type] ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
  };
}

function formatFor(timezone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timezone, format);
  return format;
}
