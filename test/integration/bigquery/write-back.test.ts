import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bigquery } from '../../../connectors/bigquery/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { createFakeCloud, type FakeCloud } from '../../fake/bigquery-project.ts';
import { startFakeBigQuery, type FakeBigQuery } from '../../fake/bigquery-server.ts';
import { openHouse, type House } from '../sync/harness.ts';
import { openOneSource } from '../sync/one-source.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const project = 'acme-shop';
const taxonomy = `projects/${project}/locations/eu/taxonomies/11`;

describe('write-back to BigQuery', () => {
  const sqlEngine = createSqlEngine({ workers: 1 });
  let house: House;
  let cloud: FakeCloud;
  let server: FakeBigQuery;
  beforeEach(async () => {
    house = await openHouse();
    cloud = createFakeCloud();
    cloud.nowMs = Date.now();
    cloud.taxonomies.push({
      name: taxonomy,
      displayName: 'Privacy',
      activatedPolicyTypes: ['FINE_GRAINED_ACCESS_CONTROL'],
      policyTags: [{ name: `${taxonomy}/policyTags/22`, displayName: 'Personal' }],
    });
    cloud.table(project, 'crm', 'people', [
      { name: 'id', type: 'INT64' },
      { name: 'email', type: 'STRING', description: 'Where invoices go' },
    ]);
    server = await startFakeBigQuery(cloud);
  });
  afterEach(async () => {
    await server.close();
    await house.close();
  });
  afterAll(() => sqlEngine.close());

  function open(
    writeBack: Partial<WriteBackConfig>,
    settings: object = {},
    tagMap: Readonly<Record<string, string>> = {},
  ) {
    const addresses = { endpoint: server.url, dataCatalogEndpoint: server.url, dataPolicyEndpoint: server.url };
    return openOneSource({
      house,
      sqlEngine,
      name: 'bq',
      connector: bigquery,
      settings: { project, ...addresses, token: 't', retries: 0, ...settings },
      writeBack,
      tagMap,
    });
  }
  const email = () => cloud.projects.get(project)?.get('crm')?.tables.get('people')?.fields[1];
  const uid = fieldUid({ namespace: 'bigquery', name: 'acme-shop.crm.people' }, ['email']);

  it('writes nothing unless it is told to', async () => {
    const { sync } = open({});
    await sync.run({ source: 'bq', actor });
    expect(server.patches).toEqual([]);
  });

  it('proposes, shows what would be sent, writes when a person says so, reads it back, and takes it for ours', async () => {
    const { sync, writeBack } = open({ mode: 'propose' });
    await sync.run({ source: 'bq', actor });
    const plan = await writeBack.preview('bq', signal);
    const [only] = plan.changes.filter(({ change }) => change.target.field?.[0] === 'email');
    expect(only?.steps).toEqual([
      `PATCH ${server.url}/bigquery/v2/projects/acme-shop/datasets/crm/tables/people: the description of column email gets "[lexline: lexline_pii]"`,
    ]);
    expect(server.patches).toEqual([]);
    const outcome = await writeBack.apply({ source: 'bq', ids: [only?.change.id ?? ''], actor, signal });
    expect(outcome).toMatchObject({ stopped: null, done: [{ status: 'applied' }] });
    expect(email()?.description).toBe('Where invoices go [lexline: lexline_pii]');

    await sync.run({ source: 'bq', actor });
    const n = (await house.stores.graph.head()).published;
    const [field] = await house.stores.graph.get([uid], n);
    expect(field?.assertions[0]?.facets).toMatchObject({
      description: 'Where invoices go',
      tags: [{ name: 'lexline_pii', setBy: 'lexline' }],
    });
    expect((await house.stores.graph.verdicts([uid], n)).map(({ decider }) => decider)).not.toContain('imported');
    const before = server.patches.length;
    await sync.run({ source: 'bq', actor, full: true });
    expect(server.patches).toHaveLength(before);
  });

  it('lets a removal wait for a person', async () => {
    const { sync, writeBack } = open({ mode: 'auto' });
    await sync.run({ source: 'bq', actor });
    expect(email()?.description).toContain('lexline_pii');
    const column = email();
    if (column !== undefined) column.type = 'BOOL';
    await sync.run({ source: 'bq', actor, full: true });
    expect(email()?.description).toContain('lexline_pii');
    const removal = (await writeBack.list({ status: 'proposed' })).find(({ action }) => action === 'remove');
    expect(removal).toMatchObject({ waitsFor: 'removals wait for a person', tag: 'lexline_pii' });
    const { done } = await writeBack.apply({ source: 'bq', ids: [removal?.id ?? ''], actor, signal });
    expect(done).toMatchObject([{ status: 'applied', action: 'remove' }]);
    expect(email()?.description).toBe('Where invoices go');
  });

  it('names the access that a policy tag switches on before a person writes it, and takes it off when that is undone', async () => {
    const { sync, writeBack } = open({ mode: 'propose' }, { writeTagsAs: 'policy-tag' }, { PII: 'Privacy.Personal' });
    await sync.run({ source: 'bq', actor });
    const plan = await writeBack.preview('bq', signal);
    const [only] = plan.changes.filter(({ change }) => change.target.field?.[0] === 'email');
    expect(only?.change.policies).toMatchObject([
      { kind: 'access', name: expect.stringContaining('Privacy in eu') as string },
    ]);
    await writeBack.apply({ source: 'bq', ids: [only?.change.id ?? ''], actor, signal });
    expect(email()?.policyTags?.names).toEqual([`${taxonomy}/policyTags/22`]);
    const undone = await writeBack.undo({ source: 'bq', ids: [only?.change.id ?? ''], actor, signal });
    expect(undone.done).toMatchObject([{ status: 'undone' }]);
    expect(email()?.policyTags?.names).toEqual([]);
  });

  it('leaves a column alone that has a policy tag of somebody else', async () => {
    const column = email();
    if (column !== undefined) column.policyTags = { names: ['projects/p/locations/eu/taxonomies/9/policyTags/9'] };
    const { sync, writeBack } = open({ mode: 'auto' }, { writeTagsAs: 'policy-tag' }, { PII: 'Privacy.Personal' });
    await sync.run({ source: 'bq', actor });
    expect(email()?.policyTags?.names).toEqual(['projects/p/locations/eu/taxonomies/9/policyTags/9']);
    expect(await writeBack.list({ status: 'failed' })).toMatchObject([
      { detail: expect.stringContaining('another policy tag, set by somebody else') as string },
    ]);
  });
});
