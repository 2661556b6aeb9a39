import { once } from 'node:events';
import { expect, it } from 'vitest';
import { postgresConfig } from '../../../../connectors/postgres/config.ts';
import { parseAddress } from '../../../../connectors/postgres/address.ts';
import { createPglitePort } from '../../../../connectors/postgres/pglite-port.ts';

it('answers what is asked next while the worker of a statement that was cut off still ends', async () => {
  const config = postgresConfig.parse({ url: 'pglite:memory://', namespace: 'postgres://db.example.com:5432' });
  const port = createPglitePort('shop', parseAddress('shop', config.url), config);
  const [stop, other] = [new AbortController(), new AbortController()];
  expect(await port.query('select 1 as a', [], stop.signal)).toEqual([{ a: 1 }]);
  const long = port.query('select count(*) from generate_series(1, 1000000000000)', [], stop.signal);
  const cutOff = expect(long).rejects.toThrow('not wanted');
  setImmediate(() => stop.abort(new Error('not wanted')));
  await once(stop.signal, 'abort');
  expect(await port.query('select 2 as a', [], other.signal)).toEqual([{ a: 2 }]);
  await cutOff;
  await port.close();
}, 900_000);
