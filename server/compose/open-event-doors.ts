import type { Request, RequestHandler } from 'express';
import { maySpeakOf, type Viewer } from '../access/viewer.ts';
import type { Sync } from '../sync/sync.ts';
import type { Ground } from './ground.ts';

/** The doors by which sources reach us, and what goes on behind them. */
export interface EventDoors {
  door(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** Stops bringing events into the graph; what waits stays for the next start. */
  close(): Promise<void>;
}

/** The receiver of pushed events, with the worker that brings them into the graph. */
export async function openEventDoors(ground: Ground, sync: Sync): Promise<EventDoors> {
  const { clock, log } = ground;
  const [events, { drainInbox }, { lineageDoor }] = await Promise.all([
    ground.events(),
    import('../sync/drain-inbox.ts'),
    import('../http/lineage-door.ts'),
  ]);
  const stop = new AbortController();
  const { receiver, inbox, pushed } = events;
  const draining = drainInbox({ sources: pushed, sync, inbox, clock, log, signal: stop.signal });
  return {
    door: (viewerOf) =>
      lineageDoor({
        receiver,
        mayFor: (request) => {
          const viewer = viewerOf(request);
          return (namespace) => maySpeakOf(viewer, namespace);
        },
      }),
    async close() {
      stop.abort();
      await draining;
    },
  };
}
