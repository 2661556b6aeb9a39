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
import { lazily } from '../../server/base/lazily.ts';
import type { Json } from '../../server/model/json.ts';
import { forgetfulEventRoom } from '../kit/event-room.ts';
import type { KafkaSettings } from '../kit/kafka-settings.ts';
import { localPath } from '../kit/local-path.ts';
import { accept } from './accept.ts';
import { openlineageConfig, type OpenLineageConfig } from './config.ts';
import { listEventFiles } from './client.ts';
import { filePlaces, readFiles, type FilesRead } from './read-files.ts';
import type { LineageEvent } from './event.ts';
import { namespacesReached, remembered } from './reach.ts';
import { readTopics, type TopicsRead } from './read-topics.ts';
import { readStream, scope } from './read-stream.ts';

const cursorShape = z.object({
  version: z.literal(1),
  files: filePlaces.optional(),
  topics: z.record(z.string(), z.string()).optional(),
});

/** OpenLineage events: pushed to the receiver, out of files, or out of Kafka. What they say is folded by thing, not by event. */
export const openlineage: Connector<OpenLineageConfig> = {
  name: 'openlineage',
  configSchema: openlineageConfig,
  capabilities: { mode: 'events', incremental: true, profile: [], accept: true, write: false },
  accept,
  reach: (events, joined, memory) =>
    namespacesReached(events as unknown as readonly LineageEvent[], joined, remembered(memory)),
  // What is read out of files and topics is not pushed as well.
  isPushedTo: (config) => config.path === undefined && config.kafka === undefined,
  connect(config, context) {
    if (config.path !== undefined) return files({ ...config, path: localPath(context, config.path) }, context);
    return config.kafka === undefined ? pushed(context) : topics(config, config.kafka, context);
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
      yield* readStream(room.pushed(), room, cursorOf(request) === null, signal, request.known);
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
      return {
        system: `${found.length} ${found.length === 1 ? 'file' : 'files'} of OpenLineage events`,
        gaps: [],
        notes,
      };
    },
    async *read(request, signal): AsyncIterable<SourceMessage> {
      const found = await listEventFiles(source, config.path, signal);
      const before = cursorOf(request)?.files ?? null;
      const result: FilesRead = { places: {}, dead: new Map(), unread: [] };
      const now = (): string => new Date(clock.now()).toISOString();
      const events = readFiles(found, before ?? {}, { config, room, now, result, signal });
      yield* readStream(inTurn(room.pushed(), events), room, before === null, signal, request.known);
      yield* fileGaps(result);
      yield { type: 'checkpoint', cursor: { version: 1, files: result.places as unknown as Json } };
    },
    close: async () => {},
  };
}

function topics(config: OpenLineageConfig, kafka: KafkaSettings, context: ConnectorContext): SourceConnection {
  const { source, clock } = context;
  const room = roomOf(context);
  const reader = lazily(async () => {
    const { topicReader } = await import('../kit/kafka.ts');
    return topicReader(kafka, `[connectors/openlineage] source "${source}":`);
  });
  return {
    async check() {
      const { partitions } = await (await reader()).check();
      const system = `Kafka, ${kafka.topics.length} topics of OpenLineage events in ${partitions} partitions`;
      return { system, gaps: [], notes: [] };
    },
    async *read(request, signal): AsyncIterable<SourceMessage> {
      signal.throwIfAborted();
      const before = cursorOf(request)?.topics ?? null;
      const result: TopicsRead = { places: {}, dead: new Map() };
      const now = (): string => new Date(clock.now()).toISOString();
      const events = readTopics(await reader(), before ?? {}, { config, room, now, result, signal });
      yield* readStream(inTurn(room.pushed(), events), room, before === null, signal, request.known);
      for (const [topic, messages] of result.dead)
        yield gapOf(
          `topic ${topic}`,
          `${messages} ${messages === 1 ? 'message is' : 'messages are'} no OpenLineage event`,
          deadLetters,
        );
      yield { type: 'checkpoint', cursor: { version: 1, topics: result.places } };
    },
    async *changes(signal): AsyncIterable<unknown> {
      const { topicChanges } = await import('../kit/topic-changes.ts');
      yield* topicChanges(kafka, `[connectors/openlineage] source "${source}":`, signal);
    },
    async close() {
      if (reader.made()) await (await reader()).close();
    },
  };
}

/** What was put back from the dead letters, then what is new. */
async function* inTurn(
  ...streams: readonly AsyncIterable<readonly PlacedEvent[]>[]
): AsyncIterable<readonly PlacedEvent[]> {
  for (const stream of streams) yield* stream;
}

function* fileGaps({ dead, unread }: FilesRead): Iterable<SourceMessage> {
  for (const [file, lines] of dead)
    yield gapOf(`file ${file}`, `${lines} ${lines === 1 ? 'line is' : 'lines are'} no OpenLineage event`, deadLetters);
  for (const file of unread)
    yield gapOf(
      `file ${file}`,
      'the file cannot be read',
      'let the user that runs Lexline read it, and see that it is whole',
    );
}

const deadLetters =
  'look at them with: lexline dead-letters list; mend what writes them, then: lexline dead-letters replay';

function gapOf(what: string, detail: string, remedy: string): SourceMessage {
  return { type: 'gap', scope, gap: { what, reason: 'not-read', detail, remedy } };
}
