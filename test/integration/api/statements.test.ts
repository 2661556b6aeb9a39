import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loopbackViewer, type Scope } from '../../../server/access/viewer.ts';
import { globalId } from '../../../server/graphql/global-id.ts';
import { datasetUid, jobUid, type QualifiedName } from '../../../server/model/ids.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { datasetDocument, edge, field, jobDocument, publish } from './graph-rows.ts';
import { serveShop, type ShopServer } from './serve-shop.ts';
import { customers, marketing, stgCustomers } from './shop-graph.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

describe('the statement behind an edge', () => {
  let shop: ShopServer;
  beforeAll(async () => {
    shop = await serveShop();
  });
  afterAll(() => shop.close());
  const id = (name: QualifiedName, path: string) => globalId('Field', field(name, path));
  const lineageOf = async (more = '') => {
    const { body } = await shop.ask(
      `{ field(id: "${id(customers, 'email')}") { lineage(direction: DOWNSTREAM${more}) {
        edges { to function job { name } statement { text places count whole fingerprint } } } } }`,
    );
    return (body.data as { field: { lineage: { edges: readonly Record<string, unknown>[] } } }).field.lineage.edges;
  };

  it('is told with its job, and of a script only what moves the value', async () => {
    const hashed = (await lineageOf()).find((one) => one['function'] === 'SHA2');
    expect(hashed).toMatchObject({
      job: { name: 'model.shop.stg_customers' },
      statement: { places: [2], count: 2, fingerprint: 's1' },
    });
    const { text, whole } = { ...hashed }['statement'] as { text: string; whole: string };
    expect(text).toMatch(/^INSERT INTO shop\.stg\.stg_customers/u);
    expect(whole).toBe(`CREATE TEMPORARY TABLE t AS SELECT ? AS one;\n${text}`);
  });

  it('is null where an edge stands for several', async () => {
    for (const more of [', granularity: DATASET', ', throughJobs: true']) {
      const edges = await lineageOf(more);
      expect(edges.length).toBeGreaterThan(0);
      for (const one of edges) expect(one['statement']).toBeNull();
    }
  });

  it('is told for each step of the way between two fields', async () => {
    const ask = async (from: string, to: string) =>
      (
        await shop.ask(
          `{ lineagePath(from: "${from}", to: "${to}") { exists revision { number } steps { from { path } to { path dataset { name } }
            function effect vouchedFor { name } job { name } assertedBy { kind name } statement { text count } } } }`,
        )
      ).body;
    const [start, end] = [id(customers, 'email'), id(marketing, 'email')];
    expect((await ask(start, end)).data).toEqual({
      lineagePath: {
        exists: true,
        revision: { number: 2 },
        steps: [
          {
            from: { path: 'email' },
            to: { path: 'email', dataset: { name: stgCustomers.name } },
            function: 'LOWER',
            effect: 'KEEP',
            vouchedFor: [],
            job: { name: 'model.shop.stg_customers' },
            assertedBy: { kind: 'SQL', name: 'dbt-shop' },
            statement: { text: expect.stringContaining('LOWER(email)') as string, count: 2 },
          },
          {
            from: { path: 'email' },
            to: { path: 'email', dataset: { name: marketing.name } },
            function: '',
            effect: 'KEEP',
            vouchedFor: [],
            job: { name: 'model.shop.campaign' },
            assertedBy: { kind: 'SQL', name: 'dbt-shop' },
            statement: { text: 'INSERT INTO mkt.public.campaign SELECT email FROM shop.stg.stg_customers', count: 1 },
          },
        ],
      },
    });
    expect((await ask(end, start)).data).toMatchObject({ lineagePath: { exists: false, steps: [] } });
    expect((await ask(start, start)).data).toMatchObject({ lineagePath: { exists: true, steps: [] } });
    expect((await ask(start, globalId('Field', '0'.repeat(32)))).data).toEqual({ lineagePath: null });
    expect((await ask(start, 'nonsense')).errors?.[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('who reads a statement', () => {
  const named = (name: string): QualifiedName => ({ namespace: 'postgres://db.example.com:5432', name });
  const [a, b, secret] = [named('w.a'), named('w.b'), named('hr.secret')];
  let stores: TemporaryStores;
  let query: Query;

  /** A job of a source that copies `a` to `b`, and what else is said of it. */
  const copies = (
    source: string,
    name: string,
    more: { readonly reads?: readonly QualifiedName[]; readonly parseStatus?: string; readonly unnamed?: boolean } = {},
  ): Change => {
    const job = named(`w.${name}`);
    const io = { inputs: [a, ...(more.reads ?? [])].map(datasetUid), outputs: [datasetUid(b)] };
    const sql = { statements: [{ id: name, parseStatus: more.parseStatus ?? 'full' }], gaps: [] };
    const copied = edge(field(a, name), field(b, name), {
      job: more.unnamed === true ? null : jobUid(job),
      statement: name,
    });
    const facets = { core: { kind: 'query', platform: 'postgres' }, io, sql };
    return {
      type: 'assert',
      source,
      scope: 'all',
      document: jobDocument(job, [copied], facets, { [name]: `INSERT INTO w.b SELECT ${name} FROM w.a, hr.secret` }),
    };
  };

  const names = ['plain', 'joined', 'other', 'unread', 'unnamed'];

  beforeAll(async () => {
    stores = await openTemporaryStores();
    const columns = names.map((path) => ({ path }));
    await publish(stores.graph, 'run-1', [
      ...[a, b].map((name) => ({
        type: 'assert' as const,
        source: 'shop',
        scope: 'all',
        document: datasetDocument(name, columns),
      })),
      { type: 'assert', source: 'hr', scope: 'all', document: datasetDocument(secret, [{ path: 'salary' }]) },
      copies('shop', 'plain'),
      copies('shop', 'joined', { reads: [secret] }),
      copies('hr', 'other'),
      copies('shop', 'unread', { parseStatus: 'failed' }),
      copies('shop', 'unnamed', { unnamed: true }),
    ]);
    query = createQuery({ graph: stores.graph, state: stores.state, taxonomy: loadTaxonomy() });
  });
  afterAll(() => stores.close());

  /** Names of the edges whose statement is told, on the way and in lineage alike. */
  const readBy = async (scope: Scope): Promise<readonly string[]> => {
    const room = query.as({ ...loopbackViewer, scope });
    const { n } = await room.at();
    const told: string[] = [];
    for (const name of names) {
      const origin = field(a, name);
      const steps = await room.path({ from: origin, to: field(b, name), n });
      const { edges } = await room.lineage({
        origin,
        direction: 'DOWNSTREAM',
        depth: 1,
        first: 10,
        granularity: 'FIELD',
        includeIndirect: false,
        n,
      });
      const [link] = edges;
      const [statement] = await room.edgeStatements(
        edges.map(({ from, to, fn, statement: fingerprint = null }) => ({ from, to, fn, statement: fingerprint })),
        n,
      );
      expect([steps?.length, edges.length, link?.fromSql]).toEqual([1, 1, true]);
      expect(steps?.[0]?.statement ?? null, name).toBe(statement?.whole ?? null);
      if (statement !== null && statement !== undefined) told.push(name);
    }
    return told;
  };

  it('is everybody who sees everything', async () => {
    expect(await readBy({ sources: 'all' })).toEqual(names);
  });

  it('is nobody else: a text names more than its job reads and writes', async () => {
    expect(await readBy({ sources: ['shop'] })).toEqual([]);
    expect(await readBy({ sources: ['shop', 'hr'] })).toEqual([]);
    expect(await readBy({ sources: 'all', datasets: [['w.*']] })).toEqual([]);
  });
});
