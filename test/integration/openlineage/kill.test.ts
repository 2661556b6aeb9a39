import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStores } from '../../../bench/openlineage/check.ts';
import { makeEvent } from '../../../bench/openlineage/make-event.ts';
import { benchServer } from '../../../bench/openlineage/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-kill-events-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe('a server that is killed while events come in', () => {
  it('has every event that it answered in the graph, and counts each run once', { timeout: 600_000 }, async () => {
    const config = join(folder, 'lexline.yaml');
    writeFileSync(config, 'sources:\n  - { name: lineage, connector: openlineage }\n');
    const server = await benchServer(config);
    await server.start();
    const answered = new Set<number>();
    const send = async (serial: number): Promise<void> => {
      for (;;) {
        const status = await fetch(`${server.url}/api/v1/lineage`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: makeEvent(serial),
        }).then(
          (answer) => answer.status,
          () => 0,
        );
        if (status === 201) break;
        await pause(100);
      }
      answered.add(serial);
    };
    // Three rounds of a hundred events; in each the server goes down somewhere on the way, at another point of its work.
    for (let round = 0; round < 3; round++) {
      const sending = Array.from({ length: 100 }, (_, i) => pause(i * 10).then(() => send(round * 100 + i)));
      await pause(200 + round * 1700);
      await server.kill();
      await server.start();
      await Promise.all(sending);
    }
    await untilEmpty(server.url);
    await server.stop();
    expect(answered.size).toBe(300);
    const found = await checkStores(folder, answered);
    expect(found.mostInASecond).toBeLessThanOrEqual(1);
    expect(found).toMatchObject({ waiting: 0, missingDatasets: 0, runs: 300, wrongCounts: 0 });
  });
});

/** Nothing waits any longer, twice in a row: a run that read the last events may still be writing the first time. */
async function untilEmpty(url: string): Promise<void> {
  for (let empty = 0; empty < 2;) {
    await pause(1000);
    const metrics = await fetch(`${url}/metrics`).then((answer) => answer.text());
    empty = /^lexline_inbox_waiting\{source="lineage"\} 0$/mu.test(metrics) ? empty + 1 : 0;
  }
}
