import { describe, expect, it } from 'vitest';
import {
  completed,
  datasetsByName,
  gapLines,
  gapsOf,
  lastCursor,
  messagesOf,
  readAll,
} from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud } from './session.ts';

const { over } = servers();

describe('governance that BigQuery shows at one time and refuses at another', () => {
  it('keeps what is known of policy tags when a taxonomy that was shown is refused: nothing is read without it', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const at = lastCursor(await readAll(connectTo(server.url)));
    cloud.refused.add('taxonomies');
    cloud.table(project, 'sales', 'customers', ['id']).fields[0] = {
      name: 'id',
      type: 'STRING',
      policyTags: { names: [`projects/${project}/locations/eu/taxonomies/11/policyTags/22`] },
    };
    const since = await readAll(connectTo(server.url), { kind: 'since', at });
    expect(datasetsByName(since).size).toBe(0);
    const gap = gapsOf(since).find(({ what }) => what === 'dataset acme-shop.sales');
    expect(gap).toMatchObject({
      reason: 'no-rights',
      detail: expect.stringContaining('what is known of its tags, masking') as string,
      remedy: expect.stringContaining('"governance: false"') as string,
    });
    const again = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(since) });
    expect(datasetsByName(again).size).toBe(0);
    const without = await readAll(connectTo(server.url, { governance: false }), { kind: 'since', at });
    expect(completed(without)).toContain('acme-shop.sales');
  });

  it.each([
    ['dataPolicies', 'projects/acme-shop/locations/eu/dataPolicies', 'roles/bigquerydatapolicy.viewer'],
    ['rowAccessPolicies', 'row access policies of acme-shop.sales', 'rowAccessPolicies: false'],
    ['datasets.get', 'dataset acme-shop.sales', 'roles/bigquery.metadataViewer'],
  ])('keeps what was known of a dataset by %s when they are refused later', async (refused, shown, remedy) => {
    const cloud = smallCloud();
    const customers = cloud.projects.get(project)?.get('sales')?.tables.get('customers');
    customers?.rowPolicies.push('only_eu');
    cloud.dataset(project, 'sales').labels = { zone: 'gold' };
    const server = await over(cloud);
    const first = await readAll(connectTo(server.url));
    expect(completed(first)).toContain('acme-shop.sales');
    cloud.refused.add(refused);
    if (customers !== undefined) customers.etag += 1;
    const since = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(first) });
    const again = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(since) });
    for (const messages of [since, again]) {
      expect(completed(messages)).not.toContain('acme-shop.sales');
      expect(datasetsByName(messages).has('acme-shop.sales.customers')).toBe(false);
      expect(gapsOf(messages).find(({ what }) => what === 'dataset acme-shop.sales')).toMatchObject({
        reason: 'no-rights',
        detail: expect.stringContaining(`was shown ${shown} and`) as string,
        remedy: expect.stringContaining(remedy) as string,
      });
    }
    cloud.refused.delete(refused);
    const back = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(again) });
    expect(messagesOf('gap', back)).toEqual([]);
  });

  it('goes on where row policies are refused of tables that never had one, or are not asked for any more', async () => {
    const cloud = smallCloud();
    const server = await over(cloud);
    const first = await readAll(connectTo(server.url));
    cloud.refused.add('rowAccessPolicies');
    cloud.table(project, 'sales', 'fresh', ['id']);
    const since = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(first) });
    expect(completed(since)).toEqual(['acme-shop.sales']);
    cloud.refused.clear();
    cloud.projects.get(project)?.get('sales')?.tables.get('fresh')?.rowPolicies.push('only_eu');
    const had = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(since) });
    cloud.refused.add('rowAccessPolicies');
    const off = { rowAccessPolicies: false };
    const without = await readAll(connectTo(server.url, off), { kind: 'since', at: lastCursor(had) });
    expect(completed(without)).toEqual(['acme-shop.sales']);
    const on = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(without) });
    expect(gapsOf(on).map(({ what }) => what)).toEqual(['row access policies of acme-shop.sales']);
  });

  it('reads without the names of tags, and says so, where they were never shown', async () => {
    const cloud = smallCloud();
    cloud.refused.add('taxonomies');
    cloud.refused.add('dataPolicies');
    const messages = await readAll(connectTo((await over(cloud)).url));
    const email = datasetsByName(messages).get('acme-shop.sales.customers')?.fields[1];
    const resource = 'projects/acme-shop/locations/eu/taxonomies/11/policyTags/22';
    expect([email?.tags, email?.facets?.['controls']]).toEqual([
      [{ name: resource, setBy: 'unknown' }],
      [{ kind: 'POLICY_TAG', name: resource }],
    ]);
    expect(gapLines(messages)).toEqual([
      ':projects: no-rights policy tags of projects/acme-shop/locations/eu/taxonomies/11',
      ':projects: no-rights masking rules (projects/acme-shop/locations/eu/dataPolicies)',
    ]);
  });
});
