import neo4j from 'neo4j-driver';
import { describe } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { openNeo4jStores, type Neo4jStores } from '../../../server/stores/neo4j/open-stores.ts';

const { NEO4J_URI: url, NEO4J_USERNAME: username = 'neo4j', NEO4J_PASSWORD: password = '' } = process.env;

/** Where the suites find a Neo4j; null: nobody started one. `npm run test:neo4j` does. */
export const neo4jConnection = url === undefined ? null : { url, username, password };

/** A suite on the Neo4j of the environment; without one it is skipped by name, with the reason. */
export function describeOnNeo4j(name: string, suite: () => void): void {
  if (neo4jConnection === null)
    describe.skip(`${name} (skipped: NEO4J_URI is not set; run \`npm run test:neo4j\`)`, suite);
  else describe(name, suite);
}

function connection() {
  if (neo4jConnection === null) throw new Error('NEO4J_URI is not set');
  return neo4jConnection;
}

/** Runs Cypher beside the stores. */
export async function onDatabase<T>(
  work: (run: (text: string, parameters?: Record<string, unknown>) => Promise<Record<string, unknown>[]>) => Promise<T>,
): Promise<T> {
  const { url: address, username: user, password: secret } = connection();
  const driver = neo4j.driver(address, neo4j.auth.basic(user, secret), { disableLosslessIntegers: true });
  const session = driver.session();
  try {
    return await work(async (text, parameters = {}) =>
      (await session.run(text, parameters)).records.map((record) => record.toObject()),
    );
  } finally {
    await session.close();
    await driver.close();
  }
}

/**
 * Empties the database: one that holds nothing, or that these tests made and marked. Any other is refused, so that a wrong
 * NEO4J_URI costs nobody a graph.
 */
export async function emptyDatabase(): Promise<void> {
  await onDatabase(async (run) => {
    const [found] = await run(
      'OPTIONAL MATCH (h:Head {one: 1}) RETURN h.disposable AS disposable, EXISTS { MATCH (n) } AS filled',
    );
    if (found?.['filled'] === true && found['disposable'] !== true)
      throw new Error('the database of NEO4J_URI holds a graph that these tests did not make: give them an empty one');
    // Edges first: a thing with very many of them is slow to take away whole.
    await run('MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 2000 ROWS');
    await run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
  });
}

/** Fresh stores in an emptied database. */
export async function freshNeo4j(): Promise<Neo4jStores & { readonly store: Neo4jStores['graph'] }> {
  await emptyDatabase();
  const stores = await openNeo4jStores({ ...connection(), log: silentLog });
  await onDatabase((run) => run('MATCH (h:Head {one: 1}) SET h.disposable = true'));
  return { ...stores, store: stores.graph };
}
