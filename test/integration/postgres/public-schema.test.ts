import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { composeFor } from '../../../server/lexline.ts';
import { describeOnPostgres } from './real-server.ts';

/**
 * A schema that is not ours and that real people run: the tables of the monitoring server Zabbix, from Debian's package.
 * It is fetched when the test runs and never kept. Null, with the reason, where it cannot be had.
 */
function publicSchema(): { readonly sql: string } | { readonly missing: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-public-'));
  try {
    execFileSync('apt-get', ['download', '-q', 'zabbix-server-pgsql'], {
      cwd: folder,
      stdio: 'ignore',
      timeout: 60_000,
    });
    const [name = ''] = readdirSync(folder);
    execFileSync('dpkg-deb', ['-x', name, 'out'], { cwd: folder, stdio: 'ignore' });
    return {
      sql: gunzipSync(readFileSync(join(folder, 'out/usr/share/zabbix-server-pgsql/schema.sql.gz'))).toString('utf8'),
    };
  } catch {
    return { missing: "Debian's package zabbix-server-pgsql cannot be downloaded" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describeOnPostgres('a public schema on a real PostgreSQL', [], (real) => {
  it('is in the inventory with every table and every column, and a second sync writes nothing', async ({ skip }) => {
    const schema = publicSchema();
    if ('missing' in schema) {
      process.stderr.write(`skipped: a public schema on a real PostgreSQL: ${schema.missing}\n`);
      skip(schema.missing);
      return;
    }
    const url = await real().database('zabbix');
    await real().run(url, schema.sql);
    const columns = await real().run(
      url,
      "select table_name, column_name from information_schema.columns where table_schema = 'public' order by 1, 2",
    );
    const folder = mkdtempSync(join(tmpdir(), 'lexline-inventory-'));
    const config = join(folder, 'lexline.yaml');
    writeFileSync(
      config,
      'sources:\n  - { name: zabbix, connector: postgres, url: "${ZABBIX_URL}", profile: in-database, queries: false }\n',
    );
    const compose = composeFor({
      global: { config, data: undefined, json: false },
      env: { ZABBIX_URL: url },
      clock: systemClock,
      actor: { kind: 'process', id: 'test' },
    });
    const product = await compose.open();
    try {
      const sync = await product.sync();
      const actor = { kind: 'process', id: 'test' } as const;
      const first = await sync.run({ source: 'zabbix', actor });
      expect(first.error).toBeNull();
      expect((await sync.run({ source: 'zabbix', actor })).status).toBe('UNCHANGED');
      const query = await product.query();
      const { n } = await query.at();
      const found: string[] = [];
      for await (const { dataset, field } of query.inventory(n)) found.push(`${dataset.name}.${field.path.join('.')}`);
      const expected = columns.map((row) => `zabbix.public.${String(row['table_name'])}.${String(row['column_name'])}`);
      expect(expected.length).toBeGreaterThan(1000);
      expect(found.sort()).toEqual(expected.sort());
    } finally {
      await product.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
