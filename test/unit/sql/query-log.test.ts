import { describe, expect, it } from 'vitest';
import { analyseSql } from '../../../server/sql/analyse-sql.ts';
import { digestQueryLog } from '../../../server/sql/query-log.ts';
import type { QueryLogEntry } from '../../../server/sql/query-log.ts';
import type { SqlEngine } from '../../../server/sql/sql-lineage.ts';

function countingEngine(): { readonly engine: SqlEngine; readonly asked: () => number } {
  let asked = 0;
  return {
    engine: {
      lineage: (request) => {
        asked += 1;
        return Promise.resolve(analyseSql(request, null));
      },
      close: () => Promise.resolve(),
    },
    asked: () => asked,
  };
}

const load = (day: string): string =>
  `INSERT INTO dw.people (id, mail) SELECT id, lower(mail) FROM ods.people WHERE day = '${day}'`;

describe('a query log', () => {
  it('becomes one edge for statements that differ only in literals, with first seen, last seen and count', async () => {
    const { engine, asked } = countingEngine();
    const entries: QueryLogEntry[] = [3, 1, 2].map((day) => ({ sql: load(`2024-01-0${day}`), at: day * 1000 }));
    const digest = await digestQueryLog(entries, { engine, dialect: 'postgres' });
    expect(asked()).toBe(1);
    expect(digest.edges.find((edge) => edge.down.column === 'mail')).toMatchObject({
      up: { table: 'ods.people', column: 'mail' },
      firstSeen: 1000,
      lastSeen: 3000,
      count: 3,
      fn: 'LOWER',
    });
    expect(digest.statements).toHaveLength(1);
    expect(JSON.stringify(digest)).not.toContain('2024');
  });

  it('tells statements apart that differ in the case of a name in quotes, and not in that of words', async () => {
    const { engine, asked } = countingEngine();
    const sqls = ['select "Email" from p', 'SELECT "Email" FROM P', 'select "email" from p'];
    const entries: QueryLogEntry[] = sqls.map((sql, at) => ({ sql: `insert into t ${sql}`, at }));
    const digest = await digestQueryLog(entries, { engine, dialect: 'snowflake' });
    expect(asked()).toBe(2);
    expect(digest.edges.map(({ up, count }) => [up.column, count])).toEqual([
      ['Email', 2],
      ['email', 1],
    ]);
  });

  it('leaves failed statements out and counts them', async () => {
    const { engine, asked } = countingEngine();
    const digest = await digestQueryLog([{ sql: load('x'), at: 1, failed: true, count: 4 }], {
      engine,
      dialect: 'postgres',
    });
    expect(asked()).toBe(0);
    expect(digest).toMatchObject({ entries: 4, failed: 4, edges: [] });
  });

  it('takes the counts that the log has kept for itself', async () => {
    const { engine } = countingEngine();
    const digest = await digestQueryLog(
      [
        { sql: load('x'), at: 5, count: 1200 },
        { sql: load('y'), at: 6 },
      ],
      { engine, dialect: 'postgres' },
    );
    expect(digest.edges[0]?.count).toBe(1201);
  });

  it('carries flows through the temporary tables of a session, and only of that session', async () => {
    const { engine } = countingEngine();
    const digest = await digestQueryLog(
      [
        { session: 'a', at: 1, sql: 'CREATE TEMP TABLE t AS SELECT id, mail FROM ods.people' },
        { session: 'b', at: 2, sql: 'CREATE TEMP TABLE t AS SELECT id, phone AS mail FROM ods.leads' },
        { session: 'a', at: 3, sql: 'INSERT INTO dw.export (id, mail) SELECT id, md5(mail) FROM t' },
      ],
      { engine, dialect: 'postgres' },
    );
    expect(digest.edges.map(({ up, down }) => `${up.table}.${up.column} > ${down.table}.${down.column}`)).toEqual([
      'ods.people.id > dw.export.id',
      'ods.people.mail > dw.export.mail',
    ]);
  });

  it('tells literal shapes, functions and joins, and no literal', async () => {
    const { engine } = countingEngine();
    const digest = await digestQueryLog(
      [
        {
          at: 1,
          sql: "SELECT lower(c.mail) FROM crm.customer c JOIN crm.orders o ON o.customer_id = c.id WHERE c.mail = 'canary@example.com' AND c.card IN ('4111111111111111')",
        },
      ],
      { engine, dialect: 'postgres' },
    );
    const signals = digest.usage.map(({ signal }) => signal);
    expect(signals).toContainEqual({
      type: 'literal-shape',
      column: { table: 'crm.customer', column: 'mail' },
      shape: 'a@a.a',
    });
    expect(signals).toContainEqual({
      type: 'literal-shape',
      column: { table: 'crm.customer', column: 'card' },
      shape: '9999999999999999',
    });
    expect(signals).toContainEqual({
      type: 'function',
      column: { table: 'crm.customer', column: 'mail' },
      fn: 'LOWER',
    });
    expect(signals).toContainEqual({
      type: 'join',
      left: { table: 'crm.orders', column: 'customer_id' },
      right: { table: 'crm.customer', column: 'id' },
    });
    expect(JSON.stringify(digest)).not.toContain('canary');
  });

  it('counts what lies beyond the limit of different statements', async () => {
    const { engine } = countingEngine();
    const entries = ['a', 'b', 'c'].map((name, at) => ({ at, sql: `INSERT INTO ${name} SELECT x FROM s` }));
    const digest = await digestQueryLog(entries, { engine, dialect: 'postgres', maxStatements: 2 });
    expect(digest.beyondLimit).toBe(1);
    expect(digest.statements).toHaveLength(2);
  });

  it('keeps tables that flow into each other where no column can be told', async () => {
    const { engine } = countingEngine();
    const digest = await digestQueryLog([{ at: 1, sql: 'INSERT INTO t SELECT count(*) FROM s' }], {
      engine,
      dialect: 'postgres',
    });
    expect(digest.flows).toEqual([{ from: 's', to: 't', lastSeen: 1, count: 1 }]);
  });
});
