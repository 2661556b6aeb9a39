import { createRequire } from 'node:module';
import type { RE2 } from 're2-wasm';

const longest = 1_000;
const load = createRequire(import.meta.url);

/** What a pattern finds in a name: the whole match and its groups; null where it finds nothing. */
export type ColumnPattern = (name: string) => readonly string[] | null;

/**
 * A regular expression over column names, as DuckDB and ClickHouse take it: RE2's syntax, found anywhere in the name, in time
 * linear to the name. Null for a pattern that RE2 refuses or that is longer than 1,000 signs. RE2 is loaded by the first one.
 */
export function columnPattern(pattern: string, anyCase: boolean): ColumnPattern | null {
  if (pattern.length > longest) return null;
  try {
    const engine = load('re2-wasm') as { readonly RE2: typeof RE2 };
    const compiled = new engine.RE2(pattern, anyCase ? 'iu' : 'u');
    return (name) => {
      const found = compiled.exec(name);
      return found === null ? null : [...found].map((group: string | undefined) => group ?? '');
    };
  } catch {
    return null;
  }
}
