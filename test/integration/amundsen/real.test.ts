import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amundsen } from '../../../connectors/amundsen/connector.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import { printPath } from '../../../server/model/ids.ts';
import { amundsenMissing, startAmundsen } from '../../../scripts/amundsen.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { datasetsOf, readAll } from '../../connector-messages.ts';
import { expectSameLists, listsOf } from '../../side-by-side.ts';
import { runLexline } from '../cli/run-in-process.ts';

/** Over a real Amundsen, which is started here (LEXLINE_REAL_AMUNDSEN=1; some 400 MB are downloaded the first time). */
const missing =
  process.env['LEXLINE_REAL_AMUNDSEN'] === undefined
    ? 'set LEXLINE_REAL_AMUNDSEN=1 to start a real Amundsen'
    : amundsenMissing();

/** A table as the service gives it, as far as it is looked at. */
interface ServedTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly badges: readonly { readonly badge_name: string }[] }[];
}

describe.skipIf(missing !== null)(`a real Amundsen${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let url = '';
  let service = '';
  let load: (tag: string) => void = () => {};
  let stop = async (): Promise<void> => {};
  let folder = '';
  const lexline = async (...args: readonly string[]): Promise<string> => {
    const { status, out, err } = await runLexline([...args, '--config', join(folder, 'lexline.yaml')]);
    expect(status, `${out}${err}`).toBe(0);
    return out;
  };
  const cypher = async (text: string): Promise<readonly Record<string, unknown>[]> => {
    const driver = neo4j.driver(url, undefined, { disableLosslessIntegers: true });
    const { records } = await driver.executeQuery(text);
    await driver.close();
    return records.map((record) => record.toObject());
  };
  /** As the user interface asks: the service's own answer for a table. */
  const tableOf = async (key: string): Promise<ServedTable> => {
    const text = await new Promise<string>((resolve, reject) => {
      const asking = request(
        `${service}/table/${key}`,
        { headers: { 'content-type': 'application/json' } },
        (answer) => {
          let all = '';
          answer.setEncoding('utf8').on('data', (part: string) => (all += part));
          answer.once('end', () => resolve(all));
        },
      );
      asking.once('error', reject).end('{}');
    });
    return JSON.parse(text) as ServedTable;
  };
  const badgesOf = async (column: string): Promise<readonly string[]> => {
    const { columns } = await tableOf('hive://gold.clinic/patients');
    return (columns.find(({ name }) => name === column)?.badges ?? []).map(({ badge_name: name }) => name);
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lexline-real-amundsen-'));
    const running = await startAmundsen();
    url = running.graph;
    service = running.service;
    load = (tag) => running.load(tag);
    stop = () => running.stop();
    writeFileSync(
      join(folder, 'lexline.yaml'),
      [
        'sources:',
        '  - name: amundsen',
        '    connector: amundsen',
        `    url: ${url}`,
        `    serviceUrl: ${service}`,
        '    tagMap: { user.name: lexline_pii }',
        '    writeBack: { mode: auto, threshold: 0.5 }',
      ].join('\n'),
    );
  }, 600_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describeConnector('amundsen over the real graph', () => {
    const config = () => ({ url, pageSize: 2 });
    return {
      connector: amundsen,
      config: config(),
      connect: () =>
        amundsen.connect(amundsen.configSchema.parse(config()), {
          source: 'amundsen',
          clock: { now: () => 0 },
          log: silentLog,
        }),
      secrets: ['canary-'],
    };
  });

  it('lists the same tables and columns as the service, side by side by name', async () => {
    const keys = (await cypher('MATCH (t:Table) RETURN t.key AS key')).map(({ key }) => String(key));
    const served = await Promise.all(keys.map((key) => tableOf(key)));
    const names = served.map(({ schema, name }) => joinName([schema, name]));
    const connection = amundsen.connect(amundsen.configSchema.parse({ url }), {
      source: 'amundsen',
      clock: systemClock,
      log: silentLog,
    });
    expectSameLists('Amundsen', "its metadata service's /table", listsOf(datasetsOf(await readAll(connection))), {
      tables: names,
      columns: served.flatMap(({ columns }, i) => columns.map(({ name }) => `${names[i] ?? ''}.${printPath([name])}`)),
    });
  });

  it('finds what the graph itself counts, and puts its badge on a column, read back by the service', async () => {
    const report = JSON.parse(await lexline('sync', 'amundsen', '--json')) as {
      documents: { read: number };
      writeBack: { written: number };
    };
    const [counts] = await cypher(
      'MATCH (t:Table) WITH count(t) AS tables MATCH (t:Table)-[:HAS_UPSTREAM]->() RETURN tables, count(DISTINCT t) AS fed',
    );
    expect(report.documents.read).toBe(Number(counts?.['tables']) + Number(counts?.['fed']));
    expect(report.writeBack.written).toBeGreaterThan(0);
    expect(await badgesOf('full_name')).toEqual(['lexline_pii']);
    expect(await badgesOf('email')).toEqual(['pii']);
  });

  it('reads nothing again while nothing changed, and all of a schema once it is published anew', async () => {
    await lexline('sync', 'amundsen');
    const unchanged = JSON.parse(await lexline('sync', 'amundsen', '--json')) as {
      status: string;
      documents: { read: number };
    };
    expect(unchanged).toMatchObject({ status: 'UNCHANGED', documents: { read: 0 } });
    load('second');
    const again = JSON.parse(await lexline('sync', 'amundsen', '--json')) as {
      documents: { read: number; changed: number };
    };
    expect(again.documents).toMatchObject({ read: 4, changed: 0 });
  });

  it('makes a removal wait, and takes the badge off when a person agrees', async () => {
    await cypher(
      "MATCH (c:Column {key: 'hive://gold.clinic/patients/full_name'}) SET c.col_type = 'boolean', c.name = 'is_open', c.key = 'hive://gold.clinic/patients/is_open'",
    );
    const out = await lexline('sync', 'amundsen');
    expect(out).toContain('drift:');
    expect(await badgesOf('is_open')).toEqual(['lexline_pii']);
    const removal = (await lexline('write-back', 'amundsen', '--json'))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { id: string; action: string })
      .find(({ action }) => action === 'remove');
    expect(await lexline('write-back', 'amundsen', '--apply', removal?.id ?? '')).toContain('[applied]');
    expect(await badgesOf('is_open')).toEqual([]);
  });
});
