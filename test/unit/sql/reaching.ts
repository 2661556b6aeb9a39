import { analyseSql } from '../../../server/sql/analyse-sql.ts';

/** What a text leaves of the clear value in the column `m` of a table. */
export function reaches(dialect: string, sql: string, table = 'o'): string {
  const { columns } = analyseSql({ dialect, sql, schema: { u: { mail: 'text' } } }, null);
  const into = columns.filter(({ down }) => down.column.toLowerCase() === 'm' && down.table?.toLowerCase() === table);
  return into
    .filter(({ up }) => up.table?.toLowerCase() === 'u')
    .map(({ effect }) => effect)
    .toSorted()
    .join(', ');
}

/** What reaches `o.m` of the clear value, after a change of every row and what follows it. */
export function left(dialect: string, change: string): string {
  const create = 'create temporary table t as select mail from u';
  return reaches(dialect, `${create}; ${change}; insert into o (m) select mail from t`);
}
