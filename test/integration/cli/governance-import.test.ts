import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runLexline } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-governance-import-'));
const record = join(folder, 'record.csv');
const out = join(folder, 'imported.yml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('taking over a record of processing', () => {
  it('writes the same record again, and never over what somebody changed unless told to', async () => {
    writeFileSync(record, 'Processing activity,Purpose\nNewsletter,Advertising\n');
    const asked = ['governance', 'import', record, '--out', out];
    expect((await runLexline(asked)).status).toBe(0);
    expect((await runLexline(asked)).status).toBe(0);
    const edited = `${readFileSync(out, 'utf8')}# looked through\n`;
    writeFileSync(out, edited);
    const refused = await runLexline(asked);
    expect(refused.status).toBe(2);
    expect(refused.err).toContain(`${out} is there already and says something else`);
    expect(refused.err).toContain('--replace');
    expect(readFileSync(out, 'utf8')).toBe(edited);
    expect((await runLexline([...asked, '--replace'])).status).toBe(0);
    expect(readFileSync(out, 'utf8')).not.toContain('# looked through');
  }, 60_000);
});
