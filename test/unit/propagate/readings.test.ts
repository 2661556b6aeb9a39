import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCategoryRow } from '../../../server/model/carried-class.ts';
import { leastTreatedFirst, type Effect } from '../../../server/model/treatment.ts';
import { readReadings } from '../../../server/propagate/readings.ts';
import { createMemoryGraph } from './memory-graph.ts';
import { naiveFixpoint } from './naive-fixpoint.ts';
import { history, rules, snapshotsOf, world } from './random-history.ts';

const seed = 20_261_123;
const graphs = 600;

const general = { ...rules, functions: new Map<string, Effect>([['ACME.MASK', 'keep']]) };
const underEach: Readonly<Record<string, Effect>> = { 'pci-dss': 'tokenise', hipaa: 'drop' };
const under = new Map(Object.entries(underEach).map(([id, effect]) => [id, new Map([['ACME.MASK', effect]])]));

describe('what single regulations make of what reaches a field', () => {
  it(`is the naive fixpoint by that regulation's own effects, in ${graphs} random worlds (seed ${seed})`, async () => {
    const entities = world('');
    let compared = 0;
    let other = 0;
    await fc.assert(
      fc.asyncProperty(history, async (random) => {
        for (const snapshot of snapshotsOf(random, '')) {
          const graph = createMemoryGraph(entities, [{ ...snapshot, derived: [] }]);
          const readings = await readReadings({ graph, n: 0, rules: general, under });
          const base = naiveFixpoint(snapshot, entities, general).filter(isCategoryRow);
          for (const [regulation, effect] of Object.entries(underEach)) {
            const own = naiveFixpoint(snapshot, entities, { ...rules, functions: new Map([['ACME.MASK', effect]]) });
            for (const { field, category } of base) {
              const forms = own.filter((row) => row.field === field && row.category === category);
              const expected = leastTreatedFirst.find((form) => forms.some(({ treatment }) => treatment === form));
              expect(readings.under(field, category).get(regulation)).toBe(expected ?? null);
              compared += 1;
              if (expected === undefined) other += 1;
            }
          }
        }
      }),
      { numRuns: graphs, seed },
    );
    process.stdout.write(`readings: ${graphs} histories, ${compared} compared, ${other} gone, seed ${seed}\n`);
    expect(other).toBeGreaterThan(0);
  });
});
