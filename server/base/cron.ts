import { LexlineError } from './errors.ts';
import { instantOf, localTime, utcOf, type LocalDay } from './wall-clock.ts';

/** A parsed schedule: which minutes, hours, days of the month, months and days of the week it names. */
export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  /** 0 = Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** As in every cron: when both the day of the month and of the week are restricted, either is enough. */
  readonly eitherDay: boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly words: readonly string[];
}

const monthWords = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayWords = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const shorthands: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
};

/** Reads five cron fields (POSIX crontab, with steps, names and `@daily`). Fails with CONFIG_INVALID, naming the field. */
export function parseCron(text: string): Cron {
  const fields = (shorthands[text.trim()] ?? text).trim().split(/\s+/u);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || [minute, hour, day, month, weekday].includes(undefined))
    throw invalid(text, 'needs five fields: minute, hour, day of the month, month, day of the week');
  const weekdays = parseField(text, weekday ?? '', { name: 'day of the week', min: 0, max: 7, words: weekdayWords });
  const cron: Cron = {
    minutes: parseField(text, minute ?? '', { name: 'minute', min: 0, max: 59, words: [] }),
    hours: parseField(text, hour ?? '', { name: 'hour', min: 0, max: 23, words: [] }),
    days: parseField(text, day ?? '', { name: 'day of the month', min: 1, max: 31, words: [] }),
    months: parseField(text, month ?? '', { name: 'month', min: 1, max: 12, words: monthWords }),
    weekdays: new Set([...weekdays].map((d) => d % 7)),
    eitherDay: !(day ?? '').startsWith('*') && !(weekday ?? '').startsWith('*'),
  };
  if (nextLocalDay(cron, { year: 2024, month: 1, day: 1 }, 366 * 8) === null)
    throw invalid(text, 'names a day that never comes');
  return cron;
}

function parseField(text: string, field: string, kind: Field): Set<number> {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:\*|([a-z0-9]+)(?:-([a-z0-9]+))?)(?:\/(\d{1,4}))?$/iu.exec(part);
    if (match === null) throw invalid(text, `"${part}" is not a ${kind.name}`);
    const [, low, high, step] = match;
    const from = low === undefined ? kind.min : valueOf(text, low, kind);
    const to =
      high === undefined ? (low === undefined || step !== undefined ? kind.max : from) : valueOf(text, high, kind);
    const by = step === undefined ? 1 : Number(step);
    if (by < 1 || from > to) throw invalid(text, `"${part}" is not a ${kind.name}`);
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return values;
}

function valueOf(text: string, word: string, kind: Field): number {
  const named = kind.words.indexOf(word.toLowerCase());
  const value = named >= 0 ? named + (kind.name === 'month' ? 1 : 0) : Number(word);
  if (!Number.isInteger(value) || value < kind.min || value > kind.max)
    throw invalid(text, `"${word}" is not a ${kind.name} (${kind.min} to ${kind.max})`);
  return value;
}

function invalid(text: string, problem: string): LexlineError {
  return new LexlineError('CONFIG_INVALID', `the schedule "${text}" ${problem}`, {
    remedy: 'for example "*/15 * * * *" (every quarter of an hour) or "30 2 * * *" (at 02:30)',
  });
}

/**
 * The first instant after `after` (milliseconds since 1970) that the schedule names by the clock of `timezone`. A local time
 * that a change of clocks leaves out comes one hour later; one that comes twice counts once.
 */
export function nextTime(cron: Cron, after: number, timezone: string): number {
  const start = localTime(after, timezone);
  let day: LocalDay | null = nextLocalDay(cron, start, 366 * 9);
  while (day !== null) {
    for (const hour of [...cron.hours].sort((a, b) => a - b))
      for (const minute of [...cron.minutes].sort((a, b) => a - b)) {
        // Reading a clock in a time zone is slow; no change of clocks is larger than this.
        if (utcOf({ ...day, hour, minute }) < utcOf(start) - 3 * 3_600_000) continue;
        const at = instantOf({ ...day, hour, minute }, timezone);
        if (at > after) return at;
      }
    day = nextLocalDay(cron, following(day), 366 * 9);
  }
  throw new LexlineError('INTERNAL', '[cron] a schedule without a next time was accepted');
}

function following({ year, month, day }: LocalDay): LocalDay {
  const next = new Date(Date.UTC(year, month - 1, day + 1));
  return { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() };
}

function nextLocalDay(cron: Cron, from: LocalDay, limit: number): LocalDay | null {
  let day: LocalDay = { year: from.year, month: from.month, day: from.day };
  for (let i = 0; i < limit; i++) {
    const weekday = new Date(Date.UTC(day.year, day.month - 1, day.day)).getUTCDay();
    const byMonth = cron.days.has(day.day);
    const byWeek = cron.weekdays.has(weekday);
    if (cron.months.has(day.month) && (cron.eitherDay ? byMonth || byWeek : byMonth && byWeek)) return day;
    day = following(day);
  }
  return null;
}
