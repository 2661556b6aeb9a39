import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What reaches the columns of `a.o` from a statement with RETURNING, as `column<-column effect`. */
function returned(
  statement: string,
  dialect = 'postgres',
  schema: Record<string, Record<string, string>> = {},
): string[] {
  const sql = `with u as (${statement}) insert into a.o (x, y) select x, y from u`;
  const { columns } = analyseSql({ dialect, sql, schema }, null);
  return columns
    .filter(({ down }) => down.table === 'a.o')
    .map(({ up, down, effect }) => `${down.column}<-${up.table}.${up.column} ${effect}`)
    .toSorted();
}

// Source: "Returning Data from Modified Rows" (PostgreSQL).
describe('RETURNING in PostgreSQL', () => {
  const both = ['x<-crm.p.mail keep', 'y<-crm.p.mail hash'];
  const schemas = [{}, { 'crm.p': { id: 'int', mail: 'text' } }];

  it.each(schemas)('names the rows before and behind an UPDATE: %j', (schema) => {
    const update = 'update crm.p set mail = md5(mail) returning';
    expect(returned(`${update} old.mail as x, new.mail as y`, 'postgres', schema)).toEqual(both);
    expect(returned(`${update} with (old as o, new as n) o.mail as x, n.mail as y`, 'postgres', schema)).toEqual(both);
    expect(returned(`${update} with (new as n) old.mail as x, n.mail as y`, 'postgres', schema)).toEqual(both);
  });

  it.each(schemas)('gives a changed column as it is now, and others as they were: %j', (schema) => {
    const update = 'update crm.p set mail = md5(mail) returning mail as x, id as y';
    expect(returned(update, 'postgres', schema)).toEqual(['x<-crm.p.mail hash', 'y<-crm.p.id keep']);
    expect(returned('update crm.p set id = 1 returning mail as x, id as y', 'postgres', schema)).toEqual([
      'x<-crm.p.mail keep',
    ]);
  });

  it('leaves the columns of a star in their places', () => {
    const sql = 'with u as (update crm.p set mail = md5(mail) returning *) insert into a.o (x, y) select * from u';
    const { columns } = analyseSql(
      { dialect: 'postgres', sql, schema: { 'crm.p': { id: 'int', mail: 'text' } } },
      null,
    );
    expect(
      columns.filter(({ down }) => down.table === 'a.o').map(({ up, down }) => `${down.column}<-${up.column}`),
    ).toEqual(['x<-id', 'y<-mail']);
  });

  it('takes what an earlier statement gave some rows for what others never had', () => {
    const first =
      "update crm.p set mail = md5(mail) where id = 1; with u as (update crm.p set note = 'x' returning mail)";
    const sql = `${first} insert into a.o (x) select mail from u`;
    const { columns } = analyseSql({ dialect: 'postgres', sql }, null);
    expect(columns.filter(({ down }) => down.table === 'a.o').map(({ effect }) => effect)).toEqual(['keep']);
  });

  it.each(schemas)('names no row behind a DELETE and none before an INSERT: %j', (schema) => {
    expect(returned('delete from crm.p returning old.mail as x, new.mail as y', 'postgres', schema)).toEqual([both[0]]);
    const insert = 'insert into crm.p (id, mail) select id, mail from s.q';
    expect(returned(`${insert} returning old.mail as x, new.mail as y`, 'postgres', schema)).toEqual([
      'y<-s.q.mail keep',
    ]);
    const upsert = `${insert} on conflict (id) do update set mail = excluded.mail`;
    expect(returned(`${upsert} returning old.mail as x, new.mail as y`, 'postgres', schema)).toEqual([
      'x<-crm.p.mail keep',
      'y<-s.q.mail keep',
    ]);
  });

  it('gives the rows of a MERGE', () => {
    const merge = 'merge into crm.p p using s.q q on p.id = q.id when matched then update set mail = md5(q.mail)';
    expect(returned(`${merge} returning old.mail as x, new.mail as y`)).toEqual([
      'x<-crm.p.mail keep',
      'y<-s.q.mail hash',
    ]);
    expect(returned(`${merge} returning p.id as x, q.mail as y`)).toEqual(['x<-crm.p.id keep', 'y<-s.q.mail keep']);
  });

  it('leaves a table alone that is called so, and columns of other dialects', () => {
    expect(returned('update crm.p as old set mail = md5(mail) returning old.id as x, old.note as y')).toEqual(
      ['x<-old.id keep', 'y<-old.note keep'].map((text) => text.replace('old.', 'crm.p.')),
    );
    const { unresolved } = analyseSql(
      { dialect: 'duckdb', sql: 'update p set mail = 1 returning old.mail', schema: { p: { mail: 'text' } } },
      null,
    );
    expect(unresolved).toEqual(['old.mail']);
  });
});
