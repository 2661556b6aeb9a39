import { LexlineError } from '../../base/errors.ts';
import { whole, type Database, type Row } from './database.ts';
import { hangStrays } from './hang-strays.ts';
import { indexAnew } from './index-anew.ts';
import { constraints, schemaVersion } from './schema.ts';

/**
 * What brings the rows of a version to the next, by the version it starts from; each may be done again, and by several at once.
 * The version is written when all has been done.
 */
const migrations: Readonly<Record<number, (database: Database) => Promise<void>>> = { 1: indexAnew, 2: hangStrays };

/** The oldest server whose Cypher and constraints the engine uses. */
const oldest = [5, 26] as const;

/** What `doctor` and `check-config` tell of the connection. */
export interface StoreState {
  readonly address: string;
  readonly version: string;
  /** Null: the database is empty. */
  readonly schema: number | null;
}

/**
 * Signs in and says what is there, without changing anything. Fails with STORE_UNAVAILABLE, STORE_AUTH_FAILED,
 * STORE_UNSUPPORTED, STORE_NEWER, or STORE_CORRUPT where the database holds something else.
 */
export async function inspectDatabase(database: Database): Promise<StoreState> {
  const { address } = database;
  const version = checkServer(await database.serverAgent(), address);
  const schema = await readSchema(database);
  if (schema !== null && schema > schemaVersion) throw newer(address, schema);
  return { address, version, schema };
}

/** The version of a supported server. Fails with STORE_UNSUPPORTED for an older one, and for what only speaks its protocol. */
export function checkServer(agent: string, address: string): string {
  const [, version = '', major, minor] = /^Neo4j\/((\d+)\.(\d+)[\w.-]*)$/u.exec(agent) ?? [];
  const isNewEnough = Number(major) > oldest[0] || (Number(major) === oldest[0] && Number(minor) >= oldest[1]);
  if (isNewEnough) return version;
  throw new LexlineError('STORE_UNSUPPORTED', `[stores/neo4j] ${address} is "${agent.slice(0, 60)}"`, {
    remedy: `Use Neo4j ${oldest.join('.')} or a later one; Community is enough.`,
  });
}

async function readSchema(database: Database): Promise<number | null> {
  const [row] = await database.read((transaction) =>
    transaction.run(
      `OPTIONAL MATCH (h:Head {one: 1}) RETURN h.schema AS schema, h IS NOT NULL AS found,
         CASE WHEN h IS NULL THEN EXISTS { MATCH (n) } ELSE false END AS foreign`,
    ),
  );
  if (row?.['found'] === true && typeof row['schema'] === 'number') return row['schema'];
  if (row?.['found'] === true || row?.['foreign'] === true) throw foreign(database.address);
  return null;
}

function foreign(address: string): LexlineError {
  return new LexlineError(
    'STORE_CORRUPT',
    `[stores/neo4j] the database at ${address} holds a graph that is not Lexline's`,
    {
      remedy: 'Give Lexline a database (or a Neo4j server) of its own; nothing was changed.',
    },
  );
}

function newer(address: string, found: number): LexlineError {
  return new LexlineError(
    'STORE_NEWER',
    `[stores/neo4j] the stores at ${address} have version ${found}; this release knows up to ${schemaVersion}`,
    { remedy: 'Use the newer release of Lexline, or another database.' },
  );
}

/** Brings constraints, indexes and the head to the present version. Several processes may do it at the same time. */
export async function prepareDatabase(database: Database): Promise<void> {
  const { schema } = await inspectDatabase(database);
  if (schema === schemaVersion) return;
  for (const command of constraints) await database.write((transaction) => transaction.run(command));
  await database.write((transaction) => transaction.run('CALL db.awaitIndexes(300)'));
  for (let version = schema ?? schemaVersion; version < schemaVersion; version++) await migrations[version]?.(database);
  await database.write(async (transaction) => {
    await transaction.run(
      `MERGE (h:Head {one: 1})
       ON CREATE SET h.published = 0, h.token = 0, h.leaseUntil = 0, h.floor = 0, h.seq = 0
       MERGE (l:LedgerHead {one: 1}) MERGE (c:StateCounter {one: 1}) ON CREATE SET c.seq = 0`,
    );
    const rows: readonly Row[] = await transaction.run(
      'MATCH (h:Head {one: 1}) SET h.schema = CASE WHEN coalesce(h.schema, 0) < $version THEN $version ELSE h.schema END RETURN h.schema AS schema',
      { version: whole(schemaVersion) },
    );
    const now = Number(rows[0]?.['schema']);
    if (now > schemaVersion) throw newer(database.address, now);
  });
}
