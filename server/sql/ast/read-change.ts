import { child, flag, isRaw, list, nameOf, namesOf, tableNameOf, tagged, text } from './raw.ts';
import { assignments, query, returningOf, targetColumn, tuple, where } from './read-assignments.ts';
import { readExpr, readOptional } from './read-expression.ts';
import { nothing } from './make.ts';
import { readCtes, readQuery } from './read-query.ts';
import { crossJoin, readJoins, readRelation } from './read-relation.ts';
import type { Expr, MergeClause, Relation, Statement } from './nodes.ts';
import type { Raw } from './raw.ts';

/** INSERT and REPLACE. */
export function readInsert(body: Raw): Statement {
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
    staticPartitions: partition.flatMap((pair: unknown) => {
      const name = Array.isArray(pair) && isRaw(pair[1]) ? nameOf(pair[0]) : null;
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

/** UPDATE, also of joined tables. */
export function readUpdate(body: Raw): Statement {
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

/** DELETE, with USING or joins. */
export function readDelete(body: Raw): Statement {
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

/** MERGE. */
export function readMerge(body: Raw): Statement {
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

/** INSERT ALL and INSERT FIRST. */
export function readMultiInsert(body: Raw): Statement {
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
