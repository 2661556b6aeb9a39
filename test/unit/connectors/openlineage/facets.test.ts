import { describe, expect, it } from 'vitest';
import { dataset, datasets, jobs, lineage, readAll, runEvent, schema, warehouse } from './events.ts';

const canary = 'canary-7Q';

describe('facets of datasets', () => {
  it('become fields, description, owners, tags, aliases and kind', async () => {
    const facets = {
      schema: {
        fields: [
          { name: 'id', type: 'int', description: 'the key', ordinal_position: 2 },
          { name: 'address', type: 'struct', ordinal_position: 1, fields: [{ name: 'city', type: 'text' }] },
        ],
      },
      documentation: { description: 'All customers' },
      ownership: { owners: [{ name: 'team:crm', type: 'STEWARD' }] },
      tags: {
        tags: [
          { key: 'domain', value: 'crm', source: 'USER' },
          { key: 'pii', value: 'true', source: 'LEXLINE', field: 'address.city' },
        ],
      },
      symlinks: { identifiers: [{ namespace: 'hive://h:9083', name: 'crm.customers', type: 'TABLE' }] },
      datasetType: { datasetType: 'VIEW', subType: 'MATERIALIZED' },
      storage: { storageLayer: 'iceberg', fileFormat: 'parquet' },
      catalog: {
        framework: 'iceberg',
        type: 'rest',
        name: 'main',
        warehouseUri: `s3://u:${canary}@b/w?key=${canary}`,
        catalogProperties: { token: canary },
      },
      my_facet: { secret: canary },
    };
    const [document] = datasets(
      await readAll([{ eventTime: '2026-03-01T10:00:00Z', dataset: dataset('shop.crm.customers', facets) }]),
    );
    expect(document).toMatchObject({
      kind: 'materialized-view',
      platform: 'postgres',
      description: 'All customers',
      owners: ['team:crm'],
      tags: [{ name: 'domain', value: 'crm', setBy: 'source' }],
      aliases: [{ namespace: 'hive://h:9083', name: 'crm.customers' }],
      fields: [
        { path: ['address'], type: 'struct', ordinal: 1 },
        {
          path: ['address', 'city'],
          type: 'text',
          ordinal: 2,
          tags: [{ name: 'pii', value: 'true', setBy: 'lexline' }],
        },
        { path: ['id'], type: 'int', description: 'the key', ordinal: 3 },
      ],
      facets: {
        'openlineage.storage': { layer: 'iceberg', format: 'parquet' },
        'openlineage.catalog': { warehouseUri: 's3://…@b/w', properties: ['token'] },
        'openlineage.otherFacets': ['my_facet'],
      },
    });
    expect(JSON.stringify(document)).not.toContain(canary);
  });

  it('are taken back by a deletion, and only by a later one', async () => {
    const at = (time: string, description: object): object => ({
      eventTime: time,
      dataset: dataset('t', { documentation: description }),
    });
    const told = datasets(
      await readAll([
        at('2026-03-01T09:00:00Z', { description: 'old' }),
        at('2026-03-01T10:00:00Z', { _deleted: true }),
      ]),
    );
    expect(told[0]?.description).toBeUndefined();
    const kept = datasets(
      await readAll([
        at('2026-03-01T11:00:00Z', { description: 'new' }),
        at('2026-03-01T10:00:00Z', { _deleted: true }),
      ]),
    );
    expect(kept[0]?.description).toBe('new');
  });

  it('that are not what they claim to be make a gap and hurt nothing else', async () => {
    const messages = await readAll([
      runEvent({ outputs: [dataset('t', { ...schema('a'), tags: canary, ownership: { owners: 7 } })] }),
    ]);
    expect(messages).toContainEqual(
      expect.objectContaining({
        type: 'gap',
        gap: expect.objectContaining({
          what: 'job load',
          detail: expect.stringContaining('ownership, tags') as string,
        }) as object,
      }),
    );
    expect(datasets(messages)).toMatchObject([{ fields: [{ path: ['a'] }] }]);
    expect(JSON.stringify(messages)).not.toContain(canary);
  });
});

describe('facets of jobs and runs', () => {
  it('hand SQL over where no facet tells the columns, with what its short names mean', async () => {
    const sql = { query: 'insert into orders select id from raw', dialect: 'postgres' };
    const [job] = jobs(await readAll([runEvent({ jobFacets: { sql }, outputs: [dataset('shop.mart.orders')] })]));
    expect(job?.statements).toEqual([
      {
        dialect: 'postgres',
        sql: sql.query,
        namespace: warehouse,
        defaultDatabase: 'shop',
        defaultSchema: 'mart',
        target: { namespace: warehouse, name: 'shop.mart.orders' },
      },
    ]);
    const told = jobs(
      await readAll([
        runEvent({
          jobFacets: { sql },
          outputs: [dataset('shop.mart.orders', lineage({ id: ['raw.id DIRECT IDENTITY'] }))],
        }),
      ]),
    );
    expect(told[0]?.statements).toBeUndefined();
    const onlyColumns = jobs(
      await readAll([
        runEvent({ jobFacets: { sql }, outputs: [dataset('shop.mart.orders', lineage({ id: ['raw.id'] }))] }),
      ]),
    );
    expect(onlyColumns[0]).toMatchObject({ statements: [{ sql: sql.query }] });
    expect(onlyColumns[0]?.edges).toContainEqual(expect.objectContaining({ kind: 'TRANSFORMATION', weak: true }));
    const files = jobs(
      await readAll([runEvent({ jobFacets: { sql }, outputs: [{ namespace: 'file', name: '/data/orders' }] })]),
    );
    expect(files[0]?.statements).toBeUndefined();
  });

  it('keep names and figures and no value of a run', async () => {
    const runFacets = {
      errorMessage: {
        message: `java.lang.IllegalStateException: no row for ${canary}`,
        programmingLanguage: 'JAVA',
        stackTrace: canary,
      },
      environmentVariables: { environmentVariables: [{ name: 'HOME', value: canary }] },
      executionParameters: { parameters: [{ key: 'day', value: canary, description: canary }] },
      spark_properties: { properties: { 'spark.password': canary } },
      extractionError: {
        totalTasks: 3,
        failedTasks: 1,
        errors: [{ errorMessage: canary, stackTrace: canary, task: canary }],
      },
      nominalTime: { nominalStartTime: '2026-03-01T00:00:00Z' },
      parent: { run: { runId: 'p1' }, job: { namespace: 'etl', name: 'nightly' } },
      processing_engine: { name: 'Spark', version: '3.5.9', openlineageAdapterVersion: '1.53.0' },
      my_run_facet: { value: canary },
      tags: { tags: [{ key: 'team', value: 'crm', source: 'x' }] },
    };
    const statistics = {
      inputFacets: {
        inputSubset: {
          inputCondition: {
            type: 'compare',
            left: { type: 'field', field: 'country' },
            right: { type: 'literal', value: canary },
            comparison: 'EQUAL',
          },
        },
      },
    };
    const quality = {
      outputFacets: {
        outputStatistics: { rowCount: 5, size: 100 },
        dataQualityMetrics: {
          rowCount: 5,
          columnMetrics: { a: { nullCount: 1, min: 98765.4321, max: 98765.4321, quantiles: { '0.5': 98765.4321 } } },
        },
        dataQualityAssertions: {
          assertions: [
            { assertion: 'equals', success: true, expected: canary, actual: canary },
            { assertion: 'x', success: false },
          ],
        },
      },
    };
    const event = runEvent({
      type: 'FAIL',
      runFacets,
      jobFacets: {
        sourceCode: { language: 'python', sourceCode: canary },
        sourceCodeLocation: { type: 'git', url: `https://u:${canary}@example.com/r`, version: 'abc' },
        jobType: { processingType: 'BATCH', integration: 'SPARK', jobType: 'SQL_JOB' },
      },
      inputs: [dataset('a', {}, statistics)],
      outputs: [dataset('t', {}, quality)],
    });
    const messages = await readAll([event]);
    expect(JSON.stringify(messages)).not.toContain(canary);
    expect(JSON.stringify(messages)).not.toContain('98765');
    expect(jobs(messages)[0]).toMatchObject({
      kind: 'process',
      platform: 'spark',
      facets: {
        'openlineage.parent': { job: { namespace: 'etl', name: 'nightly' } },
        'openlineage.engine': { name: 'spark', version: '3.5.9' },
        'openlineage.sourceCodeLocation': { type: 'git' },
        'openlineage.extractionError': { total: 3, failed: 1 },
      },
    });
    expect(messages.filter(({ type }) => type === 'gap')).toHaveLength(1);
    const observed = messages.flatMap((one) => (one.type === 'observation' ? [one] : []));
    expect(observed.find(({ measure }) => measure === 'failed-runs')).toMatchObject({
      body: {
        status: 'fail',
        error: { kind: 'java.lang.IllegalStateException' },
        environment: { names: ['HOME'] },
        parameters: { names: ['day'] },
        parentRun: 'p1',
        tags: ['team'],
        code: 'abc',
      },
    });
    expect(observed.find(({ measure }) => measure === 'written-rows')).toMatchObject({ name: { name: 't' }, count: 5 });
    expect(observed.find(({ measure }) => measure === 'quality-assertions')).toMatchObject({
      body: { passed: 1, failed: 1 },
    });
    expect(observed.find(({ measure }) => measure === 'read')).toMatchObject({ body: { onlyBy: ['country'] } });
  });

  it('open nothing new when only the run differs', async () => {
    const event = (run: string, time: string): object =>
      runEvent({
        run,
        time,
        inputs: [dataset('a', schema('x'))],
        outputs: [dataset('t', { version: { datasetVersion: run } })],
        runFacets: { my_run_facet: { at: time } },
      });
    const first = await readAll([event('r1', '2026-03-01T08:00:00Z')]);
    const second = await readAll([event('r1', '2026-03-01T08:00:00Z'), event('r2', '2026-03-02T08:00:00Z')]);
    expect([...datasets(second), ...jobs(second)]).toEqual([...datasets(first), ...jobs(first)]);
  });
});
