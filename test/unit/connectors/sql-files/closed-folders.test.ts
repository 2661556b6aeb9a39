import type { Dirent } from 'node:fs';
import type * as Files from 'node:fs/promises';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';

// Rights do not bind an administrator, so the system's refusal is put in its place here.
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  const readdir = (path: string, options: { withFileTypes: true }): Promise<Dirent[]> =>
    basename(path).startsWith('closed')
      ? Promise.reject(Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' }))
      : real.readdir(path, options);
  return { ...real, readdir };
});
const { listFiles } = await import('../../../../connectors/sql-files/client.ts');
const { sqlFiles } = await import('../../../../connectors/sql-files/connector.ts');
const { sqlFilesConfig } = await import('../../../../connectors/sql-files/config.ts');
const { silentLog } = await import('../../../../server/base/log.ts');
const { findScanTarget } = await import('../../../../server/cli/scan-target.ts');
const { sqlFilesAt } = await import('../../../../server/cli/check/changed-texts.ts');

const folder = mkdtempSync(join(tmpdir(), 'lexline-rights-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'open', 'closed-part'), { recursive: true });
mkdirSync(join(folder, 'closed'));
writeFileSync(join(folder, 'open', 'a.sql'), 'select 1');
const { signal } = new AbortController();

describe('a folder of SQL of which a part is closed', () => {
  const connection = sqlFiles.connect(sqlFilesConfig.parse({ path: join(folder, 'open') }), {
    source: 'nightly',
    clock: { now: () => 0 },
    log: silentLog,
  });

  it('is read as far as it is open; the rest is a gap, and nothing counts as gone', async () => {
    const messages = [];
    for await (const message of connection.read({ cursor: null }, signal)) messages.push(message);
    expect(messages.map(({ type }) => type)).toEqual(['scopes', 'scope-begin', 'document', 'gap']);
    expect(messages.at(-1)).toMatchObject({ gap: { what: 'folder closed-part', reason: 'not-read' } });
  });

  it('is told so before it is read', async () => {
    expect((await connection.check(signal)).gaps).toMatchObject([{ what: 'folder closed-part' }]);
  });

  it('does not stop what looks through a change', async () => {
    expect(await sqlFilesAt(join(folder, 'open'))).toEqual([join(folder, 'open', 'a.sql')]);
  });
});

describe('a folder that is closed itself', () => {
  it('is refused, and not taken for an empty one', async () => {
    const refusal = { message: expect.stringContaining('cannot be read') as string };
    await expect(listFiles('nightly', join(folder, 'closed'), signal)).rejects.toMatchObject(refusal);
    await expect(findScanTarget(join(folder, 'closed'), undefined)).rejects.toMatchObject(refusal);
  });
});
