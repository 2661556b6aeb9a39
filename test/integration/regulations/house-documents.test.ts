import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { loadFolderCatalogue } from '../../../server/rulebook/catalogue.ts';
import { createLibrary } from '../../../server/rulebook/create-library.ts';
import { createRulebook } from '../../../server/rulebook/create-rulebook.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { pdfOfPages } from './make-pdf.ts';

const signal = new AbortController().signal;
const clean: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of clean.splice(0).toReversed()) await end();
});

const rules = `# House rules

## 1 Applicants

- Applications that were **not** successful are deleted six months after the post was filled.
- Nobody prints what applicants send.

## 2 Visitors

The visitors' sheet is shredded at the end of the week.

## 3 Retention

| Data | Kept for |
|------|----------|
| Payslips | seven years |
| Recordings | 30 days |
`;

/** House rules of a folder, and the library that takes their document. */
async function house(settings = '') {
  const folder = mkdtempSync(join(tmpdir(), 'lexline-house-'));
  clean.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(
    join(folder, 'regulation.yml'),
    `id: house-rules\nname: House rules\ncatalogue: "2026.11"\nrules: rules.md\n${settings}`,
  );
  writeFileSync(join(folder, 'rules.md'), rules);
  const stores = await openSqliteStores({ path: join(folder, 'data'), log: silentLog });
  clean.push(() => stores.close());
  const options = {
    catalogues: [loadFolderCatalogue(folder)],
    vectors: stores.vectors,
    embedder: null,
    clock: { now: () => 0 },
    endpoints: {},
  };
  const library = createLibrary(options);
  const rulebook = createRulebook(options);
  const add = (bytes: Uint8Array | string) => library.add(Buffer.from(bytes), 'house-rules', {}, signal);
  const quoteOf = async (number: string) =>
    (await rulebook.passageOf(`HOUSERULES:${number}`, '2026-11-01'))?.text.replaceAll('\n', ' ') ?? null;
  return { add, quoteOf, rulebook };
}

describe('the document of house rules', () => {
  it('may be the very file of rules: each is quoted under its number, without the signs of Markdown', async () => {
    const { add, quoteOf, rulebook } = await house();
    const text = await add(rules);
    expect(text).toMatchObject({ editionCheck: 'unverified', provisions: { catalogue: { found: 5, expected: 5 } } });
    expect(text.warnings).toEqual([]);
    expect(await quoteOf('1.1')).toBe(
      'Applications that were not successful are deleted six months after the post was filled.',
    );
    expect(await quoteOf('3.2')).toBe('Recordings | 30 days');
    const { hits } = await rulebook.search({ query: 'when are applications deleted that were not successful' });
    expect(hits[0]).toMatchObject({ provision: 'HOUSERULES:1.1', quote: await quoteOf('1.1') });
  });

  it('may be a page of HTML with numbers, lists and tables of its own', async () => {
    const { add, quoteOf } = await house();
    await add(`<html><body><h1>House rules</h1><h2>§ 1 Applicants</h2><ol type="a">
      <li>(a) Applications that were <b>not</b> successful are deleted six months after the post was filled.</li>
      <li>(b) Nobody prints what applicants send.</li></ol>
      <p>II. The visitors’ sheet is shredded at the end of the week. It lies at the desk.</p>
      <table><tr><td>Payslips</td><td>seven years</td></tr><tr><td>Recordings</td><td>30 days</td></tr></table>`);
    expect(await quoteOf('1.1')).toMatch(/^Applications that were not successful/u);
    expect(await quoteOf('2')).toBe('The visitors’ sheet is shredded at the end of the week.');
    expect(await quoteOf('3.1')).toBe('Payslips seven years');
  });

  it('may be a PDF of few pages with headers, page numbers and words that a line or a page end cuts', async () => {
    const { add, quoteOf } = await house();
    const { warnings } = await add(
      pdfOfPages([
        [
          'Example Ltd - internal',
          'House rules',
          'Applicants',
          '1.1 Applications that were not successful are deleted six months af-',
          'ter the post was filled.',
          '1.2 Nobody prints what',
          'Page 1 of 2',
        ],
        [
          'Example Ltd - internal',
          'applicants send.',
          'Whoever finds a badge takes it to the desk on the ground floor at once.',
          "2. Visitors. The visitors' sheet is shredded at the end of every week.",
          'Payslips seven years',
          'Recordings 30 days',
          'Page 2 of 2',
        ],
      ]),
    );
    expect(await quoteOf('1.1')).toBe(
      'Applications that were not successful are deleted six months after the post was filled.',
    );
    expect(await quoteOf('1.2')).toBe('Nobody prints what applicants send.');
    expect(await quoteOf('p1')).toMatch(/^Whoever finds a badge/u);
    // A rule that the document words otherwise is not quoted from it, and that is said.
    expect(await quoteOf('2')).toBeNull();
    expect(warnings).toContain('1 of 5 rules do not stand in it word for word, and nothing is quoted for them: 2');
  });

  it('may hold none of them word for word: then it stands beside them as paragraphs, and that is said', async () => {
    const { add, quoteOf } = await house();
    const { warnings } = await add(
      'Whoever leaves hands in keys and badge.\n\nNobody prints what applicants sent us before the year began.',
    );
    expect(warnings).toEqual([expect.stringMatching(/^5 of 5 rules do not stand in it word for word/u)]);
    expect(await quoteOf('p1')).toMatch(/^Whoever leaves/u);
    expect(await quoteOf('1.2')).toBeNull();
  });

  it('quotes a rule only where its words begin a sentence and end a word', async () => {
    const { add, quoteOf } = await house();
    await add('It was said that nobody prints what applicants send.\nRecordings 30 daysheets.\nPayslips seven years.');
    expect(await quoteOf('1.2')).toBeNull();
    expect(await quoteOf('3.2')).toBeNull();
    expect(await quoteOf('3.1')).toBe('Payslips seven years.');
  });

  it('that counts as it likes is read by its own numbers where they say so', async () => {
    const { add } = await house('numbering: numbered\n');
    await expect(add('9.1 Something else.\n9.2 Another thing.')).rejects.toMatchObject({ code: 'ARTEFACT_INVALID' });
  });
});
