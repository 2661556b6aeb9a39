import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { findDialect } from '../../../server/sql/dialect/dialects.ts';
import { normalise } from '../../../server/sql/text/normalise.ts';

const word = 'zqcanaryqz';
const figure = '7731894462';

/** Texts with the canary in every place where a literal may stand. */
const texts: readonly (readonly [dialect: string, sql: string])[] = [
  ['postgres', `select '${word}', a from t where b = '${word}' -- ${word}`],
  ['postgres', `select E'\\'${word}', $$${word}$$, $tag$${word}$tag$, U&'${word}', B'${figure}' from t`],
  [
    'postgres',
    `select ${figure}, ${figure}.5, 1e${figure}, -${figure}, 0x${figure} from t where a in (${figure}, '${word}')`,
  ],
  ['postgres', `/* ${word} */ select /*+ ${word}(${figure}) */ a from t`],
  ['postgres', `do $$ begin execute 'insert into t select ''${word}'' from s'; end $$`],
  ['postgres', `do $$ begin execute 'insert into t select * from ' || x || '${word}'; end $$`],
  ['postgres', `select '${word}`],
  ['postgres', `select a from t where b = '${word}' and (`],
  ['postgres', `frobnicate '${word}' ${figure}`],
  ['postgres', `create user x password '${word}'`],
  ['postgres', `copy t from 's3://b/k' credentials '${word}'`],
  ['postgres', `create function f() returns int language '${word}' as 'x'`],
  ['postgres', `call '${word}'()`],
  ['postgres', `execute '${word}'`],
  // Passwords are written without quotation marks, or as names.
  ['oracle', `create user u identified by ${word} profile p`],
  ['oracle', `alter user u identified by "${word}" replace ${word}`],
  ['oracle', `grant connect to u identified by ${word}`],
  ['oracle', `create database link l connect to u identified by ${word} using 'x'`],
  ['oracle', `alter system set encryption key identified by "${word}"`],
  ['oracle', `connect scott/${word}@db\ninsert into t (a) select b from s;`],
  ['teradata', `create user u as perm = 1e6, password = ${word}`],
  ['teradata', `modify user u as password = (${word})`],
  ['teradata', `.logon tdp/u,${word};\ninsert into t (a) select b from s;`],
  ['exasol', `create user u identified by "${word}"`],
  ['db2', `connect to s user u using ${word}; insert into t (a) select b from s`],
  ['tsql', `:connect host -U u -P ${word}\nselect a from t`],
  ['mysql', `select "${word}", a from t where b = "${word}" # ${word}`],
  ['mysql', `insert into t values ("${word}", ${figure}), ('${word}', 1)`],
  ['mysql', `select _utf8'${word}', N'${word}', X'${figure}', date '${word}' from t`],
  ['bigquery', `select """${word}""", r'${word}', b"${word}", rb'''${word}''' from t`],
  ['bigquery', `execute immediate "select '${word}' from t where x = ${figure}"`],
  ['oracle', `select q'[${word}]', nq'{${word}}', q'!${word}!' from t`],
  ['tsql', `exec sp_executesql N'select ''${word}'' from t', N'@p int', @p = ${figure}`],
  ['tsql', `select $${figure}.00, '${word}' from t option (label = '${word}')`],
  ['tsql', `exec ('select * from ' + @t + ' where a = ''${word}''')`],
  ['snowflake', `select '${word}\\'${word}', a from t // ${word}`],
  ['snowflake', `create procedure p() returns string language javascript as '${word}'`],
  ['snowflake', `execute immediate $$ begin select '${word}' from t; end $$`],
  ['spark', `select {{ var('${word}') }}, {% if '${word}' %} a {% endif %} from t`],
  ['clickhouse', `select dictGet('${word}', '${word}', id) from t settings a = '${word}'`],
  ['duckdb', `select * like '${word}%' from t`],
  ['snowflake', `select * ilike '(${word}' from t`],
  ['ansi', `merge into t using s on t.a = '${word}' when matched then update set b = ${figure}`],
  ['snowflake', `begin let q varchar := '${word}'; execute immediate 'select ' || :q || ' from ' || :t; end`],
  ['tsql', `declare @s nvarchar(9) = N'${word}'; set @s += N'${word}'; exec (@s)`],
  ['no-such-dialect', `select '${word}' from t where a = ${figure}`],
];

describe('a literal', () => {
  it.each(texts)('of %s stays out of what may be stored or shown: %s', (dialect, sql) => {
    const { statements, warnings, unresolved, error, indirect } = analyseSql({ dialect, sql, usage: true }, null);
    const { usage = [] } = analyseSql({ dialect, sql, usage: true }, null);
    const shown = JSON.stringify([statements, warnings, unresolved, error, indirect, usage]).toLowerCase();
    expect(shown).not.toContain(word);
    expect(shown).not.toContain(figure);
  });

  it('of a password is not what a column or an alias of that name is', () => {
    const oracle = findDialect('oracle');
    if (oracle === null) throw new Error('no dialect');
    expect(normalise('select password, secret as pwd from users where password = hash', oracle)).toBe(
      'select password, secret as pwd from users where password = hash',
    );
    expect(normalise('create table users (password varchar(99), id number)', oracle)).toBe(
      'create table users (password varchar(?), id number)',
    );
    expect(normalise('select a from t start with id = ? connect by prior id = boss', oracle)).toContain(
      'prior id = boss',
    );
  });

  it('of any kind is replaced in a normalised statement, lists folded, comments gone', () => {
    const dialect = findDialect('postgres');
    expect(dialect).not.toBeNull();
    if (dialect === null) return;
    expect(normalise(`select a, 'x' -- c\nfrom t where b in (1, 2,3) and c = $1`, dialect)).toBe(
      'select a, ? from t where b in (?) and c = ?',
    );
    expect(normalise('insert into t values (1, 2), (3, 4), (5, 6);', dialect)).toBe('insert into t values (?)');
  });

  it('leaves names that merely hold digits alone', () => {
    const dialect = findDialect('postgres');
    if (dialect === null) throw new Error('unreachable');
    expect(normalise('select t1.col2 from schema3.t1', dialect)).toBe('select t1.col2 from schema3.t1');
  });

  it.each([
    ['clickhouse', `insert into function odbc('DSN=x;PWD=${word}', 'db', 't') select a from s`],
    ['clickhouse', `insert into t select a from mysql('h:3306', 'db', 'u', 'me', '${word}')`],
    ['clickhouse', `insert into function s3('https://b.example/k?secret=${word}', '${word}', 'CSV') select a from s`],
    ['tsql', `insert into t select a from openrowset('SQLNCLI', 'Server=x;PWD=${word}', 'select 1') r`],
    ['duckdb', `copy t to 's3://me:${word}@b/k.parquet'`],
  ])('that is a secret of %s is no part of a name: %s', (dialect, sql) => {
    expect(JSON.stringify(analyseSql({ dialect, sql }, null)).toLowerCase()).not.toContain(word);
  });
});
