import { clauseWords } from './keywords.ts';
import { closeParens } from './parse-parts.ts';
import { call } from '../ast/make.ts';
import type { Expr, Name, SelectItem } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** One item of a select list. */
export function parseItem(cursor: Cursor): SelectItem {
  if (isPrefixAlias(cursor)) {
    const alias = cursor.name();
    cursor.next();
    return { expr: cursor.grammar.expression(cursor), alias, aliases: [] };
  }
  const added = parseAdded(cursor);
  if (added !== null) return { expr: added, alias: null, aliases: [] };
  const expr = cursor.grammar.expression(cursor);
  if (cursor.take('AS')) {
    if (cursor.takeSymbol('(')) {
      const aliases: Name[] = [];
      do {
        aliases.push(aliasHere(cursor));
        // Hive: `TRANSFORM (…) USING '…' AS (a STRING, b INT)`.
        while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
          if (cursor.isSymbol('(')) cursor.skipParens();
          else cursor.next();
        }
      } while (cursor.takeSymbol(','));
      closeParens(cursor);
      return { expr, alias: null, aliases };
    }
    return { expr, alias: aliasHere(cursor), aliases: [] };
  }
  const { kind, text } = cursor.peek();
  if (kind === 'name' || (kind === 'string' && expr.kind !== 'literal'))
    return { expr, alias: aliasHere(cursor), aliases: [] };
  if (kind === 'word' && !clauseWords.has(text) && !text.startsWith('@'))
    return { expr, alias: cursor.name(), aliases: [] };
  return { expr, alias: null, aliases: [] };
}

/** T-SQL: `SELECT @s += expression` puts the old value and the new one together; null where none of that stands here. */
function parseAdded(cursor: Cursor): Expr | null {
  const { kind, text } = cursor.peek();
  const isCompound = cursor.dialect.equalsAlias && kind === 'word' && text.startsWith('@') && cursor.isSymbol('=', 2);
  const operator = cursor.peek(1).text;
  if (!isCompound || !/^[-+*/%&|^]$/.test(operator)) return null;
  const variable: Expr = { kind: 'variable', name: cursor.name().text };
  cursor.next();
  cursor.next();
  return call('=', [variable, call(operator, [variable, cursor.grammar.expression(cursor)])]);
}

/** DuckDB: `total: a + b`. */
function isPrefixAlias(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  return cursor.dialect.prefixAliases && (kind === 'word' || kind === 'name') && cursor.isSymbol(':', 1);
}

function aliasHere(cursor: Cursor): Name {
  const token = cursor.peek();
  if (token.kind !== 'string') return cursor.name();
  cursor.next();
  return { text: token.text, quoted: true };
}

/** A comma-separated list of select items, a comma at its end allowed. */
export function parseItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do {
    if (cursor.is('FROM') || cursor.atEnd || cursor.isSymbol(')')) break;
    items.push(parseItem(cursor));
  } while (cursor.takeSymbol(','));
  return items;
}
