import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Citation } from '../../../server/model/classification.ts';
import { writeOwnPolicy } from '../own-policy.ts';
import { runLexline } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-cite-'));
const config = join(folder, 'lexline.yaml');
const sentence = 'An e-mail address of a customer goes two years after the last order.';

beforeAll(() => {
  writeOwnPolicy(folder, {
    mark: 'retention policy',
    provision:
      'title: Contacts, duty: "Contacts go after two years.", categories: [user.contact], aliases: [e-mail address of a customer]',
    mapping: `roles: [holder]
terms: [{ category: user.contact, group: base, term: contact, provision: "OURS:p1" }]
derived: {}
`,
  });
  writeFileSync(
    config,
    // Members that other commands need must not be in the way.
    `regulations: [uk-gdpr, our-policy]
rulebook: { folders: [./our-policy] }
stores: { graph: { path: ./data } }
sources: [{ name: shop, connector: postgres, url: "\${NOT_SET}" }]
`,
  );
  writeFileSync(
    join(folder, 'policy.txt'),
    `This retention policy says what is kept. ${sentence} ${'Nothing else is kept for longer than that. '.repeat(8)}\n`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

async function citationsOf(
  column: string,
  argv: readonly string[] = ['--config', config],
): Promise<readonly Citation[]> {
  const { out, err } = await runLexline(['classify', '--no-llm', ...argv], {
    input: `${JSON.stringify({ id: 1, table: 'customers', column })}\n`,
  });
  expect(err).toBe('');
  return (JSON.parse(out) as { readonly citations: readonly Citation[] }).citations;
}

describe('the citations of lexline classify', () => {
  it('are of the regulations that the configuration names, own folders too', async () => {
    const cited = await citationsOf('email');
    expect(cited.map(({ provision }) => provision)).toEqual(['UKGDPR:4(1)(1)', 'OURS:p1']);
    expect(cited.every(({ check, quote }) => check === 'catalogue-only' && quote === null)).toBe(true);
  });

  it('quote an official text where it is indexed, and say so of that provision alone', async () => {
    const full = join(folder, 'full.yaml');
    writeFileSync(
      full,
      `regulations: [uk-gdpr, our-policy]\nrulebook: { folders: [./our-policy] }\nstores: { graph: { path: ./data } }\n`,
    );
    const added = await runLexline([
      'regulations',
      'add',
      join(folder, 'policy.txt'),
      '--regulation',
      'our-policy',
      '--config',
      full,
    ]);
    expect(added.err).toBe('');
    const [british, ours] = await citationsOf('email');
    expect(british).toMatchObject({ provision: 'UKGDPR:4(1)(1)', check: 'catalogue-only', quote: null });
    expect(ours).toMatchObject({ provision: 'OURS:p1', check: 'text-matched', quote: sentence });
    expect(ours?.sourceSha256).toMatch(/^[0-9a-f]{64}$/u);
    expect(await citationsOf('pallet_count')).toEqual([]);
  });

  it('are quoted in reports too, as the text is indexed when they are made', async () => {
    const shop = join(folder, 'shop.yaml');
    const sql = join(folder, 'sql');
    mkdirSync(sql);
    writeFileSync(join(sql, 'shop.sql'), 'CREATE TABLE customers (id int PRIMARY KEY, email text);\n');
    writeFileSync(
      shop,
      `regulations: [uk-gdpr, our-policy]
rulebook: { folders: [./our-policy] }
stores: { graph: { path: ./shop-data } }
sources: [{ name: files, connector: sql-files, path: ./sql, dialect: postgres }]
`,
    );
    const run = async (...argv: readonly string[]) => {
      const { status, err } = await runLexline([...argv, '--config', shop]);
      expect([status, err]).toEqual([expect.anything(), expect.not.stringContaining('error')]);
    };
    const reported = async (name: string): Promise<string> => {
      const out = join(folder, name);
      await run('report', 'inventory', '--format', 'json', '--out', out);
      return readFileSync(out, 'utf8');
    };
    await run('sync');
    expect(await reported('before.json')).toContain('OURS:p1, catalogue 2026.11, catalogue-only');
    await run('regulations', 'add', join(folder, 'policy.txt'), '--regulation', 'our-policy');
    const after = await reported('after.json');
    expect(after).toContain('OURS:p1, v3, text-matched');
    expect(after).toContain('UKGDPR:4(1)(1), catalogue 2026.11, catalogue-only');
  });

  it('name a regulation that does not exist as a mistake of the configuration', async () => {
    const wrong = join(folder, 'wrong.yaml');
    writeFileSync(wrong, 'regulations: [narnia]\n');
    const ran = await runLexline(['classify', '--no-llm', '--config', wrong], { input: '{"id":1,"column":"email"}\n' });
    expect([ran.status, ran.err.includes('CONFIG_INVALID')]).toEqual([2, true]);
  });
});
