import { parseTableName } from './parse-arguments.ts';
import { unmarked } from '../text/twin-names.ts';
import type { Aliased, Expr, Name, Relation } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** No alias. */
export const unnamed: Aliased = { alias: null, columnAliases: [] };

/** Two relations side by side, as a comma or CROSS JOIN puts them. */
export function crossJoin(left: Relation, right: Relation): Relation {
  return { kind: 'join', left, right, on: [], using: [], natural: false, leftOnly: false };
}

/** The last part of a name. */
export function lastPart(name: readonly Name[]): string {
  return name.at(-1)?.text ?? '';
}

type FunctionRelation = Extract<Relation, { kind: 'function' }>;

/** A table function over its arguments. */
export function generator(name: string, args: readonly Expr[], declared: readonly string[] = []): FunctionRelation {
  return {
    kind: 'function',
    name: unmarked(name).toUpperCase(),
    args,
    declared,
    ordinality: null,
    external: null,
    ...unnamed,
  };
}

/** True when a name may stand here. */
export function isName(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  return kind === 'word' || kind === 'name';
}

/** `t (NOLOCK)`: T-SQL's old way of writing hints. */
export function isHints(cursor: Cursor): boolean {
  return (
    cursor.dialect.looseStatements &&
    /^(?:NOLOCK|UPDLOCK|READPAST|HOLDLOCK|TABLOCK|ROWLOCK|XLOCK)$/.test(cursor.peek(1).text)
  );
}

/** A relation under the alias given to it. */
export function withAlias(relation: Relation, given: Aliased): Relation {
  if (relation.kind === 'join') {
    if (given.alias === null) return relation;
    return { kind: 'query', query: { kind: 'relation', with: [], relation }, lateral: false, ...given };
  }
  return {
    ...relation,
    alias: given.alias ?? relation.alias,
    columnAliases: given.columnAliases.length > 0 ? given.columnAliases : relation.columnAliases,
  };
}

/** Names in parentheses; types behind them are skipped. */
export function parseColumnNames(cursor: Cursor): readonly Name[] {
  cursor.expectSymbol('(');
  const names: Name[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    names.push(parseTableName(cursor).at(-1) ?? { text: '', quoted: false });
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return names;
}
