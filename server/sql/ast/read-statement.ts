import { nothing, readExpr, readItem, readOptional } from './read-expression.ts';
import { forward, isQueryTag } from './forward.ts';
import { addCtes, readCtes, readQuery } from './read-query.ts';
import { crossJoin, readJoins, readRelation } from './read-relation.ts';
import { child, flag, isRaw, list, nameOf, namesOf, tableNameOf, tagged, text } from './raw.ts';
import type { Raw } from './raw.ts';
import type {
  Assignment,
  ColumnDefinition,
  Expr,
  MergeClause,
  Name,
  Query,
  Relation,
  SelectItem,
  Statement,
  TableName,
} from './nodes.ts';

/** A statement node of the parser as ours. */
export function readStatement(value: unknown): Statement {
  const node = tagged(value);
  if (node === null) return { kind: 'opaque', what: 'statement' };
  const { tag, body } = node;
  const read = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
  if (read !== undefined) return read(body);
  if (isQueryTag(tag) || tag === 'subquery' || tag === 'paren') return { kind: 'query', query: readQuery(value) };
  return withoutFlow.has(tag) ? { kind: 'none' } : { kind: 'opaque', what: tag };
}

/** Statements that move no data between tables. */
const withoutFlow = new Set(
  (
    'use set set_statement grant revoke show describe analyze transaction commit rollback kill pragma create_index drop_index ' +
    'create_schema drop_schema create_database drop_database drop_namespace create_sequence drop_sequence alter_sequence ' +
    'create_type drop_type create_function drop_function drop_procedure drop_trigger declare alter_session alter_view ' +
    'attach detach install refresh cache uncache lock prepare export_property create_synonym query_band summarize ' +
    'alter_index drop_view_column user_defined_function put undrop'
  ).split(' '),
);

function query(value: unknown): Query | null {
  return isRaw(value) ? readQuery(value) : null;
}

function where(body: Raw): readonly Expr[] {
  const found = child(body, 'where_clause');
  return found === null ? [] : [readExpr(found['this'])];
}

/** The parser joins `t.a` on the left of SET into one name. */
function targetParts(value: unknown): readonly Name[] {
  const node = tagged(value);
  if (node?.tag === 'column' || node?.tag === 'dot') {
    const expr = readExpr(value);
    return expr.kind === 'column' ? expr.parts : [];
  }
  const name = nameOf(node?.body ?? value);
  if (name === null) return [];
  if (name.quoted) return [name];
  return name.text.split('.').map((part) => ({ text: part, quoted: false }));
}

function targetColumn(value: unknown): Name {
  return targetParts(value).at(-1) ?? { text: '', quoted: false };
}

function assignments(value: unknown): readonly Assignment[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown): readonly Assignment[] => {
    if (Array.isArray(item)) return [{ target: targetParts(item[0]), value: readExpr(item[1]), position: 0 }];
    const node = tagged(item);
    if (node?.tag !== 'eq' && node?.tag !== 'property_e_q') return [];
    return [{ target: targetParts(node.body['left']), value: readExpr(node.body['right']), position: 0 }];
  });
}

function tuple(value: unknown): readonly unknown[] {
  const node = tagged(value);
  const items = node === null ? null : node.body['expressions'];
  return Array.isArray(items) ? (items as readonly unknown[]) : [];
}

function readInsert(body: Raw): Statement {
  const table = child(body, 'table') ?? {};
  const rows = Array.isArray(body['values']) ? body['values'] : [];
  const conflict = tagged(body['on_conflict'])?.body;
  const action = conflict === undefined ? [] : (conflict['expressions'] ?? tuple(conflict['action']));
  const actionList =
    Array.isArray(action) && action.length > 0 ? action : conflict === undefined ? [] : tuple(conflict['action']);
  const partition = Array.isArray(body['partition']) ? body['partition'] : [];
  const target = body['directory'] === null || body['directory'] === undefined ? tableNameOf(table) : null;
  return {
    kind: 'insert',
    target: target === null || target.length === 0 ? null : target,
    targetAlias: nameOf(body['alias']) ?? nameOf(table['alias']),
    columns: list(body, 'columns').map(targetColumn),
    dynamicPartitions: partition.flatMap((pair: unknown) => {
      const name = Array.isArray(pair) && !isRaw(pair[1]) ? nameOf(pair[0]) : null;
      return name === null ? [] : [name];
    }),
    byName: flag(body, 'by_name'),
    with: readCtes(body),
    query:
      rows.length > 0
        ? { kind: 'values', with: [], rows: rows.map((row: unknown) => (Array.isArray(row) ? row.map(readExpr) : [])) }
        : (query(body['query']) ?? query(body['source'])),
    onConflict: assignments(actionList),
    returning: [],
    output: null,
  };
}

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

function readCreateTable(body: Raw): Statement {
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

function readCreateView(body: Raw): Statement {
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

function returningOf(body: Raw): readonly SelectItem[] {
  const items = body['returning'];
  return Array.isArray(items) ? items.map(readItem) : [];
}

function readUpdate(body: Raw): Statement {
  const extra = list(body, 'extra_tables').map((table) => readRelation({ table }));
  const joined = extra.reduce(crossJoin, readRelation({ table: child(body, 'table') ?? {} }));
  const target = readJoins(joined, list(body, 'table_joins'));
  const items = list(child(body, 'from_clause') ?? {}, 'expressions').map(readRelation);
  const [first, ...rest] = items;
  const from = first === undefined ? null : readJoins(rest.reduce(crossJoin, first), list(body, 'from_joins'));
  return {
    kind: 'update',
    with: readCtes(body),
    target,
    from,
    assignments: assignments(body['set']),
    where: where(body),
    returning: returningOf(body),
    output: null,
  };
}

function readDelete(body: Raw): Statement {
  const table = child(body, 'table') ?? {};
  const base = readRelation({ table });
  const target: Relation = base.kind === 'table' ? { ...base, alias: nameOf(body['alias']) ?? base.alias } : base;
  const using = list(body, 'using').map((item) => readRelation({ table: item }));
  const [first, ...rest] = using;
  const usingRelation = first === undefined ? null : rest.reduce(crossJoin, first);
  const joins = list(body, 'joins');
  return {
    kind: 'delete',
    with: readCtes(body),
    target,
    from: joins.length > 0 ? readJoins(usingRelation ?? target, joins) : usingRelation,
    where: where(body),
    returning: returningOf(body),
    output: null,
  };
}

function readMergeClause(value: unknown): MergeClause | null {
  const when = tagged(value)?.body;
  if (when === undefined) return null;
  const condition = readOptional(when, 'condition');
  const then = tagged(when['then']);
  if (then === null) return null;
  const parts = then.tag === 'tuple' ? tuple(when['then']) : [when['then']];
  const word = text(tagged(parts[0])?.body ?? {}, 'this')?.toUpperCase();
  if (word === 'DELETE') return { kind: 'delete', condition };
  if (word === 'UPDATE') {
    const all = tagged(parts[1])?.tag === 'star';
    return { kind: 'update', condition, assignments: all ? 'all' : assignments(tuple(parts[1])) };
  }
  if (word !== 'INSERT') return null;
  const second = tagged(parts[1]);
  if (second?.tag === 'star' || second?.tag === 'var') return { kind: 'insert', condition, columns: [], values: 'all' };
  const columns = parts.length > 2 ? tuple(parts[1]) : [];
  const values = tuple(parts.length > 2 ? parts[2] : parts[1]);
  return { kind: 'insert', condition, columns: columns.map(targetColumn), values: values.map(readExpr) };
}

function readMerge(body: Raw): Statement {
  const whens = tagged(body['whens'])?.body ?? {};
  const using = namesOf(body, 'using_cond');
  return {
    kind: 'merge',
    with: readCtes(body, 'with_'),
    target: readRelation(body['this']),
    source: readRelation(body['using']),
    on: [readOptional(body, 'on') ?? nothing, ...using.map((name): Expr => ({ kind: 'column', parts: [name] }))],
    clauses: list(whens, 'expressions')
      .map(readMergeClause)
      .filter((clause) => clause !== null),
    output: null,
  };
}

function readMultiInsert(body: Raw): Statement {
  return {
    kind: 'multi-insert',
    source: readQuery(body['source']),
    branches: list(body, 'expressions').map((item) => {
      const branch = child(item, 'conditional_insert') ?? {};
      const insert = tagged(branch['this'])?.body ?? {};
      const rows = Array.isArray(insert['values']) ? insert['values'] : [];
      const row: unknown = rows[0];
      return {
        target: tableNameOf(child(insert, 'table') ?? {}),
        columns: namesOf(insert, 'columns'),
        values: Array.isArray(row) ? row.map(readExpr) : [],
        condition: readOptional(branch, 'expression'),
      };
    }),
  };
}

/** COPY INTO a table is an insert from outside; COPY out of a table or query only reads. */
function readCopy(body: Raw): Statement {
  const subject = tagged(body['this']);
  const into = flag(body, 'kind');
  if (subject?.tag === 'literal' || subject?.tag === 'stage_reference') {
    const source = list(body, 'files').map(readRelation)[0];
    return source === undefined ? { kind: 'none' } : readAll(source);
  }
  if (!into) return readAll(readRelation(body['this']));
  const schema = subject?.tag === 'schema' ? subject.body : null;
  const table = readRelation(schema === null ? body['this'] : schema['this']);
  const file = list(body, 'files').map(tagged)[0];
  return {
    kind: 'insert',
    target: table.kind === 'table' ? table.name : null,
    targetAlias: null,
    columns: schema === null ? [] : namesOf(schema, 'expressions'),
    dynamicPartitions: [],
    byName: false,
    with: [],
    query: file?.tag === 'subquery' ? readQuery({ subquery: file.body }) : null,
    onConflict: [],
    returning: [],
    output: null,
  };
}

function readAll(relation: Relation): Statement {
  return { kind: 'query', query: { kind: 'relation', with: [], relation } };
}

function readAlter(body: Raw): Statement {
  const table = tableNameOf(child(body, 'name') ?? {});
  for (const action of list(body, 'actions')) {
    const rename = child(action, 'RenameTable');
    if (rename !== null) return { kind: 'rename', from: table, to: qualifyLike(tableNameOf(rename), table) };
    const swap = child(action, 'SwapWith');
    if (swap !== null) return { kind: 'swap', a: table, b: tableNameOf(swap) };
    const column = child(action, 'RenameColumn');
    if (column !== null)
      return {
        kind: 'rename-column',
        table,
        from: nameOf(column['old_name'])?.text ?? '',
        to: nameOf(column['new_name'])?.text ?? '',
      };
  }
  return { kind: 'none' };
}

/** `ALTER TABLE s.a RENAME TO b` leaves the table in its schema. */
export function qualifyLike(name: TableName, like: TableName): TableName {
  return name.length >= like.length ? name : [...like.slice(0, like.length - name.length), ...name];
}

function readTables(body: Raw, member: string): readonly TableName[] {
  return list(body, member).map(tableNameOf);
}

function readComment(body: Raw): Statement {
  const kind = (text(body, 'kind') ?? '').toUpperCase();
  const literal = readExpr(body['expression']);
  const subject = readExpr(body['this']);
  const asTable = readRelation(body['this']);
  const value = literal.kind === 'literal' ? literal.value : '';
  if (kind === 'COLUMN' && subject.kind === 'column')
    return {
      kind: 'comment',
      table: subject.parts.slice(0, -1),
      column: subject.parts.at(-1)?.text ?? '',
      text: value,
    };
  if ((kind === 'TABLE' || kind.endsWith('VIEW')) && asTable.kind === 'table')
    return { kind: 'comment', table: asTable.name, column: null, text: value };
  return { kind: 'none' };
}

const readers: Readonly<Record<string, (body: Raw) => Statement>> = {
  insert: readInsert,
  update: readUpdate,
  delete: readDelete,
  merge: readMerge,
  multitable_inserts: readMultiInsert,
  create_table: readCreateTable,
  create_view: readCreateView,
  copy: readCopy,
  alter_table: readAlter,
  truncate: (body) => ({ kind: 'truncate', tables: [tableNameOf(child(body, 'table') ?? {})] }),
  drop_table: (body) => ({ kind: 'drop', tables: readTables(body, 'names') }),
  drop_view: (body) => ({ kind: 'drop', tables: [tableNameOf(child(body, 'name') ?? {})] }),
  comment: readComment,
  load_data: (body) => ({
    kind: 'insert',
    target: tableNameOf(tagged(body['table'])?.body ?? {}),
    targetAlias: null,
    columns: [],
    dynamicPartitions: [],
    byName: false,
    with: [],
    query: null,
    onConflict: [],
    returning: [],
    output: null,
  }),
  export: (body) => ({ kind: 'query', query: readQuery(body['this']) }),
  pivot: (body) => readAll(readRelation({ pivot: body })),
  unpivot: (body) => readAll(readRelation({ unpivot: body })),
};

forward.query = readQuery;
forward.statement = readStatement;
