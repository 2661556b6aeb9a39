import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetUid } from '../../../server/model/ids.ts';
import type { JobDocument, SourceDocument } from '../../../server/model/document.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const named = (name: string) => ({ namespace, name: `shop.public.${name}` });

/** A model whose SQL is known, or (null) one at whose SQL the source could not look. */
function model(sql: string | null, inputs: readonly string[] = ['people']): JobDocument {
  const scope = { namespace, defaultDatabase: 'shop', defaultSchema: 'public', target: named('mails') };
  return {
    type: 'job',
    namespace,
    name: 'model.mails',
    kind: 'model',
    platform: 'dbt',
    inputs: inputs.map(named),
    outputs: [named('mails')],
    ...(sql === null ? { partial: true } : { statements: [{ dialect: 'postgres', sql, ...scope }] }),
  };
}

const tables: readonly SourceDocument[] = [
  table('shop.public.people', ['id int'], { partial: true }),
  table('shop.public.orders', ['id int']),
  table('shop.public.mails', [], { partial: true }),
];
const sql = 'SELECT id, lower(email) AS mail, phone FROM people';

async function sync(documents: readonly SourceDocument[], request: object = {}) {
  const source = scriptedSource('models', () => wholeScope('all', documents));
  return house.sync([source]).run({ source: 'models', actor, ...request });
}

/** What stands in the graph: columns of both tables, and how many edges of each kind lead away from `people`. */
async function standing() {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const of = async (name: string) => {
    const [fields = []] = await graph.fieldsOf([datasetUid(named(name))], n);
    return fields.map(({ path }) => path?.join('.') ?? '').sort();
  };
  return { people: await of('people'), mails: await of('mails'), totals: await graph.totals(n) };
}

describe('a job at whose SQL the source could not look', () => {
  it('keeps its edges and the columns that its SQL named', async () => {
    await sync([...tables, model(sql)]);
    const before = await standing();
    expect(before).toMatchObject({ people: ['email', 'id', 'phone'], mails: ['id', 'mail', 'phone'] });
    const report = await sync([...tables, model(null)]);
    expect(report.status).toBe('UNCHANGED');
    expect(await standing()).toEqual(before);
  });

  it('takes the SQL when it is there again', async () => {
    await sync([...tables, model(sql)]);
    await sync([...tables, model(null)]);
    await sync([...tables, model('SELECT id FROM people')]);
    expect(await standing()).toMatchObject({ people: ['id'], mails: ['id'] });
  });

  it('loses them when a person says so', async () => {
    await sync([...tables, model(sql)]);
    await sync([...tables, model(null)], { allowShrink: true });
    expect(await standing()).toMatchObject({ people: ['id'], mails: [] });
  });

  it('goes when its source no longer has it', async () => {
    await sync([...tables, model(sql)]);
    const before = await standing();
    await sync(tables);
    expect(await standing()).not.toEqual(before);
    expect((await standing()).mails).toEqual([]);
  });

  it('follows its inputs where SQL never told of it', async () => {
    await sync([...tables, model(null)]);
    const report = await sync([...tables, model(null, ['orders'])]);
    expect(report.status).not.toBe('UNCHANGED');
  });
});
