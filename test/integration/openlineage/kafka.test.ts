import { CompressionTypes, Kafka, logLevel, type Producer } from 'kafkajs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openlineage } from '../../../connectors/openlineage/connector.ts';
import { openlineageConfig } from '../../../connectors/openlineage/config.ts';
import { silentLog } from '../../../server/base/log.ts';
import { kafkaMissing, startKafka, type RunningKafka } from '../../../scripts/kafka.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { dataset, runEvent, schema } from '../../unit/connectors/openlineage/events.ts';
import { openEventHouse } from './house.ts';

const missing = kafkaMissing(process.env['LEXLINE_EXTENDED'] === '1');
const actor = { kind: 'process', id: 'test' } as const;
const signal = new AbortController().signal;

describe.skipIf(missing !== null)(`a real Kafka${missing === null ? '' : ` (${missing})`}`, () => {
  let kafka: RunningKafka;
  let producer: Producer;
  beforeAll(async () => {
    kafka = await startKafka();
    const client = new Kafka({ brokers: [kafka.broker], logLevel: logLevel.NOTHING });
    const admin = client.admin();
    await admin.connect();
    await admin.createTopics({
      topics: [
        { topic: 'lineage', numPartitions: 3 },
        { topic: 'recorded', numPartitions: 1 },
        { topic: 'told', numPartitions: 1 },
      ],
      waitForLeaders: true,
    });
    await admin.disconnect();
    producer = client.producer();
    await producer.connect();
  });
  afterAll(async () => {
    await producer?.disconnect();
    await kafka?.stop();
  });

  const send = (topic: string, values: readonly (object | string | Buffer)[]) =>
    producer.send({
      topic,
      compression: CompressionTypes.GZIP,
      messages: values.map((value, i) => ({
        key: String(i),
        value: typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value),
      })),
    });
  const event = (i: number): object =>
    runEvent({ job: `job-${i}`, run: `run-${i}`, outputs: [dataset(`t${i}`, schema('id int'))] });

  it('is read from where the last read ended, each event once, and what is none becomes a dead letter', async () => {
    const settings = { brokers: [kafka.broker], topics: ['lineage'], timeoutSeconds: 60 };
    const house = await openEventHouse([{ name: 'lineage', connector: 'openlineage', kafka: settings }]);
    const sync = await house.product.sync();
    const run = () => sync.run({ source: 'lineage', actor, signal });
    const jobs = async () => (await (await house.product.query()).at()).n;

    await send(
      'lineage',
      Array.from({ length: 40 }, (_, i) => event(i)),
    );
    const first = await run();
    expect(first).toMatchObject({ error: null, documents: { read: 80 } });
    expect(await run()).toMatchObject({ status: 'UNCHANGED', documents: { read: 0 } });
    const before = await jobs();

    await send('lineage', [event(3), 'no event', gzipSync(JSON.stringify(event(41)))]);
    const second = await run();
    expect(second).toMatchObject({ error: null, documents: { changed: 2, unchanged: 2 } });
    expect(second.gaps).toContainEqual(expect.objectContaining({ what: 'topic lineage', reason: 'not-read' }));
    expect(await jobs()).toBeGreaterThan(before);
    const letters = [];
    for await (const letter of (await house.product.deadLetters()).list('lineage')) letters.push(letter);
    expect(letters).toMatchObject([{ problem: 'not JSON', remains: null }]);
    await house.close();
  });

  it('is told what Lexline knows, and our own connector reads it back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-emit-kafka-'));
    writeFileSync(join(folder, 'a.ndjson'), `${JSON.stringify(event(1))}\n`);
    const house = await openEventHouse([{ name: 'lineage', connector: 'openlineage', path: folder }], {
      emit: [{ name: 'bus', kafka: { brokers: [kafka.broker], topic: 'told' } }],
    });
    const report = await (await house.product.sync()).run({ source: 'lineage', actor, signal });
    expect(report.error).toBeNull();
    await house.close();
    rmSync(folder, { recursive: true });

    const config = openlineageConfig.parse({
      kafka: { brokers: [kafka.broker], topics: ['told'], timeoutSeconds: 60 },
    });
    const connection = openlineage.connect(config, { source: 's', clock: { now: () => Date.now() }, log: silentLog });
    const names: string[] = [];
    for await (const message of connection.read({ cursor: null }, signal))
      if (message.type === 'document') names.push(message.document.name);
    await connection.close();
    expect(names).toEqual(['t1', 'job-1']);
  });

  it('that does not answer, or has no such topic, is said so', async () => {
    const read = async (kafkaSettings: object) => {
      const config = openlineageConfig.parse({ kafka: { topics: ['nowhere'], timeoutSeconds: 5, ...kafkaSettings } });
      const connection = openlineage.connect(config, { source: 's', clock: { now: () => 0 }, log: silentLog });
      return connection.check(signal);
    };
    await expect(read({ brokers: [kafka.broker] })).rejects.toMatchObject({ code: 'CONNECTOR_UNEXPECTED' });
    await expect(read({ brokers: ['127.0.0.1:1'] })).rejects.toMatchObject({ code: 'CONNECTOR_UNAVAILABLE' });
  });

  describeConnector('openlineage over a real Kafka', async () => {
    const config = {
      kafka: { brokers: [kafka.broker], topics: ['recorded'], timeoutSeconds: 60, group: `g${Date.now()}` },
    };
    const offsets = new Kafka({ brokers: [kafka.broker], logLevel: logLevel.NOTHING }).admin();
    await offsets.connect();
    const [first] = await offsets.fetchTopicOffsets('recorded');
    await offsets.disconnect();
    if (first?.high === '0') await send('recorded', [event(1), event(2), 'canary-7Q']);
    return {
      connector: openlineage,
      config,
      connect: () =>
        openlineage.connect(openlineageConfig.parse(config), {
          source: 's',
          clock: { now: () => 0 },
          log: silentLog,
        }),
      secrets: ['canary-'],
    };
  });
});
