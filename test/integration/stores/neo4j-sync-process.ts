import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { openNeo4jStores } from '../../../server/stores/neo4j/open-stores.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { generatedSource } from '../sync/generated-source.ts';
import { syncOn } from './sync-on.ts';

/**
 * A process that syncs a generated source into the Neo4j of an address, the password in NEO4J_PASSWORD, or into the embedded
 * stores of a folder: `neo4j-sync-process.ts <address | folder> <source> <tables>`. Says on standard output how far it is, then its
 * report.
 */
const [where = '', source = '', tables = '0'] = process.argv.slice(2);
const { NEO4J_PASSWORD: password = '' } = process.env;
const given = { log: silentLog, clock: systemClock };
const stores = where.includes('://')
  ? await openNeo4jStores({ url: where, username: 'neo4j', password, ...given })
  : await openSqliteStores({ path: where, ...given });
const report = await syncOn(stores, generatedSource(source, Number(tables)), ({ stage, done }) =>
  process.stdout.write(`${stage} ${done}\n`),
);
process.stdout.write(`report ${JSON.stringify(report)}\n`);
await stores.close();
