import { describe, expect, it } from 'vitest';
import { documentLimits, timeToRead } from '../../../../server/rulebook/texts/document-limits.ts';

const mib = 1024 * 1024;

describe('the time to read a document', () => {
  it.each([
    [2_000, 30],
    [mib, 60],
    [3 * mib, 120],
    [documentLimits.bytes, 180],
  ])('of %d bytes is about %d s of computing: more where there is more to read, and bounded', (bytes, seconds) => {
    expect(timeToRead(bytes).computingSeconds).toBeCloseTo(seconds, 0);
  });

  it('is longer on the clock, for machines that do other things', () => {
    const { computingSeconds, timeMs } = timeToRead(mib);
    expect(timeMs).toBeGreaterThan(computingSeconds * 1000);
  });
});
