import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, freePort, pythonWith, untilAnswer } from './own-server.ts';

/** A job of the history, for the view of jobs: the emulator keeps none. */
export interface MadeUpJob {
  readonly id: string;
  readonly project: string;
  readonly location: string;
  readonly type?: 'QUERY' | 'LOAD' | 'COPY' | 'EXTRACT';
  readonly statement?: string;
  readonly query?: string;
  readonly parent?: string;
  readonly user?: string;
  /** Milliseconds. */
  readonly ended: number;
  readonly error?: string;
  readonly hash?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly target?: readonly [string, string, string];
  readonly read?: readonly (readonly [string, string, string])[];
}

/** bqemulator on a loopback port: BigQuery's REST interface, its SQL brought to DuckDB. Forgets all when it ends. */
export interface RunningBigQuery {
  readonly url: string;
  readonly version: string;
  makeDataset(project: string, dataset: string, location: string): Promise<void>;
  /** Runs statements one after the other; fails with the emulator's own words. */
  run(project: string, ...statements: readonly string[]): Promise<void>;
  /** Statements that an independent reader of BigQuery's dialect refuses. */
  refusedByParser(statements: readonly string[]): readonly string[];
  stop(): Promise<void>;
}

const version = '1.4.0';
const packages = [`bqemulator==${version}`, 'numpy'];
const cache = process.env['LEXLINE_BIGQUERY_CACHE'] ?? join(homedir(), '.cache/lexline/bigquery');
const environment = join(cache, `venv-${version}`);
/** How long a start may take, in ms: 5 s on a quiet machine. */
const startLimit = 180_000;

/** Why the emulator cannot be started here, in words; null when it can. With `install` it is brought by pip first (450 MB). */
export function bigqueryMissing(install: boolean): string | null {
  if (existsSync(join(environment, 'ready'))) return null;
  if (!install) return `bqemulator is not in ${environment} (LEXLINE_EXTENDED=1 brings it)`;
  try {
    execFileSync('python3', ['-c', 'import sys, venv; sys.exit(sys.version_info < (3, 11))'], { stdio: 'ignore' });
  } catch {
    return 'bqemulator needs Python 3.11 with venv';
  }
  try {
    pythonWith(environment, packages);
    return null;
  } catch {
    return `pip could not install bqemulator ${version}`;
  }
}

/** Starts an emulator and waits until it answers. */
export async function startBigQuery(jobs: readonly MadeUpJob[] = []): Promise<RunningBigQuery> {
  const python = pythonWith(environment, packages);
  const folder = mkdtempSync(join(tmpdir(), 'lexline-bigquery-'));
  const history = join(folder, 'jobs.json');
  writeFileSync(history, JSON.stringify(jobs));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(python, [join(import.meta.dirname, 'bigquery/door.py'), String(port), history], {
    cwd: folder,
    // DuckDB takes its zone from the process; BigQuery has none but UTC.
    env: { ...process.env, TZ: 'UTC' },
    stdio: ['ignore', 'ignore', process.env['LEXLINE_BIGQUERY_LOG'] === undefined ? 'ignore' : 'inherit'],
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const send = async (path: string, body: unknown): Promise<void> => {
    const answer = await fetch(`${url}/bigquery/v2/projects/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });
    if (!answer.ok) throw new Error(`bqemulator: ${path}: ${await answer.text()}`);
  };
  try {
    await untilAnswer({ name: 'bqemulator', child, limitMs: startLimit, ask: () => started(url) });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url,
    version,
    makeDataset: (projectId, datasetId, location) =>
      send(`${projectId}/datasets`, { datasetReference: { projectId, datasetId }, location }),
    async run(project, ...statements) {
      for (const query of statements)
        await send(`${project}/queries`, { query, useLegacySql: false, location: 'EU', timeoutMs: 60_000 });
    },
    refusedByParser: (statements) =>
      JSON.parse(
        execFileSync(python, [join(import.meta.dirname, 'snowflake/parse.py'), 'bigquery'], {
          input: JSON.stringify(statements),
          encoding: 'utf8',
          maxBuffer: 64 * 1024 * 1024,
        }),
      ) as string[],
    stop,
  };
}

async function started(url: string): Promise<true | null> {
  try {
    return (await fetch(`${url}/bigquery/v2/projects`, { signal: AbortSignal.timeout(2000) })).ok ? true : null;
  } catch {
    return null;
  }
}
