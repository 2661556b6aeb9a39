import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline } from '../cli/run-in-process.ts';
import { writeOwnPolicy } from '../own-policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-regulations-'));
const config = join(folder, 'lexline.yaml');
const base = ['--config', config];
const policy = `We keep what a person tells us in a support ticket for two years, and no longer than that. ${'Then it is erased from every system. '.repeat(12)}`;

beforeAll(() => {
  writeOwnPolicy(folder, {
    mark: 'support ticket',
    provision:
      'title: Tickets, duty: "Tickets go after two years.", categories: [user.content.message], aliases: [support ticket retention]',
  });
  writeFileSync(config, 'regulations: [gdpr, our-policy]\nrulebook: { folders: [./our-policy] }\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const search = async (lines: readonly unknown[], more: readonly string[] = base) => {
  const { out, status } = await runLexline(['regulations', 'search', ...more], {
    input: lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  });
  expect(status).toBe(0);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

describe('lexline regulations', () => {
  it('answers each line in order, bad ones with an error, and leaves no stores behind', async () => {
    const answers = await search([
      { id: 1, query: 'column email', regulation: 'GDPR', unknown: true },
      'no json',
      { id: 3, query: 'column email', regulation: 'narnia' },
      { id: 4, query: 'column warehouse_bin' },
    ]);
    expect(answers[0]).toMatchObject({
      id: 1,
      abstain: false,
      hits: expect.arrayContaining([expect.objectContaining({ provision: 'GDPR:4(1)', quote: null, source: null })]),
    });
    expect(answers[1]).toMatchObject({ id: null, error: { code: 'INPUT_INVALID' } });
    expect(answers[2]).toMatchObject({ id: 3, error: { code: 'INPUT_INVALID' } });
    expect(answers[3]).toMatchObject({ id: 4, abstain: true, hits: [] });
    const { out } = await runLexline(['regulations', 'list', ...base]);
    expect(out).toContain('No official text is indexed');
  });

  it("indexes a company's own text beside a folder of its own, lists it and quotes it", async () => {
    const file = join(folder, 'policy.txt');
    writeFileSync(file, policy);
    const added = await runLexline(['regulations', 'add', file, '--regulation', 'our-policy', '--json', ...base]);
    expect(JSON.parse(added.out)).toMatchObject({
      regulation: 'our-policy',
      edition: 'v3',
      format: 'text',
      passages: 1,
    });
    const { out } = await runLexline(['regulations', 'list', ...base]);
    expect(out).toMatch(/our-policy v3 \(en, text\): user-supplied, edition unverified/u);
    const [answer] = await search([{ id: 1, query: 'support ticket retention', regulation: 'our-policy' }]);
    expect(answer).toMatchObject({
      hits: [{ provision: 'OURS:p1', own_words: 'Tickets go after two years.', source: { edition: 'v3' } }],
    });
    expect(JSON.stringify(answer)).toContain('in a support ticket for two years');
  });

  it('takes a text out of the index again, and says where there is none', async () => {
    const { out, status } = await runLexline(['regulations', 'remove', 'v3', '--regulation', 'OURS', ...base]);
    expect([status, out]).toEqual([0, 'our-policy v3 (en) is no longer indexed\n']);
    expect((await runLexline(['regulations', 'list', ...base])).out).toContain('No official text is indexed');
    const again = await runLexline(['regulations', 'remove', 'v3', '--regulation', 'our-policy', ...base]);
    expect([again.status, again.err.includes('NOT_FOUND')]).toEqual([2, true]);
  });

  it('says what is missing or not to be had', async () => {
    const run = async (...argv: string[]) => (await runLexline(['regulations', ...argv, ...base])).err;
    expect(await run('add', join(folder, 'none.pdf'), '--regulation', 'gdpr')).toContain('INPUT_INVALID');
    expect(await run('add', config)).toContain('which regulation is it?');
    expect(await run('remove', 'v3')).toContain('which regulation is it?');
    expect(await run('add', config, '--regulation', 'gdpr')).toContain(
      'this is not General Data Protection Regulation',
    );
    expect(await run('pull', 'our-policy')).toContain('is not downloaded');
  });
});
