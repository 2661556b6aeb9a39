import { findValue } from './ctes.ts';
import { findColumn, isOpen, own, tailsFor, throughTail, wholeRow } from './rowset.ts';
import { apply, merge } from './inputs.ts';
import { holders } from './holders.ts';
import { memberInputs } from './slot-members.ts';
import { namedRelation } from './named-relation.ts';
import type { Name } from '../ast/nodes.ts';
import type { Input } from './inputs.ts';
import type { LaterAliases } from './later-aliases.ts';
import type { CteScope, StatementContext } from './context.ts';
import type { ColumnSlot, Rowset } from './rowset.ts';

/** A relation in a FROM clause. */
export interface Bound {
  /** The name columns are qualified with: its alias, or the last part of its name. */
  readonly alias: string | null;
  /** For a table without an alias: its parts, so that `schema.table.column` finds it. */
  readonly path: readonly string[];
  readonly rowset: Rowset;
  /** The real table it is; null for anything made by a query. */
  readonly table: string | null;
  /** A generator (UNNEST, FLATTEN …): unqualified names go to it only when no table can have them. */
  readonly generator: boolean;
  /** The right side of a semi join: seen only where it is named. */
  readonly hidden: boolean;
}

/** The names in sight at one place of a query. */
export interface Scope {
  readonly context: StatementContext;
  readonly parent: Scope | null;
  readonly ctes: CteScope | null;
  readonly relations: Bound[];
  /** Lower-case name of a USING or NATURAL column → the relations it joins. */
  readonly merged: Map<string, Set<Bound>>;
  /** Joins by USING or NATURAL, inner ones first: their columns in lower case, and all that they join. */
  readonly joins: { readonly names: readonly string[]; readonly relations: ReadonlySet<Bound> }[];
  /** Aliases of select items that may be used as columns, lower case. */
  aliases: ReadonlyMap<string, ColumnSlot> | null;
  /** Exasol: aliases of select items, lower case, that are named `LOCAL.alias` alone. */
  locals: ReadonlyMap<string, ColumnSlot> | null;
  /** {@link Dialect.aliasesAnywhere} */
  later: LaterAliases | null;
  /** Parameters of a lambda around the expression. */
  readonly parameters: ReadonlyMap<string, readonly Input[]> | null;
}

/** An empty scope. */
export function newScope(context: StatementContext, parent: Scope | null, ctes: CteScope | null): Scope {
  return {
    context,
    parent,
    ctes,
    relations: [],
    merged: new Map(),
    joins: [],
    aliases: null,
    locals: null,
    later: null,
    parameters: null,
  };
}

/** What a name stands for; null when nothing in sight has it. */
type Found = readonly Input[] | null;

/** Resolves a column reference. What cannot be told is reported to the statement and gives no inputs. */
export function resolveColumn(parts: readonly Name[], scope: Scope): readonly Input[] {
  const found = lookUp(parts, scope);
  if (found !== null) return found;
  scope.context.around.unresolved(parts.map((part) => part.text).join('.'));
  return [];
}

function lookUp(parts: readonly Name[], scope: Scope): Found {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const found = parts.length === 1 ? unqualified(parts, at) : qualified(parts, at);
    if (found !== null) return found === ambiguous ? null : found;
  }
  const found = outside(parts, scope);
  if (found !== null || parts.length === 1) return found;
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const member = structMember(parts, at);
    if (member !== null) return member;
  }
  return null;
}

/** A name that stands for no column. */
const noInputs: readonly Input[] = [];
/** Stands for "several relations may have it": the search ends there. */
const ambiguous: readonly Input[] = [];

function unqualified(parts: readonly Name[], scope: Scope): Found {
  const [name] = parts;
  if (name === undefined) return null;
  const lower = name.text.toLowerCase();
  const parameter = scope.parameters?.get(lower);
  if (parameter !== undefined) return parameter;
  if (!name.quoted && scope.context.dialect.registers.has(name.text.toUpperCase())) return noInputs;
  const named = scope.context.dialect.parametricCalls ? findValue(name, scope, true) : null;
  if (named !== null) return named.inputs;
  const joined = scope.merged.get(lower);
  if (joined !== undefined) return merge(...[...joined].map((bound) => columnOf(bound, name.text) ?? []));
  const alias = scope.aliases?.get(lower);
  const { aliasFirst } = scope.context.dialect;
  const first = aliasFirst ? (alias ?? scope.later?.of(name.text)) : undefined;
  if (first !== undefined && first !== null) return first.inputs;
  const definite = holders(scope, name.text);
  const exact = definite.length > 1 ? definite.filter((bound) => !bound.generator) : definite;
  if (exact.length > 1) return same(exact, name.text);
  // Of several generators with that column none goes before the others.
  if (exact.length === 0 && definite.length > 1) return same(definite, name.text);
  const [only] = exact;
  if (only !== undefined) return columnOf(only, name.text);
  if (alias !== undefined) return underAlias(alias, scope, name.text) ?? alias.inputs;
  const row = scope.relations.find((bound) => bound.generator && bound.alias?.toLowerCase() === lower);
  if (row !== undefined) return wholeRow(row.rowset);
  const lists = name.text.toUpperCase() === scope.context.dialect.elementColumn ? scope.relations.filter(isList) : [];
  if (lists.length > 0) return lists.length === 1 ? lists.flatMap(({ rowset }) => wholeRow(rowset)) : ambiguous;
  if (!name.quoted && scope.context.dialect.pseudoColumns.has(name.text.toUpperCase())) return noInputs;
  const value = findValue(name, scope, false);
  if (value !== null) return value.inputs;
  const variable = scope.context.around.variable(name.text);
  if (variable !== null) return variable;
  const single = scope.relations.length === 1 ? scope.relations[0] : undefined;
  if (single !== undefined && columnAt(single.rowset, name.text) !== null) return columnOf(single, name.text);
  return fromOpen(scope, name.text) ?? scope.later?.of(name.text)?.inputs ?? null;
}

/** A list taken apart into rows. */
function isList({ generator, hidden }: Bound): boolean {
  return generator && !hidden;
}

/**
 * `sha2(email) AS email, upper(email) AS loud`: what the alias reads shows that a relation has a column of that name, though
 * not all of its columns are known, and a column goes before an alias.
 */
function underAlias(alias: ColumnSlot, scope: Scope, name: string): Found {
  const isRead = (input: Input): boolean =>
    alias.inputs.some(
      ({ table, column }) => table === input.table && column.toLowerCase() === input.column.toLowerCase(),
    );
  const lower = name.toLowerCase();
  const having = scope.relations.find(
    (bound) =>
      !bound.hidden && columnOf(bound, name)?.some((input) => input.column.toLowerCase() === lower && isRead(input)),
  );
  return having === undefined ? null : columnOf(having, name);
}

/** Several relations have the column: after an outer join of branches of one table they may still mean the same. */
function same(candidates: readonly Bound[], name: string): Found {
  const found = candidates.map((bound) => columnOf(bound, name) ?? []);
  const keys = new Set(found.map((inputs) => inputs.map((input) => `${input.table}.${input.column}`).join()));
  return keys.size === 1 ? (found[0] ?? ambiguous) : ambiguous;
}

function fromOpen(scope: Scope, name: string): Found {
  // An alias given for just this statement stands for the row sooner than for a column of the same name.
  const row = scope.relations.find(
    (bound) =>
      (bound.path.length === 0 || scope.context.dialect.tableAsRow) &&
      bound.alias?.toLowerCase() === name.toLowerCase(),
  );
  if (row !== undefined) return wholeRow(row.rowset);
  const open = scope.relations.filter((bound) => !bound.hidden && tailsFor(bound.rowset, name).length > 0);
  const tables = open.filter((bound) => !bound.generator);
  const candidates = tables.length > 0 ? tables : open;
  const [only] = candidates;
  if (only === undefined) return rowReference(scope, name);
  if (candidates.length === 1) return columnOf(only, name);
  return rowReference(scope, name) ?? ambiguous;
}

/** `SELECT t FROM t`: the whole row. */
function rowReference(scope: Scope, name: string): Found {
  const lower = name.toLowerCase();
  const row = scope.relations.find((bound) => bound.alias?.toLowerCase() === lower);
  return row === undefined ? null : wholeRow(row.rowset);
}

/** A column of one relation; null when the relation is known not to have it. */
export function columnOf(bound: Bound, name: string): Found {
  const column = findColumn(bound.rowset, name) ?? columnAt(bound.rowset, name);
  if (column !== null) return column.inputs;
  const tails = tailsFor(bound.rowset, name);
  const [tail] = tails;
  if (tail === undefined) return null;
  return tails.length === 1 ? throughTail(tail, name) : null;
}

/** Snowflake: `$2` is the second column. */
function columnAt(rowset: Rowset, name: string): ColumnSlot | null {
  const place = /^\$(\d{1,4})$/.exec(name)?.[1];
  if (place === undefined || isOpen(rowset)) return null;
  const slot = rowset[Number(place) - 1];
  return slot?.kind === 'column' ? slot : null;
}

function qualified(parts: readonly Name[], scope: Scope): Found {
  // What a lambda names hides a relation of that name.
  const [outer] = parts;
  const element = outer === undefined ? undefined : scope.parameters?.get(outer.text.toLowerCase());
  if (element !== undefined && element.length > 0) return step(element);
  const local =
    outer?.text.toUpperCase() === 'LOCAL' ? scope.locals?.get(parts[1]?.text.toLowerCase() ?? '') : undefined;
  if (local !== undefined) return local.inputs;
  const found = namedRelation(parts, scope);
  if (found === null) {
    const [first, second] = parts;
    const parameter = first === undefined ? undefined : scope.parameters?.get(first.text.toLowerCase());
    return parameter === undefined || second === undefined ? null : step(parameter);
  }
  const { bound, used } = found;
  const column = parts[used];
  if (column === undefined) return null;
  const inputs = columnOf(bound, column.text);
  if (inputs !== null) {
    const path = parts.slice(used + 1).map((part) => part.text);
    const slot = path.length === 0 ? null : findColumn(bound.rowset, column.text);
    if (slot !== null) return memberInputs(slot, path);
    return path.length > 0 ? step(inputs) : inputs;
  }
  // Named outright, the statement itself says that the table has it: what we know of the table may be older.
  if (bound.table !== null) return [own(bound.table, column.text)];
  // BigQuery and others: the alias of a generator is the value itself, and the next part its member.
  if (bound.generator) return wholeRow(bound.rowset);
  return null;
}

/** A member of a structured value is a part of the column that holds it. */
function step(inputs: readonly Input[]): readonly Input[] {
  return apply(inputs, { kind: 'TRANSFORMATION', effect: 'keep', fn: '' });
}

/** `column.member` where no relation has the first part's name. */
function structMember(parts: readonly Name[], scope: Scope): Found {
  const found = unqualified(parts.slice(0, 1), scope);
  if (found === null || found === ambiguous) return null;
  const [first] = parts;
  const name = first?.text ?? '';
  const slots = scope.relations.flatMap((bound) => (bound.hidden ? [] : (findColumn(bound.rowset, name) ?? [])));
  const only = slots.length === 0 ? namedValue(name, scope) : slots.length === 1 ? slots[0] : undefined;
  if (only !== undefined)
    return memberInputs(
      only,
      parts.slice(1).map((part) => part.text),
    );
  const definite = scope.relations.some((bound) => findColumn(bound.rowset, name) !== null);
  // With one table of unknown columns, `x.y` may as well name a table that is not in sight.
  if (!definite && (scope.context.around.isInPart || openTables(scope).length !== 1)) return null;
  return step(found);
}

/** What the query itself gives a name to: an item of its list, or a value. */
export function namedValue(name: string, scope: Scope): ColumnSlot | undefined {
  const value = (): ColumnSlot | null => findValue({ text: name, quoted: false }, scope, false);
  return scope.aliases?.get(name.toLowerCase()) ?? scope.later?.of(name) ?? value() ?? undefined;
}

/** Relations that may have columns nobody told of; lists taken apart only where there is nothing else. */
function openTables(scope: Scope): readonly Bound[] {
  const open = scope.relations.filter((bound) => isOpen(bound.rowset));
  const tables = open.filter((bound) => !bound.generator);
  return tables.length > 0 ? tables : open;
}

function outside(parts: readonly Name[], scope: Scope): Found {
  const [first, second] = parts;
  if (first === undefined) return null;
  // A sequence's next value is made from no column.
  if (second !== undefined && /^(?:nextval|currval)$/i.test(parts.at(-1)?.text ?? '')) return noInputs;
  const { around } = scope.context;
  const record = around.record(first.text);
  if (second === undefined) {
    const value = around.variable(first.text);
    return record !== null && (value === null || value.length === 0) ? wholeRow(record) : value;
  }
  if (record === null) {
    // A whole row that was handed to a parameter: its column of that name.
    const value = around.variable(first.text);
    return value?.map((input) => (input.column === '*' ? { ...input, column: second.text } : input)) ?? null;
  }
  const column = findColumn(record, second.text);
  if (column !== null) return column.inputs;
  const tails = tailsFor(record, second.text);
  return tails.length === 0 ? null : merge(...tails.map((tail) => throughTail(tail, second.text)));
}
