import { hash } from 'node:crypto';
import { SEP } from './schema.ts';

/** Characters of a text that an index entry takes, at most: four bytes each stay below Neo4j's limit of 8 kB. */
const indexedLength = 1500;

/**
 * A text that an index can hold and that still orders as the text does: the beginning of a very long one, and a hash of all
 * of it.
 */
export function indexable(text: string): string {
  if (text.length <= indexedLength) return text;
  const kept = Array.from(text.slice(0, indexedLength * 2)).slice(0, indexedLength);
  return `${kept.join('')}${SEP}${hash('sha256', text, 'hex').slice(0, 32)}`;
}

/** A key of several parts. */
export function keyOf(...parts: readonly (string | number)[]): string {
  return indexable(parts.join(SEP));
}

/** Where a thing stands in lists: by namespace, name and path. U+0000 comes before every other character. */
export function placeOf(namespace: string, name: string, path: string | null): string {
  return indexable(`${namespace}\u0000${name}\u0000${path ?? ''}`);
}

/** Compares texts as Neo4j orders them: by code point, which is how their UTF-8 bytes compare. */
export function byCodePoint(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
