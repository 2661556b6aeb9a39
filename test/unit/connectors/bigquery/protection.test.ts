import { describe, expect, it } from 'vitest';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import type { FakeBigQueryOptions } from '../../../fake/bigquery-server.ts';
import { completed, datasetsByName, lastCursor, readAll } from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, personal, project, smallCloud } from './session.ts';

const { over } = servers();
const read = async (cloud: FakeCloud, settings: object = {}, options: FakeBigQueryOptions = {}) =>
  readAll(connectTo((await over(cloud, options)).url, settings));

describe('what restricts reading in BigQuery', () => {
  it('says of a column with a rule of its own what masks it, and not that somebody may see it raw', async () => {
    const cloud = smallCloud();
    const rule = (id: string) => ({ name: `projects/77/locations/eu/dataPolicies/${id}` });
    cloud.table(project, 'sales', 'cards', [
      { name: 'pan', type: 'STRING', dataPolicies: [rule('last_four'), rule('raw_for_auditors'), rule('gone')] },
    ]);
    cloud.dataPolicies.push(
      {
        ...rule('last_four'),
        dataPolicyId: 'last_four',
        dataPolicyType: 'DATA_MASKING_POLICY',
        dataMaskingPolicy: { predefinedExpression: 'LAST_FOUR_CHARACTERS' },
      },
      { ...rule('raw_for_auditors'), dataPolicyId: 'raw_for_auditors', dataPolicyType: 'RAW_DATA_ACCESS_POLICY' },
    );
    const [pan] = datasetsByName(await read(cloud)).get('acme-shop.sales.cards')?.fields ?? [];
    expect(pan?.facets?.['controls']).toEqual([
      { kind: 'MASKING_POLICY', name: 'last_four (LAST_FOUR_CHARACTERS)' },
      { kind: 'DATA_POLICY', name: 'projects/77/locations/eu/dataPolicies/gone' },
    ]);
  });

  it('says who may use a dataset: many by name, people counted, and views that read on behalf of others', async () => {
    const cloud = smallCloud();
    Object.assign(cloud.dataset(project, 'mart'), {
      labels: { zone: 'gold' },
      defaultTableExpirationMs: String(30 * 86_400_000),
      access: [
        { role: 'READER', specialGroup: 'allAuthenticatedUsers' },
        { role: 'READER', groupByEmail: 'analysts@example.com' },
        { role: 'READER', userByEmail: 'ana@example.com' },
        { role: 'READER', userByEmail: 'loader@acme.iam.gserviceaccount.com' },
        { role: 'roles/x', iamMember: 'user:bo@example.com' },
        { view: { projectId: 'other', datasetId: 'd', tableId: 'v' } },
      ],
    });
    const messages = await read(cloud);
    expect(datasetsByName(messages).get('acme-shop.mart.mailing')?.facets?.['bigquery.relation']).toEqual({
      dataset: {
        labels: { zone: 'gold' },
        defaultExpirationDays: 30,
        access: [
          { role: 'READER', to: ['allAuthenticatedUsers', 'group:analysts@example.com'], users: 1, serviceAccounts: 1 },
          { role: 'roles/x', users: 1 },
        ],
        authorized: ['other.d.v'],
      },
    });
    expect(JSON.stringify(messages)).not.toMatch(/ana@|bo@|loader@/u);
  });

  it('names row access policies and nothing of what they filter by; one that is added is a change', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const before = await readAll(connectTo(server.url));
    cloud.projects.get(project)?.get('sales')?.tables.get('customers')?.rowPolicies.push('only_eu');
    const after = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(before) });
    expect(completed(after)).toEqual(['acme-shop.sales']);
    expect(datasetsByName(after).get('acme-shop.sales.customers')?.facets?.['bigquery.relation']).toEqual({
      policies: [{ kind: 'ROW_ACCESS_POLICY', name: 'only_eu' }],
    });
    expect(JSON.stringify(after)).not.toContain('canary-7Q');
    const without = await readAll(connectTo(server.url, { rowAccessPolicies: false }));
    expect(datasetsByName(without).get('acme-shop.sales.customers')?.facets?.['bigquery.relation']).toBeUndefined();
  });

  it('sees that a policy tag was renamed and that a rule was hung on it', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const before = await readAll(connectTo(server.url));
    const [tag] = cloud.taxonomies[0]?.policyTags ?? [];
    if (tag !== undefined) tag.displayName = 'Contact';
    const after = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(before) });
    expect(datasetsByName(after).get('acme-shop.sales.customers')?.fields[1]?.tags).toEqual([
      { name: 'Privacy.Contact', setBy: 'person' },
    ]);
    cloud.dataPolicies.length = 0;
    const third = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(after) });
    expect(completed(third)).toEqual(['acme-shop.sales']);
  });

  it('takes our own mark out of a description, and the tags in it for ours', async () => {
    const cloud = smallCloud();
    cloud.table(project, 'sales', 'people', [
      { name: 'email', type: 'STRING', description: 'Where invoices go [lexline: gdpr=yes, lexline_pii]' },
      { name: 'name', type: 'STRING', description: '[lexline: lexline_pii]' },
      { name: 'note', type: 'STRING', description: 'see [lexline: x] above' },
    ]);
    const [email, name, note] = datasetsByName(await read(cloud)).get('acme-shop.sales.people')?.fields ?? [];
    expect([email?.description, email?.tags]).toEqual([
      'Where invoices go',
      [
        { name: 'gdpr', value: 'yes', setBy: 'lexline' },
        { name: 'lexline_pii', setBy: 'lexline' },
      ],
    ]);
    expect([name?.description, name?.tags]).toEqual([undefined, [{ name: 'lexline_pii', setBy: 'lexline' }]]);
    expect([note?.description, note?.tags]).toEqual(['see [lexline: x] above', undefined]);
  });

  it('knows a policy tag by its resource whether the project stands there by name or by number', async () => {
    const cloud = smallCloud();
    const column = cloud.table(project, 'sales', 'mail', [{ name: 'a', type: 'STRING' }]).fields[0];
    if (column !== undefined) column.policyTags = { names: [personal] };
    for (const tag of cloud.taxonomies[0]?.policyTags ?? []) tag.name = tag.name.replace(project, '77');
    const [field] = datasetsByName(await read(cloud)).get('acme-shop.sales.mail')?.fields ?? [];
    expect(field?.tags).toEqual([{ name: 'Privacy.Personal', setBy: 'person' }]);
  });

  it('goes on where a taxonomy was deleted: its tags are named by their resource', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const at = lastCursor(await readAll(connectTo(server.url)));
    cloud.taxonomies.length = 0;
    const since = await readAll(connectTo(server.url), { kind: 'since', at });
    expect(completed(since)).toEqual(['acme-shop.sales']);
    expect(datasetsByName(since).get('acme-shop.sales.customers')?.fields[1]?.tags).toMatchObject([
      { setBy: 'unknown' },
    ]);
  });
});
