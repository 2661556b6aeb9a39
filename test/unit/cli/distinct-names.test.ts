import { describe, expect, it } from 'vitest';
import { distinctNames } from '../../../server/cli/distinct-names.ts';
import { lineageLines } from '../../../server/cli/lineage-text.ts';
import type { LineageGraph, LineageNode } from '../../../server/model/lineage-graph.ts';

describe('datasets beside each other', () => {
  it('are called by name, and with their namespace where several have one name', () => {
    const users = { namespace: 'postgres://a:5432', name: 'users' };
    const copied = { namespace: 's3://lake', name: 'users' };
    const orders = { namespace: 's3://lake', name: 'orders' };
    expect([users, orders].map(distinctNames([users, orders, users]))).toEqual(['users', 'orders']);
    expect([users, copied, orders].map(distinctNames([users, copied, orders]))).toEqual([
      'postgres://a:5432/users',
      's3://lake/users',
      'orders',
    ]);
  });

  it('are told apart in a lineage', () => {
    const node = (key: string, namespace: string, depth: number) =>
      ({
        key,
        depth,
        hidden: false,
        state: null,
        label: null,
        path: null,
        dataset: { namespace, name: 'users' },
      }) as unknown as LineageNode;
    const graph = {
      origin: 'a',
      direction: 'DOWNSTREAM',
      nodes: [node('a', 'postgres://a:5432', 0), node('b', 's3://lake', 1)],
      edges: [{ from: 'a', to: 'b', fn: '', job: null, kind: 'DATASET' }],
      truncated: null,
      hiddenNodes: 0,
      unparsedStatements: 0,
    } as unknown as LineageGraph;
    const lines = lineageLines(graph, 'users').join('\n');
    expect(lines).toContain('postgres://a:5432/users');
    expect(lines).toContain('s3://lake/users');
  });
});
