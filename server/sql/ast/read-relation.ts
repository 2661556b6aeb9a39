import { declaredColumns } from './declared-columns.ts';
import { forward, isQueryTag } from './forward.ts';
import { child, flag, isRaw, list, nameOf, namesOf, tableNameOf, tagged, text } from './raw.ts';
import { readExpr, readExprs, readItem, readOptional, readOrder } from './read-expression.ts';
import type { Aliased, Expr, Name, Relation } from './nodes.ts';
import type { Raw } from './raw.ts';

const unnamed: Aliased = { alias: null, columnAliases: [] };

function aliased(body: Raw): Aliased {
  return { alias: nameOf(body['alias']), columnAliases: namesOf(body, 'column_aliases') };
}

function withAlias(relation: Relation, given: Aliased): Relation {
  if (relation.kind === 'join') {
    if (given.alias === null) return relation;
    const query = { kind: 'relation', with: [], relation } as const;
    return { kind: 'query', query, lateral: false, ...given };
  }
  return {
    ...relation,
    alias: given.alias ?? relation.alias,
    columnAliases: given.columnAliases.length > 0 ? given.columnAliases : relation.columnAliases,
  };
}

/** A member of FROM, a join's side, or the target of a DML statement. */
export function readRelation(value: unknown): Relation {
  const node = tagged(value);
  if (node === null) {
    if (isRaw(value) && isRaw(value['name'])) return readRelation({ table: value });
    return { kind: 'table', name: [], ...unnamed };
  }
  const { tag, body } = node;
  const read = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
  if (read !== undefined) return read(body);
  if (isQueryTag(tag)) return { kind: 'query', query: forward.query(value), lateral: false, ...unnamed };
  return functionRelation(tag, [readExpr(value)], body);
}

/** A relation with the joins that follow it. */
export function readJoins(left: Relation, joins: readonly Raw[]): Relation {
  let relation = left;
  for (const join of joins) {
    const kind = text(join, 'kind') ?? 'Inner';
    if (kind === 'Array' || kind === 'LeftArray') {
      for (const item of arrayJoin(join['this'])) relation = crossJoin(relation, item);
      continue;
    }
    const right = readRelation(join['this']);
    const match = readOptional(join, 'match_condition');
    relation = {
      kind: 'join',
      left: relation,
      right,
      on: [readOptional(join, 'on'), match].filter((part) => part !== null),
      using: namesOf(join, 'using').map((name) => name.text),
      natural: kind.startsWith('Natural'),
      leftOnly: /Semi|Anti/.test(kind) && !kind.startsWith('Right'),
    };
    for (const pivot of list(join, 'pivots')) relation = readPivotOver(relation, pivot);
  }
  return relation;
}

function readPivotOver(source: Relation, node: Raw): Relation {
  const pivot = readRelation(node);
  return pivot.kind === 'pivot' || pivot.kind === 'unpivot' ? { ...pivot, source } : source;
}

/** ClickHouse: `ARRAY JOIN a AS x, b` makes a column of each array's members. */
function arrayJoin(value: unknown): readonly Relation[] {
  const node = tagged(value);
  const members = node?.tag === 'tuple' ? list(node.body, 'expressions') : isRaw(value) ? [value] : [];
  return members.map((member) => {
    const item = readItem(member);
    const column = item.expr.kind === 'column' ? item.expr.parts.at(-1) : undefined;
    const name = item.alias ?? column ?? null;
    return {
      kind: 'function',
      name: 'ARRAY JOIN',
      args: [item.expr],
      declared: [],
      ordinality: null,
      external: null,
      alias: null,
      columnAliases: name === null ? [] : [name],
    };
  });
}

/** Functions that hand their first argument, a relation, on as it is. */
function functionRelation(name: string, args: readonly Expr[], body: Raw): Relation {
  const upper = name.toUpperCase();
  const only = args[0];
  if ((upper === 'TABLE' || upper === 'LATERAL' || upper === 'THE') && args.length === 1 && only !== undefined) {
    if (only.kind === 'call') return functionRelation(only.name, only.args, body);
    if (only.kind === 'query') return { kind: 'query', query: only.query, lateral: true, ...unnamed };
    if (only.kind === 'window' && only.call.kind === 'call')
      return functionRelation(only.call.name, only.call.args, body);
  }
  if (upper === 'IDENTIFIER' && only?.kind === 'literal')
    return { kind: 'table', name: only.value.split('.').map((part) => ({ text: part, quoted: false })), ...unnamed };
  return {
    kind: 'function',
    name: upper,
    args,
    declared: declaredColumns(body),
    ordinality: flag(body, 'with_ordinality') ? (nameOf(body['offset_alias'])?.text ?? 'ordinality') : null,
    external: null,
    ...unnamed,
  };
}

function literalName(expr: Expr | undefined): string {
  if (expr === undefined) return '';
  if (expr.kind === 'literal') return expr.value;
  if (expr.kind === 'column') return expr.parts.at(-1)?.text ?? '';
  return '';
}

function readPivot(body: Raw): Relation {
  const using = Array.isArray(body['using']) ? body['using'] : [];
  if (flag(body, 'unpivot')) return readSimpleUnpivot(body);
  const fields = list(body, 'fields').map((field) => tagged(field)?.body ?? {});
  const on =
    using.length > 0 ? readExprs(body, 'expressions') : fields.map((field) => readExpr(field['this'] ?? { null: {} }));
  const values = fields.flatMap((field) =>
    (Array.isArray(field['expressions']) ? field['expressions'] : []).map(pivotValueName),
  );
  const group = child(body, 'group');
  return {
    kind: 'pivot',
    source: sourceOf(body),
    aggregates: (using.length > 0 ? using : Array.isArray(body['expressions']) ? body['expressions'] : []).map(
      readItem,
    ),
    on,
    values,
    groupBy: group === null ? null : readExprs(tagged(group)?.body ?? group, 'expressions'),
    alias: nameOf(body['alias']),
    columnAliases: namesOf(body, 'alias_columns'),
  };
}

function pivotValueName(value: unknown): string {
  const node = tagged(value);
  if (node?.tag === 'pivot_alias' || node?.tag === 'alias')
    return (
      nameOf(tagged(node.body['alias'])?.body)?.text ??
      nameOf(node.body['alias'])?.text ??
      literalName(readExpr(node.body['alias']))
    );
  return literalName(readExpr(value));
}

/** DuckDB's `PIVOT t ON …` reads its table as if it were a column. */
function sourceOf(body: Raw): Relation {
  const node = tagged(body['this']);
  if (node?.tag !== 'column') return readRelation(body['this']);
  const expr = readExpr(body['this']);
  return { kind: 'table', name: expr.kind === 'column' ? expr.parts : [], ...unnamed };
}

function readSimpleUnpivot(body: Raw): Relation {
  const into = tagged(body['into'])?.body ?? {};
  const values = list(into, 'expressions')
    .map(nameOf)
    .filter((name) => name !== null);
  return {
    kind: 'unpivot',
    source: sourceOf(body),
    valueColumns: values.length === 0 ? ['value'] : values.map((name) => name.text),
    nameColumn: nameOf(into['this'])?.text ?? 'name',
    groups: readExprs(body, 'expressions').map((expr) => [expr]),
    alias: nameOf(body['alias']),
    columnAliases: [],
  };
}

function readUnpivot(body: Raw): Relation {
  const columns = Array.isArray(body['columns']) ? body['columns'] : [];
  return {
    kind: 'unpivot',
    source: sourceOf(body),
    valueColumns: [
      nameOf(body['value_column'])?.text ?? '',
      ...namesOf(body, 'extra_value_columns').map((n) => n.text),
    ],
    nameColumn: nameOf(body['name_column'])?.text ?? '',
    groups: columns.map((column) => {
      const node = tagged(column);
      const member: unknown = node?.tag === 'pivot_alias' || node?.tag === 'alias' ? node.body['this'] : column;
      const inner = tagged(member);
      return inner?.tag === 'tuple' ? readExprs(inner.body, 'expressions') : [readExpr(member)];
    }),
    alias: nameOf(body['alias']),
    columnAliases: namesOf(body, 'alias_columns'),
  };
}

const asNames = (value: unknown): readonly Name[] =>
  Array.isArray(value) ? value.map(nameOf).filter((name) => name !== null) : [];

const readers: Readonly<Record<string, (body: Raw) => Relation>> = {
  table: (body) => ({ kind: 'table', name: tableNameOf(body), ...aliased(body) }),
  subquery: (body) => {
    const inner = tagged(body['this']);
    const given = aliased(body);
    if (inner !== null && ['table', 'joined_table', 'paren', 'pivot', 'unpivot'].includes(inner.tag))
      return withAlias(readRelation(body['this']), given);
    return { kind: 'query', query: forward.query(body['this']), lateral: flag(body, 'lateral'), ...given };
  },
  alias: (body) => withAlias(readRelation(body['this']), aliased(body)),
  aliases: (body) =>
    withAlias(readRelation(body['this']), { alias: null, columnAliases: namesOf(body, 'expressions') }),
  paren: (body) => readRelation(body['this']),
  column: (body) => {
    const expr = readExpr({ column: body });
    return { kind: 'table', name: expr.kind === 'column' ? expr.parts : [], ...unnamed };
  },
  var: (body) => ({ kind: 'table', name: asNames([body['this']]), ...unnamed }),
  function: (body) => functionRelation(text(body, 'name') ?? '', readExprs(body, 'args'), body),
  unnest: (body) => ({
    ...(functionRelation('UNNEST', [readExpr(body['this']), ...readExprs(body, 'expressions')], body) as Relation &
      Aliased),
    alias: nameOf(body['alias']),
  }),
  lateral: (body) => {
    const name = nameOf(body['alias']);
    const alias = name === null ? null : { ...name, quoted: flag(body, 'alias_quoted') };
    return withAlias(readRelation(body['this']), { alias, columnAliases: asNames(body['column_aliases']) });
  },
  lateral_view: (body) =>
    withAlias(readRelation(body['this']), {
      alias: nameOf(body['table_alias']),
      columnAliases: namesOf(body, 'column_aliases'),
    }),
  values: (body) => ({ kind: 'query', query: forward.query({ values: body }), lateral: false, ...aliased(body) }),
  joined_table: (body) => {
    let relation = readJoins(readRelation(body['left']), list(body, 'joins'));
    for (const view of list(body, 'lateral_views'))
      relation = crossJoin(relation, readRelation({ lateral_view: view }));
    return withAlias(relation, { alias: nameOf(body['alias']), columnAliases: [] });
  },
  pivot: readPivot,
  unpivot: readUnpivot,
  tuple: (body) => {
    // `f(…) AS j(a int, b text)`
    const [fn, alias] = list(body, 'expressions');
    const names = tagged(alias)?.body ?? {};
    return withAlias(readRelation(fn), {
      alias: nameOf(names['this']),
      columnAliases: list(names, 'columns')
        .map((column) => nameOf(tagged(column)?.body ?? column))
        .filter((n) => n !== null),
    });
  },
  stage_reference: (body) => ({
    kind: 'function',
    name: 'STAGE',
    args: [],
    declared: [],
    ordinality: null,
    external: [{ text: text(body, 'name') ?? '', quoted: false }],
    ...unnamed,
  }),
  match_recognize: (body) => ({
    kind: 'match',
    source: readRelation(body['this']),
    partition: readExprs(body, 'partition_by'),
    order: readOrder(body, 'order_by'),
    measures: list(body, 'measures').map((measure) => readItem(measure['this'])),
    conditions: (Array.isArray(body['define']) ? body['define'] : []).map((pair: unknown) =>
      readExpr(Array.isArray(pair) ? pair[1] : null),
    ),
    allRows: (text(body, 'rows') ?? '').startsWith('AllRows'),
    alias: nameOf(body['alias']),
    columnAliases: [],
  }),
};

/** Two relations side by side, as a comma or CROSS JOIN puts them. */
export function crossJoin(left: Relation, right: Relation): Relation {
  return { kind: 'join', left, right, on: [], using: [], natural: false, leftOnly: false };
}
