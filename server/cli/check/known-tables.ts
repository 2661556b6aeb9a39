import { splitName } from '../../model/dataset-name.ts';
import type { BaselineDataset } from '../../sync/baseline/import-baseline.ts';

/** The tables that a baseline names. */
export interface KnownTables {
  /** Namespaces of what a source asserts, the one with most tables first. */
  namespacesOf(source: string): readonly string[];
  /** All namespaces, by name. */
  readonly namespaces: readonly string[];
  /** Names of the tables in a namespace: those that a source asserts, or else those that statements speak of. */
  in(namespace: string): readonly string[];
}

export async function readKnownTables(datasets: AsyncIterable<BaselineDataset>): Promise<KnownTables> {
  const asserted = new Map<string, Set<string>>();
  const spoken = new Map<string, Set<string>>();
  const counts = new Map<string, Map<string, number>>();
  for await (const { source, namespace, name } of datasets) {
    const names = source === null ? spoken : asserted;
    names.set(namespace, (names.get(namespace) ?? new Set()).add(name));
    if (source === null) continue;
    const ofSource = counts.get(source) ?? new Map<string, number>();
    counts.set(source, ofSource.set(namespace, (ofSource.get(namespace) ?? 0) + 1));
  }
  return {
    namespacesOf: (source) =>
      [...(counts.get(source) ?? [])]
        .toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .map(([namespace]) => namespace),
    namespaces: [...new Set([...asserted.keys(), ...spoken.keys()])].toSorted(),
    in: (namespace) => [...(asserted.get(namespace) ?? spoken.get(namespace) ?? [])],
  };
}

/** Everything in texts of SQL that looks like a name, in small letters and without quotes. */
export function namesIn(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const text of texts) {
    const plain = text.replaceAll(/["`[\]]/gu, '').toLowerCase();
    for (const [name] of plain.matchAll(/[\p{L}\p{N}_$]+(?:\.[\p{L}\p{N}_$]+)*/gu)) found.add(name);
  }
  return found;
}

/** The namespace that names in texts mean, and those between which it could not be told; empty when it could. */
export interface MeantNamespace {
  readonly namespace: string | null;
  readonly among: readonly string[];
}

/** The one of the namespaces that alone has all tables which the texts name and any has; else the first of those that fit best. */
export function meantNamespace(
  candidates: readonly string[],
  tables: Pick<KnownTables, 'in'>,
  words: () => ReadonlySet<string>,
): MeantNamespace {
  const [first = null] = candidates;
  if (candidates.length < 2) return { namespace: first, among: [] };
  const named = words();
  const hits = candidates.map((namespace) => ({ namespace, ...tablesNamed(tables.in(namespace), named) }));
  // A bare word may be any column's; it counts only where no text names a table with its schema.
  const kind = hits.some(({ whole }) => whole.size > 0) ? 'whole' : 'bare';
  const all = new Set(hits.flatMap((one) => [...one[kind]]));
  if (all.size === 0) return { namespace: first, among: [] };
  const covering = hits.filter((one) => one[kind].size === all.size);
  const best = covering.length > 0 ? covering : hits.filter((one) => one[kind].size > 0);
  const most = best.toSorted((a, b) => b[kind].size - a[kind].size)[0] ?? null;
  return {
    namespace: most === null ? first : most.namespace,
    among: best.length > 1 ? best.map(({ namespace }) => namespace) : [],
  };
}

/** Whether texts name any of the tables; `whole`: with its schema. */
export function namesAny(tables: readonly string[], words: ReadonlySet<string>, how: 'any' | 'whole' = 'any'): boolean {
  const { whole, bare } = tablesNamed(tables, words);
  return whole.size > 0 || (how === 'any' && bare.size > 0);
}

/** Words that name one of the tables: with a schema at least, and by the last part of its name alone. */
function tablesNamed(
  tables: readonly string[],
  words: ReadonlySet<string>,
): { readonly whole: ReadonlySet<string>; readonly bare: ReadonlySet<string> } {
  const whole = new Set<string>();
  const bare = new Set<string>();
  for (const table of tables) {
    const parts = splitName(table.toLowerCase());
    for (let from = 0; from < parts.length; from++) {
      const tail = parts.slice(from).join('.');
      if (words.has(tail)) (from === parts.length - 1 ? bare : whole).add(tail);
    }
  }
  return { whole, bare };
}
