import type { Request, RequestHandler } from 'express';
import { maySpeakOf, type Viewer } from '../access/viewer.ts';
import type { Ground } from './ground.ts';

/** The doors by which sources reach us, and what goes on behind them. */
export interface EventDoors {
  door(viewerOf: (request: Request) => Viewer): RequestHandler;
  /** Lines for `/metrics`. */
  figures(): Promise<readonly string[]>;
  /** Stops bringing events into the graph; what waits stays for the next start. */
  close(): Promise<void>;
}

/** The receiver of pushed events, with the worker that brings them into the graph. */
export async function openEventDoors(ground: Ground): Promise<EventDoors> {
  const { config, log } = ground;
  const [events, { startDrainer }, { lineageDoor }, { eventLines }] = await Promise.all([
    ground.events(),
    import('./drainer.ts'),
    import('../http/lineage-door.ts'),
    import('../http/event-metrics.ts'),
  ]);
  const { receiver, inbox, pushed } = events;
  const drainer = startDrainer({ config, sources: pushed, inbox, log });
  return {
    door: (viewerOf) =>
      lineageDoor({
        receiver,
        mayFor: (request) => {
          const viewer = viewerOf(request);
          return (namespace) => maySpeakOf(viewer, namespace);
        },
      }),
    figures: () => eventLines(receiver, pushed),
    close: () => drainer.close(),
  };
}
