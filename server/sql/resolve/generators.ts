import { locationFunctions } from '../dialect/locations.ts';
import { namedRule } from '../functions/function-table.ts';
import { evaluate, evaluateAll } from './expression.ts';
import { fullTextHits } from './full-text.ts';
import { apply } from './inputs.ts';
import { shapeOf } from './members.ts';
import { column, inputsNamed, tail, withoutColumns } from './rowset.ts';
import type { Expr, Name, Relation } from '../ast/nodes.ts';
import type { Input } from './inputs.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';
import type { Scope } from './scope.ts';

type FunctionRelation = Extract<Relation, { kind: 'function' }>;

/** Columns that generators give when they are not named where they stand. */
const generated: Readonly<Record<string, readonly string[]>> = {
  FLATTEN: ['SEQ', 'KEY', 'PATH', 'INDEX', 'VALUE', 'THIS'],
  SPLIT_TO_TABLE: ['SEQ', 'INDEX', 'VALUE'],
  STRTOK_SPLIT_TO_TABLE: ['SEQ', 'INDEX', 'VALUE'],
  EXPLODE: ['col', 'key', 'value'],
  EXPLODE_OUTER: ['col', 'key', 'value'],
  POSEXPLODE: ['pos', 'col', 'key', 'value'],
  POSEXPLODE_OUTER: ['pos', 'col', 'key', 'value'],
  STRING_SPLIT: ['value', 'ordinal'],
  OPENJSON: ['key', 'value', 'type'],
  OPEN_J_S_O_N: ['key', 'value', 'type'],
  JSON_EACH: ['key', 'value'],
  JSONB_EACH: ['key', 'value'],
  JSON_EACH_TEXT: ['key', 'value'],
  JSONB_EACH_TEXT: ['key', 'value'],
  JSON_ARRAY_ELEMENTS: ['value'],
  JSONB_ARRAY_ELEMENTS: ['value'],
  JSON_ARRAY_ELEMENTS_TEXT: ['value'],
  JSONB_ARRAY_ELEMENTS_TEXT: ['value'],
  JSON_TREE: ['key', 'value', 'type', 'atom', 'id', 'parent', 'fullkey', 'path'],
};

const lists =
  /^(?:ARRAY|SPLIT|SEQUENCE|COLLECT_(?:LIST|SET)|ARRAY_\w+|SORT_ARRAY|MAP_(?:KEYS|VALUES|ENTRIES)|SENTENCES|REGEXP_EXTRACT_ALL)$/;
const maps = /^(?:MAP|MAP_(?:CONCAT|FILTER|FROM_\w+|ZIP_WITH)|STR_TO_MAP|TRANSFORM_(?:KEYS|VALUES))$/;

/** Spark, Hive: "the column name is `col` for an array, `key` and `value` for a map"; both where it is not known which it is. */
function ownColumns({ name, args }: FunctionRelation): readonly string[] {
  const own = Object.hasOwn(generated, name) ? (generated[name] ?? []) : [];
  const [only] = args;
  if (!/^(?:POS)?EXPLODE(?:_OUTER)?$/.test(name) || only?.kind !== 'call') return own;
  if (lists.test(only.name)) return own.filter((item) => item === 'pos' || item === 'col');
  return maps.test(only.name) ? own.filter((item) => item !== 'col') : own;
}

/** A generator's own column; where an element stands is made from no column. */
function ownColumn(name: string, inputs: readonly Input[]): ColumnSlot {
  return column(name, /^(?:seq|index|pos|ordinal)$/i.test(name) ? [] : inputs);
}

/** The columns that a table function or generator gives, each with what it is made from. */
export function functionRowset(relation: FunctionRelation, scope: Scope): Rowset {
  const { context } = scope;
  const [place] = relation.args;
  if (locationFunctions.has(relation.name) && place?.kind === 'literal' && place.type === 'string')
    return context.around.read([{ text: place.value, quoted: true }]).rowset;
  const hits = fullTextHits(relation, scope);
  if (hits !== null) return hits;
  const queries = relation.args.filter((arg) => arg.kind === 'query');
  const inputs = apply(evaluateAll(relation.args, scope), {
    kind: 'TRANSFORMATION',
    effect: 'keep',
    fn: relation.name,
  });
  if (relation.external !== null) return context.around.read(relation.external).rowset;
  if (relation.name === 'TABLE_CHANGES' && place?.kind === 'literal' && place.type === 'string')
    return context.around.read(
      place.value.split('.').map((text) => ({ text, quoted: false })),
      true,
    ).rowset;
  const kept = excludedColumns(relation, scope) ?? windowedRows(relation, scope);
  if (kept !== null) return kept;
  // What is given a table reads that table.
  const isGivenTable = relation.args.some((arg) => (arg.kind === 'named' ? arg.value : arg).kind === 'query');
  if (!isGivenTable && !isKnown(relation.name, context.around.dialect.name))
    context.around.warn(`${relation.name}: what this table function reads is not known`);
  const position = relation.ordinality === null ? [] : [column(relation.ordinality, [])];
  const entries = mapEntries(relation.name, relation.args, scope);
  if (entries !== null)
    return [
      ...entries.map(({ name, inputs: of }, at) => column(relation.columnAliases[at]?.text ?? name, of)),
      ...position,
    ];
  const members = elementMembers(relation, scope);
  if (members !== null) return withElements(relation, members, inputs, position);
  if (relation.declared.length > 0) return [...relation.declared.map((name) => column(name, inputs)), ...position];
  if (relation.columnAliases.length > 0) {
    const names = relation.columnAliases.map((name) => name.text);
    return spread(relation, names, inputs, scope);
  }
  const own = ownColumns(relation);
  // A query as an argument passes its columns through (ML.PREDICT, table functions over tables).
  const passed = queries.flatMap((query) => [...context.subquery(query.query, scope)]);
  const alias = relation.alias?.text;
  const itself = alias === undefined ? [] : [column(alias, inputs)];
  if (passed.length > 0) return [...passed, tail([], inputs)];
  if (own.length > 0) return [...own.map((name) => ownColumn(name, inputs)), ...position, tail([], inputs)];
  return [...itself, ...position, tail([], inputs)];
}

/**
 * Trino: `exclude_columns(input => TABLE(t), columns => DESCRIPTOR(a, b))` is its table without these columns ("Table
 * functions"). Null for any other function.
 */
function excludedColumns({ name, args }: FunctionRelation, scope: Scope): Rowset | null {
  if (name !== 'EXCLUDE_COLUMNS') return null;
  const values = args.map((arg) => (arg.kind === 'named' ? arg.value : arg));
  const input = values.find((value) => value.kind === 'query');
  const columns = values.find((value) => value.kind === 'call' && value.name === 'DESCRIPTOR');
  if (input?.kind !== 'query' || columns?.kind !== 'call') return null;
  const gone = columns.args.flatMap((arg) => (arg.kind === 'column' ? [arg.parts.at(-1)?.text ?? ''] : []));
  return withoutColumns(scope.context.subquery(input.query, scope), gone);
}

/**
 * Flink: `TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' HOUR)` and its like give the rows of their table with the window that
 * each belongs to ("Windowing table-valued functions"). Null for any other function.
 */
function windowedRows({ name, args }: FunctionRelation, scope: Scope): Rowset | null {
  const values = args.map((arg) => (arg.kind === 'named' ? arg.value : arg));
  const input = values.find((value) => value.kind === 'query');
  const time = values.find((value) => value.kind === 'call' && value.name === 'DESCRIPTOR');
  if (!/^(?:TUMBLE|HOP|CUMULATE|SESSION)$/.test(name) || input?.kind !== 'query' || time?.kind !== 'call') return null;
  const rows = scope.context.subquery(input.query, scope);
  const by = time.args.flatMap((arg) => (arg.kind === 'column' ? inputsNamed(rows, arg.parts.at(-1)?.text ?? '') : []));
  const inputs = apply(by, { kind: 'TRANSFORMATION', effect: 'keep', fn: name });
  return [...rows, ...['window_start', 'window_end', 'window_time'].map((window) => column(window, inputs))];
}

/** Spark, Hive: `explode(map(key, value, …))` gives keys and values as columns of their own; of any other map nothing is told apart. */
export function mapEntries(generator: string, args: readonly Expr[], scope: Scope): readonly ColumnSlot[] | null {
  const [map] = args;
  if (!/^(?:POS)?EXPLODE(?:_OUTER)?$/.test(generator) || map?.kind !== 'call' || map.name !== 'MAP') return null;
  const side = (remainder: number): readonly Input[] =>
    apply(
      evaluateAll(
        map.args.filter((_, at) => at % 2 === remainder),
        scope,
      ),
      { kind: 'TRANSFORMATION', effect: 'keep', fn: generator },
    );
  const entries = [column('key', side(0)), column('value', side(1))];
  return generator.startsWith('POS') ? [column('pos', []), ...entries] : entries;
}

const unfolding: ReadonlySet<string> = new Set(
  'UNNEST FLATTEN EXPLODE EXPLODE_OUTER POSEXPLODE POSEXPLODE_OUTER INLINE INLINE_OUTER JSON_ARRAY_ELEMENTS JSONB_ARRAY_ELEMENTS'.split(
    ' ',
  ),
);

/** The members that each element of a list has, where the statement put the list together or its type declares them. */
function elementMembers(relation: FunctionRelation, scope: Scope): Rowset | null {
  const lists = relation.args.filter((arg) => arg.kind !== 'named' || /^(?:input)$/i.test(arg.name));
  const [only] = lists;
  if (!unfolding.has(relation.name) || only === undefined || lists.length > 1) return null;
  return shapeOf(only, scope, evaluate);
}

/** The rows of a generator whose elements have known members: the element itself, or its members as columns. */
function withElements(
  relation: FunctionRelation,
  members: Rowset,
  inputs: readonly Input[],
  position: readonly ColumnSlot[],
): Rowset {
  const element = (name: string): ColumnSlot => ({ ...column(name, inputs), members: () => members });
  const own = ownColumns(relation);
  const names = relation.columnAliases.map((name) => name.text);
  if (relation.name.startsWith('POSEXPLODE')) return [column(names[0] ?? 'pos', []), element(names[1] ?? 'col')];
  // Spark, Hive: `explode` gives each element as one column, however many members it has.
  const isSpread =
    relation.name.startsWith('INLINE') ||
    (!relation.name.startsWith('EXPLODE') && names.length === members.length + position.length);
  if (names.length > 0 && isSpread) return [...members, ...position];
  if (names.length > 0) return [element(names[0] ?? ''), ...names.slice(1).map((name) => column(name, []))];
  if (relation.name.startsWith('INLINE') || relation.name === 'UNNEST') return [...members, ...position];
  if (own.length > 1)
    return own.map((name) => (/^(?:value|this|col)$/i.test(name) ? element(name) : ownColumn(name, inputs)));
  return [element(relation.alias?.text ?? 'value'), ...position];
}

/** A generator in a select list with a name for each of its columns. */
export function namedGenerator(expr: Expr, aliases: readonly Name[], scope: Scope): Rowset {
  if (expr.kind === 'call' && expr.name === 'STACK')
    return stackedArguments(expr.args, aliases.length).map((args, at) =>
      column(
        aliases[at]?.text ?? '',
        apply(evaluateAll(args, scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: 'STACK' }),
      ),
    );
  const entries = expr.kind === 'call' ? mapEntries(expr.name, expr.args, scope) : null;
  if (entries !== null) return aliases.map((name, at) => column(name.text, entries[at]?.inputs ?? []));
  const inputs = evaluate(expr, scope);
  // Where an element stands is made from no column.
  const hasPlace = expr.kind === 'call' && expr.name.startsWith('POSEXPLODE');
  return aliases.map((name, at) => column(name.text, hasPlace && at === 0 ? [] : inputs));
}

/** Rows made from arguments alone, which the table of functions does not list because they give no value. */
const rowMakers: ReadonlySet<string> = new Set(
  (
    'GENERATOR RANGE NUMBERS ZEROS GENERATERANDOM GENERATE_DATE_ARRAY GENERATE_TIMESTAMP_ARRAY TABLE VALUES ' +
    'JSON_TABLE XMLTABLE JSONB_TO_RECORDSET JSON_TO_RECORDSET JSONB_TO_RECORD JSON_TO_RECORD JSONB_POPULATE_RECORDSET ' +
    'JSON_ARRAY_ELEMENTS JSONB_ARRAY_ELEMENTS JSON_ARRAY_ELEMENTS_TEXT JSONB_ARRAY_ELEMENTS_TEXT JSONB_OBJECT_KEYS ' +
    'JSON_OBJECT_KEYS REGEXP_SPLIT_TO_TABLE REGEXP_MATCHES STRING_TO_TABLE GENERATE_SUBSCRIPTS RESULT_SCAN JSON_TUPLE ' +
    'PARSE_URL_TUPLE INFER_SCHEMA NODES EXPLODE_SPLIT EXPLODE_NUMBERS EXPLODE_BITMAP EXPLODE_JSON_ARRAY_INT ' +
    'EXPLODE_JSON_ARRAY_DOUBLE EXPLODE_JSON_ARRAY_STRING EXPLODE_JSON_ARRAY_JSON EXPLODE_JSON_OBJECT EXPLODE_MAP'
  ).split(' '),
);

/** A function whose rows come from its arguments; of any other it is not known which tables it reads. */
function isKnown(name: string, dialect: string): boolean {
  return (
    Object.hasOwn(generated, name) || rowMakers.has(name) || name === 'ARRAY JOIN' || namedRule(name, dialect) !== null
  );
}

/** `UNNEST(a, b) AS t (x, y)`: each array feeds its own column; one argument feeds them all. */
function spread(relation: FunctionRelation, names: readonly string[], inputs: readonly Input[], scope: Scope): Rowset {
  const { args } = relation;
  if (relation.name === 'STACK') {
    const stacked = stackedArguments(args, names.length);
    return names.map((name, at) =>
      column(
        name,
        apply(evaluateAll(stacked[at] ?? [], scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: 'STACK' }),
      ),
    );
  }
  if (relation.name !== 'UNNEST' || args.length < 2) {
    const last = relation.ordinality === null ? -1 : names.length - 1;
    const place = relation.name.startsWith('POSEXPLODE') && names.length > 1 ? 0 : -1;
    return names.map((name, at) => column(name, at === place || (at === last && at > 0) ? [] : inputs));
  }
  return names.map((name, at) => {
    const arg = args[at];
    return column(
      name,
      arg === undefined ? [] : apply(evaluate(arg, scope), { kind: 'TRANSFORMATION', effect: 'keep', fn: 'UNNEST' }),
    );
  });
}

/** `stack(rows, a, b, c, d)`: with two columns a and c feed the first, b and d the second. */
export function stackedArguments(args: readonly Expr[], columns: number): readonly (readonly Expr[])[] {
  const values = args.slice(1);
  return Array.from({ length: columns }, (_, at) => values.filter((_value, place) => place % columns === at));
}
