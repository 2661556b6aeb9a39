import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-review-'));
const config = join(folder, 'lexline.yaml');
const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);

interface Queue {
  readonly totalFields: number;
  readonly groups: readonly { readonly id: string; readonly called: string; readonly fields: readonly string[] }[];
}

async function groupOf(called: string): Promise<string> {
  const { groups } = JSON.parse((await lexline('review', 'list', '--first', '100', '--json')).out) as Queue;
  return groups.find((group) => group.called === called)?.id ?? 'none';
}

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(config, 'sources:\n  - { name: files, connector: sql-files, path: ./sql, dialect: postgres }\n');
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    'create table shop.zz_a (qz_bgv text, email text);\ncreate table shop.zz_b (qz_bgv text, xk_v int);\n',
  );
  await lexline('sync');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lexline review', () => {
  it('lists questions, and the fields of one with what to look at', async () => {
    const list = await lexline('review', 'list');
    expect(list.status).toBe(1);
    expect(list.out).toMatch(/questions about \d+ fields wait/u);
    expect(list.out).toContain('What does qz_bgv hold, in 2 fields called alike? (left open)');
    const fields = await lexline('review', 'list', await groupOf('qz_bgv'));
    expect(fields.out).toContain('shop.zz_a.qz_bgv (text)');
    expect(fields.out).toContain('SELECT "qz_bgv", count(*) FROM "shop"."zz_a"');
  });

  it('shows what a decision would touch before it is made', async () => {
    const group = await groupOf('qz_bgv');
    const shown = await lexline('review', 'correct', group, '--category', 'user.name');
    expect(shown.status).toBe(1);
    expect(shown.out).toContain('Nothing was decided. To decide all 2 fields');
    expect(await groupOf('qz_bgv')).toBe(group);
  });

  it('decides, and what was decided shows', async () => {
    const decided = await lexline(
      'review',
      'correct',
      await groupOf('qz_bgv'),
      '--category',
      'user.health.condition',
      '--yes',
    );
    expect([decided.status, decided.err]).toEqual([0, '']);
    expect(decided.out).toMatch(/^Decided for 2 fields, in revision \d+\./u);
    expect((await lexline('explain', 'shop.zz_a.qz_bgv')).out).toContain('tester@example');
    expect(await groupOf('qz_bgv')).toBe('none');
  });

  it.each([
    ['a group nobody has', ['accept', 'ffffffffffff', '--yes'], /no group ffffffffffff waits/u],
    ['a correction to nothing named', ['correct', 'ffffffffffff', '--yes'], /needs --category/u],
    ['an end in the past', ['reject', 'ffffffffffff', '--yes', '--until', '2020-01-01'], /no instant or date to come/u],
  ])('refuses %s', async (_, argv, expected) => {
    const ran = await lexline('review', ...argv);
    expect(ran.status).toBe(2);
    expect(ran.err).toMatch(expected);
  });

  it('draws a sample that tells nothing, and scores it', async () => {
    const file = join(folder, 'sample.jsonl');
    const drawn = await lexline('review', 'sample', '--size', '10', '--seed', '1', '--out', file);
    expect([drawn.status, drawn.err]).toEqual([0, '']);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.join()).not.toMatch(/user\.|confidence/u);
    const judged = lines.map((line) => {
      const field = JSON.parse(line) as { readonly path: string };
      return JSON.stringify({ ...field, category: field.path === 'email' ? 'user.contact.email' : 'none' });
    });
    writeFileSync(file, judged.join('\n'));
    const scored = await lexline('review', 'sample', '--judged', file);
    expect([scored.status, scored.err]).toEqual([0, '']);
    expect(scored.out).toMatch(/^precision: 100\.0 % \(\d+\.\d % to 100\.0 %, 1 judged\)/u);
    writeFileSync(file, '{"sample":"x"}');
    expect((await lexline('review', 'sample', '--judged', file)).err).toContain('line 1: not a line of a sample');
  });
});
