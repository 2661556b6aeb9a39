import { z } from 'zod';
import type {
  Connector,
  ConnectorContext,
  EventRoom,
  PlacedEvent,
  ReadRequest,
  SourceConnection,
} from '../connector.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { forgetfulEventRoom } from '../kit/event-room.ts';
import { localPath } from '../kit/local-path.ts';
import { accept } from './accept.ts';
import { openlineageConfig, type OpenLineageConfig } from './config.ts';
import { listEventFiles } from './client.ts';
import { filePlaces, readFiles, type FilesRead } from './read-files.ts';
import { readStream, scope } from './read-stream.ts';

const cursorShape = z.object({ version: z.literal(1), files: filePlaces.optional() });

/** OpenLineage events: pushed to the receiver, out of files, or out of Kafka. What they say is folded by thing, not by event. */
export const openlineage: Connector<OpenLineageConfig> = {
  name: 'openlineage',
  configSchema: openlineageConfig,
  capabilities: { mode: 'events', incremental: true, profile: [], accept: true, write: false },
  // What is read out of files and topics is not pushed as well.
  accept: (payload, arrival, config) =>
    arrival.again === true || (config.path === undefined && config.kafka === undefined)
      ? accept(payload, arrival, config)
      : { type: 'elsewhere' },
  connect(config, context) {
    if (config.path !== undefined) return files({ ...config, path: localPath(context, config.path) }, context);
    return pushed(context);
  },
};

function cursorOf({ cursor }: ReadRequest): z.infer<typeof cursorShape> | null {
  return cursorShape.safeParse(cursor?.at).data ?? null;
}

function roomOf({ events }: ConnectorContext): EventRoom {
  return events ?? forgetfulEventRoom();
}

/** Reads what came in at the receiver. */
function pushed(context: ConnectorContext): SourceConnection {
  const room = roomOf(context);
  return {
    check: async () => ({ system: 'OpenLineage events at POST /api/v1/lineage', gaps: [], notes: [] }),
    async *read(request, signal) {
      signal.throwIfAborted();
      yield* readStream(room.pushed(), room, cursorOf(request) === null, signal);
      yield { type: 'checkpoint', cursor: { version: 1 } };
    },
    close: async () => {},
  };
}

function files(config: OpenLineageConfig & { readonly path: string }, context: ConnectorContext): SourceConnection {
  const { source, clock } = context;
  const room = roomOf(context);
  return {
    async check(signal) {
      const found = await listEventFiles(source, config.path, signal);
      const notes = found.length === 0 ? ['no file yet: what is written there later is read then'] : [];
      return { system: `${found.length} files of OpenLineage events`, gaps: [], notes };
    },
    async *read(request, signal): AsyncIterable<SourceMessage> {
      const found = await listEventFiles(source, config.path, signal);
      const before = cursorOf(request)?.files ?? null;
      const result: FilesRead = { places: {}, dead: new Map(), unread: [] };
      const now = (): string => new Date(clock.now()).toISOString();
      const events = readFiles(found, before ?? {}, { config, room, now, result, signal });
      yield* readStream(inTurn(room.pushed(), events), room, before === null, signal);
      yield* fileGaps(result);
      yield { type: 'checkpoint', cursor: { version: 1, files: result.places as unknown as Json } };
    },
    close: async () => {},
  };
}

/** What was put back from the dead letters, then what is new. */
async function* inTurn(
  ...streams: readonly AsyncIterable<readonly PlacedEvent[]>[]
): AsyncIterable<readonly PlacedEvent[]> {
  for (const stream of streams) yield* stream;
}

function* fileGaps({ dead, unread }: FilesRead): Iterable<SourceMessage> {
  const gap = (what: string, detail: string): SourceMessage => ({
    type: 'gap',
    scope,
    gap: { what, reason: 'not-read', detail, remedy: null },
  });
  for (const [file, lines] of dead)
    yield gap(
      `file ${file}`,
      `${lines} ${lines === 1 ? 'line is' : 'lines are'} no OpenLineage event; see lexline dead-letters list`,
    );
  for (const file of unread) yield gap(`file ${file}`, 'the file cannot be read');
}
