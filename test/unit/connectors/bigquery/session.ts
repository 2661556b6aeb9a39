import { bigquery } from '../../../../connectors/bigquery/connector.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { createFakeCloud, type FakeCloud } from '../../../fake/bigquery-project.ts';

export const token = 'canary-token-7Q';
export const project = 'acme-shop';

/** A small project: two datasets, a table with members and a policy tag, daily tables, a view. */
export function smallCloud(): FakeCloud {
  const cloud = createFakeCloud();
  cloud.table(
    project,
    'sales',
    'customers',
    [
      { name: 'id', type: 'INT64', mode: 'REQUIRED' },
      { name: 'email', type: 'STRING', description: 'Where invoices go', policyTags: { names: [personal] } },
      {
        name: 'addresses',
        type: 'RECORD',
        mode: 'REPEATED',
        fields: [
          { name: 'street', type: 'STRING', description: 'With the number' },
          { name: 'geo', type: 'RECORD', fields: [{ name: 'lat', type: 'FLOAT64' }] },
        ],
      },
    ],
    { description: 'People who buy', labels: { team: 'sales' } },
  );
  for (const day of ['20260101', '20260102']) cloud.table(project, 'sales', `events_${day}`, ['user_id', 'ip']);
  cloud.table(project, 'mart', 'mailing', ['mail'], {
    type: 'VIEW',
    query: 'SELECT LOWER(email) AS mail FROM `acme-shop.sales.customers`',
  });
  cloud.taxonomies.push({
    name: taxonomy,
    displayName: 'Privacy',
    activatedPolicyTypes: ['FINE_GRAINED_ACCESS_CONTROL'],
    policyTags: [{ name: personal, displayName: 'Personal' }],
  });
  cloud.dataPolicies.push({
    name: 'projects/77/locations/eu/dataPolicies/mask_mail',
    dataPolicyId: 'mask_mail',
    dataPolicyType: 'DATA_MASKING_POLICY',
    policyTag: personal.replace(project, '77'),
    dataMaskingPolicy: { predefinedExpression: 'EMAIL_MASK' },
  });
  return cloud;
}

export const taxonomy = `projects/${project}/locations/eu/taxonomies/11`;
export const personal = `${taxonomy}/policyTags/22`;

export function connectTo(
  url: string,
  settings: object = {},
  clock = { now: () => Date.UTC(2026, 10, 21, 12) },
): SourceConnection {
  const config = {
    project,
    endpoint: url,
    dataCatalogEndpoint: url,
    dataPolicyEndpoint: url,
    token,
    retries: 0,
    ...settings,
  };
  return bigquery.connect(bigquery.configSchema.parse(config), { source: 'bq', clock, log: silentLog });
}
