import { Kafka, logLevel } from 'kafkajs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';
import { kafkaMissing, startKafka } from '../../../scripts/kafka.ts';
import { dataset, runEvent, schema } from '../../unit/connectors/openlineage/events.ts';

const missing = kafkaMissing(process.env['LEXLINE_EXTENDED'] === '1');
const actor = { kind: 'process', id: 'test' } as const;

describe.skipIf(missing !== null)(
  `a server that listens to a real Kafka${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    it(
      'brings what is sent to a topic into the graph by itself, without a schedule',
      { timeout: 300_000 },
      async () => {
        const folder = mkdtempSync(join(tmpdir(), 'lexline-resident-'));
        const kafka = await startKafka();
        const client = new Kafka({ brokers: [kafka.broker], logLevel: logLevel.NOTHING });
        const admin = client.admin();
        await admin.connect();
        await admin.createTopics({ topics: [{ topic: 'lineage', numPartitions: 2 }], waitForLeaders: true });
        await admin.disconnect();
        const config = join(folder, 'lexline.yaml');
        writeFileSync(
          config,
          `sources:\n  - { name: lineage, connector: openlineage, kafka: { brokers: ["${kafka.broker}"], topics: [lineage] } }\n`,
        );
        const product = await composeFor({
          global: { config, data: undefined, json: false },
          env: {},
          clock: systemClock,
          actor,
        }).open();
        const stop = new AbortController();
        const serving = product.runSchedule(actor, stop.signal);
        const producer = client.producer();
        try {
          await producer.connect();
          const isThere = async (name: string): Promise<boolean> => {
            const query = await product.query();
            const n = await query.at().then(
              (at) => at.n,
              () => null,
            );
            // Nothing was synced yet.
            if (n === null) return false;
            const [found] = await query.datasetsByRef(
              [{ openLineage: { namespace: 'postgres://db.example.com:5432', name } }],
              n,
            );
            return found?.dataset !== null && found?.dataset !== undefined;
          };
          for (const [i, name] of ['shop.public.first', 'shop.public.second'].entries()) {
            const event = runEvent({ run: `r${i}`, outputs: [dataset(name, schema('id'))] });
            await producer.send({ topic: 'lineage', messages: [{ value: JSON.stringify(event) }] });
            let seconds = 0;
            while (!(await isThere(name))) {
              expect(seconds).toBeLessThan(120);
              await sleep(500);
              seconds += 0.5;
            }
          }
        } finally {
          stop.abort();
          await serving.catch(() => {});
          await producer.disconnect();
          await product.close();
          await kafka.stop();
          rmSync(folder, { recursive: true, force: true });
        }
      },
    );
  },
);
