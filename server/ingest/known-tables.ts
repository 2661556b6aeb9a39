import type { FieldPath, QualifiedName } from '../model/ids.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import { isRecord } from './guards.ts';
import { joinName, splitName } from '../model/dataset-name.ts';
import { foldName, parseSqlName, wordsOf } from './sql-names.ts';

/** A column as SQL resolution needs it. */
export interface KnownColumn {
  readonly path: FieldPath;
  readonly type: string | null;
}

/** Where tables that this run did not read are looked up: the graph, at the revision the run began with. */
export interface TableSource {
  /** Names of all live datasets of a namespace. */
  tables(namespace: string): Promise<readonly QualifiedName[]>;
  /** Null: not described. */
  columns(table: QualifiedName): Promise<readonly KnownColumn[] | null>;
}

/** What became of a table name of a SQL text. */
export type TableMatch =
  | { readonly type: 'known'; readonly name: QualifiedName }
  /** Nobody has described such a table: an edge to it is still true. */
  | { readonly type: 'assumed'; readonly name: QualifiedName }
  | { readonly type: 'ambiguous'; readonly among: readonly QualifiedName[] };

/** The datasets that SQL names are matched against: those of this run first, then the graph's. */
export interface KnownTables {
  /**
   * `partial`: it may have columns that nobody has named yet, so a star is not opened by them and other names are believed.
   * `otherNames`: those by which SQL of other namespaces may call it.
   */
  add(dataset: NamedDataset, partial?: boolean, otherNames?: readonly QualifiedName[]): void;
  has(name: QualifiedName): boolean;
  /** Brings in the graph's names of a namespace, once. */
  load(namespace: string): Promise<void>;
  match(sqlName: string, namespace: string, dialect: string): TableMatch;
  columns(name: QualifiedName): Promise<readonly KnownColumn[] | null>;
  isPartial(name: QualifiedName): boolean;
  /** The tables that a SQL text could mean: their last part stands in it, and their schema too where it says one. */
  candidates(sql: string, namespace: string, defaultSchema: string | undefined): readonly QualifiedName[];
}

interface NamespaceIndex {
  readonly exact: Map<string, QualifiedName>;
  readonly byLower: Map<string, QualifiedName[]>;
  readonly byLastPart: Map<string, QualifiedName[]>;
}

/** Columns are kept as one string a table: a million of them are a few dozen megabytes. */
export function createKnownTables(graph: TableSource): KnownTables {
  const namespaces = new Map<string, NamespaceIndex>();
  const loaded = new Set<string>();
  const columnsOf = new Map<string, string | null>();
  const partial = new Set<string>();

  const index = (namespace: string): NamespaceIndex => {
    let found = namespaces.get(namespace);
    if (found === undefined) {
      found = { exact: new Map(), byLower: new Map(), byLastPart: new Map() };
      namespaces.set(namespace, found);
    }
    return found;
  };

  const addName = (name: QualifiedName): void => {
    const { exact, byLower, byLastPart } = index(name.namespace);
    if (exact.has(name.name)) return;
    exact.set(name.name, name);
    const lower = name.name.toLowerCase();
    push(byLower, lower, name);
    push(byLastPart, lastPart(lower), name);
  };

  return {
    add(dataset, isPartial = false, otherNames = []) {
      const columns = dataset.fields.map(({ path, facets }) => {
        const core = facets['core'];
        const type = isRecord(core) ? core['type'] : null;
        return [path, typeof type === 'string' ? type : null];
      });
      const packed = columns.length === 0 ? null : JSON.stringify(columns);
      // Two of one namespace that end alike would leave SQL in doubt which is meant.
      const others = otherNames.filter(
        ({ namespace, name }) => namespace !== dataset.namespace || endOf(name) !== endOf(dataset.name),
      );
      for (const { namespace, name } of [dataset, ...others]) {
        if (isPartial) partial.add(nameKey({ namespace, name }));
        else partial.delete(nameKey({ namespace, name }));
        addName({ namespace, name });
        columnsOf.set(nameKey({ namespace, name }), packed);
      }
    },
    has: (name) => index(name.namespace).exact.has(name.name),
    async load(namespace) {
      if (loaded.has(namespace)) return;
      loaded.add(namespace);
      for (const name of await graph.tables(namespace)) addName(name);
    },
    match: (sqlName, namespace, dialect) => matchTable(sqlName, namespace, dialect, index(namespace)),
    async columns(name) {
      const key = nameKey(name);
      let packed = columnsOf.get(key);
      if (packed === undefined) {
        const columns = await graph.columns(name);
        packed = columns === null ? null : JSON.stringify(columns.map(({ path, type }) => [path, type]));
        columnsOf.set(key, packed);
      }
      if (packed === null) return null;
      return (JSON.parse(packed) as [FieldPath, string | null][]).map(([path, type]) => ({ path, type }));
    },
    isPartial: (name) => partial.has(nameKey(name)),
    candidates(sql, namespace, defaultSchema) {
      const { byLastPart } = index(namespace);
      const words = wordsOf(sql);
      const found: QualifiedName[] = [];
      for (const word of words) {
        const tables = byLastPart.get(word);
        if (tables === undefined) continue;
        const named = tables.length === 1 ? tables : tables.filter((table) => schemaFits(table, words, defaultSchema));
        found.push(...(named.length > 0 ? named : tables));
      }
      return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    },
  };
}

function lastPart(name: string): string {
  return splitName(name).at(-1) ?? name;
}

function endOf(name: string): string {
  return lastPart(name.toLowerCase());
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function schemaFits(table: QualifiedName, words: ReadonlySet<string>, defaultSchema: string | undefined): boolean {
  const parts = splitName(table.name.toLowerCase());
  const schema = parts[parts.length - 2];
  return schema === undefined || words.has(schema) || schema === defaultSchema?.toLowerCase();
}

/** Exact spelling, the engine's folding, any case, then by trailing parts; each only where it leaves one table. */
function matchTable(sqlName: string, namespace: string, dialect: string, index: NamespaceIndex): TableMatch {
  const parsed = parseSqlName(sqlName);
  const plain = joinName(parsed.parts);
  const folded = foldName(parsed, dialect);
  for (const text of [plain, folded]) {
    const exact = index.exact.get(text);
    if (exact !== undefined) return { type: 'known', name: exact };
  }
  const lower = plain.toLowerCase();
  const anyCase = index.byLower.get(lower) ?? [];
  const nearby = anyCase.length > 0 ? anyCase : byTrailingParts(lower, index);
  const [first, second] = nearby;
  if (first === undefined) return { type: 'assumed', name: { namespace, name: folded } };
  return second === undefined ? { type: 'known', name: first } : { type: 'ambiguous', among: nearby };
}

function byTrailingParts(lower: string, index: NamespaceIndex): readonly QualifiedName[] {
  const bucket = index.byLastPart.get(lastPart(lower)) ?? [];
  const longer = bucket.filter(({ name }) => name.toLowerCase().endsWith(`.${lower}`));
  if (longer.length > 0) return longer;
  const shorter = bucket.filter(({ name }) => name.includes('.') && lower.endsWith(`.${name.toLowerCase()}`));
  const longest = Math.max(0, ...shorter.map(({ name }) => name.length));
  return shorter.filter(({ name }) => name.length === longest);
}
