import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LexlineError } from '../../../server/base/errors.ts';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const ten = Array.from({ length: 10 }, (_, i) => table(`shop.public.t${i}`, ['id int', 'email']));
const names = ten.map(({ name }) => name);

async function alive(source?: string): Promise<readonly string[]> {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const filter = { kind: 'dataset', ...(source === undefined ? {} : { source }) } as const;
  const { items } = await graph.list(filter, n, { first: 1000 });
  return items.map(({ name }) => name).toSorted();
}

async function sync(name: string, messages: () => Iterable<unknown> | AsyncIterable<unknown>, request = {}) {
  return house.sync([scriptedSource(name, messages)]).run({ source: name, actor, ...request });
}

describe('what a source owns', () => {
  it('lives while another source asserts it', async () => {
    await sync('a', () => wholeScope('public', ten));
    await sync('b', () => wholeScope('x', ten.slice(0, 1)));
    await sync('a', () => wholeScope('public', ten.slice(1)));
    expect(await alive()).toEqual(names);
    expect(await alive('a')).toEqual(names.slice(1));
    await sync('b', () => wholeScope('x', []));
    expect(await alive()).toEqual(names.slice(1));
  });

  it('is not retired by a read that failed half-way, and the next read goes on', async () => {
    await sync('a', () => wholeScope('public', ten));
    const failing = await sync('a', function* () {
      yield* [...wholeScope('public', ten.slice(0, 3))].slice(0, 3);
      throw new LexlineError('CONNECTOR_TIMEOUT', '[connectors/scripted] a: no answer in time', { remedy: 'wait' });
    });
    expect(failing).toMatchObject({ status: 'FAILED', error: { code: 'CONNECTOR_TIMEOUT', remedy: 'wait' } });
    expect(await alive()).toEqual(names);
    expect(await sync('a', () => wholeScope('public', ten))).toMatchObject({ status: 'UNCHANGED', resumed: true });
  });

  it('is not retired by a scope that holds a document which does not hold', async () => {
    await sync('a', () => wholeScope('public', ten));
    const report = await sync('a', () => wholeScope('public', [...ten.slice(1), { type: 'dataset', name: 7 }]));
    expect(report.gaps).toMatchObject([{ reason: 'not-read' }]);
    expect(await alive()).toEqual(names);
  });

  it('is not retired by a scope that never completed', async () => {
    await sync('a', () => wholeScope('public', ten));
    await sync('a', () => [...wholeScope('public', ten.slice(5))].slice(0, -1));
    expect(await alive()).toEqual(names);
  });

  it('is kept when a scope shrinks by more than a fifth, until a person says that it may go', async () => {
    await sync('a', () => wholeScope('public', ten));
    const asked = await sync('a', () => wholeScope('public', ten.slice(3)));
    expect(asked).toMatchObject({ status: 'UNCHANGED', documents: { retired: 0 } });
    expect(asked.gaps[0]?.remedy).toContain('--allow-shrink');
    expect(await alive()).toEqual(names);
    const allowed = await sync('a', () => wholeScope('public', ten.slice(3)), { allowShrink: true });
    expect(allowed.documents.retired).toBe(3);
    expect(await alive()).toEqual(names.slice(3));
  });

  it('goes with a scope that the source no longer lists', async () => {
    const both = () => [...wholeScope('public', ten), ...wholeScope('old', [table('shop.old.x', ['id int'])])];
    await sync('a', both);
    await sync('a', () => [{ type: 'scopes', scopes: ['public'] }, ...wholeScope('public', ten)]);
    expect(await alive()).toEqual(names);
  });

  it('ends the verdicts of machines with the field and leaves those of people asleep', async () => {
    await sync('a', () => wholeScope('public', [table('shop.public.t', ['id int', 'email', 'phone'])]));
    const { graph } = house.stores;
    const [email, phone] = ['email', 'phone'].map((path) => fieldUid({ namespace, name: 'shop.public.t' }, [path]));
    const [standing] = await graph.verdicts([email ?? ''], 2);
    const lease = await graph.lease('person', 600_000);
    if (lease === null || standing === undefined) throw new Error('no lease or no verdict');
    const open = await graph.open(lease, { run: 'review', cause: 'review', actor });
    await graph.apply(open, [
      { type: 'verdict', verdict: { ...standing, decider: 'human', state: 'accepted', by: 'p1' } },
    ]);
    await graph.publish(open, []);
    await graph.release(lease);

    await sync('a', () => wholeScope('public', [table('shop.public.t', ['id int'])]), { allowShrink: true });
    const n = (await graph.head()).published;
    expect(await graph.verdicts([phone ?? ''], n)).toEqual([]);
    expect((await graph.verdicts([email ?? ''], n)).map(({ decider }) => decider)).toEqual(['human']);
  });

  it('wakes with its identity when it returns', async () => {
    await sync('a', () => wholeScope('public', ten));
    await sync('a', () => wholeScope('public', ten.slice(1)));
    await sync('a', () => wholeScope('public', ten));
    const { graph } = house.stores;
    const [record] = await graph.get(
      [datasetUid({ namespace, name: 'shop.public.t0' })],
      (await graph.head()).published,
    );
    expect(record?.assertions).toHaveLength(1);
  });
});
