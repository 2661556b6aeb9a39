import { afterEach } from 'vitest';
import type { FakeCloud } from '../../../fake/bigquery-project.ts';
import { startFakeBigQuery, type FakeBigQuery, type FakeBigQueryOptions } from '../../../fake/bigquery-server.ts';
import { startFaultProxy, type FaultPlan } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { token } from './session.ts';

/** Servers of one file of tests, closed after each of them. */
export function servers(): {
  readonly over: (cloud: FakeCloud, options?: FakeBigQueryOptions) => Promise<FakeBigQuery>;
  readonly behind: (cloud: FakeCloud, plan: FaultPlan) => Promise<string>;
} {
  const open: FakeServer[] = [];
  afterEach(async () => {
    for (const server of open.splice(0).toReversed()) await server.close();
  });
  async function over(cloud: FakeCloud, options: FakeBigQueryOptions = {}): Promise<FakeBigQuery> {
    const server = await startFakeBigQuery(cloud, { token, ...options });
    open.push(server);
    return server;
  }
  return {
    over,
    async behind(cloud, plan) {
      const proxy = await startFaultProxy((await over(cloud)).url, plan);
      open.push(proxy);
      return proxy.url;
    },
  };
}
