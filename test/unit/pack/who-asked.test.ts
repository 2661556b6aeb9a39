import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { createPackRoom } from '../../../server/report/packs/pack-room.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { clinicGovernance, clinicWorld } from '../report/clinic-world.ts';
import { queryOver } from '../report/query-double.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-pack-who-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the reports in an evidence pack', () => {
  it('say who asked for it', async () => {
    const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog });
    try {
      const query = queryOver(clinicWorld);
      const governance = (): Promise<typeof clinicGovernance> => Promise.resolve(clinicGovernance);
      const room = createPackRoom({
        signing: { keyFile: join(folder, 'keys', 'lexline.pem'), previous: [] },
        query,
        reports: createReports({ query, version: '0.1.0', governance }),
        governance,
        ledger: stores.ledger,
        version: '0.1.0',
      });
      const chunks: Uint8Array[] = [];
      const { chunks: made } = await room.create({ reports: ['inventory'], requestedBy: 'person jo@host' });
      for await (const chunk of made) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString('utf8');
      expect(text).toContain('"requestedBy":"person jo@host"');
      expect(text).toContain('requestedBy,person jo@host');
    } finally {
      await stores.close();
    }
  });
});
