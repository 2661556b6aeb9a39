import type { Query, TableName } from './nodes.ts';

/** A query with its tables under names of another place; what its own WITH names stays. */
export function placedNames(query: Query, place: (name: TableName) => TableName): Query {
  const own = new Set<string>();
  note(query, own);
  return placed(query, own, place) as Query;
}

function note(tree: unknown, own: Set<string>): void {
  if (tree === null || typeof tree !== 'object') return;
  if (Array.isArray(tree)) for (const item of tree) note(item, own);
  else
    for (const [key, value] of Object.entries(tree)) {
      if (key === 'with' && Array.isArray(value))
        for (const { name } of value as readonly { readonly name: { readonly text: string } }[])
          own.add(name.text.toLowerCase());
      note(value, own);
    }
}

function placed(tree: unknown, own: ReadonlySet<string>, place: (name: TableName) => TableName): unknown {
  if (tree === null || typeof tree !== 'object') return tree;
  if (Array.isArray(tree)) return tree.map((item: unknown) => placed(item, own, place));
  const node = tree as Readonly<Record<string, unknown>>;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, placed(value, own, place)]));
  if (node['kind'] !== 'table' || !Array.isArray(node['name'])) return copy;
  const name = node['name'] as TableName;
  const isOwn = name.length === 1 && own.has((name[0]?.text ?? '').toLowerCase());
  return isOwn ? copy : { ...copy, name: place(name) };
}
