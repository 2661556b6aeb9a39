import { describe, expect, it } from 'vitest';
import { judgeFirst } from './column.ts';

describe('words that mean the same', () => {
  it.each(['cc_expiredate', 'card_expiredate', 'creditcard_expirydate', 'card_expires', 'cc_exp_dt', 'cc_valid_until'])(
    'say when a card runs out: %s',
    (name) => {
      expect(judgeFirst('orders', { [name]: null, id: null, amount: null }).fine).toContain('card_expiry');
    },
  );

  it.each(['expire_date', 'expirydate', 'library_card_expiredate', 'gift_card_expires'])(
    'say when something else runs out: %s',
    (name) => {
      expect(judgeFirst('articles', { [name]: null, id: null, amount: null }).classes).not.toContain('PCI');
    },
  );

  it.each([
    'behavior_issues',
    'behaviour_problems',
    'conduct_notes',
    'disciplinary_actions',
    'discipline_referral',
    'test_scores',
    'exam_scores',
    'exam_results',
    'suspensions',
  ])('tell how a child behaves and learns: %s', (name) => {
    expect(judgeFirst('children', { [name]: null, first_name: null, id: null }).classes).toContain('PII');
  });

  it.each(['behavior_issue', 'test_scores', 'suspension'])('tell it of nobody in rows of things: %s', (name) => {
    expect(judgeFirst('vehicles', { [name]: null, model: null, price: null }).classes).not.toContain('PII');
  });
});
