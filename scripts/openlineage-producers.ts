import { execFile, execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { has } from './own-server.ts';

/** Real senders of OpenLineage events, in Python environments of their own under `.cache`. */
const tools = fileURLToPath(new URL('../.cache/openlineage', import.meta.url));
const fixtures = fileURLToPath(new URL('../test/fixtures/openlineage', import.meta.url));
const spark = { packages: ['pyspark==3.5.9'], jar: 'io.openlineage:openlineage-spark_2.12:1.53.0' };
const dbt = { packages: ['dbt-core==1.11.16', 'dbt-duckdb==1.11.1', 'openlineage-dbt==1.54.0'] };
const run = promisify(execFile);
/** A job takes 20 s on a quiet machine. */
const limitMs = 600_000;

export interface SparkInstalled {
  readonly python: string;
  readonly jar: string;
}

/**
 * A Spark with the OpenLineage listener (390 MB): by pip and Maven from wherever their settings say. Null when it is not there
 * and may not be installed, or when Java is missing.
 */
export function sparkWithOpenLineage(install: boolean): SparkInstalled | null {
  if (!has('java')) return null;
  const python = join(tools, 'spark/bin/python');
  const jars = join(tools, 'jars');
  if (install && !existsSync(join(tools, 'spark/bin/spark-submit'))) environment('spark', spark.packages);
  if (install && jarIn(jars) === null && has('mvn')) {
    mkdirSync(jars, { recursive: true });
    const copy = ['-q', 'dependency:copy', `-Dartifact=${spark.jar}`, `-DoutputDirectory=${jars}`];
    execFileSync('mvn', copy, { cwd: tools, stdio: 'ignore', timeout: limitMs });
  }
  const jar = jarIn(jars);
  return jar === null || !existsSync(python) ? null : { python, jar };
}

/** A dbt with DuckDB and the OpenLineage wrapper (220 MB), by pip; null when it is not there and may not be installed. */
export function dbtWithOpenLineage(install: boolean): string | null {
  const program = join(tools, 'dbt/bin/dbt-ol');
  if (install && !existsSync(program)) environment('dbt', dbt.packages);
  return existsSync(program) ? program : null;
}

/** Runs our Spark job: two inputs, a join, a hash; its files go into `folder`. */
export async function runSparkJob({ python, jar }: SparkInstalled, url: string, folder: string): Promise<void> {
  await run(python, [join(fixtures, 'spark_job.py'), jar, url, folder], { cwd: folder, timeout: limitMs });
}

/** Builds our dbt project (a seed, a model) in `folder`. */
export async function runDbtBuild(program: string, url: string, folder: string): Promise<void> {
  cpSync(join(fixtures, 'dbt'), folder, { recursive: true });
  const env = {
    ...process.env,
    PATH: `${join(program, '..')}:${process.env['PATH'] ?? ''}`,
    OPENLINEAGE_URL: url,
    OPENLINEAGE_NAMESPACE: 'library',
    DBT_SEND_ANONYMOUS_USAGE_STATS: 'false',
  };
  await run(program, ['build', '--profiles-dir', folder, '--project-dir', folder], {
    cwd: folder,
    env,
    timeout: limitMs,
  });
}

function environment(name: string, packages: readonly string[]): void {
  const folder = join(tools, name);
  execFileSync('python3', ['-m', 'venv', folder], { stdio: 'ignore' });
  execFileSync(join(folder, 'bin/pip'), ['install', '--quiet', ...packages], { stdio: 'inherit', timeout: limitMs });
}

function jarIn(folder: string): string | null {
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith('.jar')) : undefined;
  return name === undefined ? null : join(folder, name);
}
