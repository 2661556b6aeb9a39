import { describe, expect, it } from 'vitest';
import { appendPage, readChoice, toGraph } from '../../../web/src/lineage-answer.ts';
import { drawSvg } from '../../../server/draw/svg.ts';
import type { LineageAnswer } from '../../../web/src/answers.ts';

const dataset = { id: 'D1', name: 'shop.customers', namespace: 'postgres://db.example', platform: 'postgres' };
const answer: LineageAnswer = {
  nodes: [
    {
      key: 'k1',
      depth: 0,
      hidden: false,
      field: { id: 'F1', path: 'email' },
      dataset,
      label: 'E-mail address',
      state: 'SENSITIVE',
    },
    { key: 'k2', depth: 1, hidden: true, field: null, dataset: null, label: null, state: null },
  ],
  edges: [
    {
      from: 'k1',
      to: 'k2',
      kind: 'DIRECT',
      transformation: 'TRANSFORMATION',
      function: 'HMAC',
      effect: 'KEYED_HASH',
      masking: true,
      confidence: 1,
      job: null,
      assertedBy: { kind: 'SQL', name: 'dbt' },
    },
  ],
  truncated: { reason: 'FIRST', remaining: 3 },
  hiddenNodes: 1,
  unparsedStatements: 2,
  endCursor: 'c',
};
const choice = { direction: 'DOWNSTREAM', depth: 3, granularity: 'FIELD', includeIndirect: false } as const;

describe('a lineage answer of the API', () => {
  it('becomes a graph whose nodes can be linked to by their ids', () => {
    const graph = toGraph(answer, 'F1', choice);
    expect(graph.nodes.map((node) => node.key)).toEqual(['F1', 'k2']);
    expect(graph.edges[0]).toMatchObject({ from: 'F1', to: 'k2', effect: 'keyed-hash', fn: 'HMAC', assertedBy: 'dbt' });
    const svg = drawSvg(graph, { as: 'inline', linkTemplate: { field: '/fields/{uid}', dataset: '/datasets/{uid}' } });
    expect(svg).toContain('href="/fields/F1"');
    expect(svg).toContain('keyed hash');
    expect(svg).toContain('3 more');
  });

  it('grows by a further page without repeating what is shown', () => {
    const page: LineageAnswer = {
      ...answer,
      nodes: [...answer.nodes, { key: 'k3', depth: 2, hidden: false, field: null, dataset, label: null, state: 'GAP' }],
      truncated: null,
      endCursor: null,
    };
    const grown = appendPage(answer, page);
    expect(grown.nodes.map((node) => node.key)).toEqual(['k1', 'k2', 'k3']);
    expect(grown.edges).toHaveLength(1);
    expect(grown).toMatchObject({ truncated: null, endCursor: null, hiddenNodes: 1 });
  });

  it('is asked for as the address says, or else both ways to a depth of three', () => {
    expect(readChoice({})).toEqual({ direction: 'BOTH', depth: 3, granularity: 'FIELD', includeIndirect: false });
    expect(readChoice({ direction: 'UPSTREAM', depth: '10', by: 'dataset', indirect: 'yes' })).toEqual({
      direction: 'UPSTREAM',
      depth: 10,
      granularity: 'DATASET',
      includeIndirect: true,
    });
    expect(readChoice({ direction: 'SIDEWAYS', depth: '1e9' })).toMatchObject({ direction: 'BOTH', depth: 3 });
  });
});
