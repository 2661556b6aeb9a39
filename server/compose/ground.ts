import type { Clock } from '../base/clock.ts';
import type { Config } from '../base/config.ts';
import { lazily, type Lazy } from '../base/lazily.ts';
import type { Log } from '../base/log.ts';
import type { Emitter } from '../emit/emitter.ts';
import type { Events } from './build-events.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { SqlEngine } from '../sql/sql-lineage.ts';
import { openStores, type Stores } from './stores.ts';

/** What every room is built on: settings, stores, and the things that several rooms share, each made when first asked for. */
export interface Ground {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly stores: Stores;
  readonly taxonomy: Lazy<Taxonomy>;
  readonly sqlEngine: Lazy<SqlEngine>;
  /** Whoever is to be told what is known. */
  readonly emitter: Lazy<Emitter>;
  /** Where events wait and what was made of them. */
  readonly events: Lazy<Events>;
  close(): Promise<void>;
}

/** Opens the stores. Fails with STORE_UNAVAILABLE, STORE_CORRUPT or STORE_NEWER. */
export async function layGround(config: Config, clock: Clock, log: Log): Promise<Ground> {
  const stores = await openStores(config, clock, log);
  const stopTracing =
    config.tracing === null ? null : await (await import('./start-tracing.ts')).startTracing(config.tracing, log);
  const sqlEngine = lazily(async () => (await import('../sql/create-sql-engine.ts')).createSqlEngine({}));
  const ground: Ground = {
    config,
    clock,
    log,
    stores,
    taxonomy: lazily(async () => (await import('../rulebook/taxonomy.ts')).loadTaxonomy()),
    sqlEngine,
    emitter: lazily(async () => (await import('./build-emitter.ts')).buildEmitter(ground)),
    events: lazily(async () => (await import('./build-events.ts')).buildEvents(ground)),
    async close() {
      if (ground.emitter.made()) await (await ground.emitter()).close();
      if (ground.events.made()) await (await ground.events()).close();
      if (sqlEngine.made()) await (await sqlEngine()).close();
      await stores.close();
      await stopTracing?.();
    },
  };
  return ground;
}
