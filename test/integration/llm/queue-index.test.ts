import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Verdict } from '../../../server/model/classification.ts';
import { fieldUid, type Uid } from '../../../server/model/ids.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { modelReview, otherEvidence } from '../../../server/classify/review.ts';
import { createQueueIndex, type SeenSources } from '../../../server/sync/queue-index.ts';
import { verdict } from '../../verdict.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from '../sync/harness.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const names = ['one', 'two', 'three'].map((name) => `shop.public.zz_${name}`);
const columns = ['qz_a', 'qz_b', 'xv_k'];
const place = fc.record({ name: fc.constantFrom(...names), column: fc.constantFrom(...columns) });
const seens: readonly SeenSources[] = ['all', ['s'], ['t'], []];

type Act =
  | { readonly kind: 'sync'; readonly source: 's' | 't'; readonly tables: readonly string[] }
  | { readonly kind: 'say'; readonly name: string; readonly column: string; readonly verdict: Partial<Verdict> }
  | {
      readonly kind: 'mark';
      readonly name: string;
      readonly column: string;
      readonly mark: string;
      readonly ends: boolean;
    };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('sync' as const),
    source: fc.constantFrom('s' as const, 't' as const),
    tables: fc.subarray(names),
  }),
  fc.record({
    kind: fc.constant('say' as const),
    verdict: fc.record({
      decider: fc.constantFrom('human' as const, 'llm' as const, 'imported' as const),
      category: fc.constantFrom('none', 'user.id', 'user.contact.email'),
      state: fc.constantFrom('accepted' as const, 'proposed' as const),
    }),
    name: fc.constantFrom(...names),
    column: fc.constantFrom(...columns),
  }),
  place.chain((at) =>
    fc.record({
      kind: fc.constant('mark' as const),
      name: fc.constant(at.name),
      column: fc.constant(at.column),
      mark: fc.constantFrom(modelReview, otherEvidence),
      ends: fc.boolean(),
    }),
  ),
);

const uidOf = ({ name, column }: { readonly name: string; readonly column: string }): Uid =>
  fieldUid({ namespace, name }, [column]);

async function write(changes: readonly Change[]): Promise<void> {
  const { graph } = house.stores;
  const lease = await graph.lease('test', 60_000);
  if (lease === null) throw new Error('the graph is taken');
  const open = await graph.open(lease, { run: 'test', cause: 'test', actor });
  await graph.apply(open, changes);
  await graph.publish(open, []);
  await graph.release(lease);
}

async function play(one: Act): Promise<void> {
  if (one.kind === 'sync') {
    const documents = one.tables.map((name) => table(name, columns));
    const source = scriptedSource(one.source, () => wholeScope(`of ${one.source}`, documents));
    await house.sync([source]).run({ source: one.source, actor, allowShrink: true });
    return;
  }
  const uid = uidOf(one);
  const [known] = await house.stores.graph.get([uid], (await house.stores.graph.head()).published);
  if (known === null || known === undefined) return;
  if (one.kind === 'mark') {
    await write(
      one.ends
        ? [{ type: 'end-entered', uid, kind: one.mark }]
        : [{ type: 'enter', entered: { uid, kind: one.mark, body: { reasons: ['disputed'] }, actor } }],
    );
    return;
  }
  const made = { field: uid, decider: 'human', by: 'ada', state: 'accepted', confidence: 0.8 } as const;
  const said = verdict({ ...made, key: JSON.stringify(one.verdict), ...one.verdict });
  await write([{ type: 'verdict', verdict: said }]);
}

describe('the index of what waits for people', () => {
  it('holds at every revision what reading everything anew would find, for viewers of any sources', async () => {
    const kept = createQueueIndex(house.stores.graph);
    let met = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        for (const one of acts) {
          await play(one);
          const n = (await house.stores.graph.head()).published;
          const anew = createQueueIndex(house.stores.graph);
          for (const seen of seens) {
            const groups = await anew.groups(n, seen);
            expect(await kept.groups(n, seen)).toEqual(groups);
            met += groups.length;
          }
        }
      }),
      { numRuns: 25, seed: 20_261_121 },
    );
    expect(met).toBeGreaterThan(50);
  });

  it('reads once where many ask at the same time, and only what changed after that', async () => {
    await play({ kind: 'sync', source: 's', tables: names });
    let reads = 0;
    const { graph } = house.stores;
    const counted = new Proxy(graph, {
      get(target, name: string) {
        if (name === 'fieldMarks') reads += 1;
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? member.bind(target) : member;
      },
    });
    const index = createQueueIndex(counted);
    const n = (await graph.head()).published;
    await Promise.all([index.groups(n), index.groups(n), index.groups(n, ['s'])]);
    expect(reads).toBe(1);
    expect(await index.groups(0)).toEqual([]);
  });
});
