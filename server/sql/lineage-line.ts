import type { ColumnEdge, SqlLineage, SqlRequest } from './sql-lineage.ts';

/** A line of `lexline sql lineage`, as a request. Members of the wrong type count as absent; null when there is no SQL in it. */
export function requestOf(row: Readonly<Record<string, unknown>>): SqlRequest | null {
  const { sql, dialect, schema, default_db: database, default_schema: defaultSchema } = row;
  if (typeof sql !== 'string') return null;
  const tables = schemaOf(schema);
  return {
    sql,
    dialect: typeof dialect === 'string' ? dialect : '',
    ...(tables === null ? {} : { schema: tables }),
    ...(typeof database === 'string' && database !== '' ? { defaultDatabase: database } : {}),
    ...(typeof defaultSchema === 'string' && defaultSchema !== '' ? { defaultSchema } : {}),
  };
}

function schemaOf(value: unknown): Record<string, Record<string, string>> | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const tables: Record<string, Record<string, string>> = {};
  for (const [table, columns] of Object.entries(value)) {
    if (columns === null || typeof columns !== 'object') continue;
    const entries = Array.isArray(columns)
      ? columns.filter((name) => typeof name === 'string').map((name): [string, string] => [name, ''])
      : Object.entries(columns).map(([name, type]): [string, string] => [name, typeof type === 'string' ? type : '']);
    tables[table] = Object.fromEntries(entries);
  }
  return Object.keys(tables).length === 0 ? null : tables;
}

const indirectSubtypes = new Set<string>(['CONDITIONAL', 'WINDOW']);

/** The answer to a line, in the shape that others rely on. */
export function lineOf(id: unknown, lineage: SqlLineage): Readonly<Record<string, unknown>> {
  return {
    id: id ?? null,
    in_tables: lineage.inTables,
    out_tables: lineage.outTables,
    column_lineage: grouped(lineage.columns),
    indirect: lineage.indirect.map(({ table, column, kind }) => ({ table, col: column, subtype: kind })),
    unresolved: lineage.unresolved,
    events: lineage.events,
    statements: lineage.statements.map(({ id: statement, parseStatus, confidence }) => ({
      id: statement,
      parse_status: parseStatus,
      confidence,
    })),
    parse_status: lineage.parseStatus,
    warnings: lineage.warnings,
    error: lineage.error,
  };
}

/** One entry for all inputs of a column that reach it in the same way. */
function grouped(edges: readonly ColumnEdge[]): readonly Readonly<Record<string, unknown>>[] {
  const groups = new Map<string, { readonly edge: ColumnEdge; readonly up: { table: string | null; col: string }[] }>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.down.table, edge.down.column, edge.kind, edge.masking, edge.effect]);
    const group = groups.get(key) ?? { edge, up: [] };
    groups.set(key, group);
    group.up.push({ table: edge.up.table, col: edge.up.column });
  }
  return [...groups.values()].map(({ edge, up }) => ({
    down: { table: edge.down.table, col: edge.down.column },
    up,
    type: indirectSubtypes.has(edge.kind) ? 'INDIRECT' : 'DIRECT',
    subtype: edge.kind,
    masking: edge.masking,
    effect: edge.effect,
  }));
}
