import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findScanTarget } from '../../../server/cli/scan-target.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-target-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function place(files: readonly string[]): string {
  const root = mkdtempSync(join(folder, 'case-'));
  for (const file of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
  return root;
}

describe('what a scan is pointed at', () => {
  it.each([
    [['manifest.json', 'compiled/a.sql'], '', 'dbt', 'dbt target'],
    [['dbt_project.yml', 'target/manifest.json', 'models/a.sql'], '', 'dbt', 'dbt project'],
    [['manifest.json'], 'manifest.json', 'dbt', 'dbt manifest'],
    [['deep/er/schema.DDL'], '', 'sql-files', 'folder of SQL'],
    [['schema.sql'], 'schema.sql', 'sql-files', 'SQL file'],
  ] as const)('%j %s is read by %s', async (files, within, connector, kind) => {
    expect(await findScanTarget(join(place(files), within), undefined)).toMatchObject({ connector, kind });
  });

  it('passes the dialect on to SQL files only', async () => {
    expect((await findScanTarget(place(['a.sql']), 'snowflake')).settings).toMatchObject({ dialect: 'snowflake' });
    expect((await findScanTarget(place(['manifest.json']), 'snowflake')).settings).not.toHaveProperty('dialect');
  });

  it('refuses a dialect that nobody knows, with the one that was meant, and takes other usual names', async () => {
    await expect(findScanTarget(place(['a.sql']), 'snowflak')).rejects.toMatchObject({
      message: expect.stringContaining('no dialect "snowflak" is known') as string,
      remedy: '--dialect: did you mean "snowflake"?',
    });
    await expect(findScanTarget(place(['manifest.json']), 'nothing-like-it')).rejects.toMatchObject({
      remedy: expect.stringMatching(/known here: .*postgres/u) as string,
    });
    expect((await findScanTarget(place(['a.sql']), 'MSSQL')).settings).toMatchObject({ dialect: 'MSSQL' });
  });

  it('shows the last parts of the path and nothing more of the machine', async () => {
    const { shown } = await findScanTarget(join(place(['target/manifest.json']), 'target'), undefined);
    expect(shown).toMatch(/^case-\w+\/target$/);
  });

  it.each([
    [[], '', /holds no manifest\.json of dbt and no file that ends in \.sql or \.ddl/],
    [['readme.md', '.git/x.sql', 'node_modules/y.sql'], '', /holds no manifest\.json/],
    [['notes.txt'], 'notes.txt', /neither a dbt manifest nor a file/],
    [[], 'nowhere', /there is nothing at/],
    [['dbt_project.yml', 'models/a.sql'], '', /without target\/manifest\.json/],
  ] as const)('refuses %j %s and says what to do', async (files, within, message) => {
    const refused = findScanTarget(join(place(files), within), undefined);
    await expect(refused).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(message) as string,
    });
    await expect(refused).rejects.toHaveProperty(
      'remedy',
      expect.stringMatching(/lexline scan|dbt compile|check the path/),
    );
  });
});
