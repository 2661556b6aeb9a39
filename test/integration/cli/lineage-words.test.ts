import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLexline } from './run-in-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-lineage-'));

const lineage = async (...argv: readonly string[]): Promise<readonly string[]> => {
  const { out } = await runLexline(['lineage', ...argv, '--config', join(folder, 'lexline.yaml')]);
  return out.split('\n').map((line) => line.trim());
};

beforeAll(async () => {
  mkdirSync(join(folder, 'sql'));
  writeFileSync(
    join(folder, 'lexline.yaml'),
    'masking: ./masking.yml\nsources:\n  - { name: files, connector: sql-files, path: ./sql, dialect: postgres }\n',
  );
  writeFileSync(
    join(folder, 'masking.yml'),
    'functions:\n  - { name: sec.pseudo, effect: tokenise, vouchedBy: vault-office, reason: reviewed, until: 2099-12-31 }\n',
  );
  writeFileSync(
    join(folder, 'sql', 'shop.sql'),
    `create table shop.people (id int, email text, city text, age int, phone text);
create table mart.counts (city text, n bigint);
insert into mart.counts select city, count(email) from shop.people where age > 17 group by city;
create view mart.tokens as select sec.pseudo(email) as mail, sec.other(phone) as number from shop.people;
create table mart.copied (a int, b int);
insert into mart.copied select * from elsewhere.unknown;`,
  );
  await runLexline(['sync', '--config', join(folder, 'lexline.yaml')]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('lexline lineage', () => {
  it('shows what steers the rows of a field, where it is asked for', async () => {
    const said = await lineage('mart.counts.n', '--direction', 'upstream', '--indirect');
    expect(said).toContain('to mart.counts.n (by COUNT, count only, in shop.sql)');
    expect(said).toContain('to mart.counts (group by, in shop.sql)');
    expect(said).toContain('to mart.counts (filter, in shop.sql)');
    expect(said.some((line) => line.includes('shop.people.phone'))).toBe(false);
  });

  it('shows nothing that steers where it is not asked for', async () => {
    const said = await lineage('mart.counts.n', '--direction', 'upstream');
    expect(said).toContain('upstream: 1');
    expect(said.join('\n')).not.toMatch(/group by|filter/u);
  });

  it('says how many columns flow between datasets, and of none that could be told only that', async () => {
    const said = await lineage('shop.people');
    expect(said).toContain('from shop.people (2 columns, in shop.sql)');
    expect(said.join('\n')).not.toContain('columns not told');
    expect(await lineage('mart.copied')).toContain('to mart.copied (columns not told, in shop.sql)');
  });

  it('says what a vouched function does and who vouches, and of another that nobody knows it', async () => {
    expect(await lineage('mart.tokens.mail')).toContain(
      'to mart.tokens.mail (by SEC.PSEUDO, token, vault-office vouches for SEC.PSEUDO until 2099-12-31, in shop.sql)',
    );
    expect(await lineage('mart.tokens.number')).toContain(
      'to mart.tokens.number (by SEC.OTHER, unknown function, in shop.sql)',
    );
  });
});
