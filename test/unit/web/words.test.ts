import { describe, expect, it } from 'vitest';
import { countOf, durationOf, inWords, timeOf } from '../../../web/src/words.ts';

describe('words of the pages', () => {
  it('says values of the API in words, and unknown ones as they are', () => {
    expect(inWords('CATALOGUE_ONLY')).toBe('known to the catalogue; no text indexed');
    expect(inWords('MATERIALIZED_VIEW')).toBe('materialized view');
  });

  it('counts, tells times in UTC and durations', () => {
    expect([countOf(1, 'field'), countOf(2130, 'field')]).toEqual(['1 field', '2,130 fields']);
    expect([timeOf('2026-11-21T07:00:04.123Z'), timeOf(null)]).toEqual(['2026-11-21 07:00 UTC', 'never']);
    expect(durationOf('2026-11-21T07:00:00Z', '2026-11-21T07:04:10Z')).toBe('4 min 10 s');
    expect(durationOf('2026-11-21T07:00:00Z', '2026-11-21T07:00:03.240Z')).toBe('3.2 s');
    expect(durationOf('2026-11-21T07:00:00Z', null)).toBe('');
  });
});
