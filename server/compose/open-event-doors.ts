import type { Request, RequestHandler } from 'express';
import { spokenOfBy, type Viewer } from '../access/viewer.ts';
import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';

/** The doors by which sources reach us, and what goes on behind them. */
export interface EventDoors {
  door(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** Calls that are signed with a secret of a source. */
  readonly signed: RequestHandler;
  /** Lines for `/metrics`. */
  figures(): Promise<readonly string[]>;
  /** Stops bringing events into the graph; what waits stays for the next start. */
  close(): Promise<void>;
}

/** The receiver of pushed events, with the worker that brings them into the graph. */
export async function openEventDoors(ground: Ground, sync: () => Promise<Sync>): Promise<EventDoors> {
  const { config, clock, log, stores } = ground;
  const [events, { startDrainer }, { lineageDoor }, { createHooks }, { hooksDoor }, { eventLines }] = await Promise.all(
    [
      ground.events(),
      import('./drainer.ts'),
      import('../http/lineage-door.ts'),
      import('../sync/hooks.ts'),
      import('../http/hooks-door.ts'),
      import('../http/event-metrics.ts'),
    ],
  );
  const { receiver, inbox, pushed } = events;
  const drainer = startDrainer({ config, sources: pushed, inbox, log });
  const secrets = new Map(
    config.sources.flatMap(({ name, webhook }) => (webhook === null ? [] : [[name, webhook.secret]])),
  );
  const hooks = createHooks({ secrets, sync, state: stores.state, clock, log });
  return {
    signed: hooksDoor(hooks),
    door: (viewerOf) =>
      lineageDoor({
        receiver,
        spokenOfBy: (request) => spokenOfBy(viewerOf(request)),
      }),
    figures: () => eventLines(receiver, pushed),
    async close() {
      await Promise.all([drainer.close(), hooks.close()]);
    },
  };
}
