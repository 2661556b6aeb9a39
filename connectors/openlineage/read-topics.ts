import { gunzipSync } from 'node:zlib';
import type { DeadEvent, EventRoom, PlacedEvent } from '../connector.ts';
import { parseJson } from '../../server/base/parse-json.ts';
import type { TopicMessage, TopicPlaces, TopicReader } from '../kit/kafka.ts';
import { accept } from './accept.ts';
import type { OpenLineageConfig } from './config.ts';

/** What a reading of topics came to, beside its events. */
export interface TopicsRead {
  readonly places: Record<string, string>;
  /** Messages that are no event, by topic. */
  readonly dead: Map<string, number>;
}

/** The events of topics from `before` on, in batches; `result` is filled while they are read. */
export async function* readTopics(
  reader: TopicReader,
  before: TopicPlaces,
  options: {
    readonly config: OpenLineageConfig;
    readonly room: EventRoom;
    readonly now: () => string;
    readonly result: TopicsRead;
    readonly signal: AbortSignal;
  },
): AsyncIterable<readonly PlacedEvent[]> {
  const { config, room, result, signal } = options;
  for await (const messages of reader.read(before, result.places, signal)) {
    const batch: PlacedEvent[] = [];
    const dead: DeadEvent[] = [];
    for (const message of messages) {
      // A message without a value is a mark that a key is gone.
      if (message.value === null) continue;
      const position = `${message.topic}/${message.partition}:${message.offset.padStart(19, '0')}`;
      const taken = takeMessage(message, options);
      if (taken.type === 'event') batch.push({ position, event: taken.event });
      if (taken.type !== 'refused') continue;
      dead.push({ position, problem: taken.problem, remains: taken.remains });
      result.dead.set(message.topic, (result.dead.get(message.topic) ?? 0) + 1);
    }
    if (dead.length > 0) await room.bury(dead);
    if (batch.length > 0) yield batch;
  }

  function takeMessage({ value }: TopicMessage, { now }: typeof options): ReturnType<typeof accept> {
    const refused = (problem: string) => ({ type: 'refused', problem, remains: null, namespaces: [] }) as const;
    if (value === null || value.length > config.maxBytes) return refused('longer than maxBytes');
    try {
      const bytes = isPacked(value) ? gunzipSync(value, { maxOutputLength: config.maxBytes }) : value;
      const payload = parseJson(bytes.toString('utf8'), 'a message');
      return accept(payload, { receivedAt: now(), clean: room.clean }, config);
    } catch {
      return refused('not JSON');
    }
  }
}

function isPacked(value: Buffer): boolean {
  return value[0] === 0x1f && value[1] === 0x8b;
}
