import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldUid, jobUid } from '../../../server/model/ids.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const field = (dataset: string, name: string) => fieldUid({ namespace, name: `shop.public.${dataset}` }, [name]);
const documents = [
  table('shop.public.people', ['id int', 'email']),
  sqlJob('a', 'CREATE TABLE a AS SELECT email AS x1 FROM people'),
  sqlJob('b', 'CREATE TABLE b AS SELECT x1 AS x2 FROM a'),
];
const source = scriptedSource('s', () => wholeScope('public', documents));

async function decide(...changes: readonly Change[]): Promise<number> {
  const { graph } = house.stores;
  const lease = await graph.lease('person', 600_000);
  if (lease === null) throw new Error('the lease is taken');
  const open = await graph.open(lease, { run: `decision ${Math.random()}`, cause: 'review', actor });
  await graph.apply(open, changes);
  await propagate({ graph, open, rules: loadPropagationRules() });
  const { n } = await graph.publish(open, []);
  await graph.release(lease);
  return n;
}

async function reached(n: number): Promise<readonly string[]> {
  const fields = { a: field('a', 'x1'), b: field('b', 'x2') };
  const rows = await house.stores.graph.derived(Object.values(fields), n);
  return Object.entries(fields).flatMap(([name, uid]) => (rows.some((row) => row.field === uid) ? [name] : []));
}

function stop(uid: string, body: unknown): Change {
  return { type: 'enter', entered: { uid, kind: 'stop', body, actor } };
}

describe('what people decide about propagation', () => {
  it('a stop ends at the field it stands at, and retraction is exact', async () => {
    await house.sync([source]).run({ source: 's', actor });
    expect(await reached(2)).toEqual(['a', 'b']);
    const stopped = await decide(stop(field('a', 'x1'), { category: 'user.contact', to: null, reason: 'test' }));
    expect(await reached(stopped)).toEqual(['a']);
    expect(await reached(2)).toEqual(['a', 'b']);
    expect(await reached(await decide({ type: 'end-entered', uid: field('a', 'x1'), kind: 'stop' }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('a stop of another category stops nothing', async () => {
    await house.sync([source]).run({ source: 's', actor });
    const n = await decide(stop(field('a', 'x1'), { category: 'user.contact.phone', to: null, reason: 'test' }));
    expect(await reached(n)).toEqual(['a', 'b']);
  });

  it('a stop at a job takes its edges away, one with an expiry until the next sync after it', async () => {
    await house.sync([source]).run({ source: 's', actor });
    const job = jobUid({ namespace, name: 'a' });
    const n = await decide(
      stop(job, { category: null, to: null, reason: 'test', expiresAt: '2026-12-01T00:00:00.000Z' }),
    );
    expect(await reached(n)).toEqual([]);
    const before = { now: () => Date.parse('2026-11-30T00:00:00Z') };
    await house.sync([source], { clock: before }).run({ source: 's', actor });
    expect(await reached((await house.stores.graph.head()).published)).toEqual([]);
    const after = { now: () => Date.parse('2026-12-02T00:00:00Z') };
    await house.sync([source], { clock: after }).run({ source: 's', actor });
    expect(await reached((await house.stores.graph.head()).published)).toEqual(['a', 'b']);
  });

  it('a rejection hides a category where it stands and lets it pass on', async () => {
    await house.sync([source]).run({ source: 's', actor });
    const [own] = await house.stores.graph.verdicts([field('people', 'email')], 2);
    if (own === undefined) throw new Error('no verdict');
    const human = { ...own, field: field('a', 'x1'), decider: 'human', state: 'rejected', seenAs: 'clear' } as const;
    const n = await decide({ type: 'verdict', verdict: human });
    expect(await reached(n)).toEqual(['a', 'b']);
    const rejectedOrigin = { ...own, decider: 'human', state: 'rejected' } as const;
    expect(await reached(await decide({ type: 'verdict', verdict: rejectedOrigin }))).toEqual([]);
  });

  it('other rules derive every row again', async () => {
    await house.sync([source]).run({ source: 's', actor });
    const rules = { ...loadPropagationRules(), id: 'propagation@next' };
    const report = await house.sync([source], { rules }).run({ source: 's', actor });
    expect(report.revisions).toEqual([3]);
    const rows = await house.stores.graph.derived([field('b', 'x2')], 3);
    expect(rows.map((row) => row.rules)).toEqual(['propagation@next']);
  });
});
