import { datasetUid, jobUid, type QualifiedName } from '../../../server/model/ids.ts';
import type { Verdict } from '../../../server/model/classification.ts';
import type { Json } from '../../../server/model/json.ts';
import type { Change, GraphDocument, Revision } from '../../../server/stores/graph/graph-store.ts';
import type { SqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { datasetDocument, derived, edge, field, jobDocument, publish, verdict } from './graph-rows.ts';

/** Shop's own database: what its datasets are called. */
export const shop = (name: string): QualifiedName => ({ namespace: 'postgres://db.example.com:5432', name });
export const marketing: QualifiedName = { namespace: 'bigquery', name: 'mkt.public.campaign' };
export const payroll: QualifiedName = { namespace: 'postgres://hr.example.com:5432', name: 'hr.public.payroll' };

export const customers = shop('shop.public.customers');
export const orders = shop('shop.public.orders');
export const refunds = shop('shop.public.refunds');
export const stgCustomers = shop('shop.stg.stg_customers');

const stgJob = { namespace: 'dbt', name: 'model.shop.stg_customers' };
const campaignJob = { namespace: 'dbt', name: 'model.shop.campaign' };
const board = { namespace: 'dbt', name: 'exposure.shop.churn_board' };

/**
 * A small shop: customers and orders in a database, staged by dbt, sent to marketing; a refunds table that nobody judged; a
 * payroll table that only a statement names. Two revisions: in the second a card number is found in orders.note.
 */
export async function seedShop(stores: SqliteStores): Promise<{ readonly first: Revision; readonly second: Revision }> {
  const { graph, state } = stores;
  await graph.putSource({ name: 'shop', connector: 'postgres', mode: 'snapshot', precedence: 1, managed: true });
  await graph.putSource({ name: 'dbt-shop', connector: 'dbt', mode: 'snapshot', precedence: 2, managed: true });
  const assert = (source: string, document: GraphDocument): Change => ({
    type: 'assert',
    source,
    scope: 'all',
    document,
  });
  const judge = (one: Verdict): Change => ({ type: 'verdict', verdict: one });
  const email = field(customers, 'email');
  const stgEmail = field(stgCustomers, 'email');
  const stgSha = field(stgCustomers, 'email_sha');
  const sent = field(marketing, 'email');
  const job = { job: jobUid(stgJob), statement: 's1' };
  const first = await publish(graph, 'run-1', [
    assert(
      'shop',
      datasetDocument(
        customers,
        [
          { path: 'customer_id', type: 'bigint' },
          { path: 'first_name' },
          {
            path: 'email',
            type: 'varchar(200)',
            facets: {
              description: 'Where we write to.',
              tags: [{ name: 'CONFIDENTIAL', setBy: 'person' }],
              controls: [{ kind: 'MASKING_POLICY', name: 'MASK_EMAIL' }],
            },
          },
          { path: 'phone' },
          { path: 'note' },
        ],
        {
          description: 'People who buy.',
          owners: ['shop-team'],
          native: { id: '5c1e', url: 'https://catalog.example.com/5c1e' },
          region: 'eu-central-1',
        },
      ),
    ),
    assert(
      'shop',
      datasetDocument(orders, [
        { path: 'order_id', type: 'bigint' },
        { path: 'customer_id', type: 'bigint' },
        { path: 'total', type: 'numeric' },
        { path: 'note' },
      ]),
    ),
    assert('shop', datasetDocument(refunds, [{ path: 'refund_id', type: 'bigint' }, { path: 'note' }])),
    assert(
      'dbt-shop',
      datasetDocument(stgCustomers, [{ path: 'email' }, { path: 'email_sha', type: 'varchar(64)' }], {
        region: 'eu-central-1',
      }),
    ),
    assert(
      'dbt-shop',
      datasetDocument(marketing, [{ path: 'email' }], { region: 'us', owners: ['growth'] }, 'bigquery'),
    ),
    assert(
      'dbt-shop',
      jobDocument(
        stgJob,
        [
          edge(email, stgEmail, { ...job, kind: 'TRANSFORMATION', fn: 'LOWER' }),
          edge(email, stgSha, { ...job, kind: 'TRANSFORMATION', fn: 'SHA2', effect: 'hash', masking: true }),
          edge(field(customers, 'customer_id'), datasetUid(stgCustomers), { ...job, kind: 'JOIN' }),
          edge(datasetUid(customers), datasetUid(stgCustomers), { ...job, kind: 'DATASET', effect: 'unknown' }),
        ],
        {
          core: { kind: 'model', platform: 'dbt' },
          io: { inputs: [datasetUid(customers)], outputs: [datasetUid(stgCustomers)] },
          sql: { statements: [{ id: 's1', parseStatus: 'full' }], gaps: [] },
        },
        {
          s1: 'CREATE TEMPORARY TABLE t AS SELECT ? AS one;\nINSERT INTO shop.stg.stg_customers (email, email_sha) SELECT LOWER(email), SHA2(email, ?) FROM shop.public.customers WHERE first_name <> ?',
        },
      ),
    ),
    { type: 'name', entity: { uid: datasetUid(payroll), kind: 'dataset', parent: null, ...payroll, path: null } },
    assert(
      'dbt-shop',
      jobDocument(
        campaignJob,
        [
          edge(stgEmail, sent, { job: jobUid(campaignJob), statement: 's2' }),
          edge(datasetUid(stgCustomers), datasetUid(marketing), {
            job: jobUid(campaignJob),
            kind: 'DATASET',
            effect: 'unknown',
          }),
          edge(datasetUid(payroll), datasetUid(marketing), {
            job: jobUid(campaignJob),
            kind: 'DATASET',
            effect: 'unknown',
          }),
        ],
        {
          core: { kind: 'model', platform: 'dbt' },
          io: { inputs: [datasetUid(stgCustomers), datasetUid(payroll)], outputs: [datasetUid(marketing)] },
          sql: {
            statements: [
              { id: 's2', parseStatus: 'full' },
              { id: 's3', parseStatus: 'tables' },
            ],
            gaps: [
              {
                what: 'statement 2 of model.shop.campaign',
                reason: 'partly-parsed-sql',
                detail: 'MATCH_RECOGNIZE',
                remedy: 'ask its owner',
              },
            ],
          },
        },
        { s2: 'INSERT INTO mkt.public.campaign SELECT email FROM shop.stg.stg_customers' },
      ),
    ),
    assert(
      'dbt-shop',
      jobDocument(board, [], {
        core: { kind: 'exposure', platform: 'dbt' },
        io: { inputs: [datasetUid(marketing)], outputs: [] },
      }),
    ),
    judge(
      verdict(email, 'user.contact.email', {
        evidence: [
          { signal: 'name', detail: 'the name says e-mail', weight: 2.1 },
          { signal: 'shape', detail: '98 % of distinct values have the shape of an address', weight: 3.4 },
        ],
        alternatives: [
          { category: 'user.username', confidence: 0.08, rejectedBecause: 'values have the shape of an address' },
        ],
      }),
    ),
    judge(verdict(field(customers, 'first_name'), 'user.name.first')),
    judge(
      verdict(field(customers, 'phone'), 'user.contact.phone', {
        decider: 'imported',
        by: 'shop',
        state: 'accepted',
      }),
    ),
    judge(verdict(field(customers, 'customer_id'), 'none')),
    judge(verdict(field(customers, 'note'), 'user.content.message', { state: 'abstained', confidence: 0.4 })),
    judge(
      verdict(datasetUid(customers), 'subject.customer', {
        classes: [],
        evidence: [{ signal: 'subject-key', detail: 'customer_id', weight: 0 }],
      }),
    ),
    judge(verdict(field(orders, 'order_id'), 'none')),
    judge(verdict(field(orders, 'customer_id'), 'none')),
    judge(verdict(field(orders, 'total'), 'none', { evidence: [{ signal: 'type', detail: 'an amount', weight: -3 }] })),
    judge(verdict(field(orders, 'note'), 'none')),
    {
      type: 'derived',
      row: derived(email, 'user.contact.email', { rank: 0, via: null }),
    },
    {
      type: 'derived',
      row: derived(stgEmail, 'user.contact.email', { rank: 1, via: { field: email, treatment: 'clear' } }),
    },
    {
      type: 'derived',
      row: derived(stgSha, 'user.contact.email', {
        treatment: 'hashed',
        rank: 1,
        via: { field: email, treatment: 'clear' },
      }),
    },
    {
      type: 'derived',
      row: derived(sent, 'user.contact.email', { rank: 2, via: { field: stgEmail, treatment: 'clear' } }),
    },
    {
      type: 'evidence',
      source: 'shop',
      field: email,
      digest: 'e1',
      body: { mode: 'in-database', rowsSeen: 500, nulls: 0 },
    },
  ]);
  const second = await publish(graph, 'run-2', [
    { type: 'end-verdict', field: field(orders, 'note'), decider: 'detector', category: 'none' },
    judge(verdict(field(orders, 'note'), 'user.payment.card.number', { classes: ['PII', 'PCI'] })),
  ]);
  for (const [source, status] of [
    ['shop', 'PARTIAL'],
    ['dbt-shop', 'DONE'],
  ] as const) {
    const report: Json = {
      run: `${source}-run`,
      source,
      status,
      startedAt: '2026-11-21T07:00:00.000Z',
      finishedAt: '2026-11-21T07:03:10.000Z',
      resumed: false,
      revisions: [1, 2],
      documents: { read: 5, changed: 1, unchanged: 4, retired: 0 },
      fields: { judged: 14, profiled: 1, sensitive: 5, undecided: 1 },
      statements: { full: 2, tables: 1, failed: 0 },
      derivedRows: 4,
      gaps:
        source === 'shop'
          ? [
              {
                what: 'schema hr',
                reason: 'no-rights',
                detail: 'no USAGE right',
                remedy: 'GRANT USAGE ON SCHEMA hr TO lexline;',
              },
            ]
          : [],
      error: null,
    };
    await state.put('sync-run', `${source}-run`, report);
    await state.put('last-sync-run', source, report);
  }
  return { first, second };
}

/** One revision more: with a column, a table of one column; without, a job that touches no field. */
export async function publishAgain(stores: SqliteStores, column?: string): Promise<Revision> {
  const { published } = await stores.graph.head();
  const n = published + 1;
  const document =
    column === undefined
      ? jobDocument({ namespace: 'dbt', name: `model.shop.again_${n}` }, [], {
          core: { kind: 'model', platform: 'dbt' },
          io: { inputs: [], outputs: [] },
        })
      : datasetDocument(shop(`shop.public.again_${n}`), [{ path: column }]);
  return publish(stores.graph, `run-again-${n}`, [{ type: 'assert', source: 'shop', scope: 'again', document }]);
}
