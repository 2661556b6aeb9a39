import { describe, expect, it } from 'vitest';
import type { ProfileMessage } from '../../../../connectors/connector.ts';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import type { FakeBigQuery } from '../../../fake/bigquery-server.ts';
import { profileAll } from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud } from './session.ts';

const { over } = servers();

function filled(): FakeCloud {
  const cloud = smallCloud();
  cloud.table(
    project,
    'sales',
    'people',
    [
      { name: 'mail', type: 'STRING' },
      { name: 'photo', type: 'BYTES' },
      { name: 'homes', type: 'RECORD', mode: 'REPEATED', fields: [{ name: 'street', type: 'STRING' }] },
      { name: 'closed', type: 'STRING', policyTags: { names: ['projects/p/locations/eu/taxonomies/1/policyTags/2'] } },
      {
        name: 'inner',
        type: 'RECORD',
        policyTags: { names: ['projects/p/locations/eu/taxonomies/1/policyTags/2'] },
        fields: [{ name: 'x', type: 'STRING' }],
      },
    ],
    {
      rows: [
        { mail: 'canary-ada@example.com', closed: 'canary-c', homes: [{ street: 'canary 1' }, { street: 'canary 2' }] },
        { mail: null, closed: 'canary-c', homes: [] },
      ],
    },
  );
  return cloud;
}

async function profile(
  cloud: FakeCloud,
  columns: readonly string[],
  { table = 'people', settings = {} }: { readonly table?: string; readonly settings?: object } = {},
): Promise<{ readonly messages: readonly ProfileMessage[]; readonly server: FakeBigQuery }> {
  const server = await over(cloud);
  const dataset = { namespace: 'bigquery', name: `acme-shop.sales.${table}` };
  const requests = columns.map((column) => ({ dataset, path: column.split('.'), type: 'STRING' }));
  return { messages: await profileAll(connectTo(server.url, settings), requests, { maxRows: 10, seed: 7 }), server };
}
const gaps = (messages: readonly ProfileMessage[]) =>
  messages.flatMap((message) => (message.type === 'gap' ? [message.gap] : []));

describe('values of BigQuery', () => {
  it('are listed without a query, shown to the profiler, and none of them is kept', async () => {
    const { messages, server } = await profile(filled(), ['mail', 'homes.street']);
    expect(messages).toMatchObject([
      { type: 'profile', profile: { path: ['mail'], rowsSeen: 2, nulls: 1 } },
      { type: 'profile', profile: { path: ['homes', 'street'], rowsSeen: 2, nulls: 0, distinct: 2 } },
    ]);
    expect(JSON.stringify(messages)).not.toContain('canary');
    expect(server.queries).toEqual([]);
  });

  it('are not looked at behind a policy tag, on the column or on what it is a member of', async () => {
    const { messages } = await profile(filled(), ['closed', 'inner.x', 'mail']);
    expect(gaps(messages)).toMatchObject([
      { what: 'values of acme-shop.sales.people: closed, inner.x', reason: 'names-only' },
    ]);
    expect(messages.filter(({ type }) => type === 'profile')).toHaveLength(1);
  });

  it('are not looked at where they are no text, or gone', async () => {
    const { messages } = await profile(filled(), ['photo', 'homes', 'nowhere']);
    expect(messages).toMatchObject([
      { type: 'gap', gap: { what: 'values of acme-shop.sales.people: photo, homes, nowhere', reason: 'unsupported' } },
    ]);
  });

  it('are not looked at in a table with a row access policy, nor where they may not be read', async () => {
    const cloud = filled();
    cloud.refused.add('rows:people');
    const { messages } = await profile(cloud, ['mail']);
    expect(gaps(messages)).toMatchObject([
      {
        reason: 'no-rights',
        remedy: expect.stringContaining(
          'GRANT `roles/bigquery.dataViewer` ON TABLE `acme-shop`.`sales`.`people`',
        ) as string,
      },
    ]);
    const filtered = filled();
    filtered.projects.get(project)?.get('sales')?.tables.get('people')?.rowPolicies.push('only_eu');
    const { messages: none } = await profile(filtered, ['mail']);
    expect(none).toMatchObject([
      { type: 'gap', gap: { what: 'values of acme-shop.sales.people', reason: 'no-rights' } },
    ]);
  });

  it('of a view or an external table are read by a query only where that is asked for, and within limits', async () => {
    const cloud = filled();
    cloud.table(project, 'sales', 'outside', ['mail'], { type: 'EXTERNAL', rows: [{ mail: 'canary@example.com' }] });
    const listed = await profile(cloud, ['mail'], { table: 'outside' });
    expect(gaps(listed.messages)).toMatchObject([
      { reason: 'not-read', remedy: expect.stringContaining('sampling: query') as string },
    ]);
    expect(listed.server.queries).toEqual([]);
    const queried = await profile(cloud, ['mail'], {
      table: 'outside',
      settings: { sampling: 'query', maxGigabytesPerQuery: 0.5 },
    });
    expect(queried.messages).toMatchObject([{ type: 'profile', profile: { path: ['mail'], rowsSeen: 1 } }]);
    expect(queried.server.queries[0]?.body).toMatchObject({
      maximumBytesBilled: String(0.5 * 1024 ** 3),
      location: 'EU',
    });
  });

  it('of a large table are taken from blocks of it where a query is asked for', async () => {
    const cloud = filled();
    cloud.table(project, 'sales', 'big', ['mail'], { rows: Array.from({ length: 50_000 }, () => ({ mail: 'x' })) });
    const { server } = await profile(cloud, ['mail'], { table: 'big', settings: { sampling: 'query' } });
    expect(server.queries[0]?.sql).toMatch(/TABLESAMPLE SYSTEM \(2 PERCENT\) LIMIT 10$/u);
  });

  it('of a table that is gone are a gap, and the others go on', async () => {
    const { messages } = await profile(filled(), ['mail'], { table: 'gone' });
    expect(messages).toMatchObject([{ type: 'gap', gap: { what: 'values of acme-shop.sales.gone' } }]);
  });
});
