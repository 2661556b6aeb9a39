import { setWords } from './keywords.ts';
import { parseKeys } from './parse-arguments.ts';
import { parseInto } from './parse-select.ts';
import { emptySelect } from '../ast/empty-select.ts';
import type { Query } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** ORDER BY, LIMIT and what else may end a query. */
export function parseTail(cursor: Cursor, query: Query): Query {
  let result = query;
  for (;;) {
    if (cursor.take('ORDER', 'BY') || cursor.take('ORDER', 'SIBLINGS', 'BY')) {
      const keys = parseKeys(cursor);
      if (result.kind === 'select' || result.kind === 'set')
        result = { ...result, orderBy: [...result.orderBy, ...keys] };
    } else if (cursor.take('LIMIT') || cursor.take('OFFSET') || cursor.take('INTERPOLATE')) skipLimit(cursor);
    else if (cursor.is('EMIT') && /^(?:CHANGES|FINAL)$/.test(cursor.peek(1).text))
      cursor.take('EMIT', cursor.peek(1).text);
    else if (cursor.is('FETCH', 'FIRST') || cursor.is('FETCH', 'NEXT')) skipFetch(cursor);
    else if (
      cursor.is('FOR') &&
      /^(?:UPDATE|SHARE|NO|KEY|READ|FETCH|XML|JSON|BROWSE|SYSTEM)$/.test(cursor.peek(1).text)
    )
      skipTrailer(cursor);
    else if (cursor.is('WITH') && /^(?:UR|CS|RS|RR|NO|TIES|CHECK|READ|CASCADED|LOCAL)$/.test(cursor.peek(1).text))
      skipTrailer(cursor);
    else if (cursor.is('OPTION') && cursor.isSymbol('(', 1)) {
      cursor.next();
      cursor.skipParens();
    } else if (
      cursor.is('SETTINGS') ||
      (cursor.is('FORMAT') && cursor.peek(1).kind === 'word') ||
      cursor.is('LOCK', 'IN') ||
      cursor.is('SAMPLE')
    )
      skipTrailer(cursor);
    else if (cursor.is('INTO') && result.kind === 'values' && result.rows.length === 1) {
      // Db2: `VALUES (expression) INTO variable`.
      const items = (result.rows[0] ?? []).map((expr) => ({ expr, alias: null, aliases: [] }));
      result = { ...emptySelect, items, into: parseInto(cursor) };
    } else if (cursor.is('INTO') && result.kind === 'select' && result.into === null)
      result = { ...result, into: parseInto(cursor) };
    else return result;
  }
}

function skipLimit(cursor: Cursor): void {
  if (!cursor.take('ALL')) {
    if (cursor.isSymbol(')') || cursor.atEnd) return;
    cursor.grammar.expression(cursor);
    if (cursor.takeSymbol('%')) cursor.take('');
    if (cursor.takeSymbol(',')) cursor.grammar.expression(cursor);
  }
  if (cursor.take('BY')) parseKeys(cursor);
  // Vertica: `LIMIT 1 OVER (PARTITION BY a ORDER BY b)`.
  if (cursor.is('OVER') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
  }
  if (!cursor.take('ROWS')) cursor.take('ROW');
  cursor.take('PERCENT');
  cursor.take('WITH', 'TIES');
}

function skipFetch(cursor: Cursor): void {
  cursor.next();
  cursor.next();
  while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('ONLY') && !cursor.is('TIES')) cursor.next();
  if (!cursor.take('ONLY')) cursor.take('TIES');
}

/** To the end of the query: nothing behind these words names a column of it. */
function skipTrailer(cursor: Cursor): void {
  while (
    !cursor.atEnd &&
    !cursor.isSymbol(')') &&
    !(cursor.peek().kind === 'word' && setWords.has(cursor.peek().text)) &&
    !cursor.is('ORDER', 'BY')
  ) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
}
