import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SourceDocument } from '../../../server/model/document.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const partial = (name: string, columns: readonly string[]): SourceDocument =>
  table(`shop.public.${name}`, columns, { partial: true });

/** A model as dbt keeps it: a bare query, and where it goes. */
function model(name: string, sql: string): SourceDocument {
  const target = { namespace, name: `shop.public.${name}` };
  const statement = { dialect: 'postgres', sql, namespace, defaultDatabase: 'shop', defaultSchema: 'public', target };
  return {
    type: 'job',
    namespace,
    name: `model.${name}`,
    kind: 'model',
    platform: 'dbt',
    inputs: [],
    outputs: [target],
    statements: [statement],
  };
}

async function run(documents: readonly SourceDocument[]) {
  const source = scriptedSource('models', () => wholeScope('all', documents));
  return house.sync([source]).run({ source: 'models', actor });
}

/** Columns of a dataset in their order. */
async function columnsOf(name: string): Promise<readonly string[]> {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const { items } = await graph.list({ kind: 'dataset' }, n, { first: 50 });
  const dataset = items.find((one) => one.name === `shop.public.${name}`);
  if (dataset === undefined) return [];
  const [fields = []] = await graph.fieldsOf([dataset.uid], n);
  const ordinal = (facets: unknown): number => (facets as { core: { ordinal: number } }).core.ordinal;
  return [...fields]
    .map(({ path, assertions }) => ({ path: path?.join('.') ?? '', at: ordinal(assertions[0]?.facets) }))
    .sort((a, b) => a.at - b.at)
    .map(({ path }) => path);
}

describe('a dataset that its source describes in part', () => {
  it('gets the columns that its own query gives, in their order, those made from nothing included', async () => {
    await run([
      partial('emails', []),
      model('emails', "SELECT 1 AS one, lower(email) AS mail, 'x' AS kind FROM people"),
    ]);
    expect(await columnsOf('emails')).toEqual(['one', 'mail', 'kind']);
  });

  it('keeps what the source lists in front, and does not repeat it in another spelling', async () => {
    await run([partial('emails', ['Mail text']), model('emails', 'SELECT id, email AS mail FROM people')]);
    expect(await columnsOf('emails')).toEqual(['Mail', 'id']);
  });

  it('gets two columns that differ in case alone where the query tells them apart', async () => {
    await run([
      partial('emails', ['email text']),
      model('emails', 'SELECT email, lower(x) AS "Email", EMAIL AS again FROM people'),
    ]);
    expect(await columnsOf('emails')).toEqual(['email', 'Email', 'again']);
  });

  it('gets the columns that others read from it, where nothing writes it', async () => {
    await run([
      partial('people', ['id int']),
      partial('emails', []),
      model('emails', 'SELECT email FROM people WHERE born > now()'),
    ]);
    expect(await columnsOf('people')).toEqual(['id', 'email', 'born']);
  });

  it('hands them on through a star, whatever the order of the stream', async () => {
    await run([
      model('b', 'SELECT * FROM a'),
      partial('b', []),
      model('a', 'SELECT id, email FROM people'),
      partial('a', []),
    ]);
    expect(await columnsOf('b')).toEqual(['id', 'email']);
  });

  it('is the same the second time: no revision is opened', async () => {
    const documents = [partial('a', []), model('a', 'SELECT id, email FROM people'), partial('people', [])];
    await run(documents);
    expect(await columnsOf('people')).toEqual(['id', 'email']);
    expect((await run(documents)).status).toBe('UNCHANGED');
  });

  it('takes nothing from SQL where the source lists all', async () => {
    await run([table('shop.public.people', ['id int']), partial('a', []), model('a', 'SELECT id, nick FROM people')]);
    expect(await columnsOf('people')).toEqual(['id']);
  });

  it('is written although no SQL names it', async () => {
    await run([partial('alone', ['id int'])]);
    expect(await columnsOf('alone')).toEqual(['id']);
  });
});
