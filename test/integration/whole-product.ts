import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../server/base/clock.ts';
import { composeFor } from '../../server/lexline.ts';
import type { SyncReport } from '../../server/sync/sync.ts';

const actor = { kind: 'process', id: 'test' } as const;

/** The whole product over one source, on stores of its own in a folder that goes away with it. */
export interface WholeProduct {
  sync(): Promise<SyncReport>;
  /** What reaches a field through lineage, as `dataset.field`, sorted. */
  upstream(namespace: string, dataset: string, field: string): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `source`: the members of the source as lexline.yaml has them, in JSON. */
export async function openWholeProduct(
  source: Readonly<Record<string, unknown>> & { readonly name: string },
  env: Readonly<Record<string, string>> = {},
): Promise<WholeProduct> {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-whole-'));
  const config = join(folder, 'lexline.yaml');
  writeFileSync(config, JSON.stringify({ sources: [source] }));
  const global = { config, data: undefined, json: false };
  const product = await composeFor({ global, env, clock: systemClock, actor }).open();
  return {
    async sync() {
      const runs = await product.sync();
      let report = await runs.run({ source: source.name, actor });
      // A text has two seconds of the clock on the wall: on a loaded machine one may need another try.
      const isLate = () => report.gaps.some(({ detail }) => detail.includes('the text was given up'));
      for (let tries = 0; tries < 5 && isLate(); tries++)
        report = await runs.run({ source: source.name, actor, full: true });
      return report;
    },
    async upstream(namespace, dataset, field) {
      const query = await product.query();
      const { n } = await query.at();
      const [found] = await query.datasetsByRef([{ openLineage: { namespace, name: dataset } }], n);
      const start = await query.fieldByPath(found?.dataset?.uid ?? '', field, n);
      const request = { origin: start?.uid ?? '', direction: 'UPSTREAM', n } as const;
      const hits = await query.impactList(request, undefined, { first: 50 });
      return hits.items.map((hit) => hit.path.at(-1) ?? '').toSorted();
    },
    async close() {
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
