import { isRaw, list } from './raw.ts';
import { readStatement } from './read-statement.ts';
import type { Raw } from './raw.ts';
import type { Statement } from './nodes.ts';

/** What came of one text. `error` names the place and never quotes the text. */
export type Parsed =
  | { readonly ok: true; readonly statements: readonly Statement[] }
  | { readonly ok: false; readonly error: string };

/** Parses one text in the parser's own word for a dialect. */
export type Parser = (sql: string, dialect: string) => Parsed;

/** Loads the parser's 23 MB WebAssembly module; about 0.4 s, once a thread. */
export async function loadPolyglot(): Promise<Parser> {
  const sdk: unknown = await import('@polyglot-sql/sdk');
  const { parse } = sdk as { readonly parse: (sql: string, dialect: string) => unknown };
  return (sql, dialect) => {
    const answer = parse(sql, dialect);
    if (!isRaw(answer)) return { ok: false, error: 'the parser gave no answer' };
    if (answer['success'] !== true) return { ok: false, error: placeOf(answer) };
    return { ok: true, statements: list(answer, 'ast').map(readStatement) };
  };
}

/** The parser's messages quote the text, so only the place is kept. */
function placeOf(answer: Raw): string {
  const line = answer['errorLine'];
  const column = answer['errorColumn'];
  const place = typeof line === 'number' && typeof column === 'number' ? ` at line ${line}, column ${column}` : '';
  return `not understood${place}`;
}
