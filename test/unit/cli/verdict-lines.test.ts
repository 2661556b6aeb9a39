import { describe, expect, it } from 'vitest';
import { verdictLines } from '../../../server/cli/verdict-lines.ts';
import { verdict } from '../../verdict.ts';

describe('what was judged of a field that holds nothing', () => {
  it('says first who decides, and calls what was overruled what it is', () => {
    const found = verdict({ category: 'user.health.diagnosis', classes: ['PHI'] });
    const human = verdict({ decider: 'human', by: 'ada@desk', confidence: 1 });
    expect(verdictLines([found, human])).toEqual([
      '',
      'Nothing sensitive, confidence 1.00',
      '  decided by human ada@desk',
      '',
      'user.health.diagnosis (PHI), overruled, confidence 0.90',
      '  decided by detector detectors@1',
    ]);
  });

  it('tells what was rejected, left open and judged to be nothing apart', () => {
    const heads = [
      verdict(),
      verdict({ state: 'rejected', category: 'user.id' }),
      verdict({ state: 'rejected' }),
      verdict({ state: 'abstained', category: 'user.id' }),
    ].map((one) => verdictLines([one])[1]);
    expect(heads).toEqual([
      'Nothing sensitive, confidence 0.90',
      'user.id, rejected, confidence 0.90',
      'Nothing sensitive, rejected, confidence 0.90',
      'Left to a person, confidence 0.90',
    ]);
  });

  it('names the provisions that a judge cited and what it considered besides', () => {
    const citations = [{ provision: 'GDPR:9(1)', edition: '2016-05-04', check: 'text-matched', quote: null } as const];
    const alternatives = [{ category: 'user.id', confidence: 0.31, rejectedBecause: 'the values are counts' }];
    expect(verdictLines([verdict({ state: 'abstained', citations, alternatives })]).slice(-2)).toEqual([
      '  cites GDPR:9(1), 2016-05-04: text-matched',
      '  considered: user.id 0.31, the values are counts',
    ]);
  });
});
