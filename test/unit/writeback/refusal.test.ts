import { describe, expect, it } from 'vitest';
import { refusalOf, stillRefused } from '../../../server/writeback/refusal.ts';
import type { TagChange } from '../../../server/model/tag-writing.ts';

const at = '2026-11-21T10:00:00.000Z';
const change: TagChange = {
  action: 'add',
  tag: 'pii',
  target: { uid: 'u', dataset: { namespace: 'n', name: 't' }, field: ['a', 'b'], facets: { core: { type: 'string' } } },
};

describe('a change that its thing refused', () => {
  it.each([
    ['refused', '2026-11-28T09:59:59.999Z', '2026-11-28T10:00:00.000Z'],
    ['missing', '2026-11-22T09:59:59.999Z', '2026-11-22T10:00:00.000Z'],
  ] as const)('as %s is not tried again before its time', (kind, before, after) => {
    const refusal = refusalOf(change, at, kind);
    expect([stillRefused(refusal, change, before), stillRefused(refusal, change, after)]).toEqual([true, false]);
  });

  it.each<[string, TagChange]>([
    ['another action', { ...change, action: 'remove' }],
    ['another tag', { ...change, tag: 'phi' }],
    ['a thing of which the source says something else', { ...change, target: { ...change.target, facets: {} } }],
  ])('is tried at once as %s', (_, other) => {
    const refusal = refusalOf(change, at, 'refused');
    expect(stillRefused(refusal, change, at)).toBe(true);
    expect(stillRefused(refusal, other, at)).toBe(false);
  });

  it('was never refused where nothing is remembered', () => {
    expect(stillRefused(undefined, change, at)).toBe(false);
  });
});
