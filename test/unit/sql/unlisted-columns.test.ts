import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The edges of a script, and how far it was understood. */
function edges(dialect: string, sql: string): readonly string[] {
  const { columns, parseStatus } = analyseSql({ dialect, sql }, null);
  return [parseStatus, ...columns.map(({ down, up }) => `${down.column} <- ${up.table}.${up.column}`)];
}

const copy = 'insert into g.o (id, phone) select id, phone from b.u';

describe('a table that is created without a list of columns', () => {
  it.each([
    ['databricks', "create table b.u using delta location 's3://b/u'"],
    ['athena', "create external table b.u location 's3://b/u'"],
    ['bigquery', "create external table b.u options (format = 'CSV', uris = ['gs://b/x.csv'])"],
    ['snowflake', 'create external table b.u with location = @s.st/ file_format = (type = parquet)'],
    ['snowflake', 'create table b.u using template (select array_agg(object_construct(*)) from table(infer_schema()))'],
    ['spark', "create temporary view b.u using parquet options (path '/data/u')"],
    ['postgres', "create table b.u partition of b.parent for values in ('a')"],
    ['databricks', "create table b.u using delta location 's3://b/u'; alter table b.u add column mail string"],
  ])('%s: has columns of which nothing is known: %s', (dialect, create) => {
    expect(edges(dialect, `${create}; ${copy}`)).toEqual(['full', 'id <- b.u.id', 'phone <- b.u.phone']);
  });

  it('shows what the text puts into it', () => {
    const sql = "create table b.u using delta location 's3://b/u'; insert into b.u select id, phone from s.c; " + copy;
    expect(edges('databricks', sql)).toEqual(['full', 'id <- s.c.id', 'phone <- s.c.phone']);
  });

  it('has no other columns than those listed where there is a list', () => {
    expect(edges('postgres', `create table b.u (id int); ${copy}`)).toEqual(['full', 'id <- b.u.id']);
    expect(edges('postgres', 'create table b.u (id int, mail text); create view v as select * from b.u')).toEqual([
      'full',
      'id <- b.u.id',
      'mail <- b.u.mail',
    ]);
  });
});
