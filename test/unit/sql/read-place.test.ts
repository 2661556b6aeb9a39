import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** The tables that a script reads where names without a schema are meant in `base`, and what is said of it. */
function read(
  dialect: string,
  sql: string,
): { readonly tables: readonly string[]; readonly warnings: readonly string[] } {
  const { inTables, warnings } = analyseSql({ dialect, sql, defaultSchema: 'base' }, null);
  return { tables: inTables, warnings };
}

describe('a statement that says where names are meant', () => {
  it.each([
    ['postgres', 'SET search_path TO crm; SELECT mail FROM p', 'crm.p'],
    ['postgres', 'SET SESSION search_path = crm; SELECT mail FROM p', 'crm.p'],
    ['postgres', 'SET LOCAL search_path TO crm; SELECT mail FROM p', 'crm.p'],
    ['postgres', 'SET search_path TO pg_catalog, crm; SELECT mail FROM p', 'crm.p'],
    ['postgres', 'SET search_path TO "$user", crm; SELECT mail FROM p', 'crm.p'],
    ['postgres', 'SET search_path TO crm; SET search_path TO DEFAULT; SELECT mail FROM p', 'base.p'],
    ['postgres', 'SET search_path TO crm; SET search_path TO "$user"; SELECT mail FROM p', 'base.p'],
    ['postgres', "SET search_path = ''; SELECT mail FROM p", 'base.p'],
    ['postgres', "SET search_path = '', 'crm'; SELECT mail FROM p", 'crm.p'],
    ['bigquery', "SET @@dataset_id = 'crm'; SELECT mail FROM p", 'crm.p'],
    ['bigquery', "SET @@dataset_project_id = 'proj'; SELECT mail FROM crm.p", 'proj.crm.p'],
    ['databricks', 'SET CATALOG main; SELECT mail FROM crm.p', 'main.crm.p'],
    ['teradata', 'SET SESSION DATABASE crm; SELECT mail FROM p', 'crm.p'],
    ['db2', 'SET CURRENT SCHEMA = crm; SELECT mail FROM p', 'crm.p'],
    ['oracle', 'ALTER SESSION SET CURRENT_SCHEMA = crm; SELECT mail FROM p', 'crm.p'],
  ])('%s: is followed: %s', (dialect, sql, table) => {
    expect(read(dialect, sql)).toEqual({ tables: [table], warnings: [] });
  });

  it.each([
    ['databricks', 'SET schema = 5; SELECT mail FROM p'],
    ['snowflake', 'SET schema = $x; SELECT mail FROM p'],
    ['postgres', 'SET statement_timeout = 0; SELECT mail FROM p'],
  ])('%s: is none where a variable is set: %s', (dialect, sql) => {
    expect(read(dialect, sql)).toEqual({ tables: ['base.p'], warnings: [] });
  });

  it.each(['SET search_path TO :path; SELECT mail FROM p', 'SET search_path = 5; SELECT mail FROM p'])(
    'leaves names as they were where a value chooses, and says so: %s',
    (sql) => {
      const { tables, warnings } = read('postgres', sql);
      expect(tables).toEqual(['base.p']);
      expect(warnings).toEqual([expect.stringContaining('chosen by a value')]);
    },
  );
});

describe('a routine that says where its names are meant', () => {
  const query = 'insert into o select mail from p';
  it.each([
    `create function f() returns void language plpgsql security definer set search_path = crm as $$ begin ${query}; end $$`,
    `create function f() returns void as $$ begin ${query}; end $$ language plpgsql set search_path to 'crm', pg_temp`,
    `create procedure f() language sql set search_path = crm as $$ ${query} $$`,
    `create procedure f() set search_path = crm language sql begin atomic ${query}; end`,
    `create function f() returns void as $$ ${query} $$ set search_path = pg_catalog, crm language sql; select f()`,
  ])('is followed: %s', (sql) => {
    expect(read('postgres', sql)).toEqual({ tables: ['crm.p'], warnings: [] });
  });

  it('says nothing of what stands behind it or calls it', () => {
    const routine = 'create procedure f() language sql set search_path = crm as $$ insert into o select mail from p $$';
    const { tables } = read('postgres', `${routine}; call f(); insert into o select mail from q`);
    expect(tables).toEqual(['crm.p', 'base.q']);
  });

  it('takes what held before where it says so', () => {
    const sql =
      'create procedure f() language sql set search_path from current as $$ insert into o select mail from p $$';
    expect(read('postgres', sql)).toEqual({ tables: ['base.p'], warnings: [] });
  });
});
