import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { datasetUid, type Uid } from '../../server/model/ids.ts';
import type { EntityKind } from '../../server/model/ids.ts';
import type { Direction, GraphStore } from '../../server/stores/graph/graph-store.ts';
import { commit, fieldOf, named, openRevision } from './graph-documents.ts';
import type { OnStore } from './graph-store.ts';
import { NaiveGraph } from './naive-graph.ts';
import { action, columns, scopes, sources, tables, toChanges, words } from './random-actions.ts';

const fields = tables.flatMap((table) => columns.map((column) => fieldOf(table, column)));
const datasets = tables.map((table) => datasetUid(named(table)));
const everything = { first: 10_000 };

async function checkThings(store: GraphStore, naive: NaiveGraph, n: number): Promise<void> {
  const alive = naive.alive();
  const kindOf = new Map<Uid, EntityKind>();
  for (const { document } of naive.documents.values())
    for (const { uid, kind } of document.entities) kindOf.set(uid, kind);
  for (const kind of ['dataset', 'field', 'job'] as const) {
    const listed = (await store.list({ kind }, n, everything)).items.map(({ uid }) => uid);
    expect(listed.sort()).toEqual([...alive.keys()].filter((uid) => kindOf.get(uid) === kind).sort());
  }
  const all = (await store.list({}, n, everything)).items.map(({ uid }) => uid);
  expect(all.sort()).toEqual([...alive.keys()].sort());
  for (const source of sources) {
    const owned = (await store.list({ source }, n, everything)).items.map(({ uid }) => uid);
    expect(owned.sort()).toEqual(
      [...alive]
        .filter(([, by]) => by.includes(source))
        .map(([uid]) => uid)
        .sort(),
    );
  }
  const records = await store.get([...datasets, ...fields], n);
  for (const [i, uid] of [...datasets, ...fields].entries())
    expect(records[i]?.assertions.map(({ source }) => source).sort() ?? []).toEqual(alive.get(uid) ?? []);
  const ofDatasets = await store.fieldsOf(datasets, n);
  for (const [i, table] of tables.entries())
    expect(ofDatasets[i]?.map(({ uid }) => uid)).toEqual(
      columns.map((column) => fieldOf(table, column)).filter((uid) => alive.has(uid)),
    );
  expect(await store.totals(n)).toMatchObject({
    datasets: [...alive.keys()].filter((uid) => kindOf.get(uid) === 'dataset').length,
    fields: [...alive.keys()].filter((uid) => kindOf.get(uid) === 'field').length,
    jobs: [...alive.keys()].filter((uid) => kindOf.get(uid) === 'job').length,
    edges: naive.edges().length,
  });
}

async function checkNames(store: GraphStore, naive: NaiveGraph, n: number): Promise<void> {
  const alive = naive.alive();
  const wanted = datasets.map((uid) => (alive.has(uid) ? uid : null));
  expect(await store.resolve(tables.map(named), 'dataset', n)).toEqual(wanted);
  const aliases = tables.map((table) => ({ namespace: 'other', name: `alias of ${table}` }));
  expect(await store.resolve(aliases, 'dataset', n)).toEqual(wanted);
  const standing = [...naive.documents.values()];
  for (const source of sources) {
    const [one] = await store.byNative(source, ['id-1'], n);
    const known = standing.filter(
      ({ source: by, document }) =>
        by === source && JSON.stringify(document.entities[0]?.facets['native']) === '{"id":"id-1"}',
    );
    // Two things of one source with the same id of its own: either is an answer.
    expect(known.map(({ document }) => document.uid).includes(one ?? '')).toBe(known.length > 0);
    for (const scope of [undefined, ...scopes]) {
      const docs = (await store.docs(source, scope, n, everything)).items.map(({ uid, digest }) => `${uid} ${digest}`);
      expect(docs.sort()).toEqual(
        standing
          .filter((doc) => doc.source === source && (scope === undefined || doc.scope === scope))
          .map(({ document }) => `${document.uid} ${document.digest}`)
          .sort(),
      );
    }
  }
  for (const word of words) {
    const found = (await store.search(word, { kind: 'dataset' }, n, everything)).items.map(({ uid }) => uid);
    const said = standing.filter(({ document }) => document.entities[0]?.facets['description'] === word);
    expect(found.sort()).toEqual([...new Set(said.map(({ document }) => document.uid))].sort());
  }
}

/** Fields, their datasets, and the jobs of the edges that leave whatever lies nearer than the depth. */
function naiveCount(naive: NaiveGraph, from: Uid, direction: Direction, depth: number) {
  const near = direction === 'downstream' ? 'from' : 'to';
  const nearer = new Set([from, ...naive.walk(from, direction, depth - 1).keys()]);
  const reached = [...naive.walk(from, direction, depth).keys()];
  const owners = new Set(reached.map((field) => tables.find((table) => isFieldOf(table, field))));
  const jobs = new Set(naive.edges().flatMap((edge) => (nearer.has(edge[near]) ? (edge.job ?? []) : [])));
  return { fields: reached.length, datasets: owners.size, jobs: jobs.size, complete: true };
}

function isFieldOf(table: string, field: Uid): boolean {
  return columns.some((column) => fieldOf(table, column) === field);
}

async function checkFlows(store: GraphStore, naive: NaiveGraph, n: number): Promise<void> {
  const edges = naive.edges();
  for (const direction of ['downstream', 'upstream'] as const) {
    const near = direction === 'downstream' ? 'from' : 'to';
    const own = (await store.edges(fields, direction, undefined, n, everything)).items;
    expect(own.map(({ from, to, source }) => `${from} ${to} ${source}`).sort()).toEqual(
      edges
        .filter((edge) => fields.includes(edge[near]))
        .map(({ from, to, source }) => `${from} ${to} ${source}`)
        .sort(),
    );
    for (const from of fields.slice(0, 6)) {
      const wanted = naive.walk(from, direction, 3);
      const { hits } = await store.walk({ from: [from], direction, depth: 3, n, first: 1000 });
      expect(new Map(hits.map(({ uid, degree }) => [uid, degree]))).toEqual(wanted);
      for (const depth of [1, 2, 3, 100])
        expect(await store.count({ from: [from], direction, depth, n }), `${direction} ${depth}`).toEqual(
          naiveCount(naive, from, direction, depth),
        );
    }
  }
  const [first = ''] = fields;
  const reached = naive.walk(first, 'downstream', 100);
  for (const to of fields.slice(1, 8)) {
    const path = await store.path({ from: first, to, n, maxDepth: 100 });
    expect(path?.edges.length ?? null).toBe(reached.get(to) ?? null);
  }
}

/** Every read at every revision of a history, also while a further revision is open, against a naive graph. */
export function describeAsOf(onStore: OnStore): void {
  describe('as of', () => {
    onStore('answers every read at every revision as it was known then', async ({ store }) => {
      const histories = fc.sample(fc.array(action, { minLength: 3, maxLength: 8 }), { numRuns: 6, seed: 42 });
      const naive = new NaiveGraph();
      const states = [naive.copy()];
      for (const actions of histories) {
        await commit(store, toChanges(actions));
        for (const step of actions) naive.apply(step);
        states.push(naive.copy());
      }
      const [unpublished = []] = fc.sample(fc.array(action, { minLength: 6, maxLength: 8 }), { numRuns: 1, seed: 3 });
      const open = await openRevision(store, 'open while reading');
      await store.apply(open, toChanges(unpublished));
      for (const step of unpublished) naive.apply(step);
      states.push(naive.copy());
      for (const [n, state] of states.entries()) {
        await checkThings(store, state, n);
        await checkNames(store, state, n);
        await checkFlows(store, state, n);
      }
    });
  });
}
