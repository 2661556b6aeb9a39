import { describe, expect, it } from 'vitest';
import { gapsOf, jobsByName, readAll } from '../../../connector-messages.ts';
import { connectTo, namespace, readOf, serve } from './session.ts';
import { day, dayNumber, isEntityEdges, last, lastDay, observations, way, withHistory, type Told } from './told.ts';

describe('what jobs, notebooks and pipelines moved', () => {
  const told: Told = {
    entityEdges: [
      way('main.sales.customers', 'main.mart.m', ['email', 'mail'], { entity_type: 'JOB', entity_id: '417' }),
      way('main.sales.customers', 'main.mart.m', null, { entity_type: 'JOB', entity_id: '417' }),
      way('main.sales.orders', 'main.mart.o', null, { entity_type: 'JOB', entity_id: '417' }),
      way('main.sales.orders', 'main.mart.p', null, {}),
      {
        ...way('main.sales.orders', '', null, { entity_type: 'NOTEBOOK', entity_id: '9' }),
        target_name: null,
        target_path: 's3://acme-lake/export/orders',
      },
      {
        ...way('Main.Sales.ORDERS', '', null, { entity_type: 'NOTEBOOK', entity_id: '10' }),
        target_name: null,
        target_path: 'dbfs:/Volumes/main/sales/letters/2026/a.csv',
      },
    ],
    runs: [
      { entity_type: 'JOB', entity_id: '417', day: dayNumber, runs: 5, last_ms: last },
      { entity_type: 'JOB', entity_id: 'of which nothing was told', day: dayNumber, runs: 5, last_ms: last },
    ],
    reads: [{ name: 'main.sales.customers', day: dayNumber, reads: 6, users: 2, last_ms: last }],
  };

  it('is a job each, column by column, and table by table only where no column is told', async () => {
    const found = jobsByName(await readOf(withHistory(told)));
    const job = found.get('job.417');
    expect(job).toMatchObject({
      kind: 'process',
      flows: 'stated',
      facets: { 'databricks.entity': { type: 'JOB', id: '417' } },
    });
    expect(job?.edges).toEqual([
      {
        from: { dataset: { namespace, name: 'main.sales.orders' }, field: null },
        to: { dataset: { namespace, name: 'main.mart.o' }, field: null },
        kind: 'DATASET',
      },
      {
        from: { dataset: { namespace, name: 'main.sales.customers' }, field: ['email'] },
        to: { dataset: { namespace, name: 'main.mart.m' }, field: ['mail'] },
        kind: 'TRANSFORMATION',
        effect: 'unknown',
      },
    ]);
    expect(found.get('unnamed."main.mart.p"')?.outputs).toEqual([{ namespace, name: 'main.mart.p' }]);
    expect(found.get('notebook.10')).toMatchObject({
      inputs: [{ namespace, name: 'main.sales.orders' }],
      outputs: [{ namespace, name: 'main.sales.volume:letters' }],
    });
    expect(found.get('notebook.9')?.outputs).toEqual([{ namespace: 's3://acme-lake', name: 'export/orders' }]);
  });

  it('tells when each way was seen first and last, how often a job ran, and how often and by how many a table was read', async () => {
    const messages = await readOf(withHistory(told));
    const [seen] = observations(messages, 'lineage-seen');
    expect(seen).toMatchObject({ name: { name: 'job.417' }, count: 1, day: lastDay });
    expect(seen?.body).toMatchObject({
      edges: [
        {
          from: 'main.sales.customers#email',
          to: 'main.mart.m#mail',
          firstSeen: new Date(last - day).toISOString(),
          lastSeen: new Date(last).toISOString(),
        },
        {},
        {},
      ],
      left: 0,
    });
    expect(observations(messages, 'runs')).toMatchObject([{ name: { name: 'job.417' }, count: 5, day: lastDay }]);
    expect(observations(messages, 'usage')).toMatchObject([
      { name: { name: 'main.sales.customers' }, count: 6, body: { reads: 6, readers: 2 } },
    ]);
  });

  it('leaves out statements whose text is told, where the history is shown', async () => {
    const server = await serve(withHistory(told));
    await readAll(connectTo(server.url));
    await readAll(connectTo(server.url, { history: false }));
    const asked = server.statements.filter((sql) => isEntityEdges.test(sql));
    expect(asked.map((sql) => sql.includes('LEFT ANTI JOIN'))).toEqual([true, false]);
  });

  it('is taken up to the limit, and the rest is said', async () => {
    const messages = await readOf(withHistory(told), { maxEdges: 2 });
    expect(jobsByName(messages).get('job.417')?.edges).toHaveLength(1);
    expect(gapsOf(messages)).toContainEqual(expect.objectContaining({ what: 'rows of lineage' }));
  });
});
