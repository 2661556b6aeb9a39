import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline, type Ran } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-chain-'));
const config = join(folder, 'lexline.yaml');
const lexline = (...argv: string[]): Promise<Ran> => runLexline([...argv, '--config', config]);
const steps = 120;

beforeAll(async () => {
  const usual = "connector: sql-files, dialect: postgres, namespace: 'postgres://db:5432'";
  writeFileSync(config, `sources:\n  - { name: files, ${usual}, path: ./sql }\n`);
  mkdirSync(join(folder, 'sql'));
  const copies = Array.from({ length: steps }, (_, at) => `create table x.c${at + 1} as select email from x.c${at};`);
  writeFileSync(join(folder, 'sql', 'chain.sql'), ['create table x.c0 (email text);', ...copies].join('\n'));
  await lexline('sync');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a chain of more than a hundred copies', () => {
  it('is one way from end to end', async () => {
    const { status, out } = await lexline('path', 'x.c0.email', `x.c${steps}.email`);
    expect(status).toBe(0);
    expect(out.match(/→/gu)).toHaveLength(steps);
  });

  it('is cut in its lineage, which says where and what to do', async () => {
    const { out } = await lexline('lineage', 'x.c0.email', '--direction', 'downstream', '--depth', '100');
    expect(out).toContain(
      'cut short: there is more (beyond 100 steps, the most that are shown at once: ask again from',
    );
    const shorter = await lexline('lineage', 'x.c0.email', '--direction', 'downstream', '--depth', '20');
    expect(shorter.out).toContain('cut short: there is more (beyond 20 steps: --depth)');
  });

  it('says how far it looked where there is no way', async () => {
    const { status, out } = await lexline('path', `x.c${steps}.email`, 'x.c0.email');
    expect(status).toBe(1);
    expect(out).toContain('within 1000 steps, as far as lineage is known; longer ways are not looked for');
  });
});
