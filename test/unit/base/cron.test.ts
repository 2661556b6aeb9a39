import { describe, expect, it } from 'vitest';
import { nextTime, parseCron } from '../../../server/base/cron.ts';

function next(schedule: string, after: string, timezone = 'UTC'): string {
  return new Date(nextTime(parseCron(schedule), Date.parse(after), timezone)).toISOString();
}

describe('a schedule', () => {
  it.each([
    ['*/15 * * * *', '2026-03-01T10:07:30Z', '2026-03-01T10:15:00.000Z'],
    ['*/15 * * * *', '2026-03-01T10:15:00Z', '2026-03-01T10:30:00.000Z'],
    ['30 2 * * *', '2026-03-01T10:00:00Z', '2026-03-02T02:30:00.000Z'],
    ['0 0 29 2 *', '2026-03-01T00:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['0 9 * * mon-fri', '2026-03-06T09:00:00Z', '2026-03-09T09:00:00.000Z'],
    ['0 0 * * 7', '2026-03-02T00:00:00Z', '2026-03-08T00:00:00.000Z'],
    ['0 0 1 jan,jul *', '2026-02-01T00:00:00Z', '2026-07-01T00:00:00.000Z'],
    ['5-10/5 0 * * *', '2026-03-01T00:05:00Z', '2026-03-01T00:10:00.000Z'],
    ['0 0 13 * fri', '2026-03-01T00:00:00Z', '2026-03-06T00:00:00.000Z'],
    ['@daily', '2026-03-01T00:00:00Z', '2026-03-02T00:00:00.000Z'],
  ])('%s comes after %s at %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  it('runs by the clock of its time zone', () => {
    expect(next('30 2 * * *', '2026-01-15T00:00:00Z', 'Europe/Berlin')).toBe('2026-01-15T01:30:00.000Z');
    expect(next('30 2 * * *', '2026-07-15T00:00:00Z', 'Europe/Berlin')).toBe('2026-07-15T00:30:00.000Z');
  });

  it('comes an hour later when a change of clocks leaves its time out', () => {
    expect(next('30 2 * * *', '2026-03-29T00:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('comes once when a change of clocks repeats its time', () => {
    expect(next('30 2 * * *', '2026-10-25T00:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(next('30 2 * * *', '2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-26T01:30:00.000Z');
  });

  it.each([
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '* * 0 * *',
    '* * * 13 *',
    '* * * * 8',
    '*/0 * * * *',
    '5-1 * * * *',
    'a * * * *',
    '0 0 31 2 *',
    '',
  ])('is refused: %s', (schedule) => {
    expect(() => parseCron(schedule)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
