import { describe, expect, it } from 'vitest';
import { forgetfulEventRoom } from '../../../../connectors/kit/event-room.ts';
import { canonicalJson } from '../../../../server/model/json.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import { dataset, datasets, edgesOf, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';

const otherNames = (...names: readonly string[]): object => ({
  symlinks: { identifiers: names.map((name) => ({ namespace: warehouse, name, type: 'TABLE' })) },
});
const at = (minute: number): string => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`;

/** What stands after events: what was told last of each thing, less what was taken off. */
function standing(messages: readonly SourceMessage[]): ReadonlyMap<string, SourceMessage> {
  const things = new Map<string, SourceMessage>();
  for (const message of messages) {
    if (message.type === 'removed') things.delete(`${message.kind} ${message.name.name}`);
    if (message.type !== 'document') continue;
    const { document } = message;
    things.set(`${document.type} ${document.name}`, message);
    // Ingest takes off what a document lists among its other names.
    if (document.type === 'dataset') for (const { name } of document.aliases ?? []) things.delete(`dataset ${name}`);
  }
  return things;
}

/** What stands after the same events in many orders, one a sync and several at once; the same whichever it was. */
async function standingAfter(events: readonly object[]): Promise<readonly SourceMessage[]> {
  const outcomes = new Map<string, readonly SourceMessage[]>();
  for (let seed = 0; seed < 40; seed++) {
    const order = shuffled(events, seed);
    const step = seed % 3 === 0 ? order.length : seed % 3;
    const room = forgetfulEventRoom();
    const messages: SourceMessage[] = [];
    for (let from = 0; from < order.length; from += step)
      messages.push(...(await readAll(order.slice(from, from + step), room)));
    const found = [...standing(messages).entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
    outcomes.set(canonicalJson(found), found);
    const afresh = standing(await readAll([], room, true));
    const again = [...afresh.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, message]) => message);
    expect(canonicalJson(again), `a full read, seed ${seed}`).toBe(canonicalJson(found));
  }
  expect([...outcomes.keys()].length, [...outcomes.keys()].join('\n')).toBe(1);
  return [...outcomes.values()][0] ?? [];
}

function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  let state = seed * 7919 + 13;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  return list
    .map((item) => ({ item, place: next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

const written = runEvent({
  job: 'load',
  run: 'r1',
  time: at(1),
  outputs: [dataset('lake/customers', { ...schema('id int', 'email'), ...otherNames('crm.customers') })],
});
const readByOtherName = runEvent({
  job: 'report',
  run: 'r2',
  time: at(2),
  inputs: [dataset('crm.customers')],
  outputs: [dataset('mart.mails', lineage({ mail: ['crm.customers.email DIRECT IDENTITY'] }))],
});
const unrelated = runEvent({ job: 'other', run: 'r3', time: at(3), inputs: [dataset('a')], outputs: [dataset('b')] });

describe('another name of a dataset (symlink)', () => {
  it('is the dataset, whether it was read by that name before or after', async () => {
    const found = await standingAfter([written, readByOtherName, unrelated]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['a', 'b', 'lake/customers', 'mart.mails']);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toEqual([
      'a -> b DATASET',
      'lake/customers -> mart.mails DATASET',
      'lake/customers.email -> mart.mails.mail IDENTITY keep',
    ]);
  });

  it('spells fields as the schema of the dataset does', async () => {
    const shouted = runEvent({
      job: 'report',
      run: 'r2',
      time: at(2),
      outputs: [dataset('mart.mails', lineage({ mail: ['crm.customers.EMAIL DIRECT IDENTITY'] }))],
    });
    const found = await standingAfter([written, shouted]);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toContain(
      'lake/customers.email -> mart.mails.mail IDENTITY keep',
    );
  });

  it('is the same one from either side, and over several names', async () => {
    const chain = [
      runEvent({
        job: 'x',
        run: 'x1',
        time: at(1),
        outputs: [dataset('p', { ...schema('email'), ...otherNames('q') })],
      }),
      runEvent({ job: 'y', run: 'y1', time: at(2), outputs: [dataset('q', otherNames('r'))] }),
      runEvent({ job: 'z', run: 'z1', time: at(3), inputs: [dataset('r')], outputs: [dataset('out')] }),
    ];
    expect(datasets(await standingAfter(chain)).map(({ name }) => name)).toEqual(['out', 'p']);
    const mutual = [
      runEvent({
        job: 'x',
        run: 'x1',
        time: at(1),
        outputs: [dataset('p', { ...schema('email'), ...otherNames('q') })],
      }),
      runEvent({
        job: 'y',
        run: 'y1',
        time: at(2),
        inputs: [dataset('q', otherNames('p'))],
        outputs: [dataset('out')],
      }),
    ];
    const found = await standingAfter(mutual);
    expect(datasets(found).map(({ name, aliases }) => [name, aliases?.map((alias) => alias.name)])).toEqual([
      ['out', undefined],
      ['p', ['q']],
    ]);
  });

  it('that several datasets share makes them one, under that name, and is told as a gap', async () => {
    const events = [
      runEvent({
        job: 'a',
        run: 'a1',
        time: at(1),
        outputs: [dataset('day=1', { ...schema('email'), ...otherNames('t') })],
      }),
      runEvent({
        job: 'b',
        run: 'b1',
        time: at(2),
        outputs: [dataset('day=2', { ...schema('email'), ...otherNames('t') })],
      }),
      runEvent({ job: 'c', run: 'c1', time: at(3), inputs: [dataset('t')], outputs: [dataset('out')] }),
    ];
    const found = await standingAfter(events);
    expect(datasets(found).map(({ name }) => name)).toEqual(['out', 't']);
    expect(
      jobs(found).map(({ name, inputs, outputs }) => [name, [...inputs, ...outputs].map((one) => one.name)]),
    ).toEqual([
      ['a', ['t']],
      ['b', ['t']],
      ['c', ['t', 'out']],
    ]);
    const gaps = (await readAll(events)).flatMap((one) => (one.type === 'gap' ? [one.gap.detail] : []));
    expect(gaps).toEqual([expect.stringContaining('day=1, day=2')]);
  });

  it('is a dataset of its own again when the facet no longer names it', async () => {
    const withdrawn = runEvent({
      job: 'load',
      run: 'r9',
      time: at(9),
      outputs: [dataset('lake/customers', { ...schema('id int'), ...otherNames('crm.people') })],
    });
    const found = await standingAfter([written, readByOtherName, withdrawn]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['crm.customers', 'lake/customers', 'mart.mails']);
    expect(jobs(found).flatMap((job) => edgesOf(job))).toContain(
      'crm.customers.email -> mart.mails.mail IDENTITY keep',
    );
  });

  const drop = (name: string, minute: number, more: object = {}): object =>
    runEvent({
      job: 'ddl',
      run: `d${minute}`,
      time: at(minute),
      outputs: [dataset(name, { lifecycleStateChange: { lifecycleStateChange: 'DROP' }, ...more })],
    });

  it('goes with the dataset that is dropped', async () => {
    const found = await standingAfter([written, readByOtherName, drop('lake/customers', 9)]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['mart.mails']);
  });

  it('that is dropped leaves the dataset, and is its name no longer', async () => {
    const found = await standingAfter([written, readByOtherName, drop('crm.customers', 9)]);
    expect(datasets(found).map(({ name, aliases }) => [name, aliases])).toEqual([
      ['lake/customers', undefined],
      ['mart.mails', undefined],
    ]);
  });

  it('stays when something spoke of it after the dataset was dropped', async () => {
    const late = runEvent({ job: 'late', run: 'r8', time: at(10), inputs: [dataset('crm.customers')], outputs: [] });
    const found = await standingAfter([written, late, drop('lake/customers', 9)]);
    expect(datasets(found).map(({ name }) => name)).toEqual(['crm.customers']);
  });
});

describe('the namespaces of an object store', () => {
  it('are one place whichever client said them', async () => {
    const place = (namespace: string, name: string): object => ({ namespace, name, facets: {} });
    const events = [
      runEvent({ job: 'w', run: 'w1', outputs: [place('s3a://lake', 'customers')] }),
      runEvent({
        job: 'r',
        run: 'x1',
        inputs: [place('s3://lake', 'customers')],
        outputs: [place('S3N://lake/', 'copy')],
      }),
    ];
    const found = await standingAfter(events);
    expect(datasets(found).map(({ namespace, name }) => `${namespace} ${name}`)).toEqual([
      's3://lake copy',
      's3://lake customers',
    ]);
  });
});
