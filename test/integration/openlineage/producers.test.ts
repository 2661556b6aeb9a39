import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  dbtWithOpenLineage,
  runDbtBuild,
  runSparkJob,
  sparkWithOpenLineage,
} from '../../../scripts/openlineage-producers.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import { openEventHouse, type EventHouse } from './house.ts';

const install = process.env['LEXLINE_EXTENDED'] === '1';
const spark = sparkWithOpenLineage(install);
const dbt = dbtWithOpenLineage(install);
const hint = 'not under .cache/openlineage; LEXLINE_EXTENDED=1 installs it, which needs Java, Maven and Python';

describe('a live run that sends its lineage to the receiver', { timeout: 900_000 }, () => {
  const folders: string[] = [];
  const houses: EventHouse[] = [];
  afterAll(async () => {
    for (const house of houses) await house.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  const set = async (): Promise<{ house: EventHouse; folder: string }> => {
    const folder = mkdtempSync(join(tmpdir(), 'lexline-producer-'));
    const house = await openEventHouse();
    folders.push(folder);
    houses.push(house);
    return { house, folder };
  };
  const upstream = async (house: EventHouse, origin: string): Promise<string> => {
    const query = await house.product.query();
    const { n } = await query.at();
    const request = { origin, direction: 'UPSTREAM', depth: 3, first: 10, granularity: 'FIELD', n } as const;
    return JSON.stringify(await query.lineage({ ...request, includeIndirect: true }));
  };

  it.skipIf(spark === null)(
    `of Spark: columns with masking (${spark === null ? hint : 'openlineage-spark 1.53.0'})`,
    async () => {
      if (spark === null) return;
      const { house, folder } = await set();
      await runSparkJob(spark, house.url, folder);
      await house.drained();
      const readers = { namespace: 'file', name: `${folder}/readers` };
      const members = { namespace: 'file', name: `${folder}/members` };
      const hash = await upstream(house, fieldUid(readers, ['email_hash']));
      expect(hash).toContain(fieldUid(members, ['email']));
      expect(hash).toContain('"masking":true');
      const shown = await upstream(house, fieldUid(readers, ['shown_name']));
      expect(shown).toContain(fieldUid(members, ['name']));
      expect(shown).not.toContain('"masking":true');
      expect(house.bytes()).not.toContain('ada@example.com');
    },
  );

  it.skipIf(dbt === null)(
    `of dbt: columns by its SQL (${dbt === null ? hint : 'openlineage-dbt 1.54.0'})`,
    async () => {
      if (dbt === null) return;
      const { house, folder } = await set();
      await runDbtBuild(dbt, house.url, folder);
      await house.drained();
      const query = await house.product.query();
      const { n } = await query.at();
      const { items } = await query.search('readers', ['dataset'], n, { first: 20 });
      const [readers] = await query.datasetsByUid(
        items.map(({ uid }) => uid),
        n,
      );
      const namespace = readers?.namespace ?? '';
      const name = (table: string) => ({ namespace, name: `library.main.${table}` });
      const hash = await upstream(house, fieldUid(name('readers'), ['email_hash']));
      expect(hash).toContain(fieldUid(name('members'), ['email']));
      expect(hash).toContain('"masking":true');
      expect(house.bytes()).not.toContain('canary-7Q');
    },
  );
});
