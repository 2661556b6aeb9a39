import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** What the port asks of its worker. */
export interface PgliteRequest {
  readonly id: number;
  readonly sql: string;
  readonly params: readonly unknown[];
}

export type PgliteAnswer =
  | { readonly id: number; readonly rows: readonly Record<string, unknown>[] }
  /** The driver's error cut down to what may cross: no detail, no context, no value. */
  | { readonly id: number; readonly code: string; readonly denied: string | null };

const { folder, database: name } = workerData as { readonly folder: string; readonly database: string };
let opened: Promise<PGlite> | null = null;

parentPort?.on('message', (request: PgliteRequest | 'close') => {
  if (request === 'close') void close();
  else void answer(request);
});

async function answer({ id, sql, params }: PgliteRequest): Promise<void> {
  try {
    opened ??= PGlite.create({ dataDir: folder, database: name });
    const database = await opened;
    const { rows } = await database.query<Record<string, unknown>>(sql, [...params]);
    parentPort?.postMessage({ id, rows } satisfies PgliteAnswer);
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
    parentPort?.postMessage({ id, code, denied: null } satisfies PgliteAnswer);
  }
}

async function close(): Promise<void> {
  await opened?.then((database) => database.close()).catch(() => {});
  parentPort?.close();
}
