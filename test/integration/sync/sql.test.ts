import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { SqlEngine } from '../../../server/sql/sql-lineage.ts';
import { everyPage } from '../../../server/stores/every-page.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, table, wholeScope, type House } from './harness.ts';

let house: House;
let engine: SqlEngine;
let asked: string[];
beforeEach(async () => {
  house = await openHouse();
  asked = [];
  const real = createSqlEngine({ workers: 1 });
  engine = {
    lineage: (request, signal) => {
      asked.push(request.sql);
      return real.lineage(request, signal);
    },
    close: () => real.close(),
  };
});
afterEach(async () => {
  await engine.close();
  await house.close();
});

async function run(documents: readonly unknown[], name = 'shop') {
  const source = scriptedSource(name, () => wholeScope('public', documents));
  return house.sync([source], { sqlEngine: engine }).run({ source: name, actor });
}

/** Edges as `from → to`, by printed names. */
async function edges(...kinds: readonly string[]): Promise<readonly string[]> {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const lines: string[] = [];
  for await (const edge of everyPage((page) => graph.scan('edges', n, page))) {
    if (!kinds.includes(edge.kind)) continue;
    const [from, to] = (await graph.get([edge.from, edge.to], n)).map((record) =>
      record === null ? '?' : [record.name.replace('shop.public.', ''), ...(record.path ?? [])].join('.'),
    );
    lines.push(`${from} → ${to}`);
  }
  return lines.toSorted();
}

async function datasets(): Promise<readonly string[]> {
  const { graph } = house.stores;
  const { items } = await graph.list({ kind: 'dataset' }, (await graph.head()).published, { first: 100 });
  return items.map(({ name }) => name.replace('shop.public.', '')).toSorted();
}

/** Columns of a dataset, by its name without the schema. */
async function fields(name: string): Promise<readonly string[]> {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const { items } = await graph.list({ kind: 'dataset' }, n, { first: 100 });
  const uids = items.filter((item) => item.name === `shop.public.${name}`).map(({ uid }) => uid);
  return (await graph.fieldsOf(uids, n))
    .flat()
    .map(({ path }) => (path ?? []).join('.'))
    .toSorted();
}

const direct = ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'];

describe('the SQL of a source', () => {
  it('finds the columns of a star among the tables of the run, whatever the order of the stream', async () => {
    await run([sqlJob('v', 'CREATE VIEW v AS SELECT * FROM t'), table('shop.public.t', ['id int', 'email'])]);
    expect(await edges(...direct)).toEqual(['t.email → v.email', 't.id → v.id']);
  });

  it('finds them in the graph when another source has described the table', async () => {
    await run([table('shop.public.t', ['id int', 'Email'])], 'warehouse');
    await run([sqlJob('v', 'CREATE VIEW v AS SELECT * FROM T')], 'models');
    expect(await edges(...direct)).toEqual(['t.Email → v.email', 't.id → v.id']);
  });

  it('follows tables that scripts create from one to the next, through stars', async () => {
    await run([
      sqlJob('c', 'CREATE TABLE c AS SELECT * FROM b'),
      sqlJob('b', 'CREATE TABLE b AS SELECT * FROM a'),
      sqlJob('a', 'CREATE TABLE a (id int, email text)'),
    ]);
    expect(await datasets()).toEqual(['a', 'b', 'c']);
    expect(await edges(...direct)).toEqual(['a.email → b.email', 'a.id → b.id', 'b.email → c.email', 'b.id → c.id']);
  });

  it('says what cannot be told of a star over an unknown table, and keeps the flow between the tables', async () => {
    const report = await run([sqlJob('v', 'CREATE VIEW v AS SELECT * FROM elsewhere')]);
    expect(await edges(...direct)).toEqual([]);
    expect(await edges('DATASET')).toEqual(['elsewhere → v']);
    expect(report.gaps).toMatchObject([{ reason: 'unresolved-name' }]);
  });

  it('makes one gap of SQL that is put together when it runs, in plain words, with what to do', async () => {
    const text =
      "CREATE PROCEDURE p(x text) LANGUAGE plpgsql AS $$ BEGIN EXECUTE format('create table a as select * from %s', x); END; $$";
    const { gaps } = await run([sqlJob('p', text), sqlJob('q', 'CREATE VIEW q AS SELECT (')]);
    const of = (job: string) => gaps.filter(({ what }) => what === `statement of ${job}`);
    expect(of('p')).toHaveLength(1);
    expect(of('p')[0]?.detail).toMatch(/^SQL is put together when it runs/u);
    expect(of('p')[0]?.remedy).toContain('statement log');
    expect(of('q')[0]?.detail).toMatch(/^not understood at line 1, column \d+/u);
    expect(of('q')[0]?.remedy).toContain('lexline sql lineage');
  });

  it('draws INDIRECT edges to the dataset once a statement', async () => {
    await run([
      table('shop.public.t', ['id int', 'kind', 'amount']),
      sqlJob('v', 'CREATE VIEW v AS SELECT kind, sum(amount) s, max(amount) m FROM t WHERE id > 7 GROUP BY kind'),
    ]);
    expect(await edges('FILTER', 'GROUP_BY')).toEqual(['t.id → v', 't.kind → v']);
  });

  it('follows the members of a struct that is copied whole', async () => {
    const nested = table('shop.public.t', ['id int', 'address struct']);
    const members = ['city', 'zip'].map((name, i) => ({ path: ['address', name], type: 'text', ordinal: i + 3 }));
    await run([
      { ...nested, fields: [...nested.fields, ...members] },
      sqlJob('v', 'CREATE VIEW v AS SELECT id, address AS home FROM t'),
    ]);
    expect(await edges(...direct)).toEqual([
      't.address → v.home',
      't.address.city → v.home',
      't.address.zip → v.home',
      't.id → v.id',
    ]);
  });

  it('writes what a bare query selects into the target, by name or by place', async () => {
    const target = { namespace, name: 'shop.public.report' };
    const statement = { dialect: 'postgres', namespace, defaultDatabase: 'shop', defaultSchema: 'public', target };
    await run([
      table('shop.public.t', ['id int', 'email']),
      table('shop.public.report', ['key int', 'contact']),
      sqlJob('model', '', { statements: [{ ...statement, sql: 'SELECT id, email FROM t' }], outputs: [target] }),
    ]);
    expect(await edges(...direct)).toEqual(['t.email → report.contact', 't.id → report.key']);
  });

  it('draws no flow between tables of a script that have none', async () => {
    await run([
      ...['a', 'b'].map((name) => table(`shop.public.${name}`, ['id int'])),
      sqlJob('etl', 'CREATE TABLE x AS SELECT id FROM a; CREATE TABLE y AS SELECT id FROM b;'),
    ]);
    expect(await edges('DATASET')).toEqual(['a → x', 'b → y']);
  });

  it('forgets temporary tables and follows what flows through them', async () => {
    await run([
      table('shop.public.t', ['id int', 'email']),
      sqlJob('etl', 'CREATE TEMP TABLE w AS SELECT email FROM t; CREATE TABLE x AS SELECT email FROM w'),
    ]);
    expect(await datasets()).toEqual(['t', 'x']);
    expect(await edges(...direct)).toEqual(['t.email → x.email']);
  });

  it('ends tables that the script drops, and names renamed ones anew', async () => {
    await run([
      sqlJob('ddl', 'CREATE TABLE a (id int); CREATE TABLE b (id int); DROP TABLE a; ALTER TABLE b RENAME TO c;'),
    ]);
    expect(await datasets()).toEqual(['c']);
  });

  it('keeps a table that is dropped first and created again', async () => {
    await run([sqlJob('ddl', 'DROP TABLE IF EXISTS a; CREATE TABLE a (id int)')]);
    expect(await datasets()).toEqual(['a']);
  });

  it('lets a teardown script take nothing away, a later migration what an earlier one made', async () => {
    await run([sqlJob('create.sql', 'CREATE TABLE a (id int)'), sqlJob('drop.sql', 'DROP TABLE a')]);
    expect(await datasets()).toEqual(['a']);
    await run(
      [
        sqlJob('db/V10__drop_b.sql', 'DROP TABLE b'),
        sqlJob('db/V2__create.sql', 'CREATE TABLE b (id int); CREATE TABLE c (id int)'),
        sqlJob('db/V9__create_again.sql', 'CREATE TABLE d (id int)'),
        sqlJob('db/V1__drop_first.sql', 'DROP TABLE IF EXISTS d'),
      ],
      'migrations',
    );
    expect(await datasets()).toEqual(['a', 'c', 'd']);
  });

  it('follows columns that another text of the source adds, renames and comments, whichever comes first', async () => {
    await run([
      sqlJob('a_alter.sql', "ALTER TABLE t ADD COLUMN ssn text; COMMENT ON COLUMN t.id IS 'of the customer'"),
      sqlJob('create.sql', 'CREATE TABLE t (id int, x int)'),
      sqlJob('z_rename.sql', 'ALTER TABLE t RENAME COLUMN x TO mail; ALTER TABLE t RENAME TO people'),
    ]);
    expect(await datasets()).toEqual(['people']);
    expect(await fields('people')).toEqual(['id', 'mail', 'ssn']);
  });

  it('drops a column only between numbered migrations', async () => {
    const dropped = await run([
      sqlJob('create.sql', 'CREATE TABLE t (id int, x int)'),
      sqlJob('drop.sql', 'ALTER TABLE t DROP COLUMN x'),
    ]);
    expect(await fields('t')).toEqual(['id', 'x']);
    expect(dropped.gaps.filter(({ reason }) => reason === 'partly-parsed-sql')).toHaveLength(1);
    const numbered = await run(
      [
        sqlJob('V1__create.sql', 'CREATE TABLE u (id int, x int)'),
        sqlJob('V2__drop.sql', 'ALTER TABLE u DROP COLUMN x, ADD y int'),
      ],
      'migrations',
    );
    expect(await fields('u')).toEqual(['id', 'y']);
    expect(numbered.gaps).toEqual([]);
  });

  it.each([
    ['ALTER TABLE a ADD COLUMN ssn text', 1],
    ['ALTER TABLE a ADD CONSTRAINT pk PRIMARY KEY (id)', 0],
    ['ALTER TABLE a OWNER TO shop', 0],
    ["COMMENT ON TABLE a IS 'people'", 0],
  ])('says that columns of a table nobody knows are not followed by %s, if they are columns', async (sql, gaps) => {
    const report = await run([sqlJob('ddl', sql)]);
    expect(report.gaps.filter(({ reason }) => reason === 'partly-parsed-sql')).toHaveLength(gaps);
  });

  it('makes no dataset of what an executed query created', async () => {
    await run([sqlJob('q', 'CREATE TABLE x AS SELECT 1 AS one', { kind: 'query' })]);
    expect(await datasets()).toEqual([]);
  });

  it('parses a text again only when it or the columns around it have changed', async () => {
    const view = sqlJob('v', 'CREATE VIEW v AS SELECT * FROM t');
    await run([table('shop.public.t', ['id int']), view]);
    const first = asked.length;
    expect(await run([table('shop.public.t', ['id int']), view])).toMatchObject({ status: 'UNCHANGED' });
    expect(asked).toHaveLength(first);
    const source = scriptedSource('shop', () => wholeScope('public', [table('shop.public.t', ['id int']), view]));
    await house.sync([source], { sqlEngine: engine, release: 'next' }).run({ source: 'shop', actor });
    expect(asked.length).toBeGreaterThan(first);
    const second = asked.length;
    await run([table('shop.public.t', ['id int', 'email']), view]);
    expect(asked.length).toBeGreaterThan(second);
    expect(await edges(...direct)).toEqual(['t.email → v.email', 't.id → v.id']);
  });

  it('keeps the gaps of scopes that an incremental read did not open', async () => {
    const source = scriptedSource('s', () => [], {
      capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: false },
    });
    const gap = { what: 'schema hr', reason: 'no-rights', detail: 'not allowed', remedy: 'GRANT USAGE' };
    source.messages = () => [
      ...wholeScope('a', [table('shop.a.t', ['id int'])]),
      { type: 'scope-begin', scope: 'hr' },
      { type: 'gap', scope: 'hr', gap },
      { type: 'checkpoint', cursor: { at: 1 } },
    ];
    const sync = () => house.sync([source]).run({ source: 's', actor });
    expect((await sync()).gaps).toEqual([gap]);
    source.messages = () => wholeScope('a', [table('shop.a.t', ['id int', 'x'])]);
    expect((await sync()).gaps).toEqual([gap]);
    expect(source.cursors).toEqual([null, { kind: 'since', at: { at: 1 } }]);
    source.messages = () => wholeScope('hr', [table('shop.hr.t', ['id int'])]);
    expect((await sync()).gaps).toEqual([]);
  });
});
