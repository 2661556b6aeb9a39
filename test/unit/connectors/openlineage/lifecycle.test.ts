import { describe, expect, it } from 'vitest';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { canonicalJson } from '../../../../server/model/json.ts';
import { dataset, datasets, readAll, runEvent, schema, warehouse } from './events.ts';

const change = (lifecycleStateChange: string, previous?: string): object => ({
  lifecycleStateChange: {
    lifecycleStateChange,
    ...(previous === undefined ? {} : { previousIdentifier: { namespace: warehouse, name: previous } }),
  },
});
const load = runEvent({
  run: 'r1',
  time: '2026-03-01T08:00:00Z',
  inputs: [dataset('s')],
  outputs: [dataset('t', schema('a'))],
});
/** An event of the run that changes tables, at a minute past nine. */
const ddl = (minute: number, type: string, outputs: readonly object[] = [], inputs: readonly object[] = []): object =>
  runEvent({ run: 'r2', job: 'ddl', type, time: `2026-03-01T09:0${minute}:00Z`, outputs, inputs });

/** The tables that are there after events in any order, with their columns: one event a sync, and all in one. */
async function tablesAfter(...events: readonly object[]): Promise<readonly string[]> {
  const results: (readonly string[])[] = [];
  for (const order of [events, events.toReversed()]) {
    const room = forgetfulEventRoom();
    for (const event of order) await readAll([event], room);
    results.push(named(await readAll([], room, true)));
    const other = forgetfulEventRoom();
    await readAll(order, other);
    results.push(named(await readAll([], other, true)));
  }
  expect(new Set(results.map((one) => canonicalJson(one))).size, canonicalJson(results)).toBe(1);
  return results[0] ?? [];
}

function named(messages: Parameters<typeof datasets>[0]): readonly string[] {
  return datasets(messages)
    .map(({ name, fields, facets }) => {
      const from = facets?.['openlineage.renamedFrom'] === undefined ? '' : ' renamed';
      return `${name}(${fields.map(({ path }) => path.join('/')).join(',')})${from}`;
    })
    .sort();
}

describe('a DROP', () => {
  const drop = [dataset('t', change('DROP'))];

  it.each([
    ['failed', [ddl(1, 'START', drop), ddl(2, 'FAIL')]],
    ['failed, and says it at its end', [ddl(1, 'START'), ddl(2, 'FAIL', drop)]],
    ['was stopped', [ddl(1, 'START', drop), ddl(2, 'ABORT', drop)]],
    ['has begun', [ddl(1, 'START', drop)]],
    ['goes on', [ddl(1, 'START'), ddl(2, 'RUNNING', drop)]],
  ])('of a run that %s leaves the dataset', async (_, events) => {
    expect(await tablesAfter(load, ...events)).toEqual(['s()', 't(a)']);
  });

  it.each([
    ['its end', [ddl(1, 'START'), ddl(2, 'COMPLETE', drop)]],
    ['its start alone', [ddl(1, 'START', drop), ddl(2, 'COMPLETE')]],
    ['both', [ddl(1, 'START', drop), ddl(2, 'COMPLETE', drop)]],
  ])('of a run that ended well counts, said by %s', async (_, events) => {
    expect(await tablesAfter(load, ...events)).toEqual(['s()']);
  });

  it('is told as a removal by the end of its run, in a later sync that names no dataset', async () => {
    const room = forgetfulEventRoom();
    const removed = { type: 'removed', scope: 'events', kind: 'dataset', name: { namespace: warehouse, name: 't' } };
    expect(await readAll([load, ddl(1, 'START', drop)], room)).not.toContainEqual(removed);
    expect(await readAll([ddl(2, 'COMPLETE')], room)).toContainEqual(removed);
  });

  it('by an event without a run counts at once', async () => {
    const event = {
      eventTime: '2026-03-01T09:01:00Z',
      producer: 'https://example.com/producer',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
      dataset: dataset('t', change('DROP')),
    };
    expect(await tablesAfter(load, event)).toEqual(['s()']);
  });

  it.each([
    ['CREATE', change('CREATE'), 't()'],
    ['OVERWRITE', change('OVERWRITE'), 't()'],
    ['ALTER', change('ALTER'), 't()'],
    ['a schema', schema('b'), 't(b)'],
    ['CREATE with a schema', { ...change('CREATE'), ...schema('b') }, 't(b)'],
  ])('is undone by %s later in the same run', async (_, facets, table) => {
    const events = [ddl(1, 'START', drop), ddl(2, 'RUNNING', [dataset('t', facets)]), ddl(3, 'COMPLETE')];
    expect(await tablesAfter(load, ...events)).toEqual(['s()', table]);
  });

  it.each([
    ['a mention', [ddl(2, 'RUNNING', [dataset('t')])]],
    ['TRUNCATE', [ddl(2, 'RUNNING', [dataset('t', change('TRUNCATE'))])]],
    ['a schema without columns', [ddl(2, 'RUNNING', [dataset('t', schema())])]],
    ['a schema of what was read', [ddl(2, 'RUNNING', [], [dataset('t', schema('a'))])]],
    ['a DROP that shows what went', [ddl(2, 'RUNNING', [dataset('t', { ...change('DROP'), ...schema('a') })])]],
    ['a CREATE before it', [ddl(0, 'RUNNING', [dataset('t', change('CREATE'))])]],
  ])('is not undone in the same run by %s', async (_, events) => {
    expect(await tablesAfter(load, ddl(1, 'START', drop), ...events, ddl(3, 'COMPLETE'))).toEqual(['s()']);
  });
});

describe('a RENAME', () => {
  const renamed = [dataset('t_old', change('RENAME', 't'))];

  it('of a run that failed leaves the old name, and no note of where the new one came from', async () => {
    expect(await tablesAfter(load, ddl(1, 'START', renamed), ddl(2, 'FAIL'))).toEqual(['s()', 't(a)', 't_old()']);
  });

  it('of a run that ended well counts, said by its start alone', async () => {
    expect(await tablesAfter(load, ddl(1, 'START', renamed), ddl(2, 'COMPLETE'))).toEqual(['s()', 't_old() renamed']);
  });

  it('of two tables that swap places within one run leaves the new one under the name of the old', async () => {
    const staged = runEvent({ run: 'r0', job: 'stage', outputs: [dataset('t_new', schema('a', 'c'))] });
    const early = { ...staged, eventTime: '2026-03-01T08:30:00Z' };
    const swap = [
      ddl(1, 'RUNNING', renamed),
      ddl(2, 'RUNNING', [dataset('t', { ...change('RENAME', 't_new'), ...schema('a', 'c') })]),
      ddl(3, 'COMPLETE'),
    ];
    expect(await tablesAfter(load, early, ...swap)).toEqual(['s()', 't(a,c) renamed', 't_old() renamed']);
  });
});
