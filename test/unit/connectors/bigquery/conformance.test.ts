import { afterAll } from 'vitest';
import { bigquery } from '../../../../connectors/bigquery/connector.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import type { FakeServer } from '../../../fake/replay-server.ts';
import { startFakeBigQuery } from '../../../fake/bigquery-server.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { connectTo, project, smallCloud, token } from './session.ts';

const servers: FakeServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

/** One server, and a proxy for each answer that fails: their addresses are known once they listen. */
const world = (async () => {
  const cloud = smallCloud();
  cloud.jobs.set(project, [
    {
      id: 'j1',
      location: 'EU',
      statement: 'INSERT',
      shape: 'aa'.repeat(16),
      endedMs: cloud.nowMs - 3_600_000,
      query: "INSERT INTO sales.letters SELECT email FROM sales.customers WHERE email <> 'canary-7Q'",
      target: [project, 'sales', 'letters'],
      read: [[project, 'sales', 'customers']],
    },
  ]);
  const server = await startFakeBigQuery(cloud, { token });
  servers.push(server);
  const failing: FakeServer[] = [];
  for (let n = 1; n <= 60; n++) {
    const proxy = await startFaultProxy(server.url, (request) => (request.n === n ? { type: 'reset' } : null));
    servers.push(proxy);
    failing.push(proxy);
  }
  return { server, failing };
})();

describeConnector('bigquery over its documented REST interface', async () => {
  const { server, failing } = await world;
  return {
    connector: bigquery,
    config: { project, token },
    connect: () => connectTo(server.url),
    connectFailing: (n) => connectTo(failing[n - 1]?.url ?? server.url),
    secrets: ['canary-'],
  };
});
