import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LexlineError } from '../../server/base/errors.ts';
import { retrying, TransientFailure } from '../kit/retry.ts';
import type { DuckdbConfig } from './config.ts';
import { failureOf } from './failure.ts';
import type { DuckdbAnswer, DuckdbFile, DuckdbRequest } from './messages.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What the connector asks of DuckDB: statements with parameters, one at a time. */
export interface QueryPort {
  query(sql: string, params: readonly (string | number)[], signal: AbortSignal): Promise<readonly Row[]>;
  /** The tables that each query names, as it names them. */
  tableNames(queries: readonly string[], signal: AbortSignal): Promise<readonly (readonly string[])[]>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: LexlineError | TransientFailure) => void;
}

type Question = DuckdbRequest extends infer R ? (R extends DuckdbRequest ? Omit<R, 'id'> : never) : never;

const lockPauseMs = 250;

/**
 * DuckDB in a process of its own, started at the first statement and ended by `close`, an aborted signal or a statement that
 * takes too long. The files are open only that long.
 */
export function createFilePort(source: string, files: readonly DuckdbFile[], config: DuckdbConfig): QueryPort {
  const waiting = new Map<number, Waiting>();
  const pathOf = (name: string | null): string =>
    files.find((file) => file.name === name)?.path ?? files.map(({ path }) => path).join(', ');
  let child: ChildProcess | null = null;
  let ready: Promise<unknown> | null = null;
  let last = 0;

  function start(): ChildProcess {
    const isBuilt = import.meta.url.endsWith('.js');
    const file = fileURLToPath(new URL(`./duckdb-process-worker.${isBuilt ? 'js' : 'ts'}`, import.meta.url));
    const started = fork(file, [], {
      serialization: 'advanced',
      env: {},
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.on('message', (answer: DuckdbAnswer) => settle(answer));
    started.once('error', () => ended(started));
    started.once('exit', () => ended(started));
    return started;
  }

  function settle(answer: DuckdbAnswer): void {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.type === 'rows') return waiter?.resolve(answer.rows);
    const failure = failureOf(answer.problem, source, pathOf(answer.file));
    return waiter?.reject(answer.problem === 'locked' ? new TransientFailure(failure, lockPauseMs) : failure);
  }

  function ended(which: ChildProcess): void {
    if (child === which) kill();
  }

  function kill(): void {
    child?.kill('SIGKILL');
    child = null;
    ready = null;
    for (const waiter of waiting.values()) waiter.reject(failureOf('ended', source, pathOf(null)));
    waiting.clear();
  }

  function post(request: Question): Promise<readonly Row[]> {
    child ??= start();
    const id = ++last;
    const running = child;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        kill();
        reject(failureOf('timeout', source, pathOf(null)));
      }, config.statementTimeoutMs);
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
      running.send({ id, ...request });
    });
  }

  async function open(signal: AbortSignal): Promise<void> {
    const attempts = 1 + Math.floor(config.lockWaitMs / lockPauseMs);
    const policy = { attempts, baseMs: lockPauseMs, maxMs: lockPauseMs };
    const work = () => post({ type: 'open', files, memoryMb: config.memoryMb });
    try {
      await retrying(work, policy, signal);
    } catch (error) {
      kill();
      throw error;
    }
  }

  async function asked(question: Question, signal: AbortSignal): Promise<readonly Row[]> {
    signal.throwIfAborted();
    signal.addEventListener('abort', kill, { once: true });
    try {
      ready ??= open(signal);
      await ready;
      return await post(question);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', kill);
    }
  }

  return {
    query: (sql, params, signal) => asked({ type: 'query', sql, params }, signal),
    async tableNames(queries, signal) {
      if (queries.length === 0) return [];
      const rows = await asked({ type: 'names', queries }, signal);
      return rows.map(({ names }) => (Array.isArray(names) ? names.map(String) : []));
    },
    async close() {
      const running = child;
      if (running === null) return;
      const gone = new Promise((resolve) => running.once('exit', resolve));
      kill();
      await gone;
    },
  };
}
