import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createUidMap } from '../../../server/stores/sqlite/uid-map.ts';

let made = 0;
const uid = () => hash('sha256', `uid ${made++}`, 'hex').slice(0, 32);

describe('a map of uids to numbers', () => {
  it('knows what was put into it, the newest number of each, while it grows', () => {
    const map = createUidMap(1_000_000);
    const wanted = new Map(Array.from({ length: 20_000 }, (_, i) => [uid(), i + 1]));
    for (const [key, number] of wanted) map.set(key, number);
    for (const [i, key] of [...wanted.keys()].entries())
      if (i % 7 === 0) {
        wanted.set(key, 4_000_000_000 - i);
        map.set(key, 4_000_000_000 - i);
      }
    expect([...wanted].filter(([key, number]) => map.get(key) !== number)).toEqual([]);
    expect(Array.from({ length: 2000 }, uid).filter((key) => map.get(key) !== undefined)).toEqual([]);
  });

  it('tells apart what differs in any one digit', () => {
    const map = createUidMap(1000);
    const zero = '0'.repeat(32);
    const near = Array.from({ length: 32 }, (_, i) => `${zero.slice(0, i)}1${zero.slice(i + 1)}`);
    map.set(zero, 1);
    expect(near.map((key) => map.get(key))).toEqual(near.map(() => undefined));
    for (const [i, key] of near.entries()) map.set(key, i + 2);
    expect([zero, ...near].map((key) => map.get(key))).toEqual([zero, ...near].map((_, i) => i + 1));
  });

  it('begins anew at its limit, and when it is told to', () => {
    const map = createUidMap(3000);
    const keys = Array.from({ length: 3001 }, uid);
    for (const [i, key] of keys.entries()) map.set(key, i + 1);
    expect(keys.map((key) => map.get(key)).filter((number) => number !== undefined)).toEqual([3001]);
    map.clear();
    expect(map.get(keys[3000] ?? '')).toBeUndefined();
  });

  it.each(['', 'abc', 'G'.repeat(32), 'A'.repeat(32), '0'.repeat(31), '0'.repeat(33)])('keeps no "%s"', (key) => {
    const map = createUidMap(10);
    map.set(key, 1);
    expect(map.get(key)).toBeUndefined();
  });
});
