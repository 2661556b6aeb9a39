import { describe, expect, it } from 'vitest';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { canonicalJson } from '../../../../server/model/json.ts';
import { dataset, datasets, edgesOf, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';

const start = runEvent({
  type: 'START',
  time: '2026-03-01T10:00:00Z',
  inputs: [dataset('shop.public.orders', schema('id int', 'email'))],
});
const complete = runEvent({
  time: '2026-03-01T10:01:00Z',
  outputs: [
    dataset('shop.mart.orders', {
      ...schema('id int', 'email_hash'),
      ...lineage(
        {
          id: ['shop.public.orders.id DIRECT IDENTITY'],
          email_hash: ['shop.public.orders.email DIRECT TRANSFORMATION masked'],
        },
        ['shop.public.orders.id INDIRECT FILTER'],
      ),
    }),
  ],
});

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return list
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

describe('events of runs', () => {
  it('make one job with the inputs of its start and the outputs of its end', async () => {
    const messages = await readAll([start, complete]);
    const [job] = jobs(messages);
    expect(job).toMatchObject({
      namespace: 'etl',
      name: 'load',
      inputs: [{ namespace: warehouse, name: 'shop.public.orders' }],
      outputs: [{ namespace: warehouse, name: 'shop.mart.orders' }],
      flows: 'stated',
    });
    expect(edgesOf(job)).toEqual([
      'shop.public.orders -> shop.mart.orders DATASET',
      'shop.public.orders.email -> shop.mart.orders.email_hash TRANSFORMATION hash masked',
      'shop.public.orders.id -> shop.mart.orders FILTER',
      'shop.public.orders.id -> shop.mart.orders.id IDENTITY keep',
    ]);
    expect(
      datasets(messages).map(({ name, fields }) => [
        name,
        fields.map(({ path, type }) => `${path.join('/')} ${String(type)}`),
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['shop.public.orders', ['id int', 'email text']],
        ['shop.mart.orders', ['id int', 'email_hash text']],
      ]),
    );
  });

  it('give the same documents in any order and any number of times', async () => {
    const renamed = runEvent({
      run: 'r3',
      job: 'rename',
      time: '2026-03-01T11:00:00Z',
      outputs: [
        dataset('shop.mart.customers', {
          lifecycleStateChange: {
            lifecycleStateChange: 'RENAME',
            previousIdentifier: { namespace: warehouse, name: 'shop.mart.people' },
          },
        }),
      ],
    });
    const events = [
      start,
      complete,
      runEvent({
        run: 'r2',
        time: '2026-03-01T09:00:00Z',
        outputs: [dataset('shop.mart.orders', lineage({ id: ['shop.public.old.id DIRECT IDENTITY'] }))],
      }),
      runEvent({
        run: 'r4',
        type: 'FAIL',
        time: '2026-03-01T12:00:00Z',
        outputs: [dataset('shop.mart.orders', schema('id bigint', 'email_hash'))],
      }),
      runEvent({
        job: 'people',
        run: 'r5',
        time: '2026-03-01T08:00:00Z',
        outputs: [dataset('shop.mart.people', schema('name'))],
      }),
      renamed,
    ];
    const expected = (await readAll(events))
      .filter(({ type }) => type === 'document' || type === 'removed')
      .map((one) => canonicalJson(one))
      .sort();
    for (let seed = 1; seed <= 30; seed++) {
      const order = shuffled([...events, ...events.slice(0, seed % 4)], seed);
      const room = forgetfulEventRoom();
      await readAll(order, room);
      const told = (await readAll([], room, true))
        .filter(({ type }) => type === 'document' || type === 'removed')
        .map((one) => canonicalJson(one))
        .sort();
      expect(told, `seed ${seed}`).toEqual(expected);
    }
  });

  it('let the newest run that ended well speak for its outputs, and a failed one only while there is no better', async () => {
    const from = (run: string, type: string, hour: string, table: string): object =>
      runEvent({ run, type, time: `2026-03-01T${hour}:00:00Z`, inputs: [dataset(table)], outputs: [dataset('out')] });
    const room = forgetfulEventRoom();
    expect(edgesOf(jobs(await readAll([from('r1', 'FAIL', '08', 'a')], room))[0])).toEqual(['a -> out DATASET']);
    expect(edgesOf(jobs(await readAll([from('r2', 'COMPLETE', '07', 'b')], room))[0])).toEqual(['b -> out DATASET']);
    expect(edgesOf(jobs(await readAll([from('r3', 'START', '09', 'c')], room))[0])).toEqual(['b -> out DATASET']);
    expect(edgesOf(jobs(await readAll([from('r3', 'COMPLETE', '10', 'c')], room))[0])).toEqual(['c -> out DATASET']);
  });

  it('keep the outputs of different runs apart, so that no input is said to reach what it does not', async () => {
    const [job] = jobs(
      await readAll([
        runEvent({ run: 'r1', time: '2026-03-01T08:00:00Z', inputs: [dataset('a')], outputs: [dataset('x')] }),
        runEvent({ run: 'r2', time: '2026-03-01T09:00:00Z', inputs: [dataset('b')], outputs: [dataset('y')] }),
      ]),
    );
    expect(edgesOf(job)).toEqual(['a -> x DATASET', 'b -> y DATASET']);
  });

  it('count each run once, however often its end is told', async () => {
    const room = forgetfulEventRoom();
    const ends = (messages: Awaited<ReturnType<typeof readAll>>): number =>
      messages.filter((one) => one.type === 'observation' && one.measure === 'runs').length;
    expect(ends(await readAll([start, complete, complete], room))).toBe(1);
    expect(ends(await readAll([start, runEvent({ time: '2026-03-01T10:02:00Z' })], room))).toBe(0);
  });

  it('are ordered by their arrival when their clock runs ahead', async () => {
    const messages = await readAll([
      runEvent({ run: 'r1', time: '2099-01-01T00:00:00Z', outputs: [dataset('t', schema('a'))] }),
      runEvent({ run: 'r2', time: '2026-03-01T12:04:00Z', outputs: [dataset('t', schema('b'))] }),
    ]);
    expect(datasets(messages)[0]?.fields.map(({ path }) => path[0])).toEqual(['b']);
    expect(messages.find((one) => one.type === 'observation')).toMatchObject({ body: { clockAhead: true } });
  });
});

describe('lifecycle changes', () => {
  const make = runEvent({
    run: 'r1',
    time: '2026-03-01T08:00:00Z',
    inputs: [dataset('s')],
    outputs: [dataset('t', schema('a'))],
  });
  const change = (lifecycleStateChange: string, more: object = {}, time = '2026-03-01T09:00:00Z'): object =>
    runEvent({
      run: 'r2',
      job: 'ddl',
      time,
      outputs: [dataset('t', { lifecycleStateChange: { lifecycleStateChange, ...more } })],
    });

  it('remove a dropped dataset and the edges into it', async () => {
    const room = forgetfulEventRoom();
    await readAll([make], room);
    const messages = await readAll([change('DROP')], room);
    expect(messages).toContainEqual({
      type: 'removed',
      scope: 'events',
      kind: 'dataset',
      name: { namespace: warehouse, name: 't' },
    });
    expect(edgesOf(jobs(messages).find(({ name }) => name === 'load'))).toEqual([]);
    expect(datasets(messages)).toEqual([]);
  });

  it('bring a dataset back with what is said of it afterwards only', async () => {
    const room = forgetfulEventRoom();
    await readAll([make, change('DROP')], room);
    const messages = await readAll(
      [runEvent({ run: 'r3', time: '2026-03-01T10:00:00Z', outputs: [dataset('t')] })],
      room,
    );
    expect(datasets(messages)).toMatchObject([{ name: 't', fields: [], partial: true }]);
  });

  it('do not bring it back by an event that is older, or of the run that dropped it', async () => {
    const room = forgetfulEventRoom();
    await readAll([change('DROP')], room);
    const again = [make, runEvent({ run: 'r2', job: 'ddl', time: '2026-03-01T09:30:00Z', outputs: [dataset('t')] })];
    expect(datasets(await readAll(again, room)).map(({ name }) => name)).toEqual(['s']);
  });

  it('follow a rename: the old name goes, the new one says where it came from', async () => {
    const room = forgetfulEventRoom();
    await readAll([make], room);
    const renamed = runEvent({
      run: 'r2',
      job: 'ddl',
      time: '2026-03-01T09:00:00Z',
      outputs: [
        dataset('t2', {
          lifecycleStateChange: {
            lifecycleStateChange: 'RENAME',
            previousIdentifier: { namespace: warehouse, name: 't' },
          },
        }),
      ],
    });
    const messages = await readAll([renamed], room);
    expect(messages).toContainEqual({
      type: 'removed',
      scope: 'events',
      kind: 'dataset',
      name: { namespace: warehouse, name: 't' },
    });
    expect(datasets(messages)).toMatchObject([
      { name: 't2', facets: { 'openlineage.renamedFrom': { namespace: warehouse, name: 't' } } },
    ]);
  });

  it('leave a truncated dataset as it is', async () => {
    const room = forgetfulEventRoom();
    await readAll([make], room);
    expect(datasets(await readAll([change('TRUNCATE')], room))).toMatchObject([
      { name: 't', fields: [{ path: ['a'] }] },
    ]);
  });
});

describe('a schema without fields', () => {
  const at = (hour: number, ...columns: readonly string[]): object =>
    runEvent({ run: `r${hour}`, time: `2026-03-01T0${hour}:00:00Z`, outputs: [dataset('t', schema(...columns))] });

  it.each([
    ['after one with fields', [at(1, 'id', 'email'), at(2)]],
    ['before one with fields', [at(1), at(2, 'id', 'email')]],
    ['that comes late', [at(2, 'id', 'email'), at(1)]],
  ])('says nothing of those that are known: %s', async (_, events) => {
    const [table] = datasets(await readAll(events, forgetfulEventRoom()));
    expect(table?.fields.map(({ path }) => path[0])).toEqual(['id', 'email']);
  });
});
