import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { buildWarehouse, database } from '../examples/shop-clinic/warehouse.ts';
import { startPostgres } from './postgres.ts';

/**
 * Makes the artefacts of the example's dbt project: builds the warehouse on a real PostgreSQL, runs a real dbt against it,
 * and keeps manifest, catalog, run results and freshness without what nobody reads (macros, docs) and without paths.
 */
const packages = ['dbt-core==1.11.16', 'dbt-postgres==1.11.0'];
const root = fileURLToPath(new URL('../', import.meta.url));
const project = join(root, 'examples/shop-clinic/dbt');
const tools = join(root, '.cache/dbt');

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
  runDbt(dbtProgram(), server.url);
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

/** dbt in a Python environment of its own, installed once. */
function dbtProgram(): string {
  const program = join(tools, 'bin/dbt');
  if (!existsSync(program)) {
    execFileSync('python3', ['-m', 'venv', tools], { stdio: 'inherit' });
    execFileSync(join(tools, 'bin/pip'), ['install', '--quiet', ...packages], { stdio: 'inherit' });
  }
  return program;
}

function runDbt(program: string, url: string): void {
  const { hostname, port, username, password } = new URL(url);
  const env = {
    ...process.env,
    EXAMPLE_HOST: hostname,
    EXAMPLE_PORT: port,
    EXAMPLE_USER: username,
    EXAMPLE_PASSWORD: password,
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
  };
  const dbt = (...args: readonly string[]) =>
    execFileSync(
      program,
      [...args, '--project-dir', project, '--profiles-dir', project, '--target-path', work, '--log-path', work],
      { env, stdio: ['ignore', 'inherit', 'inherit'] },
    );
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
