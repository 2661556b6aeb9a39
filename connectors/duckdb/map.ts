import { withMembers } from '../kit/warehouse/struct-members.ts';
import type { WarehouseColumn, WarehouseKey, WarehouseRelation, WarehouseRoutine } from '../kit/warehouse/warehouse.ts';
import type { ColumnRow, KeyRow, MacroRow, RelationRow } from './rows.ts';
import { quote } from './sql.ts';

/** A table or view. */
export function relationOf({ name, kind, comment, sql, row_count: rows }: RelationRow): WarehouseRelation {
  return kind === 'view'
    ? { name, kind, comment, query: queryOf(sql), queryIn: { byOrder: true } }
    : { name, kind, comment, rows: rows ?? null };
}

/** The query in a `CREATE VIEW name (columns) AS …;` as DuckDB prints it; null where it shows none. */
export function queryOf(sql: string | null): string | null {
  if (sql === null) return null;
  const head = /^\s*CREATE\s(?:"(?:[^"]|"")*"|\((?:"(?:[^"]|"")*"|[^")])*\)|[^"(])*?\sAS\s+/iu.exec(sql)?.[0];
  return head === undefined ? null : sql.slice(head.length).replace(/;\s*$/u, '');
}

/** A table's name without its schema, in lower case; null for one that says its schema. */
export function unqualified(printed: string): string | null {
  const [whole, quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^\s".]+))(?=$|\sAS\s)/u.exec(printed) ?? [];
  if (whole === undefined) return null;
  return (quoted?.replaceAll('""', '"') ?? plain ?? '').toLowerCase();
}

/** A column with the members of its structures. `table`: the CREATE TABLE, which alone tells a default from a generated column. */
export function columnsOf(row: ColumnRow, table: string | null): readonly WarehouseColumn[] {
  const type = withoutEnumWords(row.type);
  const { relation, ordinal, nullable, expression } = row;
  const isGenerated = expression !== null && table !== null && generates(table, row);
  return withMembers({
    relation,
    path: [row.name],
    type,
    ordinal,
    nullable,
    comment: row.comment,
    generated: isGenerated ? expression : null,
    facet: expression !== null && !isGenerated ? { hasDefault: true } : {},
  });
}

function generates(table: string, { name, type }: ColumnRow): boolean {
  return [name, quote(name)].some((printed) =>
    [' ', '('].some((before) => table.includes(`${before}${printed} ${type} GENERATED ALWAYS AS`)),
  );
}

/** The words of an ENUM are values: only how many there are is kept. Names of members stay, they stand in double quotes. */
function withoutEnumWords(type: string): string {
  return type.replaceAll(
    /\bENUM\s*\(((?:\s*'(?:[^']|'')*'\s*,?)*)\)?/giu,
    (_, words: string) => `ENUM(${words.match(/'(?:[^']|'')*'/gu)?.length ?? 0} values)`,
  );
}

const keyKinds = { 'PRIMARY KEY': 'primary', UNIQUE: 'unique', 'FOREIGN KEY': 'foreign' } as const;

/** A constraint. Foreign keys of DuckDB stay within their schema. */
export function keyOf(schema: string, row: KeyRow): WarehouseKey {
  const { relation, columns, referenced_table: target } = row;
  const key = { relation, kind: keyKinds[row.type], name: row.name ?? '', columns };
  return row.type === 'FOREIGN KEY' && target !== null
    ? { ...key, references: { schema, relation: target, columns: row.referenced_columns } }
    : key;
}

/** A macro: its text is what a call of it stands for. Overloads differ by their parameters. */
export function macroOf({ name, type, parameters, definition, comment }: MacroRow): WarehouseRoutine {
  const signature = parameters.map(quote).join(', ');
  const sql =
    definition === null
      ? null
      : `CREATE MACRO ${quote(name)}(${signature}) AS ${type === 'table_macro' ? 'TABLE ' : ''}${definition}`;
  return { name: `${name}(${parameters.join(', ')})`, kind: 'macro', sql, comment };
}
