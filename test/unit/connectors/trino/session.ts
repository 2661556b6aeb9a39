import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { trino } from '../../../../connectors/trino/connector.ts';
import { trinoConfig } from '../../../../connectors/trino/config.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { startFakeTrino, type FakeTrino, type TrinoRecording } from '../../../fake/trino-server.ts';

export const recording = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../fixtures/trino/answers.json'), 'utf8'),
) as TrinoRecording;
export const context = { source: 'lake', clock: { now: () => Date.UTC(2026, 0, 1) }, log: silentLog };
export const namespace = 'trino://trino.example.com:8080';
export const servers: FakeServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

export const settings = { username: 'admin', password: 'canary-password', namespace, pageSize: 2, retries: 0 };
export const connect = (url: string, changed: object = {}): SourceConnection =>
  trino.connect(trinoConfig.parse({ url, ...settings, ...changed }), context);

/** `parts`: what the digests say that the schema `shop.sales` has beside what was recorded. */
export async function recorded(
  answer: Parameters<typeof startFakeTrino>[1] = () => null,
  parts = '',
): Promise<FakeTrino> {
  const server = await startFakeTrino(recording, (sql) => {
    const said = answer(sql);
    if (said !== null || parts === '' || !sql.includes("WHERE table_cat = 'shop'") || !sql.includes('AS digest'))
      return said;
    const more = parts.split('').map((part) => ({ schema_name: 'sales', part, n: 1, digest: 'AB' }));
    return [...(recording.statements[sql] ?? []), ...more];
  });
  servers.push(server);
  return server;
}
export async function behind(plan: FaultPlan): Promise<string> {
  const proxy = await startFaultProxy((await recorded()).url, plan);
  servers.unshift(proxy);
  return proxy.url;
}
