import { z } from 'zod';
import type { Json } from '../../server/model/json.ts';

/**
 * What a read leaves behind: the fingerprint of every schema that it saw whole. Serves `resume` and `since` alike. A release
 * that makes other documents of the same rows takes another version, so that all is read once more.
 */
const cursorShape = z.object({
  version: z.literal(1),
  database: z.string(),
  fingerprints: z.record(z.string(), z.string()),
});

/** The fingerprints of an earlier read of the same database; none when there was no such read or its cursor is foreign. */
export function readCursor(at: Json | undefined, database: string): ReadonlyMap<string, string> {
  const parsed = cursorShape.safeParse(at);
  if (!parsed.success || parsed.data.database !== database) return new Map();
  return new Map(Object.entries(parsed.data.fingerprints));
}

/** The cursor of what was read so far. */
export function writeCursor(database: string, fingerprints: ReadonlyMap<string, string>): Json {
  const sorted = [...fingerprints].sort(([a], [b]) => (a < b ? -1 : 1));
  return { version: 1, database, fingerprints: Object.fromEntries(sorted) };
}
