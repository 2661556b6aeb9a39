import { describe, expect, it } from 'vitest';
import { refuseFuture } from '../../../server/query/as-of.ts';

const now = Date.parse('2026-11-21T10:00:00Z');

describe('a time that must have come', () => {
  it.each([
    ['2026-11-21', 'UTC'],
    ['2026-11-20', 'UTC'],
    ['2026-11-21T10:00:00Z', 'UTC'],
    // It is the 22nd there already.
    ['2026-11-22', 'Pacific/Kiritimati'],
  ])('%s in %s has', (text, timezone) => {
    expect(() => refuseFuture(text, timezone, now)).not.toThrow();
  });

  it.each([
    ['2026-11-22', 'UTC'],
    ['2026-11-21T10:00:01Z', 'UTC'],
    ['2031-01-01', 'Europe/Berlin'],
    // There it is still the 20th.
    ['2026-11-21', 'Pacific/Pago_Pago'],
  ])('%s in %s has not', (text, timezone) => {
    expect(() => refuseFuture(text, timezone, now)).toThrow('lies in the future');
  });

  it('is still refused where it is no time at all', () => {
    expect(() => refuseFuture('2026-13-45', 'UTC', now)).toThrow('is not a time');
  });
});
