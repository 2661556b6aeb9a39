import { Kafka, logLevel, type Producer, type SASLOptions } from 'kafkajs';
import { LexlineError } from '../../base/errors.ts';
import { targetFingerprint, type EmitTarget } from '../emitter.ts';

/** How a topic is reached. */
export interface KafkaTarget {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly ssl: boolean;
  readonly sasl?: { readonly mechanism: string; readonly username: string; readonly password: string } | undefined;
}

/** Sends events to a topic; events of one dataset or job go to one partition, in order. */
export function kafkaTarget(
  options: Pick<EmitTarget, 'name' | 'events'> & { readonly kafka: KafkaTarget },
): EmitTarget {
  const { name, events, kafka } = options;
  const { brokers, topic, ssl, sasl } = kafka;
  let producer: Promise<Producer> | undefined;
  const connect = async (): Promise<Producer> => {
    const client = new Kafka({
      clientId: 'lexline',
      brokers: [...brokers],
      ssl,
      ...(sasl === undefined ? {} : { sasl: sasl as SASLOptions }),
      retry: { retries: 3 },
      logLevel: logLevel.NOTHING,
    });
    const made = client.producer({ idempotent: true, maxInFlightRequests: 1 });
    await made.connect();
    return made;
  };
  return {
    name,
    events,
    fingerprint: targetFingerprint(['kafka', brokers, topic, events]),
    async send(outgoing) {
      try {
        producer ??= connect();
        const messages = outgoing.map((event) => ({
          key: JSON.stringify(nameOf(event['job']) ?? nameOf(event['dataset'])),
          value: JSON.stringify(event),
        }));
        await (await producer).send({ topic, messages });
      } catch (error) {
        producer = undefined;
        throw new LexlineError(
          'CONNECTOR_UNAVAILABLE',
          `[emit/${name}] Kafka at ${brokers.join(', ')} did not take events`,
          {
            cause: error,
          },
        );
      }
      return { refused: 0 };
    },
    async close() {
      await (await producer?.catch(() => undefined))?.disconnect().catch(() => {});
    },
  };
}

function nameOf(thing: unknown): readonly unknown[] | null {
  if (typeof thing !== 'object' || thing === null) return null;
  return [Reflect.get(thing, 'namespace'), Reflect.get(thing, 'name')];
}
