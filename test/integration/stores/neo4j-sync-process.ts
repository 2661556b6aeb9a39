import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { openNeo4jStores } from '../../../server/stores/neo4j/open-stores.ts';
import { generatedSource } from '../sync/generated-source.ts';
import { syncOn } from './sync-on.ts';

/**
 * A process that syncs a generated source into a Neo4j: `neo4j-sync-process.ts <url> <source> <tables>`, the password in
 * NEO4J_PASSWORD. Says on standard output how far it is, then its report.
 */
const [url = '', source = '', tables = '0'] = process.argv.slice(2);
const { NEO4J_PASSWORD: password = '' } = process.env;
const stores = await openNeo4jStores({ url, username: 'neo4j', password, log: silentLog, clock: systemClock });
const report = await syncOn(stores, generatedSource(source, Number(tables)), ({ stage, done }) =>
  process.stdout.write(`${stage} ${done}\n`),
);
process.stdout.write(`report ${JSON.stringify(report)}\n`);
await stores.close();
