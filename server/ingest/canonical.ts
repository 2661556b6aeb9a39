import { hash } from 'node:crypto';
import type { Json } from '../model/json.ts';

/**
 * A copy of a JSON value whose members are in code unit order, so that plain `JSON.stringify` of it is its canonical text.
 * Members that are undefined are left out; anything that JSON cannot hold becomes null.
 */
export function sortedJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.map((item) => sortedJson(item));
  if (typeof value !== 'object') return null;
  const sorted: Record<string, Json> = {};
  for (const key of Object.keys(value).sort()) {
    if (key === '__proto__') continue;
    const member: unknown = Reflect.get(value, key);
    if (member !== undefined) sorted[key] = sortedJson(member);
  }
  return sorted;
}

/** First 16 bytes of SHA-256 over a text, as 32 hex digits. */
export function textDigest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}
