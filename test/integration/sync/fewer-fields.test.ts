import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../../server/model/document.ts';
import type { ConnectorCapabilities } from '../../../connectors/connector.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const columns = ['id int', 'email', 'phone', 'street', 'city'];
const people = (listed: readonly string[] = columns, more = {}): SourceDocument =>
  table('shop.public.people', listed, more);
const capabilities = (more: Partial<ConnectorCapabilities>): ConnectorCapabilities => ({
  mode: 'snapshot',
  incremental: false,
  profile: [],
  accept: false,
  write: false,
  ...more,
});

async function sync(documents: readonly SourceDocument[], request: object = {}, more: object = {}) {
  const source = scriptedSource('s', () => wholeScope('public', documents), more);
  return house.sync([source]).run({ source: 's', actor, ...request });
}

/** Fields of a dataset that are alive, in the order of their names. */
async function fieldsOf(name = 'shop.public.people'): Promise<readonly string[]> {
  const { graph } = house.stores;
  const [fields = []] = await graph.fieldsOf([datasetUid({ namespace, name })], (await graph.head()).published);
  return fields.map(({ path }) => path?.join('.') ?? '');
}
const all = ['city', 'email', 'id', 'phone', 'street'];

describe('a table that its source answers with fewer columns', () => {
  it.each([
    ['none', []],
    ['far fewer', ['id int', 'email']],
  ])('keeps them where it lists %s, and says what to do', async (_, listed) => {
    await sync([people()]);
    const report = await sync([people(listed)]);
    expect(report).toMatchObject({ status: 'UNCHANGED' });
    expect(report.gaps).toMatchObject([{ what: 'shop.public.people', reason: 'not-read' }]);
    expect(report.gaps[0]?.remedy).toContain('--allow-shrink');
    expect(await fieldsOf()).toEqual(all);
  });

  it('keeps them with what was judged of them, and takes what else is new', async () => {
    await sync([people()]);
    const report = await sync([people(['id bigint', 'note'], { description: 'Who buys' })]);
    expect(report.drift?.fields).toMatchObject({ added: 1, noLongerSeen: 0, retyped: 1 });
    expect(await fieldsOf()).toEqual(['city', 'email', 'id', 'note', 'phone', 'street']);
    const { graph } = house.stores;
    const n = (await graph.head()).published;
    const [dataset] = await graph.get([datasetUid({ namespace, name: 'shop.public.people' })], n);
    expect(dataset?.assertions[0]?.facets['description']).toBe('Who buys');
    const [fields = []] = await graph.fieldsOf([dataset?.uid ?? ''], n);
    const email = fields.find(({ path }) => path?.[0] === 'email');
    expect((await graph.verdicts([email?.uid ?? ''], n)).map(({ category }) => category)).toContain(
      'user.contact.email',
    );
    expect((await sync([people(['id bigint', 'note'], { description: 'Who buys' })])).status).toBe('UNCHANGED');
  });

  it('loses them when a person says so', async () => {
    await sync([people()]);
    await sync([people(['id int'])]);
    const report = await sync([people(['id int'])], { allowShrink: true });
    expect(report.gaps).toEqual([]);
    expect(await fieldsOf()).toEqual(['id']);
  });

  it('loses a single one without asking', async () => {
    await sync([people()]);
    expect((await sync([people(columns.slice(0, -1))])).gaps).toEqual([]);
    expect(await fieldsOf()).toEqual(['email', 'id', 'phone', 'street']);
  });

  const tables = (count: number, without: number): readonly SourceDocument[] =>
    Array.from({ length: count }, (_, i) => table(`shop.public.t${i}`, i < without ? columns.slice(0, -1) : columns));

  it('keeps a column that many tables of a scope lose at once, until a person says so', async () => {
    await sync(tables(10, 0));
    const report = await sync(tables(10, 3));
    expect(report).toMatchObject({ status: 'UNCHANGED' });
    expect(report.gaps).toMatchObject([{ what: 'scope public', reason: 'not-read' }]);
    expect(report.gaps[0]?.detail).toContain('3 of 10 documents list fewer fields');
    expect(await fieldsOf('shop.public.t0')).toEqual(all);
    expect((await sync(tables(10, 3), { allowShrink: true })).gaps).toEqual([]);
    expect(await fieldsOf('shop.public.t0')).toEqual(['email', 'id', 'phone', 'street']);
  });

  it('lets go a column that few tables of a scope lose, or that others take the place of', async () => {
    await sync(tables(10, 0));
    expect((await sync(tables(10, 2))).gaps).toEqual([]);
    expect(await fieldsOf('shop.public.t0')).toEqual(['email', 'id', 'phone', 'street']);
    const renamed = Array.from({ length: 10 }, (_, i) => table(`shop.public.t${i}`, [...columns.slice(0, 4), 'town']));
    expect((await sync([...tables(2, 2), ...renamed.slice(2)])).gaps).toEqual([]);
    expect(await fieldsOf('shop.public.t9')).toEqual(['email', 'id', 'phone', 'street', 'town']);
  });

  it('keeps for readers by a star what many tables lose at once', async () => {
    const copy = sqlJob('copy', 'CREATE TABLE shop.public.copy AS SELECT * FROM shop.public.t0');
    await sync([...tables(5, 0), copy]);
    await sync([...tables(5, 3), copy]);
    expect(await fieldsOf('shop.public.copy')).toEqual(all);
  });

  it('is opened by a star with all that it had', async () => {
    const copy = sqlJob('copy', 'CREATE TABLE shop.public.copy AS SELECT * FROM shop.public.people');
    await sync([people(), copy]);
    expect(await fieldsOf('shop.public.copy')).toEqual(all);
    await sync([people([]), copy]);
    expect(await fieldsOf('shop.public.copy')).toEqual(all);
  });

  it('that is described in part keeps what its source listed, and not what only statements named', async () => {
    const reading = sqlJob('reading', 'SELECT nick, age FROM shop.public.people');
    await sync([people(columns, { partial: true }), reading]);
    expect(await fieldsOf()).toEqual(['age', 'city', 'email', 'id', 'nick', 'phone', 'street']);
    const report = await sync([people([], { partial: true })]);
    expect(report.gaps.map(({ what }) => what)).toEqual(['shop.public.people']);
    expect(await fieldsOf()).toEqual(all);
  });

  it('of a source of events is what the events say', async () => {
    const events = { capabilities: capabilities({ mode: 'events' }) };
    await sync([people()], {}, events);
    expect((await sync([people(['id int'])], {}, events)).gaps).toEqual([]);
    expect(await fieldsOf()).toEqual(['id']);
  });

  it('is asked for again by an incremental read until a person has answered', async () => {
    let at = 0;
    let listed: readonly string[] = columns;
    const source = scriptedSource(
      's',
      function* () {
        yield* wholeScope('public', [people(listed)]);
        yield { type: 'checkpoint', cursor: { at: ++at } };
      },
      { capabilities: capabilities({ incremental: true }) },
    );
    const run = async (request: object = {}) => house.sync([source]).run({ source: 's', actor, ...request });
    await run();
    listed = [];
    await run();
    await run();
    expect((await run()).gaps).toHaveLength(1);
    await run({ allowShrink: true });
    await run();
    const begunWith = source.cursors.map((cursor) => (cursor as { at: { at: number } } | null)?.at.at ?? null);
    expect(begunWith).toEqual([null, 1, 1, 1, 1, 5]);
    expect(await fieldsOf()).toEqual([]);
  });

  it('is still asked about by a read that goes on after it was cut off', async () => {
    const incremental = { capabilities: capabilities({ incremental: true }) };
    await sync([people(), table('shop.public.other', ['id int'])]);
    const cut = scriptedSource(
      's',
      function* () {
        yield { type: 'scope-begin', scope: 'public' };
        yield { type: 'document', scope: 'public', document: people([]) };
        yield { type: 'checkpoint', cursor: { at: 1 } };
        throw new LexlineError('CONNECTOR_UNAVAILABLE', '[connectors/scripted] s: it broke off', { remedy: 'wait' });
      },
      incremental,
    );
    expect((await house.sync([cut]).run({ source: 's', actor })).status).toBe('FAILED');
    const rest = scriptedSource(
      's',
      () => [
        { type: 'document', scope: 'public', document: table('shop.public.other', ['id int']) },
        { type: 'scope-complete', scope: 'public' },
      ],
      incremental,
    );
    const report = await house.sync([rest]).run({ source: 's', actor });
    expect(report.resumed).toBe(true);
    expect(report.gaps).toMatchObject([{ what: 'shop.public.people' }]);
    expect(await fieldsOf()).toEqual(all);
  });
});
