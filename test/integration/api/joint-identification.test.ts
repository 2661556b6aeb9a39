import { afterEach, describe, expect, it } from 'vitest';
import { loopbackViewer } from '../../../server/access/viewer.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import type { Json } from '../../../server/model/json.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { JointIdentifications } from '../../../server/query/joint/joint.ts';
import { propagate } from '../../../server/propagate/propagate.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import type { Change } from '../../../server/stores/graph/graph-store.ts';
import { assertion, dataset, fieldOf, job, named, openRevision, verdict } from '../../conformance/graph-documents.ts';
import { serveShop } from './serve-shop.ts';
import { openTemporaryStores, type TemporaryStores } from './temporary-stores.ts';

let stores: TemporaryStores | null = null;
afterEach(async () => {
  await stores?.close();
  stores = null;
});

const birth = 'user.birth.date';
const postal = 'user.contact.postal_code';
const sex = 'user.gender';

const primary = (column: string) => ({ kind: 'primary', fields: [[column]] });
const foreign = (column: string, table: string, target = 'id') => ({
  kind: 'foreign',
  fields: [[column]],
  references: { dataset: { ...named(table) }, fields: [[target]] },
});
const table = (name: string, columns: readonly string[], keys: readonly Json[] = [], source = 's'): Change =>
  assertion(source, dataset(name, columns, { keys }));
const says = (name: string, column: string, category: string, more = {}): Change => ({
  type: 'verdict',
  verdict: verdict(fieldOf(name, column), category, more),
});
const subject = (name: string, kind: string): Change => ({
  type: 'verdict',
  verdict: verdict(datasetUid(named(name)), `subject.${kind}`),
});

/** What is found once everything is published and propagated; `sees`: sources that the viewer may see. */
async function found(changes: readonly Change[], sees?: readonly string[]): Promise<JointIdentifications> {
  stores = await openTemporaryStores();
  const { graph, state } = stores;
  const open = await openRevision(graph, 'run');
  await graph.apply(open, changes);
  await propagate({ graph, open, rules: loadPropagationRules() });
  const { n } = await graph.publish(open, []);
  const query = createQuery({ graph, state, taxonomy: loadTaxonomy() });
  const viewer = sees === undefined ? loopbackViewer : { ...loopbackViewer, scope: { sources: sees } };
  return query.as(viewer).jointIdentifications(n);
}

const patients = [
  table('patients', ['id', 'born', 'sex'], [primary('id')]),
  says('patients', 'born', birth),
  says('patients', 'sex', sex),
];
const visits = [table('visits', ['patient', 'zip'], [foreign('patient', 'patients')]), says('visits', 'zip', postal)];

describe('columns that identify a person together', () => {
  it('are found in one dataset', async () => {
    const { items, whole } = await found([
      table('survey', ['born', 'zip', 'sex']),
      says('survey', 'born', birth),
      says('survey', 'zip', postal),
      says('survey', 'sex', sex),
    ]);
    expect(whole).toBe(true);
    expect(items).toMatchObject([
      { combination: 'birth-date-postal-code-sex', datasets: [datasetUid(named('survey'))], joins: [] },
    ]);
    expect(items[0]?.parts).toEqual([
      { part: 'birth-date', fields: [fieldOf('survey', 'born')] },
      { part: 'postal-code', fields: [fieldOf('survey', 'zip')] },
      { part: 'sex', fields: [fieldOf('survey', 'sex')] },
    ]);
  });

  it('are found across two datasets that a foreign key joins, with the way', async () => {
    const { items } = await found([...patients, ...visits]);
    expect(items).toHaveLength(1);
    expect(items[0]?.joins.map(({ field, way }) => ({ field, way }))).toEqual(
      expect.arrayContaining([
        { field: fieldOf('patients', 'id'), way: [] },
        {
          field: fieldOf('visits', 'patient'),
          way: [{ how: 'FOREIGN_KEY', to: fieldOf('patients', 'id'), fn: '' }],
        },
      ]),
    );
  });

  it('are found where both hold the same number of a person, and where one holds a copy of it', async () => {
    const numbers = [
      table('a', ['ref', 'born', 'sex']),
      table('b', ['ref', 'zip']),
      table('people', ['number']),
      assertion('s', job('copy', [[fieldOf('people', 'number'), fieldOf('a', 'ref')]])),
      assertion('s', job('copy again', [[fieldOf('people', 'number'), fieldOf('b', 'ref')]])),
      says('people', 'number', 'user.id'),
      says('a', 'born', birth),
      says('a', 'sex', sex),
      says('b', 'zip', postal),
    ];
    const { items } = await found(numbers);
    expect(items).toHaveLength(1);
    expect(items[0]?.joins.map(({ way }) => way.map(({ how, to }) => [how, to]))).toEqual([
      [['LINEAGE', fieldOf('people', 'number')]],
      [['LINEAGE', fieldOf('people', 'number')]],
    ]);
  });

  const pseudonyms = (fnOfA: string, fnOfB: string): Change[] => [
    table('a', ['ref', 'born', 'sex'], [primary('ref')]),
    table('b', ['ref', 'zip'], [primary('ref')]),
    table('people', ['number']),
    assertion('s', job('hash', [[fieldOf('people', 'number'), fieldOf('a', 'ref')]], { effect: 'hash', fn: fnOfA })),
    assertion('s', job('too', [[fieldOf('people', 'number'), fieldOf('b', 'ref')]], { effect: 'hash', fn: fnOfB })),
    says('a', 'born', birth),
    says('a', 'sex', sex),
    says('b', 'zip', postal),
  ];
  it('are found where the same pseudonym joins them', async () => {
    expect((await found(pseudonyms('MD5', 'MD5'))).items).toHaveLength(1);
  });

  it('are not found where the pseudonyms differ', async () => {
    expect((await found(pseudonyms('MD5', 'SHA256'))).items).toEqual([]);
  });

  it.each<[string, readonly Change[]]>([
    ['two parts of three', [...patients]],
    ['parts without a key between them', [...patients, table('visits', ['zip']), says('visits', 'zip', postal)]],
    [
      'a key that stands for something else than a person',
      [
        table('a', ['country', 'born', 'sex'], [foreign('country', 'countries', 'code')]),
        table('b', ['country', 'zip'], [foreign('country', 'countries', 'code')]),
        table('countries', ['code'], [primary('code')]),
        says('a', 'born', birth),
        says('a', 'sex', sex),
        says('b', 'zip', postal),
      ],
    ],
    [
      'a table that names people anyway',
      [
        ...patients,
        ...visits,
        table('visits', ['patient', 'zip', 'name'], [foreign('patient', 'patients')]),
        says('visits', 'name', 'user.name'),
      ],
    ],
    [
      'a postal code of which a part remains',
      [
        ...patients,
        table('visits', ['patient', 'region'], [foreign('patient', 'patients')]),
        table('addresses', ['zip']),
        assertion(
          's',
          job('cut', [[fieldOf('addresses', 'zip'), fieldOf('visits', 'region')]], { effect: 'partial', fn: 'LEFT' }),
        ),
        says('addresses', 'zip', postal),
      ],
    ],
    [
      'a person who said that it is no date of birth',
      [...patients, ...visits, says('patients', 'born', birth, { decider: 'human', state: 'rejected' })],
    ],
  ])('are not found with %s', async (_, changes) => {
    expect((await found(changes)).items).toEqual([]);
  });

  it('are found where two tables point at a table of persons', async () => {
    const { items } = await found([
      table('a', ['person', 'born', 'sex'], [foreign('person', 'people')]),
      table('b', ['person', 'zip'], [foreign('person', 'people')]),
      table('people', ['id', 'name'], [primary('id')]),
      subject('people', 'customer'),
      says('people', 'name', 'user.name'),
      says('a', 'born', birth),
      says('a', 'sex', sex),
      says('b', 'zip', postal),
    ]);
    expect(items).toHaveLength(1);
  });

  it('are asked for over GraphQL, with the way between them', async () => {
    const shop = await serveShop();
    try {
      const open = await openRevision(shop.stores.graph, 'clinic');
      await shop.stores.graph.apply(open, [...patients, ...visits]);
      await shop.stores.graph.publish(open, []);
      const { body } =
        await shop.ask(`{ jointIdentifications(first: 1) { totalCount complete pageInfo { hasNextPage } nodes {
        combination parts { part fields { path } } datasets { name }
        joins { dataset { name } field { path } way { how to { path } function } } } } }`);
      expect(body.errors).toBeUndefined();
      const answer = body.data?.['jointIdentifications'] as {
        totalCount: number;
        nodes: { joins: { dataset: { name: string }; way: unknown[] }[] }[];
      };
      expect(answer).toMatchObject({
        totalCount: 1,
        complete: true,
        pageInfo: { hasNextPage: false },
        nodes: [{ combination: 'birth-date-postal-code-sex' }],
      });
      const joined = answer.nodes[0]?.joins.find(({ dataset: { name } }) => name === 'visits');
      expect(joined?.way).toEqual([{ how: 'FOREIGN_KEY', to: { path: 'id' }, function: '' }]);
    } finally {
      await shop.close();
    }
  });

  it('are told of what the viewer may see alone', async () => {
    const hidden = [table('visits', ['patient', 'zip'], [foreign('patient', 'patients')], 'other')];
    const changes = [...patients, ...hidden, says('visits', 'zip', postal)];
    expect((await found(changes, ['s'])).items).toEqual([]);
    await stores?.close();
    expect((await found(changes, ['s', 'other'])).items).toHaveLength(1);
  });
});
