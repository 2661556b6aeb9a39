import { allCases } from '../../test/unit/sql/sql-cases.ts';
import type { SqlRequest } from '../../server/sql/sql-lineage.ts';

/** A statement of our own suite, as the engines compared are given it. */
export interface CorpusEntry {
  readonly id: string;
  readonly request: SqlRequest;
}

/** Single statements around one query: what every engine claims to do. */
export function queryCorpus(): readonly CorpusEntry[] {
  return allCases()
    .map(({ dialect, name, request }) => ({ id: `${dialect}: ${name}`, request }))
    .filter(({ request }) => {
      const sql = request.sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
      return /^(?:select|with|insert|create (?:or replace )?(?:table|view)|from|\()/i.test(sql) && !/;\s*\S/.test(sql);
    });
}

/** Long analytic queries, made: `joins` tables joined, `ctes` steps, `columns` columns with expressions, windows and CASE. */
export function analyticCorpus(count: number): readonly CorpusEntry[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `analytic ${at}`,
    request: { dialect: 'postgres', sql: analyticQuery(at) },
  }));
}

function analyticQuery(seed: number): string {
  const joins = 3 + (seed % 5);
  const columns = 8 + (seed % 9);
  const step = (n: number): string =>
    `s${n} AS (SELECT a.key_${n}, ${list(columns, (c) => `SUM(CASE WHEN b.flag_${c} = 'x${seed}' THEN a.m_${c} * (1 - b.d_${c}) ELSE 0 END) AS v_${c}`)} ` +
    `FROM fact_${n} a JOIN dim_${n} b ON a.dim_id = b.id WHERE b.day BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' AND a.state IN ('a', 'b', 'c') GROUP BY a.key_${n})`;
  const from = Array.from({ length: joins }, (_, n) =>
    n === 0 ? 's0' : `LEFT JOIN s${n} ON s${n}.key_${n} = s0.key_0`,
  ).join(' ');
  const items = list(
    columns,
    (c) => `COALESCE(s${c % joins}.v_${c}, 0) - LAG(s0.v_${c}) OVER (PARTITION BY s0.key_0 ORDER BY s0.v_0) AS r_${c}`,
  );
  return `INSERT INTO mart_${seed} WITH ${Array.from({ length: joins }, (_, n) => step(n)).join(', ')} SELECT s0.key_0, ${items} FROM ${from} WHERE s0.v_0 > (SELECT AVG(x.v_0) FROM s0 x) ORDER BY s0.key_0`;
}

function list(count: number, make: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => make(at)).join(', ');
}
