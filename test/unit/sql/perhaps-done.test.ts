import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { left, reaches } from './reaching.ts';

describe('old values of what is perhaps not done, or undone', () => {
  // Sources: "SET ROWCOUNT", "TOP" (T-SQL).
  it('stay beside the new ones where T-SQL changes so many rows', () => {
    const update = "update t set mail = convert(varchar(64), hashbytes('MD5', mail), 2)";
    const change = (text: string): string =>
      reaches(
        'tsql',
        `select mail into #t from u; ${text.replaceAll(' t ', ' #t ')}; insert o (m) select mail from #t`,
      );
    expect(change(update)).toBe('hash');
    expect(change(`set rowcount 10; ${update}`)).toBe('hash, keep');
    expect(change(`set rowcount @n ${update}`)).toBe('hash, keep');
    expect(change(`set rowcount 10; set rowcount 0; ${update}`)).toBe('hash');
    expect(change(`set rowcount 10; if @x = 1 set rowcount 0; ${update}`)).toBe('hash, keep');
    expect(change(`set nocount on; ${update}`)).toBe('hash');
    expect(change(update.replace('update t ', 'update top (5) t '))).toBe('hash, keep');
    expect(change(update.replace('update t ', 'update top (50) percent t '))).toBe('hash, keep');
    expect(
      change(
        "delete top (50) percent from t ; insert #t select convert(varchar(64), hashbytes('MD5', mail), 2) from u",
      ),
    ).toBe('hash, keep');
    expect(change("delete from t ; insert #t select convert(varchar(64), hashbytes('MD5', mail), 2) from u")).toBe(
      'hash',
    );
    const { outTables } = analyseSql(
      {
        dialect: 'tsql',
        sql: 'update top (5) percent dbo.t set a = 1; merge top (5) percent into dbo.t using s on t.a = s.a when matched then update set a = s.a',
      },
      null,
    );
    expect(outTables).toEqual(['dbo.t']);
  });

  it('hold for a procedure alone where it limits the rows', () => {
    const sql = `select mail into #t from u
      go
      create procedure p as set rowcount 10
      go
      exec p
      update #t set mail = convert(varchar(64), hashbytes('MD5', mail), 2)
      insert o (m) select mail from #t`;
    expect(reaches('tsql', sql)).toBe('hash');
  });

  // Source: "PREPARE", "EXECUTE" (PostgreSQL, Trino, MySQL).
  it('go when a prepared statement is executed, not when it is prepared', () => {
    const update = 'prepare s as update t set mail = md5(mail)';
    expect(left('postgres', update)).toBe('keep');
    expect(left('postgres', `${update}; execute s`)).toBe('hash');
    expect(left('mysql', "prepare s from 'update t set mail = md5(mail)'")).toBe('keep');
    expect(left('mysql', "prepare s from 'update t set mail = md5(mail)'; execute s")).toBe('hash');
  });

  it('of a prepared statement that is executed elsewhere have their edges', () => {
    const insert = 'insert into o (m) select mail from u where id = $1';
    expect(reaches('postgres', `prepare s (int) as ${insert}`)).toBe('keep');
    expect(reaches('postgres', `prepare s (int) as ${insert}; execute s (5)`)).toBe('keep');
    expect(reaches('trino', `prepare s from ${insert}; execute s using 5`)).toBe('keep');
    const unknown = analyseSql(
      { dialect: 'mysql', sql: 'set @s = (select q from cfg); prepare s from @s; execute s' },
      null,
    );
    expect([unknown.parseStatus, unknown.unresolved]).toEqual(['failed', ['dynamic SQL']]);
    const elsewhere = analyseSql({ dialect: 'postgres', sql: 'execute s (5)' }, null);
    expect(elsewhere.warnings).toEqual(['execute of s: what it does is not seen from here']);
  });

  it('are there again after a ROLLBACK in a branch that goes on', () => {
    const update = "update #t set mail = convert(varchar(64), hashbytes('MD5', mail), 2)";
    const change = (end: string): string =>
      reaches('tsql', `select mail into #t from u; begin tran; ${update}; ${end}; insert o (m) select mail from #t`);
    expect(change('commit')).toBe('hash');
    expect(change('if @@error <> 0 rollback')).toBe('hash, keep');
    expect(change('if @@error <> 0 begin rollback; print 1 end')).toBe('hash, keep');
    expect(change('if @@error <> 0 begin rollback; return end commit')).toBe('hash');
    expect(change("if @@error <> 0 begin rollback; throw 50000, 'x', 1 end commit")).toBe('hash');
    expect(change('commit; if @@trancount > 0 rollback')).toBe('hash');
  });

  it('are there again after a ROLLBACK of what BEGIN opened, and no older ones', () => {
    const update = "update #t set mail = convert(varchar(64), hashbytes('MD5', mail), 2)";
    const change = (text: string): string =>
      reaches('tsql', `select mail into #t from u; ${text}; insert o (m) select mail from #t`);
    expect(change(`${update}; begin tran; rollback`)).toBe('hash');
    expect(change(`begin tran; ${update}; rollback`)).toBe('hash, keep');
    expect(change(`begin tran; begin tran; ${update}; commit; rollback`)).toBe('hash, keep');
    expect(change(`begin tran; begin tran; ${update}; commit; commit; rollback`)).toBe('hash');
    expect(left('mysql', 'start transaction; update t set mail = md5(mail); rollback')).toMatch(/keep/);
    expect(left('mysql', 'update t set mail = md5(mail); start transaction; rollback')).toBe('hash');
    expect(left('oracle', 'update t set mail = standard_hash(mail); rollback')).toMatch(/keep/);
  });

  // Sources: "DECLARE ... HANDLER" (MySQL), "EXCEPTION" (Snowflake).
  it.each([
    ['declare continue handler for sqlexception begin end', 'hash, keep'],
    ['declare continue handler for 1062 set @x = 1', 'hash, keep'],
    ["declare continue handler for not found, sqlstate '23000' set @x = 1", 'hash, keep'],
    ['declare continue handler for not found set @x = 1', 'hash'],
    ["declare continue handler for sqlstate '02000' set @x = 1", 'hash'],
    ['declare continue handler for sqlwarning begin end', 'hash'],
    ['declare exit handler for sqlexception rollback', 'hash'],
  ])('stay where a statement that fails is gone over: %s', (handler, effects) => {
    const sql = `create procedure p() begin ${handler}; create temporary table t as select mail from u; update t set mail = md5(mail); insert into o (m) select mail from t; end`;
    expect(reaches('mysql', sql)).toBe(effects);
  });

  it('stay where a handler of Snowflake goes on', () => {
    const block = (how: string): string =>
      `begin create temporary table t as select mail from u; update t set mail = md5(mail); insert into o (m) select mail from t; exception when other ${how} then return 1; end`;
    expect(reaches('snowflake', block(''))).toBe('hash');
    expect(reaches('snowflake', block('exit'))).toBe('hash');
    expect(reaches('snowflake', block('continue'))).toBe('hash, keep');
  });
});
