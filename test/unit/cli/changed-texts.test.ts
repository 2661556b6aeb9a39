import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changedTexts } from '../../../server/cli/check/changed-texts.ts';
import { readEmptyColumns } from '../../../server/cli/check/empty-columns.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';

const folder = mkdtempSync(join(tmpdir(), 'lexline-texts-'));
const engine = createSqlEngine({ workers: 1 });
const model = (name: string, code: string | null, type = 'model') => ({
  resource_type: type,
  relation_name: `"wh"."mart"."${name}"`,
  compiled_code: code,
});

beforeAll(() => {
  const nodes = {
    'model.shop.totals': model(
      'totals',
      'with all_rows as (select * from "wh"."raw"."orders") select count(*) as n from all_rows',
    ),
    'model.shop.people': model('people', 'select count(mail) as n, now() as at from "wh"."raw"."people"'),
    'model.shop.later': model('later', null),
    'test.shop.x': model('x', 'select 1 as n', 'test'),
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ metadata: { adapter_type: 'postgres' }, nodes }));
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the texts of a change', () => {
  const dbt = { kind: 'dbt target', shown: 'target', connector: 'dbt', settings: { target: folder } } as const;

  it('are the compiled models of dbt, each as the view that it would be', async () => {
    const texts = await changedTexts(dbt, {});
    expect(texts.map(({ dialect, sql }) => [dialect, sql.slice(0, 35)])).toEqual([
      ['postgres', 'create view "wh"."mart"."totals" as'],
      ['postgres', 'create view "wh"."mart"."people" as'],
    ]);
  });

  it('tell which new columns hold nothing of any row, by whole and by shorter names', async () => {
    const empty = await readEmptyColumns(await changedTexts(dbt, {}), engine, new AbortController().signal);
    expect(empty.has('wh.mart.totals', 'n')).toBe(true);
    expect(empty.has('mart.totals', 'N')).toBe(true);
    expect(empty.has('wh.mart.people', 'at')).toBe(true);
    expect(empty.has('wh.mart.people', 'n')).toBe(false);
    expect(empty.has('other.totals', 'n')).toBe(false);
  });

  it('tell nothing of two columns that differ in case alone', async () => {
    const sql = 'create view v as select count(*) as mail, max(p."Mail") as "Mail", now() as at from people p';
    const text = { name: 'v.sql', sql, dialect: 'postgres' };
    const empty = await readEmptyColumns([text], engine, new AbortController().signal);
    expect([empty.has('v', 'mail'), empty.has('v', 'Mail'), empty.has('v', 'at')]).toEqual([false, false, true]);
  });
});
