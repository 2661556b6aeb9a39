import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCatalogues, loadFolderCatalogue, usualRegulations } from '../../../server/rulebook/catalogue.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { readHouseRules } from '../../../server/rulebook/house-rules.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-house-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

const regulation = `id: house-rules
name: House rules of Example Ltd
catalogue: "2026.11"
rules: rules.md
`;
const rules = `# House rules of Example Ltd

## 1 Applicants

- Applications that were not successful are deleted six months after the post was filled.
- Nobody prints what applicants send.

## 3 Badges and doors

1. A lost badge is reported to the front desk
   within an hour.
2. Fingerprint readers are not used anywhere.

## Cars

Parking permits expire after a year.
`;
const own = loadFolderCatalogue(folderOf({ 'regulation.yml': regulation, 'rules.md': rules }));
const rulebook = createRulebook({ catalogues: [own, ...loadCatalogues(usualRegulations)] });
const found = async (query: string, regulations?: readonly string[]) =>
  (await rulebook.search({ query, ...(regulations === undefined ? {} : { regulations }) })).hits.map(
    ({ provision }) => provision,
  );

describe('a file of house rules', () => {
  it('is cut into rules at headings, paragraphs and items of lists, under their own numbers or counted', () => {
    expect(own.provisions.map(({ id, title, duty }) => [id, title, duty.slice(0, 40)])).toEqual([
      ['HOUSERULES:1.1', 'Applicants', 'Applications that were not successful ar'],
      ['HOUSERULES:1.2', 'Applicants', 'Nobody prints what applicants send.'],
      ['HOUSERULES:3.1', 'Badges and doors', 'A lost badge is reported to the front de'],
      ['HOUSERULES:3.2', 'Badges and doors', 'Fingerprint readers are not used anywher'],
      ['HOUSERULES:4', 'Cars', 'Parking permits expire after a year.'],
    ]);
    expect(own.provision('HOUSERULES:3.1')?.duty).toBe('A lost badge is reported to the front desk within an hour.');
  });

  it('without headings is counted by paragraph, and titled by their first sentence', () => {
    const text = 'Lock your screen. Always.\n\nShred paper\nbefore it is thrown away.\n';
    expect(readHouseRules(text, 'OURS').map(({ id, title, duty }) => [id, title, duty])).toEqual([
      ['OURS:1', 'Lock your screen.', 'Lock your screen. Always.'],
      ['OURS:2', 'Shred paper before it is thrown away.', 'Shred paper before it is thrown away.'],
    ]);
  });

  it('keeps numbers apart that stand there twice', () => {
    const ids = readHouseRules('## 2 One\n\nA.\n\n## 2 Two\n\nB.\n', 'OURS').map(({ id }) => id);
    expect(ids).toEqual(['OURS:2', 'OURS:2-2']);
  });

  it('is cut at the rows of a table, which their first cell names, and read without the signs of Markdown', () => {
    const text = `## 3 Retention

| Data | Kept for | By |
|------|:--------:|----|
| Payslips | **seven** years | [payroll](https://example.com/pay) |
| Recordings | 30 days | |

The \`door_log\` is *never* kept 2 * 3 days.
Either | or is no table.
`;
    expect(readHouseRules(text, 'OURS').map(({ id, title, duty, words }) => [id, title, duty, words])).toEqual([
      [
        'OURS:3.1',
        'Retention: Payslips',
        'Payslips. Kept for: seven years. By: payroll',
        'Payslips seven years payroll',
      ],
      ['OURS:3.2', 'Retention: Recordings', 'Recordings. Kept for: 30 days', 'Recordings 30 days '],
      [
        'OURS:3.3',
        'Retention',
        'The door_log is never kept 2 * 3 days. Either | or is no table.',
        'The door_log is never kept 2 * 3 days. Either | or is no table.',
      ],
    ]);
  });

  it.each([
    ['how long do we keep CVs of people we did not hire', 'HOUSERULES:1.1'],
    ['Wie lange werden Bewerbungen aufbewahrt?', 'HOUSERULES:1.1'],
    ['combien de temps garder les CV des candidats', 'HOUSERULES:1.1'],
    ['somebody lost his badge on the train', 'HOUSERULES:3.1'],
    ['column fingerprint_template', 'HOUSERULES:3.2'],
    ['when does a parking permit expire', 'HOUSERULES:4'],
  ])('is found by words, ideas and kinds of data, in any language of them: "%s"', async (query, rule) => {
    expect((await found(query, ['house-rules']))[0]).toBe(rule);
  });

  it('stands among the laws where no regulation is named, and is left alone where nothing of it is asked', async () => {
    expect(await found('when does a parking permit expire')).toEqual(['HOUSERULES:4']);
    expect(await found('column fingerprint_template')).toEqual(
      expect.arrayContaining(['HOUSERULES:3.2', 'GDPR:4(14)']),
    );
    expect(await found('column pallet_count', ['house-rules'])).toEqual([]);
    expect(await found('how long does bread keep in the freezer', ['house-rules'])).toEqual([]);
  });

  it('may be said anew, with aliases and categories, in provisions.yml beside it', () => {
    const provisions = `provisions:
  - { id: "HOUSERULES:3.2", title: No fingerprints, duty: "No reader of fingers.", categories: [user.biometric], aliases: [] }
`;
    const folder = folderOf({ 'regulation.yml': regulation, 'rules.md': rules, 'provisions.yml': provisions });
    const both = loadFolderCatalogue(folder);
    expect(both.provisions).toHaveLength(5);
    expect(both.provision('HOUSERULES:3.2')?.categories).toEqual(['user.biometric']);
  });

  it.each([
    ['a file that is not there', {}, /rules\.md: ENOENT/u],
    ['a file without rules', { 'rules.md': '# Title\n\n' }, /there is no rule in it/u],
    ['a file that is no text', { 'rules.md': Buffer.from([0xff, 0xfe, 0x00, 0xd8]) }, /rules\.md/u],
  ])('is refused by name: %s', (_, files, message) => {
    const folder = folderOf({ 'regulation.yml': regulation, ...files });
    expect(() => loadFolderCatalogue(folder)).toThrow(message);
  });

  it('outside its folder is not read', () => {
    const folder = folderOf({ 'regulation.yml': regulation.replace('rules.md', '../rules.md') });
    expect(() => loadFolderCatalogue(folder)).toThrow(/a \.md or \.txt file in the same folder/u);
  });

  it('needs an id, a name and a version, and says which is missing', () => {
    const folder = folderOf({
      'regulation.yml': 'id: house-rules\nname: House rules\nrules: rules.md\n',
      'rules.md': rules,
    });
    expect(() => loadFolderCatalogue(folder)).toThrow(/catalogue/u);
  });
});
