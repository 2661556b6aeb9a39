import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../server/llm/budget.ts';

describe('what a purse says was spent', () => {
  it('is not counted by us where nothing was asked or each endpoint told its use', () => {
    const budget = createBudget('house');
    expect(budget.spent()).toMatchObject({ inputTokens: 0, outputTokens: 0, estimated: false });
    const receipt = budget.take({ input: 10, output: 20 });
    receipt.settle({ input: 7, output: 3, estimated: false });
    receipt.settle({ input: 99, output: 99, estimated: true });
    expect(budget.spent()).toMatchObject({ requests: 1, inputTokens: 7, outputTokens: 3, estimated: false });
  });

  it('is counted by us in part where a request was made and its use never told', () => {
    const budget = createBudget('house');
    budget.take({ input: 10, output: 20 }).settle({ input: 7, output: 3, estimated: false });
    budget.take({ input: 10, output: 20 });
    expect(budget.spent()).toMatchObject({ requests: 2, inputTokens: 17, outputTokens: 23, estimated: true });
  });

  it('is counted by us where a use was told as counted', () => {
    const budget = createBudget('house');
    budget.take({ input: 10, output: 20 }).settle({ input: 12, output: 3, estimated: true });
    expect(budget.spent()).toMatchObject({ inputTokens: 12, outputTokens: 3, estimated: true });
  });
});
