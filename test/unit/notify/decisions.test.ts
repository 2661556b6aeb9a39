import { describe, expect, it } from 'vitest';
import { decisionNotices } from '../../../server/notify/decision-notices.ts';

const at = '2026-11-21T08:00:00.000Z';
const ending = (field: string, patch: object = {}) => ({
  field,
  decision: 'correct',
  category: 'user.contact.email',
  endsAt: '2026-12-01T00:00:00.000Z',
  ...patch,
});

describe('decisions that run out', () => {
  it('are told together where they were made together, and name no field', () => {
    const notices = decisionNotices([ending('a'), ending('b'), ending('c', { category: 'none' })], false, at);
    expect(notices).toMatchObject([
      { kind: 'decision-ends', items: [{ decision: 'correct', decided: 2, hasEnded: false }] },
      { kind: 'decision-ends', items: [{ category: 'none', decided: 1 }] },
    ]);
    expect(JSON.stringify(notices)).not.toMatch(/"(a|b|c)"/u);
  });

  it('have one id for one decision, another once they have ended', () => {
    const [before] = decisionNotices([ending('a')], false, at);
    const [again] = decisionNotices([ending('a')], false, '2026-11-22T08:00:00.000Z');
    const [ended] = decisionNotices([ending('a')], true, at);
    expect(again?.id).toBe(before?.id);
    expect(ended?.id).not.toBe(before?.id);
  });

  it('are none where none runs out', () => {
    expect(decisionNotices([], false, at)).toEqual([]);
  });
});
