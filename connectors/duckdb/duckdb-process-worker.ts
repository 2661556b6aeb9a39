import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { problemOf } from './failure.ts';
import type { DuckdbAnswer, DuckdbFile, DuckdbRequest } from './messages.ts';

/** The process that holds the files: a damaged file, or a statement that does not end, can bring down nobody else. */
let opened: DuckDBConnection | null = null;

process.on('message', (request: DuckdbRequest) => {
  void answer(request);
});
process.on('disconnect', () => process.exit(0));

async function answer(request: DuckdbRequest): Promise<void> {
  let file: string | null = null;
  try {
    if (request.type === 'open') {
      const instance = await start(request.memoryMb);
      try {
        const connection = await instance.connect();
        for (const one of request.files) {
          file = one.name;
          await attach(connection, one);
        }
        file = null;
        await lock(connection);
        opened = connection;
      } catch (error) {
        instance.closeSync();
        throw error;
      }
      send({ id: request.id, type: 'rows', rows: [] });
      return;
    }
    if (opened === null) throw new Error('nothing is open');
    if (request.type === 'names') {
      const { queries } = request;
      send({ id: request.id, type: 'rows', rows: queries.map((sql) => ({ names: namesIn(sql) })) });
      return;
    }
    const reader = await opened.runAndReadAll(request.sql, [...request.params]);
    send({ id: request.id, type: 'rows', rows: reader.getRowObjectsJson() });
  } catch (error) {
    send({ id: request.id, type: 'problem', problem: problemOf(error), file });
  }
}

/** Loaded here, so that a machine for which there is none is told so. */
async function start(memoryMb: number): Promise<DuckDBInstance> {
  const engine = await import('@duckdb/node-api');
  return engine.DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_persistent_secrets: 'false',
    memory_limit: `${memoryMb}MB`,
    temp_directory: '',
    threads: '2',
  });
}

/** Read-only: DuckDB takes a shared lock, changes no byte and leaves the write-ahead log as it is. */
async function attach(connection: DuckDBConnection, { name, path, encryptionKey }: DuckdbFile): Promise<void> {
  const options = ['READ_ONLY', 'TYPE duckdb'];
  if (encryptionKey !== null) options.push(`ENCRYPTION_KEY ${text(encryptionKey)}`);
  await connection.run(`ATTACH ${text(path)} AS "${name.replaceAll('"', '""')}" (${options.join(', ')})`);
}

/** From here on no statement, and no view that one reads, reaches another file or the network. */
async function lock(connection: DuckDBConnection): Promise<void> {
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

/** Empty for a text that DuckDB does not take as one statement. */
function namesIn(sql: string): readonly string[] {
  try {
    return opened?.getTableNames(sql, true) ?? [];
  } catch {
    return [];
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function send(answer: DuckdbAnswer): void {
  process.send?.(answer);
}
