import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId } from '../../../server/graphql/global-id.ts';
import { field } from './graph-rows.ts';
import { screens } from './screen-queries.ts';
import { serveShop, type ShopServer } from './serve-shop.ts';
import { customers, marketing } from './shop-graph.ts';

let server: ShopServer;
let firstAt: string;

beforeAll(async () => {
  server = await serveShop();
  firstAt = (await server.query.revision(1)).publishedAt;
});

afterAll(() => server.close());

async function answer(query: string, variables: Readonly<Record<string, unknown>>) {
  const { status, body } = await server.ask(query, variables);
  expect(body.errors).toBeUndefined();
  expect(status).toBe(200);
  expect(body.extensions?.['cost']).toMatchObject({ limit: 20_000 });
  return body.data;
}

/** Ids are opaque, times are those of the run. */
const anId = expect.stringMatching(/^[A-Za-z0-9_-]+$/u) as string;
const aTime = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/u) as string;

describe('the screens of a catalog', () => {
  it('1: badges on a list of tables', async () => {
    const refs = [
      { native: { source: 'shop', id: '5c1e' } },
      { openLineage: { namespace: 'snowflake://acme', name: 'SALES.PUBLIC.ORDERS' } },
      { id: globalId('Dataset', '0'.repeat(32)) },
      { id: 'no id of ours' },
    ];
    expect(await answer(screens.badges, { refs })).toEqual({
      datasetsByRef: [
        {
          status: 'FOUND',
          dataset: {
            id: anId,
            summary: {
              state: 'SENSITIVE',
              label: 'Personal data',
              terms: expect.arrayContaining([{ regulation: 'GDPR', term: 'personal data' }]) as unknown,
              sensitiveFields: 3,
              undecidedFields: 1,
              gapFields: 0,
            },
            subject: { kind: 'customer', keyField: { path: 'customer_id' } },
            freshness: { lastSyncedAt: '2026-11-21T07:03:10.000Z', stale: false },
            url: expect.stringMatching(/^\/datasets\/[\w-]+$/u) as string,
          },
        },
        { status: 'NOT_FOUND', dataset: null },
        { status: 'NOT_FOUND', dataset: null },
        { status: 'NOT_FOUND', dataset: null },
      ],
      revision: { number: 2, at: aTime },
    });
  });

  it('2: the column panel', async () => {
    const variables = { ref: { native: { source: 'shop', id: '5c1e' } }, path: 'email' };
    expect(await answer(screens.fieldPanel, variables)).toEqual({
      fieldByRef: {
        id: anId,
        path: 'email',
        type: 'varchar(200)',
        description: 'Where we write to.',
        state: 'SENSITIVE',
        because: 'E-mail address: 98 % of distinct values have the shape of an address; the name says e-mail.',
        gap: null,
        classifications: [
          {
            id: anId,
            category: 'user.contact.email',
            label: 'E-mail address',
            classes: ['PII'],
            derived: null,
            confidence: 0.97,
            terms: expect.arrayContaining([
              { regulation: 'GDPR', term: 'personal data', provision: 'GDPR:4(1)' },
            ]) as unknown,
            decidedBy: { kind: 'DETECTOR', name: 'detectors@3', at: '2026-11-20T22:10:00.000Z' },
            reviewState: 'NOT_REVIEWED',
            staleSince: null,
            evidence: [
              { signal: 'name', detail: 'the name says e-mail', weight: 2.1 },
              { signal: 'shape', detail: '98 % of distinct values have the shape of an address', weight: 3.4 },
            ],
            citations: expect.arrayContaining([
              expect.objectContaining({
                provision: 'GDPR:4(1)',
                check: 'CATALOGUE_ONLY',
                quote: null,
                url: '/regulations/GDPR/4(1)',
              }),
            ]) as unknown,
            origin: null,
          },
        ],
        controls: [
          { kind: 'MASKING_POLICY', name: 'MASK_EMAIL', enforcedBy: 'shop', lastSeenAt: '2026-11-21T07:03:10.000Z' },
        ],
        tags: [{ name: 'CONFIDENTIAL', source: 'shop', setBy: { kind: 'PERSON', name: 'someone in shop' } }],
      },
    });
  });

  it('2: the column panel of a field that came along lineage, and of one that nobody judged', async () => {
    const hashed = await answer(screens.fieldPanel, { ref: { text: 'stg_customers' }, path: 'email_sha' });
    expect(hashed).toMatchObject({
      fieldByRef: {
        because: 'Plain hash of customers.email; still treated as personal data.',
        classifications: [
          {
            label: 'E-mail address (hashed)',
            derived: 'HASH',
            decidedBy: { kind: 'PROPAGATION', name: 'functions@3', at: firstAt },
            origin: { field: { dataset: { name: customers.name }, path: 'email' }, hops: 1 },
          },
        ],
      },
    });
    expect(await answer(screens.fieldPanel, { ref: { text: 'refunds' }, path: 'note' })).toMatchObject({
      fieldByRef: {
        state: 'GAP',
        gap: { reason: 'nothing has judged it yet', since: null, remedy: 'Run: lexline sync shop' },
        classifications: [],
      },
    });
    expect(await answer(screens.fieldPanel, { ref: { text: 'customers' }, path: 'nothing' })).toEqual({
      fieldByRef: null,
    });
  });

  it('3: the lineage picture', async () => {
    const data = await answer(screens.lineage, { id: globalId('Field', field(customers, 'email')) });
    const { lineage } = (data as { field: { lineage: { nodes: unknown[]; edges: unknown[] } } }).field;
    expect(lineage.nodes[0]).toEqual({
      key: expect.any(String) as string,
      depth: 0,
      hidden: false,
      field: {
        id: anId,
        path: 'email',
        dataset: { id: anId, name: customers.name, platform: 'postgres', region: 'eu-central-1' },
      },
      label: 'E-mail address',
      state: 'SENSITIVE',
    });
    expect(lineage.edges.find((edge) => !(edge as { masking: boolean }).masking)).toEqual({
      from: expect.any(String) as string,
      to: expect.any(String) as string,
      kind: 'DIRECT',
      transformation: 'TRANSFORMATION',
      masking: false,
      confidence: 1,
      lastSeenAt: '2026-11-21T07:03:10.000Z',
      job: { id: anId, name: 'model.shop.stg_customers' },
      assertedBy: { kind: 'SQL', name: 'dbt-shop' },
    });
    expect(lineage).toMatchObject({ truncated: null, hiddenNodes: 0, unparsedStatements: 1, endCursor: null });
    expect(lineage.nodes).toHaveLength(4);
  });

  it('4: why a column carries that tag', async () => {
    const classificationId = globalId('Classification', `${field(marketing, 'email')}:user.contact.email`);
    expect(await answer(screens.why, { classificationId })).toEqual({
      classification: {
        explanation: {
          sentence: 'Copied from customers.email through stg_customers.',
          steps: [
            {
              from: { dataset: { name: customers.name }, path: 'email' },
              to: { dataset: { name: 'shop.stg.stg_customers' }, path: 'email' },
              function: 'LOWER',
              effect: 'KEEP',
              vouchedFor: [],
              under: [],
              rule: { id: 'functions', version: 3 },
              statement: 'model.shop.stg_customers',
            },
            {
              from: { dataset: { name: 'shop.stg.stg_customers' }, path: 'email' },
              to: { dataset: { name: marketing.name }, path: 'email' },
              function: '',
              effect: 'KEEP',
              vouchedFor: [],
              under: [],
              rule: { id: 'functions', version: 3 },
              statement: 'model.shop.campaign',
            },
          ],
          under: [],
          alternatives: [],
          wouldEndIf: [
            { action: 'REJECT_ORIGIN', detail: expect.stringContaining('customers.email') as string },
            { action: 'REJECT_HERE', detail: expect.any(String) as string },
          ],
        },
        history: [
          {
            at: firstAt,
            actor: { kind: 'PROPAGATION', name: 'functions@3' },
            change: 'ADDED',
            before: null,
            after: 'user.contact.email',
            reason: null,
          },
        ],
      },
    });
  });

  it('5: impact', async () => {
    expect(await answer(screens.impact, { id: globalId('Field', field(customers, 'email')), after: null })).toEqual({
      field: {
        impact: {
          counts: { fields: 3, datasets: 2, jobs: 2, exposures: 1 },
          byRegion: [
            { region: 'eu-central-1', datasets: 1 },
            { region: 'us', datasets: 1 },
          ],
          byCategory: [{ category: 'user.contact.email', fields: 3 }],
          complete: false,
          list: {
            edges: [
              {
                cursor: anId,
                degree: 2,
                path: ['customers.email', 'stg_customers.email', 'campaign.email'],
                node: {
                  path: 'email',
                  dataset: { name: marketing.name, platform: 'bigquery', region: 'us', owners: ['growth'] },
                },
              },
            ],
            pageInfo: { hasNextPage: false, endCursor: anId },
          },
        },
      },
    });
  });

  it('6: coverage and changes', async () => {
    expect(await answer(screens.coverage, { source: 'shop', from: firstAt })).toEqual({
      source: {
        lastRun: {
          status: 'PARTIAL',
          startedAt: '2026-11-21T07:00:00.000Z',
          finishedAt: '2026-11-21T07:03:10.000Z',
          missed: [{ what: 'schema hr', reason: 'no USAGE right' }],
        },
        coverage: {
          fields: 11,
          namesOnly: 8,
          profiled: 1,
          notRead: 2,
          unparsedStatements: 0,
          staleDatasets: 0,
          undecided: 1,
        },
      },
      changes: {
        edges: [
          {
            node: {
              kind: 'NOW_SENSITIVE',
              summary: 'Card number in orders.note',
              field: { path: 'note', dataset: { name: 'shop.public.orders' } },
              at: aTime,
              actor: { kind: 'DETECTOR', name: 'detectors@3' },
            },
          },
        ],
        totalCount: 1,
      },
    });
  });
});
