import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const n = async (): Promise<number> => (await house.stores.graph.head()).published;

describe('two sources', () => {
  it('sync at once and lose and double nothing', async () => {
    const many = (prefix: string) =>
      Array.from({ length: 40 }, (_, i) => table(`shop.${prefix}.t${i}`, ['id int', 'email']));
    const [a, b] = [
      scriptedSource('a', () => wholeScope('a', many('a'))),
      scriptedSource('b', () => wholeScope('b', many('b'))),
    ];
    const reports = await Promise.all([
      house.sync([a]).run({ source: 'a', actor }),
      house.sync([b]).run({ source: 'b', actor }),
    ]);
    expect(reports.map(({ status }) => status)).toEqual(['DONE', 'DONE']);
    expect(reports.flatMap(({ revisions }) => revisions).toSorted((x, y) => x - y)).toEqual([1, 2, 3, 4]);
    const totals = await house.stores.graph.totals(4);
    expect(totals).toMatchObject({ datasets: 80, fields: 160 });
    expect((await house.stores.graph.head()).open).toBeNull();
  });

  it('describe one dataset together; the tag of the one is evidence for the judgement of both', async () => {
    const own = table('shop.public.t', ['id int', 'v1']);
    const tags = [{ name: 'pii.email', setBy: 'person' }] as const;
    const catalog = {
      ...own,
      fields: own.fields.map((field) => (field.path[0] === 'v1' ? { ...field, tags } : field)),
    };
    const warehouse = scriptedSource('warehouse', () => wholeScope('x', [own]));
    const other = scriptedSource('catalog', () => wholeScope('x', [catalog]), {
      tagMap: { 'user.contact.email': 'pii.email' },
      precedence: 2,
    });
    const sync = house.sync([warehouse, other]);
    await sync.run({ source: 'warehouse', actor });
    await sync.run({ source: 'catalog', actor });
    const field = fieldUid({ namespace, name: 'shop.public.t' }, ['v1']);
    const verdicts = await house.stores.graph.verdicts([field], await n());
    expect(verdicts).toContainEqual(expect.objectContaining({ decider: 'imported', by: 'catalog' }));
    const again = await sync.run({ source: 'warehouse', actor, full: true });
    expect(again.status).toBe('UNCHANGED');
    const [record] = await house.stores.graph.get([datasetUid({ namespace, name: 'shop.public.t' })], await n());
    expect(record?.assertions.map(({ source }) => source)).toEqual(['warehouse', 'catalog']);
  });

  it('leave a judgement out that another source has overtaken, and make it good with the next sync', async () => {
    const one = scriptedSource('one', () => wholeScope('x', [table('shop.public.t', ['id int', 'v1'])]), {
      looksAtValues: async function* () {
        // While this source is looked at, another one says something new about the same dataset.
        await house.sync([two]).run({ source: 'two', actor });
        yield { type: 'gap', gap: { what: 'v1', reason: 'no-rights', detail: '', remedy: 'ask its owner' } };
      },
      profile: 'sample',
    });
    const described = table('shop.public.t', ['id int', 'v1'], { description: 'people' });
    const two = scriptedSource('two', () => wholeScope('x', [described]));
    const report = await house.sync([one]).run({ source: 'one', actor });
    expect(report.error).toBeNull();
    const field = fieldUid({ namespace, name: 'shop.public.t' }, ['v1']);
    const before = await house.stores.graph.verdicts([field], await n());
    expect(before).toHaveLength(1);
    const next = await house.sync([one]).run({ source: 'one', actor });
    expect(next).toMatchObject({ status: 'UNCHANGED', fields: { judged: 2 } });
    expect(await house.stores.graph.verdicts([field], await n())).toEqual(before);
  });

  it('end an edge only when both have stopped asserting it', async () => {
    const documents = [table('shop.public.t', ['id int']), sqlJob('v', 'CREATE VIEW v AS SELECT id FROM t')];
    const [a, b] = ['a', 'b'].map((name) => scriptedSource(name, () => wholeScope('x', documents)));
    if (a === undefined || b === undefined) throw new Error('no sources');
    await house.sync([a]).run({ source: 'a', actor });
    await house.sync([b]).run({ source: 'b', actor });
    const target = fieldUid({ namespace, name: 'shop.public.v' }, ['id']);
    const count = async (): Promise<number> => {
      const { items } = await house.stores.graph.edges([target], 'upstream', ['IDENTITY'], await n(), { first: 10 });
      return items.length;
    };
    expect(await count()).toBe(2);
    a.messages = () => wholeScope('x', documents.slice(0, 1));
    await house.sync([a]).run({ source: 'a', actor, allowShrink: true });
    expect(await count()).toBe(1);
    b.messages = a.messages;
    await house.sync([b]).run({ source: 'b', actor, allowShrink: true });
    expect(await count()).toBe(0);
  });

  it('meet under one name by an alias that one of them states, and by configuration', async () => {
    const alias = { namespace: 'hive://metastore', name: 'sales.t' };
    const catalog = scriptedSource('catalog', () =>
      wholeScope('x', [table('shop.public.t', ['id int'], { aliases: [alias] })]),
    );
    const target = { namespace: 'postgres://10.0.0.5:5432', name: 'shop.public.copy' };
    const job = {
      ...sqlJob('load', ''),
      statements: [],
      edges: [{ from: { dataset: alias, field: ['id'] }, to: { dataset: target, field: ['id'] }, kind: 'IDENTITY' }],
    };
    const etl = scriptedSource('etl', () => wholeScope('x', [job]));
    const sync = house.sync([catalog, etl], { namespaces: { [namespace]: [target.namespace] } });
    await sync.run({ source: 'catalog', actor });
    await sync.run({ source: 'etl', actor });
    const copy = fieldUid({ namespace, name: 'shop.public.copy' }, ['id']);
    const { items } = await house.stores.graph.edges([copy], 'upstream', ['IDENTITY'], await n(), { first: 10 });
    expect(items.map(({ from }) => from)).toEqual([fieldUid({ namespace, name: 'shop.public.t' }, ['id'])]);
  });

  it('keep apart what both describe, though one calls it an alias, and say so', async () => {
    const other = table('shop.public.u', ['id int']);
    const catalog = scriptedSource('catalog', () =>
      wholeScope('x', [table('shop.public.t', ['id int'], { aliases: [{ namespace, name: 'shop.public.u' }] })]),
    );
    const warehouse = scriptedSource('warehouse', () => wholeScope('x', [other]));
    const sync = house.sync([catalog, warehouse]);
    await sync.run({ source: 'warehouse', actor });
    await sync.run({ source: 'catalog', actor });
    const report = await sync.run({ source: 'catalog', actor });
    const { items } = await house.stores.graph.list({ kind: 'dataset' }, await n(), { first: 10 });
    expect(items.map(({ name }) => name)).toEqual(['shop.public.t', 'shop.public.u']);
    expect(report.gaps).toMatchObject([{ reason: 'unresolved-name', what: `${namespace}/shop.public.u` }]);
  });

  it('judge a field that a flow of the one named before the other described it', async () => {
    const flow = {
      type: 'job',
      kind: 'process',
      platform: 'test',
      namespace: table('t', []).namespace,
      name: 'flow',
      inputs: [],
      outputs: [],
      edges: [
        {
          from: { dataset: table('t', []), field: ['ssn'] },
          to: { dataset: table('m', []), field: ['s'] },
          kind: 'IDENTITY',
        },
      ],
    };
    for (const described of [[], [table('t', ['id'])]]) {
      const own = await openHouse();
      try {
        const first = scriptedSource('first', () => wholeScope('x', [...described, table('m', ['s']), flow]));
        const second = scriptedSource('second', () => wholeScope('x', [table('t', ['id', 'ssn'])]));
        const sync = own.sync([first, second]);
        await sync.run({ source: 'first', actor });
        await sync.run({ source: 'second', actor });
        const { graph } = own.stores;
        const n = (await graph.head()).published;
        const [fields = []] = await graph.fieldsOf([datasetUid(table('t', []))], n);
        expect(fields.map(({ path }) => path)).toEqual([['id'], ['ssn']]);
        expect(await graph.verdicts([fieldUid(table('t', []), ['ssn'])], n)).not.toEqual([]);
      } finally {
        await own.close();
      }
    }
  });
});
