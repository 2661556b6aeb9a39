import { readExpr, readExprs, readItem, readOrder, readWindow } from './read-expression.ts';
import { emptySelect } from './empty-select.ts';
import { forward, isQueryTag } from './forward.ts';
import { crossJoin, readJoins, readRelation } from './read-relation.ts';
import { child, flag, isRaw, list, nameOf, namesOf, tableNameOf, tagged } from './raw.ts';
import type { Raw } from './raw.ts';
import type { Cte, Expr, Query, Relation } from './nodes.ts';

const setOperators = { union: 'union', intersect: 'intersect', except: 'except' } as const;

/** A query node of the parser as ours. */
export function readQuery(value: unknown): Query {
  const node = tagged(value);
  if (node === null) return emptySelect;
  const { tag, body } = node;
  if (tag === 'select') return readSelect(body);
  if (tag === 'union' || tag === 'intersect' || tag === 'except') return readSetOperation(tag, body);
  if (tag === 'values') return readValues(body);
  if (tag === 'paren' || tag === 'annotated') return readQuery(body['this']);
  if (tag === 'subquery') {
    const inner = readQuery(body['this']);
    return addOrder(inner, readOrder(body, 'order_by'));
  }
  if (tag === 'table' || tag === 'joined_table' || tag === 'pivot' || tag === 'unpivot' || tag === 'function')
    return { kind: 'relation', with: [], relation: readRelation(value) };
  return { ...emptySelect, items: [{ expr: readExpr(value), alias: null, aliases: [] }] };
}

function addOrder(query: Query, order: readonly Expr[]): Query {
  if (order.length === 0 || (query.kind !== 'select' && query.kind !== 'set')) return query;
  return { ...query, orderBy: [...query.orderBy, ...order] };
}

/** `with` before a statement that holds the query: its CTEs come first. */
export function addCtes(query: Query, ctes: readonly Cte[]): Query {
  return ctes.length === 0 ? query : { ...query, with: [...ctes, ...query.with] };
}

/** The members of a WITH clause. */
export function readCtes(node: Raw, member = 'with'): readonly Cte[] {
  const found = child(node, member);
  const clause = found === null ? null : (child(found, 'with') ?? found);
  if (clause === null) return [];
  return list(clause, 'ctes').map((item) => {
    const cte = child(item, 'cte') ?? item;
    const inner = tagged(cte['this']);
    const name = nameOf(cte['alias']) ?? { text: '', quoted: false };
    const base = { name, columns: namesOf(cte, 'columns'), query: null, statement: null, scalar: null };
    if (inner !== null && ['insert', 'update', 'delete', 'merge'].includes(inner.tag))
      return { ...base, statement: forward.statement(cte['this']) };
    if (inner !== null && (isQueryTag(inner.tag) || ['subquery', 'paren', 'table'].includes(inner.tag)))
      return { ...base, query: readQuery(cte['this']) };
    return { ...base, scalar: readExpr(cte['this']) };
  });
}

function readSetOperation(tag: keyof typeof setOperators, body: Raw): Query {
  const branches: Query[] = [];
  let node = body;
  let left: unknown = body['left'];
  let innerWith: readonly Cte[] = [];
  for (;;) {
    branches.push(readQuery(node['right']));
    left = node['left'];
    const next = tagged(left);
    const flat = next !== null && next.tag === tag && readCtes(next.body).length === 0;
    if (!flat || flag(next.body, 'by_name') !== flag(body, 'by_name')) break;
    node = next.body;
  }
  const first = readQuery(left);
  // The parser may leave the WITH of the whole operation on its first branch.
  if ('with' in first && first.with.length > 0 && tagged(left)?.tag === 'select') {
    innerWith = first.with;
    branches.push({ ...first, with: [] });
  } else branches.push(first);
  branches.reverse();
  return {
    kind: 'set',
    with: [...readCtes(body), ...innerWith],
    op: setOperators[tag],
    byName: flag(body, 'by_name') || flag(body, 'corresponding'),
    branches,
    orderBy: readOrder(body, 'order_by'),
  };
}

function readValues(body: Raw): Query {
  const rows = list(body, 'expressions').map((row) => readExprs(child(row, 'tuple') ?? row, 'expressions'));
  return { kind: 'values', with: [], rows };
}

function conditions(...values: readonly unknown[]): readonly Expr[] {
  return values
    .filter((value) => value !== null && value !== undefined)
    .map((value) => readExpr(isRaw(value) && tagged(value) === null ? value['this'] : value));
}

function clause(node: Raw, member: string): readonly Expr[] {
  const found = child(node, member);
  return found === null ? [] : [readExpr(found['this'])];
}

function readSelect(body: Raw): Query {
  const items = (Array.isArray(body['expressions']) ? body['expressions'] : []).map(readItem);
  const group = child(body, 'group_by');
  const connect = child(body, 'connect');
  const into = child(body, 'into');
  const intoTable = into === null ? null : child(child(into, 'this') ?? {}, 'table');
  const exclude = namesOf(body, 'exclude').map((name) => name.text);
  const from = readFrom(body);
  return {
    kind: 'select',
    with: readCtes(body),
    items:
      exclude.length === 0
        ? items
        : items.map((item) =>
            item.expr.kind === 'star' ? { ...item, expr: { ...item.expr, except: exclude } } : item,
          ),
    from,
    where: [
      ...conditions(body['prewhere']),
      ...clause(body, 'where_clause'),
      ...(connect === null ? [] : conditions(connect['start'], connect['connect'])),
    ],
    groupBy: group === null ? [] : readExprs(group, 'expressions'),
    having: clause(body, 'having'),
    qualify: clause(body, 'qualify'),
    orderBy: [...readOrder(body, 'order_by'), ...readOrder(body, 'sort_by'), ...readExprs(body, 'distinct_on')],
    windows: list(body, 'windows').map((item) => ({
      name: nameOf(item['name'])?.text ?? '',
      spec: readWindow(child(item, 'spec') ?? {}),
    })),
    into:
      into === null || intoTable === null
        ? null
        : { names: [tableNameOf(intoTable)], temporary: flag(into, 'temporary') },
  };
}

function readFrom(body: Raw): Relation | null {
  const from = child(body, 'from');
  let relation: Relation | null = null;
  for (const item of from === null ? [] : list(from, 'expressions')) {
    const next = readRelation(item);
    relation = relation === null ? next : crossJoin(relation, next);
  }
  if (relation !== null) relation = readJoins(relation, list(body, 'joins'));
  for (const view of list(body, 'lateral_views')) {
    const lateral = readRelation({ lateral_view: view });
    relation = relation === null ? lateral : crossJoin(relation, lateral);
  }
  return relation;
}
