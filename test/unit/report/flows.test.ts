import { describe, expect, it } from 'vitest';
import { graph, link, node } from '../draw/graphs.ts';
import { mergeFlows } from '../../../server/report/scan/flows.ts';

describe('flows of several fields in one picture', () => {
  const first = graph(
    'a:x',
    [node('a:x', 0), node('b:x', 1), node('c:z', 2)],
    [link('a:x', 'b:x'), link('b:x', 'c:z')],
  );
  const second = graph('a:y', [node('a:y', 0), node('c:z', 1)], [link('a:y', 'c:z', 'hash')], {
    truncated: { reason: 'FIRST', remaining: 9 },
    unparsedStatements: 2,
  });

  it('has what is in either once, at its nearest', () => {
    const merged = mergeFlows(first, second);
    expect(merged.nodes.map((one) => [one.key, one.depth])).toEqual([
      ['a:x', 0],
      ['b:x', 1],
      ['c:z', 1],
      ['a:y', 0],
    ]);
    expect(merged.edges).toHaveLength(3);
  });

  it('keeps that one of them was cut short and what was not understood', () => {
    expect(mergeFlows(first, second)).toMatchObject({
      truncated: { reason: 'FIRST', remaining: null },
      unparsedStatements: 2,
    });
    expect(mergeFlows(first, first).truncated).toBeNull();
    expect(mergeFlows(first, first).edges).toHaveLength(2);
  });
});
