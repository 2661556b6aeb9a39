import { describe, expect, it } from 'vitest';
import type { FakeCloud, FakeJob } from '../../../fake/bigquery-project.ts';
import { gapLines, jobsOf, lastCursor, messagesOf, readAll } from '../../../connector-messages.ts';
import { servers } from './over.ts';
import { connectTo, project, smallCloud } from './session.ts';

const { over } = servers();
const hour = 3_600_000;
const sales = (name: string) => [project, 'sales', name] as const;

function withJobs(...jobs: readonly (Partial<FakeJob> & { readonly id: string })[]): FakeCloud {
  const cloud = smallCloud();
  cloud.jobs.set(
    project,
    jobs.map((job) => ({
      location: 'EU',
      statement: 'INSERT',
      shape: job.id.padEnd(16, '0'),
      endedMs: cloud.nowMs - hour,
      query: 'INSERT INTO letters SELECT email FROM customers',
      target: sales('letters'),
      read: [sales('customers')],
      ...job,
    })),
  );
  return cloud;
}
const read = async (cloud: FakeCloud, settings: object = {}) => readAll(connectTo((await over(cloud)).url, settings));
const moved = (messages: Awaited<ReturnType<typeof readAll>>) => jobsOf(messages).filter(({ kind }) => kind !== 'view');

describe('jobs that ran', () => {
  it('become one job for each form of statement, with what BigQuery saw of it, and its runs by day', async () => {
    const cloud = withJobs(
      { id: 'a', runs: 3 },
      { id: 'b', shape: 'a'.padEnd(16, '0'), endedMs: Date.UTC(2026, 10, 20, 3) },
    );
    const messages = await read(cloud);
    expect(moved(messages)).toEqual([
      {
        type: 'job',
        kind: 'query',
        platform: 'bigquery',
        namespace: 'bigquery',
        name: 'acme-shop.query:a000000000000000',
        native: { id: 'a000000000000000' },
        inputs: [{ namespace: 'bigquery', name: 'acme-shop.sales.customers' }],
        outputs: [{ namespace: 'bigquery', name: 'acme-shop.sales.letters' }],
        flows: 'stated',
        edges: [
          {
            from: { dataset: { namespace: 'bigquery', name: 'acme-shop.sales.customers' }, field: null },
            to: { dataset: { namespace: 'bigquery', name: 'acme-shop.sales.letters' }, field: null },
            kind: 'DATASET',
            weak: true,
          },
        ],
        statements: [
          {
            dialect: 'bigquery',
            sql: 'INSERT INTO letters SELECT email FROM customers',
            namespace: 'bigquery',
            defaultDatabase: 'acme-shop',
            defaultSchema: 'sales',
          },
        ],
      },
    ]);
    expect(
      messagesOf('observation', messages)
        .filter(({ measure }) => measure === 'runs')
        .map(({ day, count, last }) => [day, count, last]),
    ).toEqual([
      ['2026-11-21', 3, '2026-11-21T11:00:00.000Z'],
      ['2026-11-20', 1, '2026-11-20T03:00:00.000Z'],
    ]);
  });

  it('say where the rows of a bare query went', async () => {
    const [job] = moved(await read(withJobs({ id: 'a', statement: 'SELECT', query: 'SELECT email FROM customers' })));
    expect(job?.statements?.[0]?.target).toEqual({ namespace: 'bigquery', name: 'acme-shop.sales.letters' });
  });

  it('fold daily tables and partitions, and leave out hidden results', async () => {
    const [job] = moved(
      await read(
        withJobs({
          id: 'a',
          target: sales('days_20260102$2026010203'),
          read: [
            sales('events_20260101'),
            sales('events_20260102'),
            [project, '_tmp', 'x'],
            sales('INFORMATION_SCHEMA.TABLES'),
          ],
        }),
      ),
    );
    expect([job?.inputs, job?.outputs].map((names) => names?.map(({ name }) => name))).toEqual([
      ['acme-shop.sales.events_yyyymmdd'],
      ['acme-shop.sales.days_yyyymmdd'],
    ]);
  });

  it('ask for the default dataset of a statement over several, and only then', async () => {
    const cloud = withJobs(
      { id: 'one' },
      {
        id: 'two',
        target: [project, 'mart', 'letters'],
        configuration: { query: { defaultDataset: { datasetId: 'mart' } } },
      },
      { id: 'three', target: [project, 'mart', 'letters'], configuration: { query: {} } },
    );
    const jobs = new Map(
      moved(await read(cloud)).map((job) => [job.native?.id.replace(/0+$/u, ''), job.statements?.[0]]),
    );
    expect([...jobs].map(([id, statement]) => [id, statement?.defaultDatabase, statement?.defaultSchema])).toEqual([
      ['one', 'acme-shop', 'sales'],
      ['two', 'acme-shop', 'mart'],
      ['three', 'acme-shop', undefined],
    ]);
  });

  it('tell loads, copies and exports by folder and table, without names of files', async () => {
    const reference = (name: string) => ({ projectId: project, datasetId: 'sales', tableId: name });
    const cloud = withJobs(
      {
        id: 'load',
        type: 'LOAD',
        query: '',
        configuration: {
          load: {
            sourceUris: ['gs://acme-drop/in/2026/ana-miller.csv', 'gs://acme-drop/in/2026/bo.csv'],
            destinationTable: reference('people'),
          },
        },
      },
      {
        id: 'copy',
        type: 'COPY',
        query: '',
        configuration: {
          copy: { sourceTables: [reference('a'), reference('b_20260101')], destinationTable: reference('c') },
        },
      },
      {
        id: 'export',
        type: 'EXTRACT',
        query: '',
        configuration: {
          extract: { sourceTable: reference('people'), destinationUris: ['gs://acme-out/hr/people-*.csv'] },
        },
      },
    );
    const messages = await read(cloud);
    expect(moved(messages).map(({ kind, inputs, outputs }) => [kind, inputs, outputs])).toEqual([
      [
        'process',
        [{ namespace: 'gs://acme-drop', name: 'in' }],
        [{ namespace: 'bigquery', name: 'acme-shop.sales.people' }],
      ],
      [
        'process',
        [
          { namespace: 'bigquery', name: 'acme-shop.sales.a' },
          { namespace: 'bigquery', name: 'acme-shop.sales.b_yyyymmdd' },
        ],
        [{ namespace: 'bigquery', name: 'acme-shop.sales.c' }],
      ],
      [
        'process',
        [{ namespace: 'bigquery', name: 'acme-shop.sales.people' }],
        [{ namespace: 'gs://acme-out', name: 'hr' }],
      ],
    ]);
    expect(JSON.stringify(messages)).not.toContain('ana-miller');
  });

  it('count who read what by day, without a name', async () => {
    const cloud = smallCloud();
    cloud.reads.set(project, [
      {
        location: 'EU',
        table: sales('events_yyyymmdd'),
        day: '2026-11-21',
        reads: 12,
        readers: 2,
        lastMs: cloud.nowMs - hour,
      },
    ]);
    const usage = messagesOf('observation', await read(cloud)).filter(({ measure }) => measure === 'usage');
    expect(usage).toEqual([
      {
        type: 'observation',
        kind: 'dataset',
        name: { namespace: 'bigquery', name: 'acme-shop.sales.events_yyyymmdd' },
        measure: 'usage',
        day: '2026-11-21',
        count: 12,
        last: '2026-11-21T11:00:00.000Z',
        body: { reads: 12, readers: 2 },
      },
    ]);
  });

  it('are read once each: the next read goes on where this one ended, and leaves out the last minutes', async () => {
    const cloud = withJobs({ id: 'old' }, { id: 'young', endedMs: smallCloud().nowMs - 60_000 });
    const server = await over(cloud);
    const first = await readAll(connectTo(server.url));
    expect(moved(first).map(({ native }) => native?.id)).toEqual(['old'.padEnd(16, '0')]);
    cloud.nowMs += hour;
    const second = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(first) });
    expect(moved(second).map(({ native }) => native?.id)).toEqual(['young'.padEnd(16, '0')]);
    const third = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(second) });
    expect(moved(third)).toEqual([]);
  });

  it('are asked about once more where the last read was not shown them', async () => {
    const cloud = withJobs({ id: 'a' });
    const server = await over(cloud);
    cloud.refused.add('JOBS_BY_PROJECT');
    const first = await readAll(connectTo(server.url));
    expect(gapLines(first)).toEqual([':projects: no-rights the history of jobs of project acme-shop in EU']);
    cloud.refused.clear();
    const second = await readAll(connectTo(server.url), { kind: 'since', at: lastCursor(first) });
    expect(moved(second)).toHaveLength(1);
  });

  it('that are too many are a gap', async () => {
    const cloud = withJobs({ id: 'a' }, { id: 'b' }, { id: 'c' });
    const messages = await read(cloud, { maxQueries: 2 });
    expect(moved(messages)).toHaveLength(2);
    expect(gapLines(messages)).toEqual([':projects: not-read jobs that ran in project acme-shop, EU']);
  });

  it('are left alone where nobody asks for them', async () => {
    const server = await over(withJobs({ id: 'a' }));
    expect(moved(await readAll(connectTo(server.url, { history: false })))).toEqual([]);
    expect(server.queries.some(({ sql }) => sql.includes('JOBS'))).toBe(false);
  });
});
