import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A tag to be put on one column of one thing described in a YAML file. */
export interface ColumnTag {
  /** From the top of the file: `['models', 'orders']`, `['sources', 'shop', 'orders']`. */
  readonly thing: readonly [section: string, ...names: string[]];
  readonly column: string;
  readonly tag: string;
}

/** Member of a column's `meta` that lists the tags that we wrote: by it they are known as ours when they are read again. */
export const ownMeta = 'lexline';

/**
 * Puts tags on columns in the text of a `schema.yml`, and touches nothing else: comments, order and layout stay. Null where
 * the file does not describe the thing, or in a way that cannot be edited safely. Pure.
 */
export function addColumnTag(text: string, { thing, column, tag }: ColumnTag): string | null {
  const tagged = edit(text, thing, column, (holder, source) => addToList(source, holder, 'tags', tag));
  if (tagged === null) return null;
  const marked = edit(tagged, thing, column, (holder, source) => {
    const meta = holder.get('meta', true);
    if (isMap(meta)) return addToList(source, meta, ownMeta, tag);
    return holder.has('meta') ? null : addMember(source, holder, 'meta', `{ ${ownMeta}: [${plain(tag)}] }`);
  });
  return marked !== null && holds(marked, thing, column, tag) ? marked : null;
}

/**
 * That a YAML file says things in several places at once (`*alias`, `<<` merge keys): what is put into one of them reaches
 * others, and a member of its own takes the place of a merged one. Pure.
 */
export function sharesParts(text: string): boolean {
  let shares = false;
  visit(parseDocument(text), {
    Alias: () => {
      shares = true;
      return visit.BREAK;
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '<<') return undefined;
      shares = true;
      return visit.BREAK;
    },
  });
  return shares;
}

type Edit = (holder: YAMLMap, text: string) => string | null;

function edit(text: string, thing: ColumnTag['thing'], column: string, change: Edit): string | null {
  const document = parseDocument(text);
  if (document.errors.length > 0) return null;
  const described = find(document, thing);
  if (described === null) return null;
  const columns = described.get('columns', true);
  if (!isSeq(columns)) {
    if (described.has('columns')) return null;
    const added = addMember(text, described, 'columns', `[{ name: ${plain(column)} }]`);
    return added === null ? null : edit(added, thing, column, change);
  }
  const own = columns.items.filter(isMap).find((item) => sameName(item.get('name'), column));
  if (own === undefined) {
    const added = addItem(text, columns, `{ name: ${plain(column)} }`);
    return added === null || added === text ? null : edit(added, thing, column, change);
  }
  const config = own.get('config', true);
  return change(isMap(config) ? config : own, text);
}

function find(document: Document, [section, ...names]: ColumnTag['thing']): YAMLMap | null {
  let list: unknown = document.get(section, true);
  let found: YAMLMap | null = null;
  for (const name of names) {
    if (!isSeq(list)) return null;
    found = list.items.filter(isMap).find((item) => item.get('name') === name) ?? null;
    if (found === null) return null;
    list = found.get('tables', true);
  }
  return found;
}

/** dbt takes column names as the warehouse folds them. */
function sameName(value: unknown, column: string): boolean {
  return typeof value === 'string' && value.toLowerCase() === column.toLowerCase();
}

function addToList(text: string, holder: YAMLMap, key: string, value: string): string | null {
  const list = holder.get(key, true);
  if (list === undefined) return addMember(text, holder, key, `[${plain(value)}]`);
  if (isSeq(list))
    return list.items.some((item) => isScalar(item) && item.value === value) ? text : addItem(text, list, plain(value));
  // `tags: one` is a list of one.
  if (isScalar(list) && typeof list.value === 'string')
    return replace(text, list, `[${plain(list.value)}, ${plain(value)}]`);
  return null;
}

function addItem(text: string, list: YAMLSeq, item: string): string | null {
  if (list.flow === true) return insertBeforeEnd(text, list, item, list.items.length === 0);
  const last = rangeOf(list.items.at(-1));
  const first = rangeOf(list.items[0]);
  if (last === null || first === null) return null;
  const dash = text.slice(0, first[0]).lastIndexOf('-');
  return insertLine(text, last[1], `${indentAt(text, dash)}- ${item}`);
}

function addMember(text: string, holder: YAMLMap, key: string, value: string): string | null {
  if (holder.flow === true) return insertBeforeEnd(text, holder, `${key}: ${value}`, holder.items.length === 0);
  const first = holder.items[0] as Pair<Node, Node | null> | undefined;
  const name = rangeOf(first?.key);
  const after = rangeOf(first?.value) ?? name;
  if (name === null || after === null) return null;
  return insertLine(text, after[1], `${indentAt(text, name[0])}${key}: ${value}`);
}

/** Before the closing bracket of a flow collection, whether it stands on one line or on several. */
function insertBeforeEnd(text: string, node: Node, what: string, isEmpty: boolean): string | null {
  const range = rangeOf(node);
  if (range === null) return null;
  const inner = text.slice(range[0] + 1, range[1] - 1).trimEnd();
  const at = range[0] + 1 + inner.length;
  if (isEmpty) return splice(text, at, at, what);
  return splice(text, at, at, inner.endsWith(',') ? ` ${what},` : `, ${what}`);
}

/** Behind the line on which `offset` lies. */
function insertLine(text: string, offset: number, line: string): string {
  const isAtStart = text.charAt(offset - 1) === '\n';
  const end = isAtStart ? offset - 1 : text.indexOf('\n', offset);
  if (end < 0) return `${text}\n${line}\n`;
  // A file whose lines end as on Windows goes on like that.
  return splice(text, end, end, `\n${line}${text.charAt(end - 1) === '\r' ? '\r' : ''}`);
}

/** White space as wide as everything before an offset in its line. */
function indentAt(text: string, offset: number): string {
  return ' '.repeat(offset - (text.lastIndexOf('\n', offset - 1) + 1));
}

/** Where a node begins and where its value ends; null for what was not read from a text. */
function rangeOf(node: unknown): readonly [number, number] | null {
  const range = isNode(node) ? node.range : undefined;
  return range === undefined || range === null ? null : [range[0], range[1]];
}

function replace(text: string, node: Node, what: string): string | null {
  const range = rangeOf(node);
  return range === null ? null : splice(text, range[0], range[1], what);
}

function splice(text: string, from: number, to: number, what: string): string {
  return `${text.slice(0, from)}${what}${text.slice(to)}`;
}

function plain(value: string): string {
  return /^[A-Za-z_][\w-]*$/.test(value) && !/^(true|false|yes|no|on|off|null|y|n)$/i.test(value)
    ? value
    : JSON.stringify(value);
}

/** The text parses, and says what it should. */
function holds(text: string, thing: ColumnTag['thing'], column: string, tag: string): boolean {
  return (
    edit(text, thing, column, (holder) => {
      const tags: unknown = holder.toJSON();
      const { tags: list, meta } = tags as { tags?: unknown; meta?: { lexline?: unknown } };
      const isThere = [list, meta?.lexline].every((one) => Array.isArray(one) && one.includes(tag));
      return isThere ? 'yes' : null;
    }) === 'yes'
  );
}
