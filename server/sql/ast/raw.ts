import type { Name, TableName } from './nodes.ts';

/** A node as the parser hands it over. Read only through the functions of this file. */
export type Raw = Readonly<Record<string, unknown>>;

/** True for anything that may be a node. */
export function isRaw(value: unknown): value is Raw {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A list member, as raw nodes; anything else in it is left out. */
export function list(node: Raw, member: string): readonly Raw[] {
  const value = node[member];
  return Array.isArray(value) ? value.filter(isRaw) : [];
}

/** A member that is a node; null when it is absent or something else. */
export function child(node: Raw, member: string): Raw | null {
  const value = node[member];
  return isRaw(value) ? value : null;
}

/** A member that is a text; null when it is absent or something else. */
export function text(node: Raw, member: string): string | null {
  const value = node[member];
  return typeof value === 'string' ? value : null;
}

/** A member that is true. */
export function flag(node: Raw, member: string): boolean {
  return node[member] === true;
}

/** The parser writes an expression as one member named for its kind: `{ column: {…} }`. Null for anything else. */
export function tagged(value: unknown): { readonly tag: string; readonly body: Raw } | null {
  if (!isRaw(value)) return null;
  let tag: string | null = null;
  for (const key in value) {
    if (tag !== null) return null;
    tag = key;
  }
  if (tag === null || !/^[a-z][a-z0-9_]*$/.test(tag)) return null;
  const body = value[tag];
  if (isRaw(body)) return { tag, body };
  return tag === 'data_type' || typeof body === 'string' ? null : { tag, body: {} };
}

/** An identifier node (`{ name, quoted }`); null when it is absent or empty. */
export function nameOf(value: unknown): Name | null {
  if (typeof value === 'string') return value === '' ? null : { text: value, quoted: false };
  if (!isRaw(value)) return null;
  const inner = child(value, 'identifier') ?? child(value, 'var');
  if (inner !== null) return nameOf(inner['name'] ?? inner['this']);
  const name = value['name'];
  if (isRaw(name)) return nameOf(name);
  if (typeof name !== 'string' || name === '') return null;
  return { text: name, quoted: value['quoted'] === true };
}

/** A list of identifiers; what is none is left out. */
export function namesOf(node: Raw, member: string): readonly Name[] {
  const value = node[member];
  if (!Array.isArray(value)) return [];
  return value.map((item) => nameOf(tagged(item)?.body ?? item)).filter((name) => name !== null);
}

/** A table reference node, outermost part first. The parser joins parts beyond the third into the catalog with dots. */
export function tableNameOf(node: Raw): TableName {
  const parts: Name[] = [];
  const catalog = nameOf(node['catalog']);
  if (catalog !== null && !catalog.quoted && catalog.text.includes('.'))
    parts.push(...catalog.text.split('.').map((text) => ({ text, quoted: false })));
  else if (catalog !== null) parts.push(catalog);
  const schema = child(node, 'schema');
  if (schema !== null) parts.push({ text: text(schema, 'name') ?? '', quoted: flag(schema, 'quoted') });
  const name = nameOf(node['name']);
  if (name !== null) parts.push(name);
  return parts;
}
