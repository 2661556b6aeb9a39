import { expect, it } from 'vitest';
import { propagate } from '../../../server/propagate/propagate.ts';
import type { EdgeRecord } from '../../../server/stores/graph/graph-store.ts';
import { verdict } from '../../verdict.ts';
import { createMemoryGraph, type Snapshot } from './memory-graph.ts';
import { rules, world } from './random-history.ts';

/** Names whose order is not the one in which they are met. */
const nameOf = (i: number): string => `f${String((i * 7919) % 10_007).padStart(5, '0')}`;

function edge(from: string, to: string, said: Partial<EdgeRecord> = {}): EdgeRecord {
  return {
    from,
    to,
    kind: 'IDENTITY',
    job: null,
    effect: 'keep',
    fn: '',
    masking: false,
    statement: null,
    confidence: 1,
    source: 's',
    since: 1,
    ...said,
  };
}

async function derivedOver(edges: readonly EdgeRecord[]): Promise<ReadonlyMap<string, string>> {
  const origin = verdict({ field: nameOf(0), category: 'user.contact.email', classes: ['PII'], state: 'accepted' });
  const snapshots: Snapshot[] = [
    { edges: [], verdicts: [], entered: [], derived: [] },
    { edges, verdicts: [origin], entered: [], derived: [] },
  ];
  const graph = createMemoryGraph(world(''), snapshots);
  const open = { n: 1, token: 1, run: 'r', resumed: false };
  expect((await propagate({ graph, open, rules })).mode).toBe('whole');
  return new Map(
    (snapshots[1]?.derived ?? []).map(({ field, treatment, rank }) => [field, `${treatment} ${String(rank)}`]),
  );
}

it('carries along a chain that is longer than the arrays are at first, each edge with its own effect', async () => {
  const length = 2500;
  const edges = Array.from({ length }, (_, i) =>
    edge(nameOf(i), nameOf(i + 1), i === 2000 ? { effect: 'keyed-hash', masking: true } : {}),
  );
  const derived = await derivedOver(edges);
  expect(derived.size).toBe(length + 1);
  expect(derived.get(nameOf(0))).toBe('clear 0');
  expect(derived.get(nameOf(2000))).toBe('clear 2000');
  expect(derived.get(nameOf(2001))).toBe('keyed 2001');
  expect(derived.get(nameOf(length))).toBe(`keyed ${String(length)}`);
});

it('carries nothing along what only steers rows', async () => {
  const edges = [
    edge(nameOf(0), nameOf(1)),
    ...(['FILTER', 'JOIN', 'SORT', 'WINDOW', 'CONDITIONAL'] as const).map((kind, i) =>
      edge(nameOf(0), nameOf(i + 2), { kind }),
    ),
  ];
  expect([...(await derivedOver(edges)).keys()].sort()).toEqual([nameOf(0), nameOf(1)].sort());
});
