import { hash } from 'node:crypto';

/** A value that survives JSON unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The one canonical text of a JSON value: members sorted by UTF-16 code units, no white space, `undefined` members left
 * out. Two values are the same fact exactly when their canonical texts are equal (the idea of RFC 8785, without its
 * number rules: JavaScript already prints numbers as that RFC asks).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** First 16 bytes of SHA-256 over the canonical text, as 32 hex digits. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonicalJson(value), 'hex').slice(0, 32);
}
