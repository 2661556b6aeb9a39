import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { atlas } from '../../../../connectors/atlas/connector.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { startFakeAtlas } from '../../../fake/atlas-server.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import { startReplay, type FakeServer, type HttpRecording } from '../../../fake/replay-server.ts';
import { connectTo, password, smallCatalog } from './session.ts';

const servers: FakeServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});
async function kept(server: Promise<FakeServer>): Promise<string> {
  servers.push(await server);
  return (await server).url;
}

describeConnector('atlas over a made-up catalog', async () => {
  const target = await kept(startFakeAtlas(smallCatalog()));
  let left = Number.POSITIVE_INFINITY;
  const url = await kept(startFaultProxy(target, () => (--left < 0 ? { type: 'reset' } : null)));
  const settings = { listSize: 2, pageSize: 1, retries: 0 };
  return {
    connector: atlas,
    config: { url, username: 'reader', password },
    connect() {
      left = Number.POSITIVE_INFINITY;
      return connectTo(url, settings);
    },
    connectFailing(n) {
      left = n - 1;
      return connectTo(url, settings);
    },
    secrets: ['canary-'],
  };
});

describeConnector('atlas over answers of a real 2.1.0', async () => {
  const file = join(import.meta.dirname, '../../../fixtures/atlas/answers.json');
  const url = await kept(startReplay(JSON.parse(readFileSync(file, 'utf8')) as HttpRecording));
  return {
    connector: atlas,
    config: { url, username: 'reader', password },
    connect: () => connectTo(url, { pageSize: 2 }),
    secrets: ['canary-'],
  };
});
