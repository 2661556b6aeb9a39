import { describe, expect, it } from 'vitest';
import { createBudget } from '../../../../connectors/bigquery/budget.ts';
import { bigqueryConfig } from '../../../../connectors/bigquery/config.ts';
import { pairsOf, parseLiteral, textOf, textsOf } from '../../../../connectors/bigquery/literals.ts';
import { locationOf } from '../../../../connectors/bigquery/locations.ts';
import { markedDescription, splitDescription } from '../../../../connectors/bigquery/markers.ts';
import { datasetOf, foldShard, quote } from '../../../../connectors/bigquery/names.ts';
import { rowsAt, sampleStarts, selectedFields } from '../../../../connectors/bigquery/sample.ts';
import { jobsSql, readsSql } from '../../../../connectors/bigquery/sql-history.ts';
import {
  latestShardSql,
  marksSql,
  relationsSql,
  rowCountsSql,
  routinesSql,
} from '../../../../connectors/bigquery/sql.ts';
import { queryOf } from '../../../../connectors/bigquery/view-query.ts';
import { fullName } from '../../../../server/sql/dialect/table-names.ts';
import { findDialect } from '../../../../server/sql/dialect/dialects.ts';

describe('values as INFORMATION_SCHEMA prints them', () => {
  it.each([
    ['"People who \\"buy\\""', 'People who "buy"'],
    [String.raw`"a\nb\tc\\d"`, 'a\nb\tc\\d'],
    [String.raw`"\u00e9 \x41 \101"`, 'é A A'],
    ["'single'", 'single'],
    ['"""three\n"quotes" """', 'three\n"quotes" '],
    [String.raw`r"a\nb"`, String.raw`a\nb`],
    ['TIMESTAMP "2027-01-01T00:00:00.000Z"', '2027-01-01T00:00:00.000Z'],
    ['30.0', '30.0'],
    ['true', 'true'],
  ])('reads %s', (text, value) => {
    expect(textOf(text)).toBe(value);
  });

  it.each(['"no end', '"a" "b"', '[1, 2', 'STRUCT("a"', '"a"]', '', '['.repeat(20)])('refuses %s', (text) => {
    expect(parseLiteral(text)).toBeNull();
  });

  it('reads lists and pairs, and leaves out what is no pair', () => {
    expect(textsOf('["gs://a/b", "gs://c,d"]')).toEqual(['gs://a/b', 'gs://c,d']);
    expect(pairsOf('[STRUCT("team", "sales"), ("tier", ""), STRUCT("odd"), 3]')).toEqual([
      ['team', 'sales'],
      ['tier', ''],
    ]);
    expect(pairsOf(null)).toEqual([]);
  });
});

describe('names', () => {
  it.each([
    ['events_20260131', 'events_yyyymmdd'],
    ['events_19991231', 'events_yyyymmdd'],
    ['order_12345678', 'order_12345678'],
    ['events_2026013', 'events_2026013'],
    ['20260131', '20260131'],
  ])('folds %s to %s, as the reader of SQL does', (table, folded) => {
    expect(foldShard(table)).toBe(folded);
    const dialect = findDialect('bigquery');
    if (dialect === null) throw new Error('no dialect');
    const read = fullName([{ text: table, quoted: true, at: 0 }] as never, dialect, { database: 'p', schema: 'd' });
    expect(read.at(-1)).toBe(folded);
  });

  it('keeps a project with a dot in one part, and leaves out what nobody keeps', () => {
    const of = (projectId: string, datasetId: string, tableId: string) =>
      datasetOf('bigquery', { projectId, datasetId, tableId })?.name ?? null;
    expect(of('example.com:shop', 'd', 't')).toBe('"example.com:shop".d.t');
    expect(of('p', '_anon', 't')).toBeNull();
    expect(of('p', 'region-eu', 'INFORMATION_SCHEMA.JOBS')).toBeNull();
  });

  it('quotes a name so that it cannot end its quotes', () => {
    expect(quote('a`; DROP TABLE x; --\\')).toBe('`a\\`; DROP TABLE x; --\\\\`');
  });

  it.each([
    ['gs://bucket/in/ana-miller.csv', 'gs://bucket/in'],
    ['gs://bucket/in/dt=2026-01-01/part-1.csv', 'gs://bucket/in'],
    ['gs://bucket/*.csv', 'gs://bucket'],
    ['s3://user:canary@bucket/a/b.csv?sig=canary', 's3://bucket/a'],
  ])('gives %s as %s', (uri, place) => {
    expect(locationOf(uri)).toBe(place);
  });
});

describe('the query of a materialised view', () => {
  it.each([
    ['CREATE MATERIALIZED VIEW `p.d.v`\nAS SELECT 1 AS a;', 'SELECT 1 AS a'],
    [
      'CREATE MATERIALIZED VIEW `p.d.as`\nPARTITION BY d\nOPTIONS(description="known as x")\nAS (SELECT 1)',
      '(SELECT 1)',
    ],
    ['CREATE MATERIALIZED VIEW v AS REPLICA OF `p.d.w`', null],
    ['CREATE TABLE t (a INT64)', null],
  ])('of %s', (ddl, query) => {
    expect(queryOf(ddl)).toBe(query);
  });
});

describe('our mark in a description', () => {
  it('is taken out as it was put in, and nothing else is', () => {
    const marked = markedDescription('Where invoices go', ['lexline_pii', 'gdpr=yes']);
    expect(marked).toBe('Where invoices go [lexline: gdpr=yes, lexline_pii]');
    expect(splitDescription(marked)).toEqual({ text: 'Where invoices go', tags: ['gdpr=yes', 'lexline_pii'] });
    expect(markedDescription('Where invoices go', [])).toBe('Where invoices go');
    expect(splitDescription('[lexline: a] and more')).toEqual({ text: '[lexline: a] and more', tags: [] });
  });
});

describe('the budget', () => {
  it('lets no query be billed for more than what is left, and none at all below the least', () => {
    const budget = createBudget({ maxGigabytes: 0.1, perQuery: 0.05, source: 'bq' });
    expect(budget.said()).toBeNull();
    expect(budget.admit()).toBe(Math.floor(0.05 * 1024 ** 3));
    budget.spend(70 * 1024 ** 2);
    expect(budget.admit()).toBe(Math.floor(0.1 * 1024 ** 3) - 70 * 1024 ** 2);
    budget.spend(20 * 1024 ** 2);
    expect(() => budget.admit()).toThrow(expect.objectContaining({ code: 'CONNECTOR_BUDGET_SPENT' }) as Error);
    budget.spend(null);
    expect(budget.said()).toBe(
      '3 queries, billed for 90 MB of at most 102 MB; 1 of them on capacity, which is not billed by the byte',
    );
  });
});

describe('rows that are listed', () => {
  const fields = [
    { name: 'id', type: 'INTEGER' },
    {
      name: 'people',
      type: 'RECORD',
      mode: 'REPEATED',
      fields: [
        { name: 'mail', type: 'STRING' },
        { name: 'age', type: 'INTEGER' },
      ],
    },
  ];

  it('are asked for in the order of the schema and read by it', () => {
    const paths = [['people', 'age'], ['id'], ['people', 'mail']];
    expect(selectedFields(fields, paths)).toEqual(['id', 'people.mail', 'people.age']);
    const person = (mail: string, age: string) => ({ v: { f: [{ v: mail }, { v: age }] } });
    const row = { f: [{ v: '7' }, { v: [person('a@example.com', '30'), person('b@example.com', '40')] }] };
    expect(rowsAt(fields, paths, [row, { f: [{ v: null }, { v: [] }] }, 'nonsense'])).toEqual([
      [['30', '40'], ['7'], ['a@example.com', 'b@example.com']],
      [[], [null], []],
      [[null], [null], [null]],
    ]);
  });

  it('come from several places of a large table, the same for the same seed, never beyond its end', () => {
    const starts = sampleStarts(1_000_000, 500, 7);
    expect(sampleStarts(1_000_000, 500, 7)).toEqual(starts);
    expect(sampleStarts(1_000_000, 500, 8)).not.toEqual(starts);
    expect(starts).toHaveLength(5);
    for (const { start, count } of starts) expect(start + count).toBeLessThanOrEqual(1_000_000);
    expect(new Set(starts.map(({ start }) => start)).size).toBe(5);
    expect(sampleStarts(0, 500, 7)).toEqual([{ start: 0, count: 500 }]);
    expect(sampleStarts(501, 500, 7).reduce((sum, { count }) => sum + count, 0)).toBe(500);
  });
});

describe('what is asked', () => {
  it('names a thing only between backticks, and values only as parameters', () => {
    const odd = 'd`; DROP TABLE x; --';
    for (const sql of [
      relationsSql('p', odd),
      marksSql('p', odd),
      routinesSql('p', odd),
      rowCountsSql('p', odd),
      latestShardSql('p', odd),
      jobsSql(odd, 'EU', { from: 1, to: 2 }, 3),
      readsSql(odd, 'EU', { from: 1, to: 2 }),
    ]) {
      expect(sql).toContain('`d\\`; DROP TABLE x; --`');
      expect(sql).not.toContain('`d`;');
    }
  });

  it('tells of each relation nothing of which its checksum is not', () => {
    const [told = ''] = /STRUCT\(\n {8}r\.name AS name[\s\S]*?\) AS told/u.exec(marksSql('p', 'd')) ?? [];
    expect(told).not.toBe('');
    expect(relationsSql('p', 'd')).toContain(told);
    expect(marksSql('p', 'd')).toContain('MD5(TO_JSON_STRING(w.told))');
  });
});

describe('settings', () => {
  it.each([
    [{ token: 't', keyFile: 'k' }],
    [{ token: 't', impersonate: 'a@example.com' }],
    [{ taxonomy: 'Privacy' }],
    [{ endpoint: 'http://bigquery.example.com' }],
    [{ dataCatalogEndpoint: 'http://catalog.example.com' }],
    [{ project: 'Not A Project' }],
    [{ jobLabel: 'Upper' }],
  ])('refuse %j', (more) => {
    expect(bigqueryConfig.safeParse({ project: 'acme-shop', ...more }).success).toBe(false);
  });

  it('need a project and nothing else', () => {
    expect(bigqueryConfig.safeParse({ project: 'acme-shop' }).success).toBe(true);
    expect(bigqueryConfig.safeParse({}).success).toBe(false);
  });
});
