import { describe, expect, it } from 'vitest';
import { createNames } from '../../../server/ingest/names.ts';
import { nameDataset } from '../../../server/ingest/name-dataset.ts';
import { nameJob } from '../../../server/ingest/name-job.ts';
import { stagedForm } from '../../../server/ingest/digest.ts';
import type { DatasetDocument, JobDocument } from '../../../server/model/document.ts';
import { datasetUid, type QualifiedName } from '../../../server/model/ids.ts';
import { partitionName } from '../../../server/model/partition-name.ts';
import type { EntityRecord } from '../../../server/stores/graph/graph-store.ts';

const canonical = 'postgres://db.internal:5432';
const other = 'postgres://10.0.0.5:5432';

function names(aliases: ReadonlyMap<string, QualifiedName> = new Map(), live: readonly string[] = []) {
  const targets = [...aliases.values()];
  return createNames({
    namespaces: { [canonical]: [other] },
    n: 1,
    source: 's',
    graph: {
      resolve: async (asked) =>
        asked.map(({ name }) =>
          aliases.has(name) ? datasetUid(aliases.get(name) ?? { namespace: '', name: '' }) : null,
        ),
      get: async (uids) =>
        uids.map((uid): EntityRecord | null => {
          const target = targets.find((each) => datasetUid(each) === uid);
          const name = target ?? {
            namespace: canonical,
            name: live.find((each) => datasetUid({ namespace: canonical, name: each }) === uid) ?? '',
          };
          if (name.name === '') return null;
          return { uid, kind: 'dataset', parent: null, ...name, path: null, assertions: [{ source: 's', facets: {} }] };
        }),
    },
  });
}

const orders: DatasetDocument = {
  type: 'dataset',
  namespace: `${other}/`,
  name: 'shop.public.orders',
  kind: 'table',
  platform: 'postgres',
  description: 'Ask ada@example.com or 0171 2345678',
  fields: [
    { path: ['b'], type: 'text', ordinal: 2 },
    { path: ['a'], type: 'int', ordinal: 1, tags: [{ name: 'PII', setBy: 'person' }] },
  ],
};

describe('names', () => {
  it('join namespaces that mean the same, with or without a slash', () => {
    const named = nameDataset(orders, names());
    expect(named.namespace).toBe(canonical);
    expect(named.aliases).toEqual([]);
  });

  it('keep a slash that is all of a namespace, or that its scheme ends with', () => {
    const own = names();
    expect(['/', 'file://', 's3://bucket/', 's3://bucket'].map((each) => own.namespace(each))).toEqual([
      '/',
      'file://',
      's3://bucket',
      's3://bucket',
    ]);
  });

  it('take a namespace that is said twice to mean one', () => {
    const options = { graph: { resolve: async () => [], get: async () => [] }, source: 's', n: 0 };
    const own = createNames({ namespaces: { a: ['c', 'c/'] }, ...options });
    expect(own.namespace('c')).toBe('a');
  });

  it('refuse a namespace that is said to mean two', () => {
    const options = { graph: { resolve: async () => [], get: async () => [] }, source: 's', n: 0 };
    expect(() => createNames({ namespaces: { a: ['c'], b: ['c'] }, ...options })).toThrow(/both "a" and "b"/);
    expect(() => createNames({ namespaces: { a: ['b'], b: ['c'] }, ...options })).toThrow(/name the last one directly/);
  });

  it('follow an alias that the graph knows', async () => {
    const joined = names(new Map([['old.name', { namespace: canonical, name: 'new.name' }]]));
    await joined.learn([{ namespace: canonical, name: 'old.name' }]);
    expect(joined.dataset({ namespace: other, name: 'old.name' })).toEqual({ namespace: canonical, name: 'new.name' });
  });

  it('follow an alias that is kept as a digest, because it is called after a value', async () => {
    const kept = partitionName({ namespace: canonical, name: 'sales/day=1999-12-31' });
    const joined = names(new Map([[kept.name, { namespace: canonical, name: 'sales' }]]));
    const partition = { namespace: canonical, name: 'sales/day=1999-12-31' };
    await joined.learn([partition]);
    expect(joined.dataset(partition)).toEqual({ namespace: canonical, name: 'sales' });
  });

  it('leave two live datasets apart that a source calls one, and say so', async () => {
    const joined = names(new Map([['old.name', { namespace: canonical, name: 'new.name' }]]), ['old.name']);
    await joined.learn([{ namespace: canonical, name: 'old.name' }]);
    expect(joined.dataset({ namespace: canonical, name: 'old.name' }).name).toBe('old.name');
    expect(joined.gaps).toMatchObject([{ reason: 'unresolved-name' }]);
  });
});

describe('an alias that only this run states', () => {
  const target = { namespace: canonical, name: 'a' };
  const alias = { namespace: canonical, name: 'b' };

  it('is followed by what comes after', () => {
    const joined = names();
    joined.alias(target, [alias]);
    expect(joined.dataset(alias)).toEqual(target);
  });

  it('renames no dataset that is described itself, and is taken back then', () => {
    const joined = names();
    joined.alias(target, [alias]);
    expect(joined.described(alias)).toEqual(alias);
    joined.alias(alias, []);
    expect(joined.dataset(alias)).toEqual(alias);
    expect(joined.gaps).toHaveLength(1);
  });

  it('is not believed when the other has been described before', () => {
    const joined = names();
    joined.alias(alias, []);
    joined.alias(target, [alias]);
    expect(joined.dataset(alias)).toEqual(alias);
    expect(joined.gaps).toHaveLength(1);
  });
});

describe('an alias of what only this source described so far', () => {
  const target = { namespace: canonical, name: 'a' };
  const alias = { namespace: canonical, name: 'b' };
  const known = (source: string) =>
    createNames({
      namespaces: {},
      n: 1,
      source: 's',
      graph: {
        resolve: async (asked) => asked.map(({ name }) => (name === 'b' ? datasetUid(alias) : null)),
        get: async (uids) =>
          uids.map((uid) =>
            uid === datasetUid(alias)
              ? { uid, kind: 'dataset', parent: null, ...alias, path: null, assertions: [{ source, facets: {} }] }
              : null,
          ),
      },
    });

  it('is that dataset from now on', async () => {
    const joined = known('s');
    await joined.learn([target, alias], [alias]);
    joined.alias(target, [alias]);
    expect(joined.dataset(alias)).toEqual(target);
    expect(joined.gaps).toEqual([]);
  });

  it('stays apart where another source describes it too', async () => {
    const joined = known('other');
    await joined.learn([target, alias], [alias]);
    joined.alias(target, [alias]);
    expect(joined.dataset(alias)).toEqual(alias);
    expect(joined.gaps).toHaveLength(1);
  });
});

describe('a named dataset', () => {
  it('has its fields in order and its texts without values', () => {
    const named = nameDataset(orders, names());
    expect(named.fields.map(({ path }) => path)).toEqual([['a'], ['b']]);
    expect(named.facets['description']).toBe('Ask [address] or [number]');
  });

  it('has the same digest whatever the order of members, fields and tags', () => {
    const turned: DatasetDocument = {
      ...(Object.fromEntries(Object.entries(orders).toReversed()) as unknown as DatasetDocument),
      fields: orders.fields.toReversed(),
      facets: {},
    };
    expect(stagedForm(nameDataset(turned, names())).digest).toBe(stagedForm(nameDataset(orders, names())).digest);
  });

  it('has another digest when anything that is kept differs', () => {
    const before = stagedForm(nameDataset(orders, names())).digest;
    const changes: Partial<DatasetDocument>[] = [
      { kind: 'view' },
      { description: 'other' },
      { fields: orders.fields.slice(1) },
      { facets: { 'postgres.partition': { of: 'x' } } },
      { tags: [{ name: 'x', setBy: 'person' }] },
    ];
    for (const change of changes)
      expect(stagedForm(nameDataset({ ...orders, ...change }, names())).digest).not.toBe(before);
  });

  it('takes no member of a foreign facet for its own', () => {
    const facets = JSON.parse('{"core":{"kind":"file"},"__proto__":{"x":1}}');
    const named = nameDataset({ ...orders, facets }, names());
    expect(named.facets['core']).toEqual({ kind: 'table', platform: 'postgres' });
    expect(Object.hasOwn(named.facets, '__proto__')).toBe(false);
  });
});

describe('a named job', () => {
  const job: JobDocument = {
    type: 'job',
    namespace: 'airflow://prod',
    name: 'load',
    kind: 'process',
    platform: 'airflow',
    inputs: [orders],
    outputs: [{ namespace: canonical, name: 'shop.public.copy' }],
    edges: [
      {
        from: { dataset: orders, field: ['a'] },
        to: { dataset: { namespace: canonical, name: 'shop.public.copy' }, field: ['a'] },
        kind: 'IDENTITY',
      },
    ],
  };

  it('has a DATASET edge beside the edges that are stated', () => {
    const named = nameJob(job, names(), null);
    expect(named.edges.map(([, , , , kind, fn, effect]) => [kind, fn, effect])).toEqual([
      ['DATASET', '', 'unknown'],
      ['IDENTITY', '', 'keep'],
    ]);
  });

  it('takes a function that nobody explains as unknown, never as protection', () => {
    const [edge] = job.edges ?? [];
    if (edge === undefined) throw new Error('no edge');
    const named = nameJob({ ...job, edges: [{ ...edge, kind: 'TRANSFORMATION', fn: 'ACME.SCRAMBLE' }] }, names(), null);
    expect(named.edges.find(([, , , , kind]) => kind === 'TRANSFORMATION')?.[6]).toBe('unknown');
  });

  it('joins two claims of the same flow to the one that leaves more to read', () => {
    const [edge] = job.edges ?? [];
    if (edge === undefined) throw new Error('no edge');
    const claims = [
      { ...edge, fn: 'F', effect: 'mask', masking: true } as const,
      { ...edge, fn: 'F', effect: 'keep', masking: false } as const,
    ];
    for (const edges of [claims, claims.toReversed()]) {
      const named = nameJob({ ...job, edges }, names(), null);
      expect(named.edges.filter(([, , , , kind]) => kind === 'IDENTITY').map((each) => each.slice(6, 8))).toEqual([
        ['keep', 0],
      ]);
    }
  });

  it('leaves out an edge from a thing to itself', () => {
    const named = nameJob({ ...job, outputs: [orders], edges: [] }, names(), null);
    expect(named.edges).toEqual([]);
  });

  it('says instead of listing when inputs times outputs are too many', () => {
    const many = Array.from({ length: 400 }, (_, i) => ({ namespace: 'n', name: `t${i}` }));
    const named = nameJob({ ...job, inputs: many, outputs: many, edges: [] }, names(), null);
    expect(named.edges).toEqual([]);
    expect(JSON.stringify(named.facets['sql'])).toContain('unsupported');
  });
});
