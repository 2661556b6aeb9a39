import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import type { SqlLineage } from '../../../server/sql/sql-lineage.ts';

function read(sql: string, dialect = 'postgres'): SqlLineage {
  return analyseSql({ dialect, sql }, null);
}

const tooFar = 'loops and calls were followed only so far: values that go further are not seen';
const noEnd = 'a block whose end is missing: how far it goes is not known';

describe('what is done again', () => {
  it('ends in loops within loops, and what they carry is found', () => {
    const open = 'while a is null loop insert into t (x) values (a); select mail into a from person; ';
    const lineage = read(`do $$ declare a text; begin ${open.repeat(40)} ${'end loop; '.repeat(40)} end $$`);
    expect(lineage.columns.map(({ down, up }) => [down.column, up.column])).toEqual([['x', 'mail']]);
  });

  it('says so where a value goes through more variables than turns are followed', () => {
    const names = Array.from({ length: 60 }, (_, at) => `v${at}`);
    const moves = names.slice(1).map((_, at) => `v${59 - at} := v${58 - at};`);
    const lineage = read(
      `do $$ declare ${names.join(' text; ')} text; begin loop ${moves.join(' ')}
       select mail into v0 from person; insert into t (x) values (v59); end loop; end $$`,
    );
    expect(lineage.warnings).toEqual([tooFar]);
    expect(lineage.parseStatus).toBe('tables');
  });

  it('ends in functions that call each other twice, thirty deep', () => {
    const functions = Array.from(
      { length: 30 },
      (_, at) =>
        `create function f${at}(x text) returns text language sql as $$ select f${at + 1}(x) || f${at + 1}(x) $$;`,
    );
    const lineage = read(`${functions.join('\n')} select f0(mail) from person`);
    expect(lineage.columns.map(({ up }) => up.column)).toContain('mail');
  });

  it('ends in a routine with parentheses behind its parameters', () => {
    const lineage = read('create procedure p() () language sql as $$ insert into t (x) select a from s $$');
    expect(lineage.outTables).toEqual(['t']);
  });

  it('counts no statement twice', () => {
    const once = 'select mail into a from person; insert into t (x) values (a);';
    const body = (text: string): string => `do $$ declare a text; begin ${text} end $$`;
    expect(read(body(`loop insert into u values (a); ${once} end loop;`)).statements).toHaveLength(
      read(body(`insert into u values (a); ${once}`)).statements.length,
    );
  });
});

describe('a block without its end', () => {
  it.each([
    ['END IF', 'do $$ begin if true then insert into t select a from s; end $$', 'postgres'],
    ['END LOOP', 'do $$ begin for r in select a from s loop insert into t (x) values (r.a); end $$', 'postgres'],
    ['END CASE', 'do $$ begin case 1 when 1 then insert into t select a from s; $$', 'postgres'],
    ['END', 'BEGIN INSERT INTO t SELECT a FROM s', 'tsql'],
    ['END TRY', 'BEGIN TRY INSERT INTO t SELECT a FROM s', 'tsql'],
    ['END WHILE', 'WHILE TRUE DO INSERT INTO d.t SELECT a FROM d.s;', 'bigquery'],
    ['END REPEAT', 'BEGIN REPEAT INSERT INTO t SELECT a FROM s; UNTIL (1 = 1) END;', 'snowflake'],
    ['END FOR', 'BEGIN FOR i IN 1 TO 3 DO INSERT INTO t SELECT a FROM s; END;', 'snowflake'],
    ['END of a procedure', 'CREATE PROCEDURE p IS BEGIN INSERT INTO t SELECT a FROM s;', 'oracle'],
    ['BEGIN of a section', 'CREATE PROCEDURE p IS v NUMBER;', 'oracle'],
  ])('%s is not understood', (_, sql, dialect) => {
    const lineage = read(sql, dialect);
    expect(lineage.warnings).toContain(noEnd);
    expect(lineage.parseStatus).not.toBe('full');
  });

  it.each([
    ['do $$ begin if true then insert into t select a from s; end if; end $$', 'postgres'],
    ['IF 1 = 1 BEGIN INSERT INTO t SELECT a FROM s END ELSE INSERT INTO u SELECT a FROM s', 'tsql'],
    ['BEGIN TRANSACTION; INSERT INTO d.t SELECT a FROM d.s; COMMIT', 'bigquery'],
    ['CREATE PROCEDURE p IS BEGIN <<l>> LOOP NULL; END LOOP l; CASE 1 WHEN 1 THEN NULL; END CASE; END p;', 'oracle'],
    ['BEGIN; INSERT INTO t SELECT CASE WHEN a THEN b END FROM s; END', 'postgres'],
  ])('is not what stands here: %s', (sql, dialect) => {
    expect(read(sql, dialect).warnings).toEqual([]);
  });
});
