import { call, nothing } from './make.ts';
import { forward, isQueryTag } from './forward.ts';
import { child, flag, isRaw, list, nameOf, namesOf, tagged, text } from './raw.ts';
import { ignoredMembers, spelled } from './spelled.ts';
import type { Expr, Name, SelectItem, StarExpr, WindowSpec } from './nodes.ts';
import type { Raw } from './raw.ts';

type Reader = (body: Raw) => Expr;

/** An expression node of the parser as ours. Nodes it does not know become calls of their own name over what they hold. */
export function readExpr(value: unknown): Expr {
  const node = tagged(value);
  if (node === null) return isRaw(value) ? call('', nested(value)) : nothing;
  if (isQueryTag(node.tag)) return { kind: 'query', role: 'value', query: forward.query(value) };
  const special = Object.hasOwn(readers, node.tag) ? readers[node.tag] : undefined;
  return special === undefined ? generic(node.tag, node.body) : special(node.body);
}

/** A member that may be absent. */
export function readOptional(node: Raw, member: string): Expr | null {
  const value = node[member];
  return value === null || value === undefined ? null : readExpr(value);
}

/** A list member as expressions. */
export function readExprs(node: Raw, member: string): readonly Expr[] {
  const value = node[member];
  return Array.isArray(value) ? value.map(readExpr) : [];
}

/** One item of a select list, with its alias taken off. */
export function readItem(value: unknown): SelectItem {
  const node = tagged(value);
  if (node?.tag === 'alias')
    return {
      expr: readExpr(node.body['this']),
      alias: nameOf(node.body['alias']),
      aliases: namesOf(node.body, 'column_aliases'),
    };
  if (node?.tag === 'aliases') {
    const names = list(node.body, 'expressions').map(nameOf);
    return { expr: readExpr(node.body['this']), alias: null, aliases: names.filter((name) => name !== null) };
  }
  if (node?.tag === 'annotated' || node?.tag === 'format_phrase') return readItem(node.body['this']);
  return { expr: readExpr(value), alias: null, aliases: [] };
}

/** A window's specification. */
export function readWindow(node: Raw): WindowSpec {
  return {
    name: nameOf(node['window_name'])?.text ?? null,
    partition: readExprs(node, 'partition_by'),
    order: readOrder(node, 'order_by'),
  };
}

/** `ORDER BY` as a list of its expressions. */
export function readOrder(node: Raw, member: string): readonly Expr[] {
  const value = node[member];
  const items = isRaw(value) ? value['expressions'] : value;
  if (!Array.isArray(items)) return [];
  return items.map((item: unknown) => {
    if (!isRaw(item)) return nothing;
    const ordered = child(item, 'ordered') ?? item;
    return readExpr(ordered['this'] ?? ordered);
  });
}

/** Every expression somewhere below a node, outermost only, in the order of its members. */
function nested(node: Raw): readonly Expr[] {
  const found: Expr[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isRaw(value)) {
      if (tagged(value) !== null) found.push(readExpr(value));
      else for (const key in value) if (!ignoredMembers.has(key)) visit(value[key]);
    }
  };
  for (const key in node) if (!ignoredMembers.has(key)) visit(node[key]);
  return found;
}

function generic(tag: string, body: Raw): Expr {
  const name = text(body, 'original_name') ?? text(body, 'name') ?? spelled[tag] ?? tag;
  const order = readOrder(body, 'order_by');
  const filter = readOptional(body, 'filter');
  const chain = flatChain(tag, body);
  if (chain !== null) return call(name, chain);
  return call(name, nested(body), { distinct: flag(body, 'distinct'), filter, order });
}

/** `a AND b AND c …` as one call over all its members: a chain of thousands must not become thousands of levels. */
function flatChain(tag: string, body: Raw): readonly Expr[] | null {
  if (!('left' in body) || !('right' in body)) return null;
  const members: Expr[] = [];
  let node = body;
  for (;;) {
    members.push(readExpr(node['right']));
    const left = tagged(node['left']);
    if (left?.tag !== tag) break;
    node = left.body;
  }
  members.push(readExpr(node['left']));
  return members.reverse();
}

function columnOf(body: Raw): Expr {
  const name = nameOf(body['name']);
  if (name === null) return nothing;
  const table = nameOf(body['table']);
  if (table === null) {
    if (!name.quoted && /^[@:]/.test(name.text)) return { kind: 'variable', name: name.text };
    return { kind: 'column', parts: [name] };
  }
  const before: readonly Name[] =
    table.quoted || !table.text.includes('.')
      ? [table]
      : table.text.split('.').map((part) => ({ text: part, quoted: false }));
  return { kind: 'column', parts: [...before, name] };
}

function starOf(body: Raw): StarExpr {
  const table = nameOf(body['table']);
  return {
    kind: 'star',
    qualifier: table === null ? [] : splitQualifier(table),
    base: null,
    except: namesOf(body, 'except').map((name) => name.text),
    replace: list(body, 'replace').map((item) => ({
      name: nameOf(item['alias'])?.text ?? '',
      value: readExpr(item['this']),
    })),
    rename: (Array.isArray(body['rename']) ? body['rename'] : []).map((pair: unknown) => {
      const [from, to] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
      return { from: nameOf(from)?.text ?? '', to: nameOf(to)?.text ?? '' };
    }),
    like: null,
  };
}

function splitQualifier(table: Name): readonly Name[] {
  if (table.quoted || !table.text.includes('.')) return [table];
  return table.text.split('.').map((part) => ({ text: part, quoted: false }));
}

/** `a.b`: more parts of a name while the base is one, a member of a value otherwise. */
function dotOf(body: Raw): Expr {
  const base = readExpr(body['this']);
  const field = nameOf(body['field']) ?? nameOf(tagged(body['field'])?.body);
  if (field === null) return call('.', [base]);
  if (field.text === '*')
    return {
      kind: 'star',
      qualifier: base.kind === 'column' ? base.parts : [],
      base: base.kind === 'column' ? null : base,
      except: [],
      replace: [],
      rename: [],
      like: null,
    };
  if (base.kind === 'column' && tagged(body['this'])?.tag !== 'paren')
    return { kind: 'column', parts: [...base.parts, field] };
  return { kind: 'field', base, name: field.text };
}

function caseOf(body: Raw): Expr {
  const operand = readOptional(body, 'operand');
  const whens = Array.isArray(body['whens']) ? body['whens'] : [];
  const conditions: Expr[] = operand === null ? [] : [operand];
  const values: Expr[] = [];
  for (const pair of whens) {
    if (!Array.isArray(pair)) continue;
    conditions.push(readExpr(pair[0]));
    values.push(readExpr(pair[1]));
  }
  const otherwise = readOptional(body, 'else_');
  return { kind: 'case', conditions, values: otherwise === null ? values : [...values, otherwise] };
}

function functionOf(body: Raw): Expr {
  const name = text(body, 'name') ?? '';
  return call(name, readExprs(body, 'args'), {
    distinct: flag(body, 'distinct'),
    filter: readOptional(body, 'filter'),
    order: readOrder(body, 'order_by'),
  });
}

function typeText(value: unknown): string {
  if (!isRaw(value)) return '';
  return text(value, 'name') ?? text(value, 'data_type') ?? '';
}

const castOf: Reader = (body) => ({ kind: 'cast', arg: readExpr(body['this']), type: typeText(body['to']) });

const inner: Reader = (body) => readExpr(body['this']);

const readers: Readonly<Record<string, Reader>> = {
  column: columnOf,
  star: starOf,
  identifier: (body) => {
    const name = nameOf(body);
    return name === null ? nothing : { kind: 'column', parts: [name] };
  },
  literal: (body) => {
    const type = text(body, 'literal_type') ?? '';
    return {
      kind: 'literal',
      type: type === 'number' ? 'number' : 'string',
      value: text(body, 'value') ?? '',
    };
  },
  boolean: () => nothing,
  null: () => nothing,
  interval: (body) => (tagged(body['this'])?.tag === 'literal' ? nothing : generic('interval', body)),
  var: (body) => ({ kind: 'literal', type: 'other', value: text(body, 'this') ?? '' }),
  data_type: () => nothing,
  hint: () => nothing,
  parameter: (body) => ({
    kind: 'variable',
    name: text(body, 'name') ?? `$${typeof body['index'] === 'number' ? body['index'] : ''}`,
  }),
  placeholder: (body) => ({ kind: 'variable', name: text(body, 'name') ?? '?' }),
  session_parameter: () => ({ kind: 'variable', name: '@@' }),
  paren: inner,
  annotated: inner,
  format_phrase: inner,
  collation: inner,
  ordered: inner,
  prior: inner,
  connect_by_root: inner,
  alias: inner,
  aliases: inner,
  cast: castOf,
  try_cast: castOf,
  safe_cast: castOf,
  case: caseOf,
  if_func: (body) => ({
    kind: 'case',
    conditions: [readExpr(body['condition'])],
    values: [readExpr(body['true_value']), readOptional(body, 'false_value') ?? nothing],
  }),
  nvl2: (body) => ({
    kind: 'case',
    conditions: [readExpr(body['this'])],
    values: [readExpr(body['true_value']), readExpr(body['false_value'])],
  }),
  count: (body) => {
    const arg = readOptional(body, 'this');
    const args = arg === null || arg.kind === 'star' ? [] : [arg];
    const name = text(body, 'original_name') ?? 'COUNT';
    return call(name, args, { distinct: flag(body, 'distinct'), filter: readOptional(body, 'filter') });
  },
  function: functionOf,
  aggregate_function: functionOf,
  window_function: (body) => ({
    kind: 'window',
    call: readExpr(body['this']),
    over: readWindow(child(body, 'over') ?? {}),
  }),
  within_group: (body) => {
    const base = readExpr(body['this']);
    const order = readOrder(body, 'order_by');
    return base.kind === 'call' ? { ...base, order } : base;
  },
  filter: (body) => {
    const base = readExpr(body['this']);
    const condition = readOptional(body, 'expression');
    return base.kind === 'call' ? { ...base, filter: condition } : base;
  },
  subquery: (body) => ({ kind: 'query', role: 'value', query: forward.query({ subquery: body }) }),
  exists: (body) => ({ kind: 'query', role: 'exists', query: forward.query(body['this']) }),
  in: (body) => ({
    kind: 'in',
    arg: readExpr(body['this']),
    list: [...readExprs(body, 'expressions'), ...(isRaw(body['unnest']) ? [readExpr(body['unnest'])] : [])],
    query: isRaw(body['query']) ? forward.query(body['query']) : null,
  }),
  dot: dotOf,
  struct_extract: dotOf,
  subscript: (body) => call('[]', [readExpr(body['this'])]),
  lambda: (body) => ({
    kind: 'lambda',
    params: namesOf(body, 'parameters').map((name) => name.text),
    body: readExpr(body['body']),
  }),
  named_argument: (body) => ({
    kind: 'named',
    name: nameOf(body['name'])?.text ?? '',
    value: readExpr(body['value']),
  }),
  is_null: (body) => call('IS NULL', [readExpr(body['this'])]),
  extract: (body) =>
    call('EXTRACT', [{ kind: 'literal', type: 'other', value: text(body, 'field') ?? '' }, readExpr(body['this'])]),
};
