import { describe, expect, it } from 'vitest';
import { createGatherer } from '../../../server/report/export/gather-bytes.ts';

describe('pieces of a file', () => {
  it('come out in their order and whole, in chunks of a fair size', () => {
    const gatherer = createGatherer();
    const given: Buffer[] = [];
    const taken: Uint8Array[] = [];
    for (let i = 0; i < 30_000; i++) {
      const piece = Buffer.from(`${String(i)}\n`);
      given.push(piece);
      gatherer.add(piece);
      if (i % 1000 === 0) taken.push(...gatherer.take());
      if (i === 20_000) {
        const large = Buffer.alloc(200_000, i);
        given.push(large);
        gatherer.add(large);
      }
    }
    taken.push(...gatherer.rest());
    expect(Buffer.concat(taken).equals(Buffer.concat(given))).toBe(true);
    expect(taken.length).toBeLessThan(20);
  });

  it('that were taken do not change when more comes', () => {
    const gatherer = createGatherer();
    gatherer.add(Buffer.alloc(60_000, 1));
    gatherer.add(Buffer.alloc(60_000, 2));
    const [first] = gatherer.take();
    gatherer.add(Buffer.alloc(60_000, 3));
    expect(first === undefined ? null : [first.length, first[0]]).toEqual([60_000, 1]);
    expect(gatherer.rest().map(([byte]) => byte)).toEqual([2, 3]);
  });

  it('are none where none were given', () => {
    expect(createGatherer().rest()).toEqual([]);
  });
});
