import { databricks } from '../../../../connectors/databricks/connector.ts';
import { describeConnector } from '../../../conformance/connector.ts';
import { startFaultProxy } from '../../../fake/fault-proxy.ts';
import { closeLater, connectTo, namespace, serve, smallMetastore, token, warehouseId } from './session.ts';

describeConnector('databricks over the documented REST interfaces', async () => {
  const { url } = await serve(smallMetastore());
  const failing = new Map<number, string>();
  // One proxy for each request that fails, made before the suite asks for it.
  for (let n = 1; n <= 60; n++) {
    const proxy = await startFaultProxy(url, (request) => (request.n === n ? { type: 'reset' } : null));
    closeLater(proxy);
    failing.set(n, proxy.url);
  }
  return {
    connector: databricks,
    config: { url, token, warehouseId, namespace },
    connect: () => connectTo(url),
    connectFailing: (n) => connectTo(failing.get(n) ?? url),
    secrets: ['canary-'],
  };
});
