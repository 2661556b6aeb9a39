import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectors } from '../../../connectors/connectors.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { parseConfig } from '../../../server/base/config.ts';
import { silentLog } from '../../../server/base/log.ts';
import { openProduct, type WholeProduct } from '../../../server/compose/open-product.ts';

/** The whole product on a free port, in a folder of its own. */
export interface EventHouse {
  readonly url: string;
  readonly folder: string;
  readonly product: WholeProduct;
  post(
    body: unknown,
    path?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Waits until nothing waits in the inbox of the source `lineage` and its last sync is over. */
  drained(): Promise<void>;
  /** Every byte that the stores hold. */
  bytes(): string;
  close(): Promise<void>;
}

export async function openEventHouse(
  sources: readonly object[] = [{ name: 'lineage', connector: 'openlineage' }],
  more: object = {},
): Promise<EventHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-events-'));
  const config = await parseConfig({ sources, ...more }, folder, { connectors });
  const product = await openProduct(config, systemClock, silentLog);
  const serving = await product.serve({ host: '127.0.0.1', port: 0 });
  return {
    url: serving.url,
    folder,
    product,
    async post(body, path = '/api/v1/lineage', headers = {}) {
      const answer = await fetch(`${serving.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json(), headers: answer.headers };
    },
    async drained() {
      const sync = await product.sync();
      for (;;) {
        const metrics = await fetch(`${serving.url}/metrics`).then((answer) => answer.text());
        const runs = await sync.reports('lineage', 1);
        if (/^lexline_inbox_waiting\{source="lineage"\} 0$/mu.test(metrics) && runs.length > 0) return;
        await new Promise((resolve) => {
          setTimeout(resolve, 200);
        });
      }
    },
    bytes() {
      const data = join(folder, 'data');
      return readdirSync(data)
        .map((file) => readFileSync(join(data, file)).toString('latin1'))
        .join('');
    },
    async close() {
      await serving.close();
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
