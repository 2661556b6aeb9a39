import { nothing } from './ast/make.ts';
import type { TableName } from './ast/nodes.ts';
import { ansiDialect, findDialect } from './dialect/dialects.ts';
import { fullName, printName, type NameDefaults } from './dialect/table-names.ts';
import { Cursor } from './parser/cursor.ts';
import { parseTableName } from './parser/parse-arguments.ts';
import { isConstraint } from './parser/parse-columns.ts';
import { emptySelect } from './ast/empty-select.ts';

/** A key that DDL declares, with names as `SqlLineage.created` prints them. */
export interface DeclaredKey {
  readonly table: string;
  readonly kind: 'primary' | 'unique' | 'foreign';
  readonly name: string | null;
  readonly columns: readonly string[];
  /** For a foreign key. No columns: those of the other table's primary key. */
  readonly references: { readonly table: string; readonly columns: readonly string[] } | null;
}

type Found = Omit<DeclaredKey, 'table' | 'references'> & {
  readonly references: { readonly table: TableName; readonly columns: readonly string[] } | null;
};

const neverCalled = {
  query: () => emptySelect,
  statement: () => ({ kind: 'none' }) as const,
  from: () => ({ kind: 'table', name: [], alias: null, columnAliases: [] }) as const,
  expression: () => nothing,
};

/**
 * The primary, unique and foreign keys that a text of SQL declares: in CREATE TABLE beside a column or by themselves, and by
 * ALTER TABLE … ADD, wherever in the text. Read apart from lineage, which needs none of it; one pass over the tokens. Never
 * fails: a statement in which something else stands is left at that place.
 */
export function declaredKeys(
  sql: string,
  dialectName: string,
  defaults: NameDefaults = { database: null, schema: null },
): readonly DeclaredKey[] {
  if (!/\b(?:primary\s+key|foreign\s+key|unique|references)\b/i.test(sql)) return [];
  const dialect = findDialect(dialectName) ?? ansiDialect;
  const cursor = new Cursor(sql, dialect, neverCalled);
  const keys: DeclaredKey[] = [];
  while (!cursor.atEnd) {
    const read = cursor.is('CREATE') ? readCreate : cursor.is('ALTER', 'TABLE') ? readAlter : null;
    if (read === null) {
      cursor.next();
      continue;
    }
    const mark = cursor.mark();
    try {
      const { table, found } = read(cursor);
      const print = (name: TableName): string => printName(fullName(name, dialect, defaults));
      for (const key of found) keys.push(printed(key, print(table), print));
    } catch {
      // No name where one is expected: it is read as any other text.
      if (cursor.mark() === mark) cursor.next();
    }
  }
  return keys;
}

function printed(key: Found, table: string, print: (name: TableName) => string): DeclaredKey {
  const { references } = key;
  return {
    ...key,
    table,
    references: references === null ? null : { table: print(references.table), columns: references.columns },
  };
}

interface Declared {
  readonly table: TableName;
  readonly found: readonly Found[];
}
const nobody: Declared = { table: [], found: [] };

/** `CREATE … TABLE name (…)`; anything else that is created declares no key. */
function readCreate(cursor: Cursor): Declared {
  cursor.next();
  for (let words = 0; words < 6 && !cursor.is('TABLE'); words++) {
    if (cursor.peek().kind !== 'word') return nobody;
    cursor.next();
  }
  if (!cursor.take('TABLE')) return nobody;
  cursor.take('IF', 'NOT', 'EXISTS');
  const table = parseTableName(cursor);
  if (!cursor.takeSymbol('(')) return nobody;
  const found: Found[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (isConstraint(cursor)) {
      const key = readConstraint(cursor);
      if (key !== null) found.push(key);
      skipItem(cursor);
    } else found.push(...readColumn(cursor));
    if (!cursor.takeSymbol(',') && !cursor.isSymbol(')')) break;
  }
  return { table, found };
}

/** `ALTER TABLE name … ADD [CONSTRAINT c] PRIMARY KEY …, ADD COLUMN a INT REFERENCES b`, to the end of the statement. */
function readAlter(cursor: Cursor): Declared {
  cursor.next();
  cursor.next();
  cursor.take('IF', 'EXISTS');
  cursor.take('ONLY');
  const table = parseTableName(cursor);
  const found: Found[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(';') && !cursor.is('CREATE') && !cursor.is('ALTER', 'TABLE')) {
    if (!cursor.take('ADD')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
      continue;
    }
    const isNamed = cursor.take('COLUMN');
    cursor.take('IF', 'NOT', 'EXISTS');
    const parens = cursor.takeSymbol('(');
    if (!isNamed && isConstraint(cursor)) {
      const key = readConstraint(cursor);
      if (key !== null) found.push(key);
    } else found.push(...readColumn(cursor));
    if (parens) cursor.takeSymbol(')');
  }
  return { table, found };
}

/** A constraint that stands by itself, up to what is known of it; null: it is no key. */
function readConstraint(cursor: Cursor): Found | null {
  const name = cursor.take('CONSTRAINT') && !isKeyWord(cursor) ? cursor.name().text : null;
  if (cursor.take('PRIMARY', 'KEY')) return keyOf(cursor, 'primary', name);
  if (cursor.take('UNIQUE')) return keyOf(cursor, 'unique', name);
  if (!cursor.take('FOREIGN', 'KEY')) return null;
  const key = keyOf(cursor, 'foreign', name);
  if (key === null || !cursor.take('REFERENCES')) return null;
  return { ...key, references: referenced(cursor) };
}

function isKeyWord(cursor: Cursor): boolean {
  return cursor.is('PRIMARY', 'KEY') || cursor.is('FOREIGN', 'KEY') || cursor.is('CHECK') || cursor.isSymbol('(', 1);
}

function keyOf(cursor: Cursor, kind: Found['kind'], name: string | null): Found | null {
  // `CLUSTERED`, `USING BTREE`, `KEY index_name`, `NULLS NOT DISTINCT`.
  for (let words = 0; words < 5 && !cursor.isSymbol('('); words++) {
    const { kind: token } = cursor.peek();
    if (token !== 'word' && token !== 'name') return null;
    cursor.next();
  }
  const columns = namesHere(cursor);
  return columns.length === 0 ? null : { kind, name, columns, references: null };
}

function referenced(cursor: Cursor): Found['references'] {
  const table = parseTableName(cursor);
  return { table, columns: cursor.isSymbol('(') ? namesHere(cursor) : [] };
}

/** `(a, b DESC, c(10))`: the names. An expression among them makes it none. */
function namesHere(cursor: Cursor): readonly string[] {
  if (!cursor.takeSymbol('(')) return [];
  const names: string[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const { kind } = cursor.peek();
    if (kind !== 'word' && kind !== 'name') {
      while (!cursor.atEnd && !cursor.isSymbol(')')) cursor.next();
      cursor.takeSymbol(')');
      return [];
    }
    names.push(cursor.name().text);
    skipItem(cursor);
    cursor.takeSymbol(',');
  }
  cursor.takeSymbol(')');
  return names;
}

/** A column with the keys that stand beside it, up to the comma or parenthesis behind it. */
function readColumn(cursor: Cursor): readonly Found[] {
  const { text } = cursor.name();
  const columns = [text];
  const found: Found[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')') && !cursor.isSymbol(';')) {
    if (cursor.take('PRIMARY', 'KEY')) found.push({ kind: 'primary', name: null, columns, references: null });
    else if (cursor.take('UNIQUE')) found.push({ kind: 'unique', name: null, columns, references: null });
    else if (cursor.take('REFERENCES'))
      found.push({ kind: 'foreign', name: null, columns, references: referenced(cursor) });
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  return found;
}

function skipItem(cursor: Cursor): void {
  while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')') && !cursor.isSymbol(';')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}
