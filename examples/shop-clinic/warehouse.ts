import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { seedTables } from './seed/tables.ts';

/** The name of the example's database, on PGlite and on a real server alike. */
export const database = 'warehouse';

const scripts = fileURLToPath(new URL('./warehouse/', import.meta.url));

/** Runs one SQL text, or one statement with parameters. */
export type Run = (sql: string, params?: readonly unknown[]) => Promise<unknown>;

/** Builds the warehouse in an empty database: structure, rows, one night of jobs. */
export async function buildWarehouse(run: Run): Promise<void> {
  const files = readdirSync(scripts)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const night = files.filter((name) => name.startsWith('11-'));
  for (const name of files.filter((file) => !night.includes(file)))
    await run(readFileSync(join(scripts, name), 'utf8'));
  for (const { table, rows } of seedTables()) {
    const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
      .map((name) => `"${name.replaceAll('"', '""')}"`)
      .join(', ');
    const sql = `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`;
    await run(sql, [JSON.stringify(rows)]);
  }
  for (const name of night) await run(readFileSync(join(scripts, name), 'utf8'));
}

/** What a prepared warehouse was built from; another text means that it has to be built anew. */
export function warehouseEdition(): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(scripts).sort()) hash.update(name).update(readFileSync(join(scripts, name)));
  hash.update(JSON.stringify(seedTables()));
  return hash.digest('hex').slice(0, 16);
}

/**
 * Makes the embedded warehouse in a folder, unless this very edition is there. It is built beside and moved into place, so
 * that a killed start leaves nothing half. Returns whether it was built.
 */
export async function prepareWarehouse(folder: string): Promise<boolean> {
  const mark = join(folder, 'edition');
  const edition = warehouseEdition();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === edition) return false;
  const building = `${folder}.building`;
  rmSync(building, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  const empty = await PGlite.create(building);
  await empty.exec(`create database ${database}`);
  await empty.close();
  const pglite = await PGlite.create({ dataDir: building, database });
  await buildWarehouse((sql, params) => (params === undefined ? pglite.exec(sql) : pglite.query(sql, [...params])));
  await pglite.close();
  writeFileSync(join(building, 'edition'), edition);
  rmSync(folder, { recursive: true, force: true });
  renameSync(building, folder);
  return true;
}
