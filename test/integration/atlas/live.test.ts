import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atlas } from '../../../connectors/atlas/connector.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { composeFor } from '../../../server/lexline.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import { printPath } from '../../../server/model/ids.ts';
import { atlasMissing, startAtlas, type RunningAtlas } from '../../../scripts/atlas.ts';
import { datasetsOf, readAll } from '../../connector-messages.ts';
import { atlasApi, loadClinic, type AtlasApi } from '../../fixtures/atlas/own-entities.ts';
import { expectSameLists, listsOf, type Lists } from '../../side-by-side.ts';

/** A real Apache Atlas that is started here (LEXLINE_REAL_ATLAS=1), looked at by its own search, and listened to. */
const missing =
  process.env['LEXLINE_REAL_ATLAS'] === undefined ? 'set LEXLINE_REAL_ATLAS=1 to start a real Atlas' : atlasMissing();
const actor = { kind: 'process', id: 'test' } as const;
const credentials = { username: 'admin', password: 'admin' };

describe.skipIf(missing !== null)(
  `a real Apache Atlas that goes on${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let running: RunningAtlas;
    let api: AtlasApi;
    beforeAll(async () => {
      running = await startAtlas();
      api = atlasApi(running.url);
      await loadClinic(api, 'clinic');
    }, 1_800_000);
    afterAll(async () => running.stop());

    /** Qualified names of everything of a type that Atlas's own search lists, page by page. */
    async function searched(typeName: string): Promise<readonly string[]> {
      const names: string[] = [];
      for (let offset = 0; ; offset += 100) {
        const asked = { typeName, excludeDeletedEntities: true, includeSubTypes: true, limit: 100, offset };
        const { entities = [] } = (await api.call('POST', '/v2/search/basic', asked)) as {
          entities?: readonly { readonly attributes: { readonly qualifiedName: string } }[];
        };
        names.push(...entities.map(({ attributes }) => attributes.qualifiedName.replace(/@[^@]*$/u, '')));
        if (entities.length < 100) return names;
      }
    }

    async function theirs(): Promise<Lists> {
      const cut = (name: string, at: number): readonly [string, string] => [name.slice(0, at), name.slice(at + 1)];
      return {
        tables: (await searched('hive_table')).map((name) => joinName(cut(name, name.indexOf('.')))),
        columns: (await searched('hive_column')).map((name) => {
          const [table, column] = cut(name, name.lastIndexOf('.'));
          return `${joinName(cut(table, table.indexOf('.')))}.${printPath([column])}`;
        }),
      };
    }

    it('lists the same tables and columns, side by side by name', async () => {
      // The search index follows the entities by itself.
      await expect.poll(async () => (await searched('hive_column')).length, { timeout: 240_000 }).toBe(12);
      const config = atlas.configSchema.parse({ url: running.url, ...credentials });
      const connection = atlas.connect(config, { source: 'atlas', clock: systemClock, log: silentLog });
      expectSameLists(
        `Apache Atlas ${running.version}`,
        'POST /v2/search/basic',
        listsOf(datasetsOf(await readAll(connection))),
        await theirs(),
      );
    });

    it('tells of new tables, which are in the graph by themselves', async ({ skip }) => {
      const { kafka } = running;
      if (kafka === null) {
        skip("another Atlas of this machine has the port of its Kafka's relay");
        return;
      }
      const folder = mkdtempSync(join(tmpdir(), 'lexline-live-atlas-'));
      const config = join(folder, 'lexline.yaml');
      const source = {
        name: 'atlas',
        connector: 'atlas',
        url: running.url,
        ...credentials,
        kafka: { brokers: [kafka], topics: ['ATLAS_ENTITIES'], group: 'lexline-live' },
      };
      writeFileSync(config, JSON.stringify({ sources: [source] }));
      const global = { config, data: undefined, json: false };
      const product = await composeFor({ global, env: {}, clock: systemClock, actor }).open();
      const stop = new AbortController();
      const serving = product.runSchedule(actor, stop.signal);
      const isThere = async (name: string): Promise<boolean> => {
        const query = await product.query();
        const n = await query.at().then(
          (at) => at.n,
          () => null,
        );
        // Nothing was synced yet.
        if (n === null) return false;
        const [found] = await query.datasetsByRef([{ openLineage: { namespace: 'hive://clinic1', name } }], n);
        return found?.dataset !== null && found?.dataset !== undefined;
      };
      try {
        await expect.poll(() => isThere('clinic.patients'), { timeout: 240_000 }).toBe(true);
        for (const name of ['first', 'second', 'third']) {
          await loadClinic(api, name);
          const from = performance.now();
          await expect.poll(() => isThere(`${name}.patients`), { timeout: 240_000 }).toBe(true);
          const seconds = ((performance.now() - from) / 1000).toFixed(1);
          process.stderr.write(`Atlas took ${name}.patients; it was in the graph ${seconds} s later\n`);
        }
      } finally {
        stop.abort();
        await serving.catch(() => {});
        await product.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }, 1_200_000);
  },
);
