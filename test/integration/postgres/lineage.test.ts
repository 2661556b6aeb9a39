import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';
import { describeOnPostgres } from './real-server.ts';

describeOnPostgres('lineage of a real PostgreSQL', ["shared_preload_libraries = 'pg_stat_statements'"], (real) => {
  it('runs through odd names, partitions, generated columns, routines, triggers and statements that ran', async () => {
    const url = await real().database('flows', true);
    await real().run(
      url,
      `create schema reports;
       create view reports.odd as select "a.b" as n from "app data"."odd ""name"".with dots 😀";
       create view reports.part as select kind from billing.event_2025;
       create table reports.log (who text, what text);
       create function reports.note(what text) returns void language sql as
         $$ insert into reports.log (who, what) select c.full_name, what from billing.customer c $$;
       create extension pg_stat_statements;
       create table reports.copy (mail text);
       insert into reports.copy (mail) select email from billing.customer where last_name = 'canary-7Q';`,
    );
    const folder = mkdtempSync(join(tmpdir(), 'lexline-flows-'));
    const config = join(folder, 'lexline.yaml');
    writeFileSync(
      config,
      'sources:\n  - { name: flows, connector: postgres, url: "${FLOWS_URL}", namespace: "postgres://x:1" }\n',
    );
    const actor = { kind: 'process', id: 'test' } as const;
    const global = { config, data: undefined, json: false };
    const product = await composeFor({ global, env: { FLOWS_URL: url }, clock: systemClock, actor }).open();
    try {
      expect((await (await product.sync()).run({ source: 'flows', actor })).error).toBeNull();
      const query = await product.query();
      const { n } = await query.at();
      const upstream = async (name: string, path: string): Promise<readonly string[]> => {
        const [found] = await query.datasetsByRef([{ openLineage: { namespace: 'postgres://x:1', name } }], n);
        const field = await query.fieldByPath(found?.dataset?.uid ?? '', path, n);
        const request = { origin: field?.uid ?? '', direction: 'UPSTREAM', n } as const;
        const hits = await query.impactList(request, undefined, { first: 50 });
        return hits.items.map((hit) => hit.path.at(-1) ?? '').sort();
      };
      expect(await upstream('flows.reports.odd', 'n')).toHaveLength(1);
      expect(await upstream('flows.reports.part', 'kind')).toEqual([expect.stringContaining('event')]);
      expect(await upstream('flows.reports.log', 'who')).toEqual(
        ['first_name', 'full_name', 'last_name'].map((column) => expect.stringContaining(column)),
      );
      expect(await upstream('flows.reports.log', 'what')).toEqual([]);
      expect(await upstream('flows.billing.mail_log', 'email')).toEqual([expect.stringContaining('customer.email')]);
      expect(await upstream('flows.reports.copy', 'mail')).toEqual([expect.stringContaining('customer.email')]);
      expect((await (await product.sync()).run({ source: 'flows', actor })).status).toBe('UNCHANGED');
      await real().run(url, 'select pg_stat_statements_reset()');
      expect((await (await product.sync()).run({ source: 'flows', actor })).status).toBe('UNCHANGED');
    } finally {
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
