import { child, flag, isRaw, list, nameOf, tableNameOf, text } from './raw.ts';
import { query } from './read-assignments.ts';
import { readExpr } from './read-expression.ts';
import { addCtes, readCtes, readQuery } from './read-query.ts';
import { readRelation } from './read-relation.ts';
import type { ColumnDefinition, Statement, TableName } from './nodes.ts';
import type { Raw } from './raw.ts';

function readColumns(body: Raw): readonly ColumnDefinition[] {
  return list(body, 'columns').map((column) => {
    const constraints = list(column, 'constraints');
    const comment = text(column, 'comment') ?? constraints.map((item) => text(item, 'Comment')).find((c) => c !== null);
    const computed = constraints.map((item) => child(item, 'ComputedColumn')).find((found) => found !== null);
    const computedBy = computed === undefined || computed === null ? undefined : computed['expression'];
    const expression = column['materialized_expr'] ?? column['alias_expr'] ?? computedBy;
    return {
      name: nameOf(column['name'])?.text ?? '',
      type: printType(child(column, 'data_type')),
      comment: comment ?? null,
      computed: isRaw(expression) ? readExpr(expression) : null,
    };
  });
}

function printType(type: Raw | null): string | null {
  if (type === null) return null;
  const inner = child(type, 'oracle_type');
  if (inner !== null) return (text(inner, 'kind') ?? text(inner, 'oracle_data_type') ?? 'unknown').replaceAll('_', '');
  const base = text(type, 'name') ?? text(type, 'data_type')?.replaceAll('_', '');
  if (base === undefined) return null;
  const sizes = ['length', 'precision', 'scale']
    .map((member) => type[member])
    .filter((size) => typeof size === 'number');
  return sizes.length === 0 ? base : `${base}(${sizes.join(',')})`;
}

/** CREATE TABLE in all its forms. */
export function readCreateTable(body: Raw): Statement {
  const constraints = list(body, 'constraints')
    .map((item) => child(item, 'Like'))
    .filter((item) => item !== null);
  const clone = child(body, 'clone_source');
  const asSelect = query(body['as_select']);
  const modifier = text(body, 'table_modifier') ?? '';
  const comment = (Array.isArray(body['mysql_table_options']) ? body['mysql_table_options'] : [])
    .map((pair: unknown) => (Array.isArray(pair) && pair[0] === 'COMMENT' ? String(pair[1]).slice(1, -1) : null))
    .find((found) => found !== null);
  return {
    kind: 'create',
    what: 'table',
    temporary: flag(body, 'temporary') || /TEMP|VOLATILE/i.test(modifier),
    target: tableNameOf(child(body, 'name') ?? {}),
    to: null,
    columns: readColumns(body),
    comment: comment ?? null,
    like: constraints.map((item) => tableNameOf(child(item, 'source') ?? {})),
    clone: clone === null ? null : tableNameOf(clone),
    query: asSelect === null ? null : addCtes(asSelect, readCtes(body, 'with_cte')),
  };
}

/** CREATE VIEW, materialised ones too. */
export function readCreateView(body: Raw): Statement {
  const to = child(body, 'to_table');
  return {
    kind: 'create',
    what: flag(body, 'materialized') ? 'materialized-view' : 'view',
    temporary: flag(body, 'temporary'),
    target: tableNameOf(child(body, 'name') ?? {}),
    to: to === null ? null : tableNameOf(to),
    columns: readColumns(body),
    comment: text(body, 'comment'),
    like: [],
    clone: null,
    query: readQuery(body['query']),
  };
}

/** ALTER TABLE: renames and swaps. */
export function readAlter(body: Raw): Statement {
  const table = tableNameOf(child(body, 'name') ?? {});
  for (const action of list(body, 'actions')) {
    const rename = child(action, 'RenameTable');
    if (rename !== null) return { kind: 'rename', from: table, to: qualifyLike(tableNameOf(rename), table) };
    const swap = child(action, 'SwapWith');
    if (swap !== null) return { kind: 'swap', a: table, b: tableNameOf(swap) };
    const column = child(action, 'RenameColumn');
    if (column !== null)
      return {
        kind: 'alter',
        table,
        changes: [
          {
            type: 'rename',
            from: nameOf(column['old_name'])?.text ?? '',
            to: nameOf(column['new_name'])?.text ?? '',
          },
        ],
      };
  }
  return { kind: 'none' };
}

/** `ALTER TABLE s.a RENAME TO b` leaves the table in its schema. */
export function qualifyLike(name: TableName, like: TableName): TableName {
  return name.length >= like.length ? name : [...like.slice(0, like.length - name.length), ...name];
}

/** A list of table references. */
export function readTables(body: Raw, member: string): readonly TableName[] {
  return list(body, member).map(tableNameOf);
}

/** COMMENT ON. */
export function readComment(body: Raw): Statement {
  const kind = (text(body, 'kind') ?? '').toUpperCase();
  const literal = readExpr(body['expression']);
  const subject = readExpr(body['this']);
  const asTable = readRelation(body['this']);
  const value = literal.kind === 'literal' ? literal.value : '';
  if (kind === 'COLUMN' && subject.kind === 'column')
    return {
      kind: 'alter',
      table: subject.parts.slice(0, -1),
      changes: [{ type: 'comment', column: subject.parts.at(-1)?.text ?? '', text: value }],
    };
  if ((kind === 'TABLE' || kind.endsWith('VIEW')) && asTable.kind === 'table')
    return { kind: 'alter', table: asTable.name, changes: [{ type: 'comment', column: null, text: value }] };
  return { kind: 'none' };
}
