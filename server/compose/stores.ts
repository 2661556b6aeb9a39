import { existsSync } from 'node:fs';
import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import type { Log } from '../base/log.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { VectorIndex } from '../stores/vectors/vector-index.ts';

/** What Lexline remembers in, whichever engines keep it. */
export interface Stores {
  readonly graph: GraphStore;
  readonly ledger: Ledger;
  readonly state: StateStore;
  readonly vectors: VectorIndex;
  close(): Promise<void>;
}

/** Opens the engines that the configuration names. Fails with STORE_UNAVAILABLE, STORE_CORRUPT or STORE_NEWER. */
export async function openStores(config: Config, clock: Clock, log: Log): Promise<Stores> {
  const { openSqliteStores } = await import('../stores/sqlite/open-stores.ts');
  return openSqliteStores({ path: config.dataDirectory, log, clock });
}

/** Was anything kept there yet? */
export async function hasStores({ dataDirectory }: Config): Promise<boolean> {
  const { storeFile } = await import('../stores/sqlite/database.ts');
  return existsSync(storeFile(dataDirectory));
}

/** Copies the embedded stores into one file. */
export async function backUp({ dataDirectory }: Config, file: string): Promise<void> {
  const { backUpStores } = await import('../stores/sqlite/backup.ts');
  backUpStores(dataDirectory, file);
}

/** Puts a back-up into a data folder that has no stores. */
export async function restore({ dataDirectory }: Config, file: string): Promise<void> {
  const { restoreStores } = await import('../stores/sqlite/backup.ts');
  restoreStores(file, dataDirectory);
}
