import { listedColumns, listedTables } from './listed.ts';
import { tail } from '../resolve/rowset.ts';
import { typedColumn } from '../resolve/type-members.ts';
import { fullName, printName, splitName, tableOfServer } from '../dialect/table-names.ts';
import { unmarked } from '../text/twin-names.ts';
import type { TableName } from '../ast/nodes.ts';
import type { KnownTable } from '../resolve/context.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { ListedTable, Schema } from './listed.ts';
import type { NameDefaults } from '../dialect/table-names.ts';

/** The tables known from outside the script: names and columns. */
export interface Catalog {
  /** The full name of a table as it is written, or as a known table spells the parts that were left out. */
  nameOf(name: TableName): string;
  /** Other defaults from here on: what a script's USE says. All null: those of the beginning. `bare`: as the dialect takes it. */
  use(place: Place): void;
  /** Carries out what has defaults of its own; behind it those before hold again. */
  within(place: Place | null, work: () => void): void;
  /** The full name of a table that is made here: in the first schema of a path. */
  madeNameOf(name: TableName): string;
  /** Carries out what another server does: its tables bear the server's name. */
  onServer(server: string, work: () => void): void;
  /** A table by its full name; its columns are a tail when they are not known. */
  find(name: string): KnownTable;
}

interface Place {
  readonly database: string | null;
  readonly schema: string | null;
  readonly bare: string | null;
  readonly path?: readonly string[];
  readonly isLocal?: boolean;
  readonly isEnd?: boolean;
}

/** Builds a catalog from `db.schema.table` (or fewer parts) → column → type. */
export function createCatalog(schema: Schema, dialect: Dialect, initial: NameDefaults): Catalog {
  let defaults = initial;
  const known = listedTables(schema, dialect);
  // Last part → tables: suffix matches are few.
  const byLast = new Map<string, ListedTable[]>();
  for (const table of known) {
    const last = unmarked(table.parts.at(-1) ?? '').toLowerCase();
    const list = byLast.get(last);
    if (list === undefined) byLast.set(last, [table]);
    else list.push(table);
  }
  const match = (parts: readonly string[]): ListedTable | null => {
    const candidates = byLast.get(unmarked(parts.at(-1) ?? '').toLowerCase()) ?? [];
    const exact = candidates.filter((table) => table.parts.join('.') === parts.join('.'));
    const held = exact.length > 0 ? exact : candidates.filter((table) => suffix(table.parts, parts));
    // A catalog may list a name in another case than the text writes it: then it is the only one.
    const same = held.length > 0 || dialect.twins === null ? held : candidates.filter((table) => mayMean(table, parts));
    return same.length === 1 ? (same[0] ?? null) : (same.find((table) => table.parts.length === parts.length) ?? null);
  };
  const found = new Map<string, KnownTable>();
  const madeHere = new Set<string>();
  let path: readonly string[] = [];
  /** What holds again where a transaction ends that chose otherwise for itself. */
  let outside: { readonly defaults: NameDefaults; readonly path: readonly string[] } | null = null;
  let server: string | null = null;
  const nameIn = (name: TableName, place: NameDefaults): string => {
    const whole = server === null ? name : tableOfServer({ text: server, quoted: true }, name);
    const parts = heldParts(fullName(whole, dialect, place), dialect);
    const table = match(parts);
    if (table === null || table.parts.length < parts.length) return printName(parts);
    const before = table.parts.length - parts.length;
    const written = parts.map((part, at) => (part === '' ? (table.parts[before + at] ?? '') : part));
    return printName([...table.parts.slice(0, before), ...written]);
  };
  const use = ({ database, schema, bare, path: schemas = [], isLocal = false, isEnd = false }: Place): void => {
    if (isEnd) {
      ({ defaults, path } = outside ?? { defaults, path });
      outside = null;
      return;
    }
    outside = isLocal ? (outside ?? { defaults, path }) : null;
    path = schemas;
    if (database === null && schema === null && bare === null) defaults = initial;
    else defaults = chosen({ database, schema, bare }, dialect, { initial, now: defaults });
  };
  return {
    use,
    within(place, work) {
      if (place === null) {
        work();
        return;
      }
      const before = { defaults, path, outside };
      use(place);
      work();
      ({ defaults, path, outside } = before);
    },
    madeNameOf(name) {
      const made = nameIn(name, defaults);
      madeHere.add(made);
      return made;
    },
    nameOf(name) {
      if (path.length < 2 || name.length > 1) return nameIn(name, defaults);
      const places = path.map((schema) => ({ ...defaults, schema }));
      // Which schema of a path has a table is told by who knows it; where nobody does, the name stays as it is.
      const known = places.find(
        (place) =>
          match(heldParts(fullName(name, dialect, place), dialect)) !== null || madeHere.has(nameIn(name, place)),
      );
      return known === undefined ? printName(name.map(({ text }) => text)) : nameIn(name, known);
    },
    onServer(name, work) {
      const before = server;
      server = name;
      work();
      server = before;
    },
    find(name) {
      const before = found.get(name);
      if (before !== undefined) return before;
      const table = match(splitName(name));
      const rowset =
        table === null
          ? [tail([name])]
          : listedColumns(table.columns, dialect, (text, type) => typedColumn(name, text, type));
      const entry = { name, rowset, made: false };
      found.set(name, entry);
      return entry;
    },
  };
}

/** Where names are looked up after USE and its like. A database begins with the schema that the dialect has for it. */
function chosen(
  place: Place,
  dialect: Dialect,
  { initial, now }: { readonly initial: NameDefaults; readonly now: NameDefaults },
): NameDefaults {
  const isSchema = place.bare !== null && dialect.useNames === 'schema';
  const schema = place.schema ?? (isSchema ? place.bare : null);
  const database = place.database ?? (isSchema ? null : place.bare);
  if (dialect.levels < 3) {
    // There a schema and a database are one.
    const only = schema ?? database;
    return initial.schema === null ? { database: only, schema: null } : { database: initial.database, schema: only };
  }
  if (schema !== null) return { database: database ?? now.database, schema };
  return { database, schema: initial.schema ?? dialect.middleSchema };
}

/** One is the end of the other, without regard to case; a part that is left out may be any. */
function suffix(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let at = 1; at <= length; at++) {
    const [left, right] = [a.at(-at)?.toLowerCase(), b.at(-at)?.toLowerCase()];
    if (left !== right && left !== '' && right !== '') return false;
  }
  return true;
}

/** Where case counts for tables alone, their names are held here; elsewhere all names of a text are held from the beginning. */
function heldParts(parts: readonly string[], { twins, caseMatters }: Dialect): readonly string[] {
  return twins !== null && caseMatters === 'tables' ? parts.map((part) => twins.hold(part, true)) : parts;
}

/** The one that is listed in another case than the text has it, unless the text means that spelling by another name. */
function mayMean(table: ListedTable, parts: readonly string[]): boolean {
  return !table.isWritten && suffix(table.parts.map(unmarked), parts.map(unmarked));
}
