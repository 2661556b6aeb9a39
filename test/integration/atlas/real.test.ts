import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atlas } from '../../../connectors/atlas/connector.ts';
import { silentLog } from '../../../server/base/log.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { atlasApi, describeClinic, loadClinic, type AtlasApi, type Made } from '../../fixtures/atlas/own-entities.ts';
import { atlasMissing, startAtlas } from '../../../scripts/atlas.ts';
import { startFaultProxy } from '../../fake/fault-proxy.ts';
import { runLexline } from '../cli/run-in-process.ts';

/**
 * Over a real Apache Atlas 2.1.0, which is started here (LEXLINE_REAL_ATLAS=1; some 330 MB are downloaded the first time)
 * or named by LEXLINE_ATLAS_URL with `admin`/`admin`.
 */
const given = process.env['LEXLINE_ATLAS_URL'];
const wanted = given !== undefined || process.env['LEXLINE_REAL_ATLAS'] !== undefined;
const missing = wanted
  ? given === undefined
    ? atlasMissing()
    : null
  : 'set LEXLINE_REAL_ATLAS=1 to start a real Atlas, or LEXLINE_ATLAS_URL';

describe.skipIf(missing !== null)(`a real Apache Atlas${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let url = given ?? '';
  /** The same server behind a clock that stands still. */
  let still = '';
  let stop = async (): Promise<void> => {};
  let api: AtlasApi;
  let made: Made;
  let folder = '';
  const database = `clinic${Date.now() % 100_000}`;
  const guid = (name: string): string => made.get(`${database}.${name}@clinic1`) ?? '';
  const tagsOf = async (name: string): Promise<readonly string[]> => {
    const { list } = (await api.call('GET', `/v2/entity/guid/${guid(name)}/classifications`)) as {
      list: readonly { typeName: string }[];
    };
    return list.map(({ typeName }) => typeName).sort();
  };
  const lexline = async (...args: readonly string[]): Promise<string> => {
    const { status, out, err } = await runLexline([...args, '--config', join(folder, 'lexline.yaml')], {
      env: { ATLAS_PASSWORD: 'admin' },
    });
    expect(status, `${out}${err}`).toBe(0);
    return out;
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lexline-real-atlas-'));
    if (given === undefined) {
      const running = await startAtlas();
      ({ url } = running);
      stop = () => running.stop();
    }
    const later = new Date(Date.now() + 3_600_000).toUTCString();
    const proxy = await startFaultProxy(url, () => ({
      type: 'edit',
      edit: (body) => body,
      headers: { date: later },
    }));
    still = proxy.url;
    const stopServer = stop;
    stop = async () => {
      await proxy.close();
      await stopServer();
    };
    api = atlasApi(url);
    made = await loadClinic(api, database);
    await describeClinic(api, made, database).catch((error: unknown) => {
      // Types and glossary of an earlier run on the same server.
      if (!String(error).includes('409')) throw error;
    });
    await new Promise((resolve) => setTimeout(resolve, 3000));
    writeFileSync(
      join(folder, 'lexline.yaml'),
      [
        'sources:',
        '  - name: atlas',
        '    connector: atlas',
        `    url: ${url}`,
        '    username: admin',
        '    password: "${ATLAS_PASSWORD}"',
        `    databases: { include: [${database}] }`,
        '    writeBack: { mode: auto, threshold: 0.5 }',
      ].join('\n'),
    );
  }, 600_000);
  afterAll(async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  describeConnector('atlas over the real server', () => {
    const config = {
      url: still,
      username: 'admin',
      password: 'admin',
      pageSize: 3,
      databases: { include: [database] },
    };
    return {
      connector: atlas,
      config,
      connect: () =>
        atlas.connect(atlas.configSchema.parse(config), { source: 'atlas', clock: { now: () => 0 }, log: silentLog }),
      secrets: ['canary-'],
    };
  });

  it('finds what the catalog itself counts', async () => {
    const out = await lexline('sync', 'atlas', '--json');
    const report = JSON.parse(out) as { documents: { read: number }; status: string; writeBack: { written: number } };
    const { entities } = (await api.call('POST', '/v2/search/basic', {
      typeName: 'hive_table',
      excludeDeletedEntities: true,
      limit: 1000,
    })) as { entities: readonly { attributes: { qualifiedName: string } }[] };
    const own = entities.filter(({ attributes }) => attributes.qualifiedName.startsWith(`${database}.`));
    // Four tables and views, the job behind the view, and every process of the catalog.
    expect(own).toHaveLength(4);
    expect(report.documents.read).toBeGreaterThanOrEqual(own.length + 2);
    expect(report.writeBack.written).toBeGreaterThan(0);
  });

  it('has put its tag on a column, to be read back by the catalog itself, and not propagated it', async () => {
    expect(await tagsOf('patients.full_name')).toContain('Lexline_PII');
    const answer = (await api.call('POST', '/v2/search/basic', { classification: 'Lexline_PII', limit: 100 })) as {
      entities: readonly { guid: string }[];
    };
    expect(answer.entities.map((one) => one.guid)).toContain(guid('patients.full_name'));
    const { list } = (await api.call('GET', `/v2/entity/guid/${guid('patients.full_name')}/classifications`)) as {
      list: readonly { propagate: boolean }[];
    };
    expect(list.every(({ propagate }) => !propagate)).toBe(true);
  });

  it('makes a removal wait, and takes the tag off when a person agrees', async () => {
    const column = guid('patients.full_name');
    await api.call('PUT', `/v2/entity/guid/${column}?name=name`, 'is_open');
    await api.call('PUT', `/v2/entity/guid/${column}?name=type`, 'boolean');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const out = await lexline('sync', 'atlas');
    expect(out).toContain('full_name → is_open');
    expect(await tagsOf('patients.full_name')).toContain('Lexline_PII');
    const waiting = (await lexline('write-back', 'atlas', '--json')).split('\n').filter((line) => line !== '');
    const removals = waiting
      .map((line) => JSON.parse(line) as { id: string; action: string; waitsFor: string })
      .filter(({ action }) => action === 'remove');
    expect(removals.length).toBeGreaterThan(0);
    for (const { waitsFor } of removals) expect(waitsFor).toContain('wait for a person');
    const ids = removals.map(({ id }) => id).join(',');
    expect(await lexline('write-back', 'atlas', '--apply', ids)).toContain('[applied]');
    expect(await tagsOf('patients.full_name')).toEqual([]);
  });

  it('sees what a reader without rights may not see as a gap, and reads the rest', async () => {
    if (given !== undefined) return;
    await loadClinic(api, 'hidden');
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const connection = atlas.connect(atlas.configSchema.parse({ url, username: 'reader', password: 'reader' }), {
      source: 'atlas',
      clock: systemClock,
      log: silentLog,
    });
    const gaps: string[] = [];
    const complete: string[] = [];
    const names: string[] = [];
    for await (const message of connection.read({ cursor: null }, new AbortController().signal)) {
      if (message.type === 'gap') gaps.push(`${message.gap.reason} ${message.gap.what}`);
      if (message.type === 'scope-complete') complete.push(message.scope);
      if (message.type === 'document' && message.document.type === 'dataset') names.push(message.document.name);
    }
    await connection.close();
    expect(gaps.join('\n')).toMatch(/no-rights/);
    expect(names.filter((name) => name.startsWith('hidden.'))).toEqual([]);
    expect(names).toContain(`${database}.patients`);
    expect(complete.filter((scope) => scope.startsWith('hive_table'))).toEqual([]);
  });
});
