import type { Dialect } from '../dialect/dialect.ts';
import { Lexer } from './lexer.ts';
import { SecretWatch } from './secret-watch.ts';

/** Longest text kept; a longer one is no statement that somebody wrote. */
const longest = 256 * 1024;

/**
 * A statement with every literal blanked and every comment left out, such that it still parses: texts become `'?'`, numbers
 * `1`. Only a small whole number after GROUP BY or ORDER BY stays, because it stands for a column. For statements that have
 * to wait somewhere before they are resolved.
 */
export function blankLiterals(sql: string, dialect: Dialect): string {
  if (sql.length > longest) return '';
  const lexer = new Lexer(sql, dialect);
  const watch = new SecretWatch(dialect);
  let out = '';
  let inOrder = false;
  let depth = 0;
  let previous = '';
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    if (token.kind === 'word' && token.text === 'BY' && (previous === 'GROUP' || previous === 'ORDER')) {
      inOrder = true;
      depth = 0;
    } else if (inOrder && token.kind === 'symbol' && token.text === '(') depth += 1;
    else if (inOrder && token.kind === 'symbol' && token.text === ')') depth -= 1;
    else if (inOrder && token.kind === 'word' && depth === 0 && !ofOrder.has(token.text))
      inOrder = positions.has(previous);
    if (depth < 0) inOrder = false;
    const piece = pieceOf(
      sql.slice(token.start, token.end),
      watch.hides(token) ? 'string' : token.kind,
      inOrder && depth === 0 && positions.has(previous),
    );
    out += token.spaced && out !== '' ? ` ${piece}` : piece;
    previous = token.text;
  }
  return out;
}

/** Words that stand within the list of GROUP BY and ORDER BY. */
const ofOrder: ReadonlySet<string> = new Set(['ASC', 'DESC', 'NULLS', 'FIRST', 'LAST']);
/** What stands before an item of such a list. */
const positions: ReadonlySet<string> = new Set(['BY', ',']);

function pieceOf(text: string, kind: string, isPosition: boolean): string {
  if (kind === 'string' || kind === 'template' || kind === 'open') return "'?'";
  if (kind !== 'number') return text;
  return isPosition && /^\d{1,3}$/u.test(text) ? text : '1';
}
