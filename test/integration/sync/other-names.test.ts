import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KnownNames } from '../../../connectors/connector.ts';
import { forgetfulEventRoom } from '../../../connectors/kit/event-room.ts';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { dataset, lineage, readAll, runEvent, schema, warehouse } from '../../unit/connectors/openlineage/events.ts';
import { actor, openHouse, scriptedSource, table, wholeScope, type House, type ScriptedSource } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const events = { mode: 'events', incremental: true, profile: [], accept: true, write: false } as const;
const symlinks = (...names: readonly string[]): object => ({
  symlinks: { identifiers: names.map((name) => ({ namespace: warehouse, name, type: 'TABLE' })) },
});

/** A source of events; each sync reads those of one turn. */
function eventSource(): ScriptedSource & { turn: readonly object[] } {
  const room = forgetfulEventRoom();
  const scripted = scriptedSource('lineage', ({ known }) => messages(known), { capabilities: events });
  const source = Object.assign(scripted, { turn: [] as readonly object[] });
  async function* messages(known?: KnownNames) {
    yield* await readAll(source.turn, room, false, known);
  }
  return source;
}

/** The graph in words: datasets, edges between fields, and what each field holds. */
async function told(): Promise<readonly string[]> {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const { items } = await graph.list({}, n, { first: 100 });
  const lines: string[] = [];
  const names = new Map(items.map((one) => [one.uid, [one.name, ...(one.path ?? [])].join('.')]));
  for (const one of items) if (one.kind === 'dataset') lines.push(`dataset ${one.name}`);
  const { items: edges } = await graph.edges([...names.keys()], 'upstream', undefined, n, { first: 1000 });
  for (const { from, to, kind } of edges) lines.push(`${names.get(from) ?? '?'} -> ${names.get(to) ?? '?'} ${kind}`);
  for (const { field, category } of await graph.derived([...names.keys()], n))
    lines.push(`${names.get(field) ?? '?'} holds ${category}`);
  return lines.sort();
}

const at = (minute: number): string => `2026-03-01T10:0${minute}:00Z`;
const written = runEvent({
  job: 'load',
  run: 'r1',
  time: at(1),
  outputs: [dataset('lake/customers', { ...schema('id int', 'email'), ...symlinks('crm.customers') })],
});
const read = runEvent({
  job: 'report',
  run: 'r2',
  time: at(2),
  inputs: [dataset('crm.customers')],
  outputs: [dataset('mart.mails', { ...schema('v1'), ...lineage({ v1: ['crm.customers.email DIRECT IDENTITY'] }) })],
});
const onwards = runEvent({
  job: 'copy',
  run: 'r3',
  time: at(3),
  inputs: [dataset('mart.mails')],
  outputs: [dataset('out', { ...schema('v2'), ...lineage({ v2: ['mart.mails.v1 DIRECT IDENTITY'] }) })],
});

/** A job of a source of SQL. */
function view(sql: string, file: string): object {
  return {
    type: 'job',
    kind: 'process',
    platform: 'postgres',
    namespace: warehouse,
    name: file,
    inputs: [],
    outputs: [],
    statements: [{ dialect: 'postgres', namespace: warehouse, sql }],
  };
}

describe('another name of a dataset', () => {
  it('joins the two in the graph in whichever order the events come, and what hangs on it holds the same', async () => {
    const outcomes = new Set<string>();
    for (const order of [
      [[written, read, onwards]],
      [[written], [read], [onwards]],
      [[read], [written], [onwards]],
      [[onwards], [read], [written]],
      [[read, onwards], [written], []],
    ]) {
      await house.close();
      house = await openHouse();
      const source = eventSource();
      const sync = house.sync([source]);
      for (const turn of order) {
        source.turn = turn;
        const report = await sync.run({ source: 'lineage', actor });
        expect(report.gaps.filter(({ reason }) => reason === 'unresolved-name')).toEqual([]);
      }
      outcomes.add((await told()).join('\n'));
    }
    expect([...outcomes]).toEqual([
      [
        'dataset lake/customers',
        'dataset mart.mails',
        'dataset out',
        'lake/customers -> mart.mails DATASET',
        'lake/customers.email -> mart.mails.v1 IDENTITY',
        'lake/customers.email holds user.contact.email',
        'mart.mails -> out DATASET',
        'mart.mails.v1 -> out.v2 IDENTITY',
        'mart.mails.v1 holds user.contact.email',
        'out.v2 holds user.contact.email',
      ].join('\n'),
    ]);
  });

  it('leaves in the history what it was before', async () => {
    const source = eventSource();
    const sync = house.sync([source]);
    source.turn = [read];
    await sync.run({ source: 'lineage', actor });
    const before = (await house.stores.graph.head()).published;
    source.turn = [written];
    await sync.run({ source: 'lineage', actor });
    const { items } = await house.stores.graph.list({}, before, { first: 100 });
    expect(items.filter(({ kind }) => kind === 'dataset').map(({ name }) => name)).toEqual([
      'crm.customers',
      'mart.mails',
    ]);
  });

  it('is a dataset of its own again when it is taken back', async () => {
    const source = eventSource();
    const sync = house.sync([source]);
    const taken = runEvent({
      job: 'load',
      run: 'r9',
      time: at(9),
      outputs: [dataset('lake/customers', { ...schema('id int'), ...symlinks() })],
    });
    for (const turn of [[written], [read], [taken]]) {
      source.turn = turn;
      await sync.run({ source: 'lineage', actor });
    }
    expect(await told()).toContain('crm.customers.email -> mart.mails.v1 IDENTITY');
    expect(await told()).toContain('dataset lake/customers');
  });

  it('takes the dataset with it when it is dropped', async () => {
    const source = eventSource();
    const sync = house.sync([source]);
    const drop = runEvent({
      job: 'ddl',
      run: 'r9',
      time: at(9),
      outputs: [dataset('crm.customers', { lifecycleStateChange: { lifecycleStateChange: 'DROP' } })],
    });
    for (const turn of [[written], [drop]]) {
      source.turn = turn;
      await sync.run({ source: 'lineage', actor });
    }
    expect(await told()).toEqual([]);
  });

  it('that another source describes is kept apart with the jobs that use it, and told as a gap', async () => {
    const catalog = scriptedSource('catalog', () =>
      wholeScope('x', [{ ...table('crm.customers', ['id', 'email']), namespace: warehouse }]),
    );
    const outcomes = new Set<string>();
    for (const order of [[[written, read]], [[written], [read]], [[read], [written]], [[read], [], [written]]]) {
      await house.close();
      house = await openHouse();
      const source = eventSource();
      const sync = house.sync([source, catalog]);
      await sync.run({ source: 'catalog', actor });
      for (const turn of order) {
        source.turn = turn;
        const { gaps } = await sync.run({ source: 'lineage', actor });
        const apart = gaps.filter(({ reason }) => reason === 'unresolved-name').map(({ what }) => what);
        if (turn.includes(written)) expect(apart).toEqual([`${warehouse}/crm.customers`]);
      }
      outcomes.add((await told()).join('\n'));
    }
    expect([...outcomes]).toEqual([
      [
        'crm.customers -> mart.mails DATASET',
        'crm.customers.email -> mart.mails.v1 IDENTITY',
        'crm.customers.email holds user.contact.email',
        'dataset crm.customers',
        'dataset lake/customers',
        'dataset mart.mails',
        'lake/customers.email holds user.contact.email',
        'mart.mails.v1 holds user.contact.email',
      ].join('\n'),
    ]);
  });

  it('says of what people had entered about it that it stays with the old name', async () => {
    const source = eventSource();
    const sync = house.sync([source]);
    source.turn = [read];
    await sync.run({ source: 'lineage', actor });
    const { graph } = house.stores;
    const field = fieldUid({ namespace: warehouse, name: 'crm.customers' }, ['email']);
    const lease = await graph.lease('test', 60_000);
    if (lease === null) throw new Error('no lease');
    const open = await graph.open(lease, { run: 'person', cause: 'review', actor });
    await graph.apply(open, [{ type: 'enter', entered: { uid: field, kind: 'stop', body: { category: 'x' }, actor } }]);
    await graph.publish(open, []);
    await graph.release(lease);
    source.turn = [written];
    const report = await sync.run({ source: 'lineage', actor });
    expect(report.gaps.map(({ what, detail }) => `${what}: ${detail}`)).toContainEqual(
      expect.stringMatching(/crm\.customers: .*lake\/customers now; one entry/u),
    );
  });

  it('leads what SQL of another source says of it to the dataset', async () => {
    const ddl = view('create table crm.customers (id int, email text)', 'a.sql');
    const use = view('create view mart.v as select email as mail from crm.customers', 'b.sql');
    const all = view('create view mart.w as select * from crm.customers', 'c.sql');
    const itself = { ...table('crm.customers', ['id', 'email']), namespace: warehouse };
    for (const described of [[ddl, all], [itself, all], []]) {
      await house.close();
      house = await openHouse();
      const source = eventSource();
      const files = scriptedSource('files', () => wholeScope('x', [...described, use]));
      const sync = house.sync([source, files]);
      source.turn = [written];
      await sync.run({ source: 'lineage', actor });
      const first = await sync.run({ source: 'files', actor });
      const apart = `stands there: ${warehouse}/crm.customers (${warehouse}/lake/customers)`;
      expect(first.gaps.map(({ detail }) => detail)).toEqual(
        described.length === 0 ? [] : [expect.stringContaining(apart)],
      );
      const lines = await told();
      expect(lines).toContain('lake/customers.email -> mart.v.mail IDENTITY');
      if (described.length > 0) expect(lines).toContain('lake/customers.email -> mart.w.email IDENTITY');
      expect(lines.filter((line) => line.includes('crm.customers'))).toEqual([]);
      expect((await sync.run({ source: 'files', actor, full: true })).status).toBe('UNCHANGED');
    }
  });

  it('leaves SQL of other sources with the table where one had described it before', async () => {
    const source = eventSource();
    const catalog = scriptedSource('catalog', () =>
      wholeScope('x', [{ ...table('crm.customers', ['id', 'email']), namespace: warehouse }]),
    );
    const files = scriptedSource('files', () =>
      wholeScope('x', [view('create view mart.v as select email as mail from crm.customers', 'b.sql')]),
    );
    const sync = house.sync([source, catalog, files]);
    source.turn = [written];
    for (const name of ['catalog', 'lineage', 'files']) await sync.run({ source: name, actor });
    const lines = await told();
    expect(lines).toContain('crm.customers.email -> mart.v.mail IDENTITY');
    expect(lines.filter((line) => line.startsWith('lake/customers') && line.includes('->'))).toEqual([]);
  });

  it('of another source leads what is described under it to the dataset, again and again', async () => {
    const source = eventSource();
    const catalog = scriptedSource('catalog', () =>
      wholeScope('x', [{ ...table('crm.customers', ['email']), namespace: warehouse }]),
    );
    const sync = house.sync([source, catalog]);
    source.turn = [written];
    await sync.run({ source: 'lineage', actor });
    const { gaps } = await sync.run({ source: 'catalog', actor });
    expect(gaps).toMatchObject([
      {
        what: '1 dataset',
        reason: 'unresolved-name',
        detail: expect.stringContaining(`stands there: ${warehouse}/crm.customers (${warehouse}/lake/customers)`),
      },
    ]);
    expect((await sync.run({ source: 'catalog', actor, full: true })).status).toBe('UNCHANGED');
    const n = (await house.stores.graph.head()).published;
    const [record] = await house.stores.graph.get([datasetUid({ namespace: warehouse, name: 'lake/customers' })], n);
    expect(record?.assertions.map((one) => one.source).toSorted()).toEqual(['catalog', 'lineage']);
  });
});
