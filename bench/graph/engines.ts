/**
 * Both engines on one generated warehouse, in one run, beside raw SQLite and raw Cypher:
 *
 *   node bench/graph/engines.ts [--tables 50000] [--revisions 50] [--engine both|embedded|neo4j] [--mixed]
 *
 * 50,000 tables are 1 M fields and 1.9 M edges; each revision changes one table and one job in a hundred. The default is a
 * tenth of that. `--mixed`: loads cut, hash, choose and put together too, and do not only copy. Neo4j is the one of NEO4J_URI,
 * which must be empty, or one that is installed and started here (heap 2 GB, page cache 1 GB). Says each figure when it is
 * there, with its aim and the memory taken, and prints one table at the end.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startNeo4j, type RunningNeo4j } from '../../scripts/neo4j.ts';
import { silentLog } from '../../server/base/log.ts';
import { openNeo4jStores } from '../../server/stores/neo4j/open-stores.ts';
import { openSqliteStores } from '../../server/stores/sqlite/open-stores.ts';
import { rawCypher, rawGraph, rawSqlite, type Floor } from './floors.ts';
import type { LevelsSize } from './levels.ts';
import type { Figures } from './figures.ts';
import { measureEngine, measureFloor, type StoresOfEngine } from './measure-engine.ts';
import { printFigures } from './print-figures.ts';

const { values } = parseArgs({
  options: {
    tables: { type: 'string', default: '5000' },
    mixed: { type: 'boolean', default: false },
    revisions: { type: 'string', default: '50' },
    engine: { type: 'string', default: 'both' },
  },
});
const size: LevelsSize = { tables: Number(values.tables), mixed: values.mixed };
const revisions = Number(values.revisions);
const directory = mkdtempSync(join(tmpdir(), 'lexline-engines-'));
const found = new Map<string, Figures>();

async function measure(name: string, stores: StoresOfEngine, serverPid: number | null): Promise<void> {
  found.set(name, await measureEngine(stores, size, revisions, name, serverPid));
}

async function floor(make: () => Promise<Floor> | Floor): Promise<void> {
  const made = await make();
  found.set(made.name, await measureFloor(made, size));
  await made.close();
}

if (values.engine !== 'neo4j') {
  const stores = await openSqliteStores({ path: join(directory, 'stores'), log: silentLog });
  await measure('embedded', stores, null);
  await stores.close();
}
const raw = rawGraph(size);
await floor(() => rawSqlite(directory, raw));
if (values.engine !== 'embedded') {
  const { NEO4J_URI, NEO4J_USERNAME = 'neo4j', NEO4J_PASSWORD = '' } = process.env;
  const own: RunningNeo4j | null = NEO4J_URI === undefined ? await startNeo4j({ heap: '2g', pageCache: '1g' }) : null;
  const connection = own ?? { url: NEO4J_URI ?? '', username: NEO4J_USERNAME, password: NEO4J_PASSWORD };
  try {
    const { url, username, password } = connection;
    const stores = await openNeo4jStores({ url, username, password, log: silentLog });
    await measure('neo4j', stores, own?.pid() ?? null);
    await stores.close();
    await floor(() => rawCypher(connection, raw));
  } finally {
    await own?.stop();
  }
}
rmSync(directory, { recursive: true });
printFigures(found, size, revisions);
