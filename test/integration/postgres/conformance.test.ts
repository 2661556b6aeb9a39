import { postgres } from '../../../connectors/postgres/connector.ts';
import { describeConnector } from '../../conformance/connector.ts';
import { connectTo, describeOnPostgres } from './real-server.ts';

describeOnPostgres('a real PostgreSQL', ["shared_preload_libraries = 'pg_stat_statements'"], (real) => {
  let url: Promise<string> | null = null;
  describeConnector('postgres over a real server', async () => {
    url ??= real().database('shop', true);
    const config = { url: await url, pageSize: 3 };
    return {
      connector: postgres,
      config,
      connect: () => connectTo(config.url, { pageSize: 3 }),
      secrets: ['superuser-for-tests', 'canary-'],
    };
  });
});
