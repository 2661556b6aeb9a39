import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dbt } from '../../../connectors/dbt/connector.ts';
import { openlineage } from '../../../connectors/openlineage/connector.ts';
import { connectThrough, postgres } from '../../../connectors/postgres/connector.ts';
import { postgresConfig } from '../../../connectors/postgres/config.ts';
import { sqlFiles } from '../../../connectors/sql-files/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { recordedPort, type Recording } from '../../fixtures/postgres/recorded-port.ts';

const context = { source: 'shop', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
const root = join(import.meta.dirname, '../../..');

describeConnector('postgres over recorded answers', () => {
  const recording = JSON.parse(readFileSync(join(root, 'test/fixtures/postgres/answers.json'), 'utf8')) as Recording;
  const config = { url: 'postgres://reader:canary-password-7Q@db.example.com/shop', pageSize: 3 };
  const over = (failAt?: number) =>
    connectThrough(
      recordedPort(recording, failAt),
      'postgres://db.example.com:5432',
      postgresConfig.parse(config),
      context,
    );
  return { connector: postgres, config, connect: () => over(), connectFailing: over, secrets: ['canary-'] };
});

describeConnector('dbt over real artefacts', () => {
  const config = { target: join(root, 'examples/shop-clinic/dbt/target'), namespace: 'postgres://db.example.com:5432' };
  return {
    connector: dbt,
    config,
    connect: () => dbt.connect(dbt.configSchema.parse(config), context),
    secrets: ['canary-', '4111111111111111'],
  };
});

describeConnector('sql-files over a folder', () => {
  const path = mkdtempSync(join(tmpdir(), 'lexline-sql-'));
  writeFileSync(join(path, 'a.sql'), "create table t (x text default 'canary-7Q');");
  writeFileSync(join(path, 'b.sql'), "insert into u select x from t where x <> 'canary-7Q';");
  const config = { path, dialect: 'postgres' };
  return {
    connector: sqlFiles,
    config,
    connect: () => sqlFiles.connect(sqlFiles.configSchema.parse(config), context),
    secrets: ['canary-'],
  };
});

describeConnector('openlineage over files of events', () => {
  const path = mkdtempSync(join(tmpdir(), 'lexline-events-'));
  const names = { namespace: 'postgres://db.example.com:5432', name: 'shop.public.orders' };
  const event = (eventType: string, more: object): string =>
    JSON.stringify({
      eventType,
      eventTime: '2026-01-01T00:00:00Z',
      run: { runId: 'r1', facets: { errorMessage: { message: 'canary-7Q', programmingLanguage: 'JAVA' } } },
      job: { namespace: 'etl', name: 'load' },
      ...more,
    });
  const fields = [{ name: 'id', type: 'int' }];
  writeFileSync(
    join(path, 'a.ndjson'),
    `${event('START', { inputs: [{ ...names, facets: { schema: { fields } } }] })}\n`,
  );
  writeFileSync(
    join(path, 'b.json'),
    `[${event('COMPLETE', { outputs: [{ ...names, name: 'shop.mart.orders' }] })}, "canary-7Q"]`,
  );
  const config = { path };
  return {
    connector: openlineage,
    config,
    connect: () => openlineage.connect(openlineage.configSchema.parse(config), context),
    secrets: ['canary-'],
  };
});
