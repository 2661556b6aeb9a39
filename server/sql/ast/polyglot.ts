import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
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

/** A module of WebAssembly as machine code, which the threads of a process share. */
export type ParserCode = object;

/** The part of the global that is used; its types come with a browser's, which are not ours. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<ParserCode> };
let compiled: Promise<ParserCode> | undefined;

/**
 * The parser's 23 MB of WebAssembly as machine code for every thread of the process; about 0.4 s, once a process. Compiled
 * where no thread is ended while it runs: V8 crashes the process when a worker is ended that compiles a stream.
 */
export function compilePolyglot(): Promise<ParserCode> {
  compiled ??= readFile(createRequire(import.meta.url).resolve('@polyglot-sql/sdk/polyglot_sql.wasm'))
    .then((bytes) => WebAssembly.compile(bytes))
    .catch((error: unknown) => {
      compiled = undefined;
      throw error;
    });
  return compiled;
}

/** The parser in this thread, made from the code that `compilePolyglot` gave. Once a thread. */
export async function loadPolyglot(code: ParserCode): Promise<Parser> {
  const sdk: unknown = await import('@polyglot-sql/sdk/manual');
  const { init, parse } = sdk as {
    // Its type says an address; it takes what `WebAssembly.instantiate` takes.
    readonly init: (options: { readonly wasmUrl: ParserCode }) => Promise<void>;
    readonly parse: (sql: string, dialect: string) => unknown;
  };
  await init({ wasmUrl: code });
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
