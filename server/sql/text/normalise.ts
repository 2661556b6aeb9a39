import { createHash } from 'node:crypto';
import { Lexer } from './lexer.ts';
import { SecretWatch } from './secret-watch.ts';
import type { Dialect } from '../dialect/dialect.ts';

/** Longest normalised text kept; more is cut, with `…` at its end. */
const longest = 64 * 1024;

/**
 * A statement with every literal and every password replaced by `?` and every comment and hint left out, lists of literals folded into one. The
 * only form in which a statement may be stored. Works on any text: what is left open counts as a literal to the end.
 */
export function normalise(sql: string, dialect: Dialect): string {
  const lexer = new Lexer(sql, dialect);
  const watch = new SecretWatch(dialect);
  let out = '';
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) {
    const isSecret = watch.hides(token);
    const piece = isSecret || literalKinds.has(token.kind) ? '?' : sql.slice(token.start, token.end);
    out += token.spaced && out !== '' ? ` ${piece}` : piece;
    if (out.length > longest * 4) break;
  }
  const folded = out
    .replaceAll(/\?(?:\s*,\s*\?)+/g, '?')
    .replaceAll(/\(\s*\?\s*\)(?:\s*,\s*\(\s*\?\s*\))+/g, '(?)')
    .replace(/[\s;]+$/, '');
  return folded.length > longest ? `${folded.slice(0, longest)}…` : folded;
}

const literalKinds = new Set(['string', 'number', 'template', 'open']);

/**
 * The fingerprint of a normalised statement: the same for texts that differ in literals, comments, spacing and the case of
 * what stands outside of quotes.
 */
export function fingerprint(normalised: string): string {
  const text = normalised
    .replaceAll(/"[^"]*"|[^"]+/g, (piece) => (piece.startsWith('"') ? piece : piece.toLowerCase()))
    .replaceAll(/\s+/g, ' ');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
