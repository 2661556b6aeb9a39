import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadGovernance } from '../../../server/governance/load.ts';
import { runLexline } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-governance-import-'));
const record = join(folder, 'record.csv');
const out = join(folder, 'imported.yml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('taking over a record of processing', () => {
  it('fits beside what is in the folder: the same party is that party, and no id is given twice', async () => {
    const place = join(folder, 'governance');
    mkdirSync(place);
    const party =
      'parties:\n  - { id: agency, name: The Agency, kind: recipient }\n  - { id: mail-house, name: Other, kind: recipient }\n';
    writeFileSync(join(place, 'parties.yml'), party);
    writeFileSync(record, 'Processing activity,Recipients\nNewsletter,The Agency; Mail House\n');
    const { status, err } = await runLexline(['governance', 'import', record, '--out', join(place, 'imported.yml')]);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const whole = await loadGovernance(place);
    expect(whole.activities[0]?.recipients).toEqual(['agency', 'mail-house-2']);
    expect(whole.parties.map(({ id }) => id).toSorted()).toEqual(['agency', 'mail-house', 'mail-house-2']);
  });

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
  });
});
