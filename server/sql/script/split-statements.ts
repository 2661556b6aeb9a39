import { Lexer } from '../text/lexer.ts';
import type { Dialect } from '../dialect/dialects.ts';

/** Cuts a script at its semicolons (and T-SQL's GO), outside of strings, comments and parentheses. */
export function splitStatements(sql: string, dialect: Dialect): readonly string[] {
  const lexer = new Lexer(sql, dialect);
  const found: string[] = [];
  let start: number | null = null;
  let end = 0;
  let depth = 0;
  const close = (): void => {
    if (start !== null && end > start) found.push(sql.slice(start, end));
    start = null;
    depth = 0;
  };
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    if (token.kind === 'symbol' && token.text === ';' && depth <= 0) {
      close();
      continue;
    }
    if (token.text === '(') depth += 1;
    else if (token.text === ')') depth -= 1;
    start ??= token.start;
    end = token.end;
  }
  close();
  return found;
}
