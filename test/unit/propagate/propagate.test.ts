import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DerivedClassification } from '../../../server/model/classification.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { witness } from '../../../server/propagate/witness.ts';
import { createMemoryGraph, type Snapshot } from './memory-graph.ts';
import { naiveFixpoint } from './naive-fixpoint.ts';
import { history, rules, snapshotsOf, world } from './random-history.ts';

const seed = 20_261_121;
const graphs = 3000;

function sorted(rows: readonly DerivedClassification[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row, ['field', 'category', 'treatment', 'rank', 'via', 'rules'])).toSorted();
}

describe('propagation', () => {
  it(`agrees with the naive checker at every revision of ${graphs} random histories (seed ${seed})`, async () => {
    const entities = world('');
    let revisions = 0;
    let rows = 0;
    const most = { edges: 0, verdicts: 0, stops: 0, rows: 0 };
    await fc.assert(
      fc.asyncProperty(history, async (random) => {
        const snapshots: Snapshot[] = [{ edges: [], verdicts: [], entered: [], derived: [] }];
        for (const snapshot of snapshotsOf(random, '')) {
          snapshots.push({ ...snapshot, derived: snapshots.at(-1)?.derived ?? [] });
          const n = snapshots.length - 1;
          const graph = createMemoryGraph(entities, snapshots);
          await propagate({ graph, open: { n, token: 1, run: 'r', resumed: false }, rules });
          const derived = snapshots[n]?.derived ?? [];
          expect(sorted(derived)).toEqual(sorted(naiveFixpoint(snapshot, entities, rules)));
          revisions += 1;
          rows += derived.length;
          most.edges = Math.max(most.edges, snapshot.edges.length);
          most.verdicts = Math.max(most.verdicts, snapshot.verdicts.length);
          most.stops = Math.max(most.stops, snapshot.entered.length);
          most.rows = Math.max(most.rows, derived.length);
        }
      }),
      { numRuns: graphs, seed },
    );
    const things = entities.filter(({ kind }) => kind === 'field').length;
    process.stdout.write(
      `checked ${graphs} histories, ${revisions} revisions, ${rows} rows, seed ${seed}; the largest over ${things} fields: ` +
        `${most.edges} edges, ${most.verdicts} verdicts, ${most.stops} stops, ${most.rows} rows\n`,
    );
    expect(rows).toBeGreaterThan(graphs);
  });

  it('derives the same rows from all anew as by its changes', async () => {
    const entities = world('');
    await fc.assert(
      fc.asyncProperty(history, async (random) => {
        const snapshots: Snapshot[] = [{ edges: [], verdicts: [], entered: [], derived: [] }];
        for (const snapshot of snapshotsOf(random, '')) {
          snapshots.push({ ...snapshot, derived: snapshots.at(-1)?.derived ?? [] });
          const n = snapshots.length - 1;
          const graph = createMemoryGraph(entities, snapshots);
          const open = { n, token: 1, run: 'r', resumed: false };
          await propagate({ graph, open, rules, full: true });
          const whole = sorted(snapshots[n]?.derived ?? []);
          expect(whole).toEqual(sorted(naiveFixpoint(snapshot, entities, rules)));
          // Called again, it finds nothing to do.
          expect((await propagate({ graph, open, rules })).rows).toBe(0);
        }
      }),
      { numRuns: 500, seed },
    );
  });

  it('leads every row back to an origin, one step a rank', async () => {
    const entities = world('');
    await fc.assert(
      fc.asyncProperty(history, async (random) => {
        const [snapshot] = snapshotsOf(random, '');
        if (snapshot === undefined) return;
        const snapshots: Snapshot[] = [
          { edges: [], verdicts: [], entered: [], derived: [] },
          { ...snapshot, derived: [] },
        ];
        const graph = createMemoryGraph(entities, snapshots);
        await propagate({ graph, open: { n: 1, token: 1, run: 'r', resumed: false }, rules });
        for (const { field, category, treatment, rank } of snapshots[1]?.derived ?? []) {
          const found = await witness({ graph, n: 1, field, category, treatment, rules });
          expect(found?.steps).toHaveLength(rank);
          const last = found?.steps.findLast(({ edge }) => edge !== null);
          expect(last?.edge?.to ?? found?.origin).toBe(field);
        }
      }),
      { numRuns: 300, seed },
    );
  });
});
