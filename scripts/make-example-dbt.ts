import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { buildWarehouse, database } from '../examples/shop-clinic/warehouse.ts';
import { dbtProgram, runDbt } from './dbt.ts';
import { startPostgres } from './postgres.ts';

/**
 * Makes the artefacts of the example's dbt project: builds the warehouse on a real PostgreSQL, runs a real dbt against it,
 * and keeps manifest, catalog, run results and freshness without what nobody reads (macros, docs) and without paths.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const project = join(root, 'examples/shop-clinic/dbt');

/** What nobody reads, or what changes with every run or machine, by artefact. */
const left: Readonly<Record<string, readonly string[]>> = {
  manifest: ['macros', 'docs', 'build_path', 'compiled_path', 'root_path', 'created_at', 'env', 'selectors'],
  catalog: ['env'],
  run_results: ['args', 'env', 'compiled_code', 'thread_id'],
  sources: ['args', 'env', 'thread_id'],
};

const server = await startPostgres();
const work = mkdtempSync(join(tmpdir(), 'lexline-dbt-'));
try {
  await fillWarehouse(server.url);
  makeArtefacts(server.url);
  for (const name of ['manifest', 'catalog', 'run_results', 'sources']) keep(name);
} finally {
  await server.stop();
  rmSync(work, { recursive: true, force: true });
}

async function fillWarehouse(url: string): Promise<void> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${database}`);
  await admin.end();
  const client = new Client({ connectionString: url.replace(/\/postgres$/, `/${database}`) });
  await client.connect();
  await buildWarehouse((sql, params) => client.query(sql, params === undefined ? undefined : [...params]));
  await client.end();
}

function makeArtefacts(url: string): void {
  const program = dbtProgram(true);
  if (program === null) throw new Error('dbt could not be installed');
  const { hostname, port, username, password } = new URL(url);
  const env = { EXAMPLE_HOST: hostname, EXAMPLE_PORT: port, EXAMPLE_USER: username, EXAMPLE_PASSWORD: password };
  const folders = ['--project-dir', project, '--profiles-dir', project, '--target-path', work, '--log-path', work];
  const dbt = (...args: readonly string[]) => runDbt(program, [...args, ...folders], { env, quiet: false });
  dbt('source', 'freshness');
  dbt('build');
  const results = readFileSync(join(work, 'run_results.json'));
  dbt('docs', 'generate');
  writeFileSync(join(work, 'run_results.json'), results);
}

/** Writes one artefact beside the project, without what is left out. */
function keep(name: string): void {
  const artefact: unknown = JSON.parse(readFileSync(join(work, `${name}.json`), 'utf8'));
  const text = JSON.stringify(without(artefact, new Set(left[name])), null, 1);
  for (const path of [root, work, tmpdir()])
    if (text.includes(path.replace(/\/$/, ''))) throw new Error(`${name}.json still holds the path ${path}`);
  mkdirSync(join(project, 'target'), { recursive: true });
  writeFileSync(join(project, 'target', `${name}.json`), `${text}\n`);
}

/** The member stays, so that the file keeps the shape that dbt's schema asks for. Columns may have any name. */
function without(value: unknown, names: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => without(item, names));
  if (value === null || typeof value !== 'object') return value;
  const isColumn = (member: unknown) => typeof member === 'object' && member !== null && 'name' in member;
  const members = Object.entries(value).map(([name, member]) => [
    name,
    names.has(name) && !isColumn(member) ? emptied(member) : without(member, names),
  ]);
  return Object.fromEntries(members);
}

function emptied(member: unknown): unknown {
  if (Array.isArray(member)) return [];
  if (typeof member === 'object' && member !== null) return {};
  return typeof member === 'number' ? 0 : null;
}
