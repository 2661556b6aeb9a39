import fc from 'fast-check';
import { datasetUid } from '../../server/model/ids.ts';
import type { Change } from '../../server/stores/graph/graph-store.ts';
import { assertion, dataset, fieldOf, job, named } from './graph-documents.ts';
import type { Action } from './naive-graph.ts';

/** The small world in which random histories play. */
export const tables = ['t0', 't1', 't2', 't3'];
export const columns = ['a', 'b', 'c'];
export const sources = ['one', 'two'];
export const scopes = ['left', 'right'];
export const words = ['apple', 'birch', 'cedar'];

const field = fc
  .tuple(fc.constantFrom(...tables), fc.constantFrom(...columns))
  .map(([table, column]) => fieldOf(table, column));

const tableDocument = fc
  .tuple(
    fc.constantFrom(...tables),
    fc.subarray(columns, { minLength: 1 }),
    fc.option(fc.constantFrom(...words), { nil: undefined }),
    fc.option(fc.constantFrom('id-1', 'id-2'), { nil: undefined }),
  )
  .map(([name, some, description, id]) =>
    dataset(
      name,
      some,
      { ...(description === undefined ? {} : { description }), ...(id === undefined ? {} : { native: { id } }) },
      [{ namespace: 'other', name: `alias of ${name}` }],
    ),
  );

const jobDocument = fc
  .tuple(fc.constantFrom('j0', 'j1', 'j2'), fc.array(fc.tuple(field, field), { maxLength: 5 }))
  .map(([name, pairs]) => {
    const distinct = new Map(pairs.filter(([from, to]) => from !== to).map((pair) => [pair.join(' '), pair]));
    return job(name, [...distinct.values()]);
  });

export const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('assert' as const),
      source: fc.constantFrom(...sources),
      scope: fc.constantFrom(...scopes),
      document: fc.oneof(tableDocument, jobDocument),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('retire' as const),
      source: fc.constantFrom(...sources),
      uid: fc.constantFrom(...tables).map((name) => datasetUid(named(name))),
    }),
  },
);

/** The changes that ingest would make of the actions: ends of edges that nobody describes are named first. */
export function toChanges(actions: readonly Action[]): Change[] {
  const names = tables.flatMap((name): Change[] => [
    {
      type: 'name',
      entity: { uid: datasetUid(named(name)), kind: 'dataset', parent: null, ...named(name), path: null },
    },
    ...columns.map((column): Change => ({
      type: 'name',
      entity: {
        uid: fieldOf(name, column),
        kind: 'field',
        parent: datasetUid(named(name)),
        ...named(name),
        path: [column],
      },
    })),
  ]);
  return [
    ...names,
    ...actions.map((step): Change =>
      step.type === 'assert' ? assertion(step.source, step.document, step.scope) : step,
    ),
  ];
}
