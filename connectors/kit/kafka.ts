import { Kafka, logLevel, type Consumer, type EachBatchPayload, type SASLOptions } from 'kafkajs';
import { LexlineError, messageOf } from '../../server/base/errors.ts';
import type { KafkaSettings } from './kafka-settings.ts';

/** One message of a topic. */
export interface TopicMessage {
  readonly topic: string;
  readonly partition: number;
  /** Whole numbers as text: they may be larger than a double holds. */
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** By topic and partition (`topic/0`) the offset to go on with. */
export type TopicPlaces = Readonly<Record<string, string>>;

/** What a connector needs of Kafka, and no more: another client can take its place. */
export interface TopicReader {
  /** Reaches the brokers; fails when a topic is not there. */
  check(): Promise<{ readonly partitions: number }>;
  /**
   * The messages that the topics hold when it is called, from `places` on, in batches that keep the order within a partition.
   * What `places` names is committed to the group first: it is done. `reached` moves on with what was handed out.
   */
  read(
    places: TopicPlaces,
    reached: Record<string, string>,
    signal: AbortSignal,
  ): AsyncIterable<readonly TopicMessage[]>;
  close(): Promise<void>;
}

/** A partition whose end is not reached by messages (control records stand there) counts as read after this long without any. */
const quietMs = 6000;

function clientOf(settings: KafkaSettings): Kafka {
  const timeout = settings.timeoutSeconds * 1000;
  return new Kafka({
    clientId: 'lexline',
    brokers: [...settings.brokers],
    ssl: settings.ssl,
    ...(settings.sasl === undefined ? {} : { sasl: settings.sasl as SASLOptions }),
    connectionTimeout: Math.min(timeout, 10_000),
    requestTimeout: timeout,
    retry: { retries: 3, initialRetryTime: 200, maxRetryTime: timeout },
    logLevel: logLevel.NOTHING,
  });
}

/** Where topics end, over one connection that is kept until `close`. */
export function topicEnds(
  settings: KafkaSettings,
  who: string,
): { ends(): Promise<TopicPlaces>; close(): Promise<void> } {
  const admin = clientOf(settings).admin();
  let connected: Promise<void> | null = null;
  return {
    async ends() {
      try {
        await (connected ??= admin.connect());
        const found: Record<string, string> = {};
        for (const topic of settings.topics)
          for (const { partition, high } of await admin.fetchTopicOffsets(topic)) found[`${topic}/${partition}`] = high;
        return found;
      } catch (error) {
        connected = null;
        throw kafkaError(error, who, settings);
      }
    },
    close: () => admin.disconnect().catch(() => {}),
  };
}

/** Opens nothing until it is asked. Failures are typed errors that hold no password. */
export function topicReader(settings: KafkaSettings, who: string): TopicReader {
  const timeout = settings.timeoutSeconds * 1000;
  const kafka = clientOf(settings);
  let consumer: Consumer | undefined;

  const bounds = async (): Promise<readonly Bound[]> => {
    const admin = kafka.admin();
    try {
      await admin.connect();
      const found: Bound[] = [];
      for (const topic of settings.topics)
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic))
          found.push({ topic, partition, low: BigInt(low), high: BigInt(high) });
      return found;
    } finally {
      await admin.disconnect().catch(() => {});
    }
  };
  const typed = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw kafkaError(error, who, settings);
    }
  };

  return {
    check: () => typed(async () => ({ partitions: (await bounds()).length })),
    async *read(places, reached, signal) {
      const all = await typed(bounds);
      const starts = new Map(all.map((bound) => [placeOf(bound), startOf(bound, places, settings.from)]));
      for (const [place, at] of starts) reached[place] = String(at);
      const left = new Map(
        all.flatMap((bound) => (at(starts, bound) < bound.high ? [[placeOf(bound), bound.high]] : [])),
      );
      if (left.size === 0) return;
      const handover = createHandover<readonly TopicMessage[]>();
      consumer = kafka.consumer({ groupId: settings.group, sessionTimeout: Math.max(timeout, 10_000) });
      const opened = consumer;
      const stop = (): void => handover.fail(signal.reason);
      signal.addEventListener('abort', stop);
      opened.on(opened.events.CRASH, ({ payload }) => handover.fail(kafkaError(payload.error, who, settings)));
      const quiet = createQuietTimer(quietMs + timeout, () => handover.end());
      try {
        await typed(async () => {
          await opened.connect();
          await opened.subscribe({ topics: [...settings.topics], fromBeginning: settings.from === 'earliest' });
          await opened.run({
            autoCommit: false,
            eachBatchAutoResolve: true,
            eachBatch: async (payload) => {
              quiet.restart(quietMs);
              await handover.give(messagesOf(payload, left, reached));
              if ([...left].every(([place, high]) => BigInt(reached[place] ?? 0) >= high)) handover.end();
            },
          });
          for (const bound of all) {
            const { topic, partition } = bound;
            opened.seek({ topic, partition, offset: String(at(starts, bound)) });
          }
        });
        const done = all.flatMap(({ topic, partition }) => {
          const offset = places[placeOf({ topic, partition })];
          return offset === undefined ? [] : [{ topic, partition, offset }];
        });
        let read = 0;
        let committed = false;
        for await (const batch of handover.items()) {
          signal.throwIfAborted();
          // The group has given us partitions by now; before, a commit would be refused.
          if (!committed && done.length > 0) await opened.commitOffsets(done).catch(() => {});
          committed = true;
          if (batch.length > 0) yield batch;
          read += batch.length;
          if (read >= settings.maxMessages) return;
        }
      } finally {
        quiet.stop();
        signal.removeEventListener('abort', stop);
        handover.end();
        await opened.disconnect().catch(() => {});
        consumer = undefined;
      }
    },
    async close() {
      await consumer?.disconnect().catch(() => {});
    },
  };
}

interface Bound {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  readonly high: bigint;
}

function placeOf({ topic, partition }: Pick<Bound, 'topic' | 'partition'>): string {
  return `${topic}/${partition}`;
}

function at(starts: ReadonlyMap<string, bigint>, bound: Bound): bigint {
  return starts.get(placeOf(bound)) ?? bound.low;
}

/** A place below what is still kept begins with what is kept; one beyond the end belongs to a topic that was made anew. */
function startOf(bound: Bound, places: TopicPlaces, from: KafkaSettings['from']): bigint {
  const place = places[placeOf(bound)];
  if (place === undefined || !/^\d{1,19}$/u.test(place)) return from === 'latest' ? bound.high : bound.low;
  const wanted = BigInt(place);
  return wanted < bound.low || wanted > bound.high ? bound.low : wanted;
}

/** The messages of a batch up to the end that was there when the read began. */
function messagesOf(
  { batch }: EachBatchPayload,
  left: ReadonlyMap<string, bigint>,
  reached: Record<string, string>,
): TopicMessage[] {
  const { topic, partition } = batch;
  const place = placeOf({ topic, partition });
  const high = left.get(place);
  if (high === undefined) return [];
  const messages: TopicMessage[] = [];
  for (const { offset, key, value } of batch.messages) {
    const at = BigInt(offset);
    if (at >= high || at < BigInt(reached[place] ?? 0)) continue;
    messages.push({ topic, partition, offset, key: key ?? null, value });
    reached[place] = String(at + 1n);
  }
  // Control records are counted in the offsets and never handed out.
  const last = BigInt(batch.lastOffset());
  if (last + 1n >= high && BigInt(reached[place] ?? 0) < high) reached[place] = String(high);
  return messages;
}

/** Hands things from a producer to an iterator, one at a time: the producer waits until the one before was taken. */
function createHandover<T>() {
  let waiting: PromiseWithResolvers<void> = Promise.withResolvers();
  let taken: PromiseWithResolvers<void> | null = null;
  let item: { readonly value: T } | null = null;
  let ended = false;
  let failure: { readonly error: unknown } | null = null;
  return {
    async give(value: T): Promise<void> {
      if (ended) return;
      item = { value };
      taken = Promise.withResolvers();
      waiting.resolve();
      await taken.promise;
    },
    end(): void {
      ended = true;
      waiting.resolve();
      taken?.resolve();
    },
    fail(error: unknown): void {
      failure ??= { error };
      ended = true;
      waiting.resolve();
      taken?.resolve();
    },
    async *items(): AsyncIterable<T> {
      for (;;) {
        await waiting.promise;
        if (failure !== null) throw failure.error;
        const next: { readonly value: T } | null = item;
        item = null;
        if (next !== null) {
          waiting = Promise.withResolvers();
          if (ended) waiting.resolve();
          yield next.value;
          taken?.resolve();
        } else if (ended) return;
      }
    },
  };
}

function createQuietTimer(firstMs: number, then: () => void) {
  let timer = setTimeout(then, firstMs);
  return {
    restart(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(then, ms);
    },
    stop: () => clearTimeout(timer),
  };
}

/** What went wrong in words that a person can act on. */
function kafkaError(error: unknown, who: string, { brokers, topics }: KafkaSettings): LexlineError {
  if (error instanceof LexlineError) return error;
  const name = error instanceof Error ? error.name : '';
  const text = messageOf(error);
  const at = brokers.join(', ');
  if (/SASL|Authentication/iu.test(name + text))
    return new LexlineError('CONNECTOR_AUTH_FAILED', `${who} Kafka at ${at} refused the sign-in`, {
      remedy: 'check kafka.sasl: mechanism, username, and where the password comes from',
    });
  if (/TOPIC_AUTHORIZATION|GROUP_AUTHORIZATION|not authorized/iu.test(text + typeOf(error)))
    return new LexlineError('CONNECTOR_MISSING_RIGHTS', `${who} Kafka at ${at} does not let this user read`, {
      remedy: `allow READ and DESCRIBE on ${topics.join(', ')} and READ on the group`,
    });
  if (/does not host|UNKNOWN_TOPIC/iu.test(text + typeOf(error)))
    return new LexlineError('CONNECTOR_UNEXPECTED', `${who} Kafka at ${at} has no topic ${topics.join(' or ')}`, {
      remedy: 'check kafka.topics, or create the topic',
    });
  if (/not implemented|compression/iu.test(name + text))
    return new LexlineError('CONNECTOR_UNEXPECTED', `${who} a message is packed in a way that is not read (gzip is)`, {
      remedy: 'let the producer use gzip or none',
    });
  return new LexlineError('CONNECTOR_UNAVAILABLE', `${who} Kafka at ${at} does not answer`, {
    cause: error,
    remedy: 'check kafka.brokers, and kafka.ssl where the listener speaks TLS',
  });
}

function typeOf(error: unknown): string {
  return error instanceof Error && 'type' in error ? String(error.type) : '';
}
