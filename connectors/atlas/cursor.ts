import { z } from 'zod';
import type { Json } from '../../server/model/json.ts';

/**
 * What a read leaves behind. `full` is under way: which scopes are done, and how far into the open one. `changes`: a whole
 * read ended; what changed since `through` (the catalog's own clock) is asked for next.
 */
const cursorShape = z.object({
  version: z.literal(1),
  /** Catalog, types and settings that the documents were made by. */
  digest: z.string(),
  phase: z.enum(['full', 'changes']),
  /** When the last full read began, by our clock and by the catalog's. */
  fullAt: z.number(),
  through: z.number(),
  scopes: z.array(z.string()).nullable(),
  done: z.array(z.string()),
  /** The open scope, and the last id of it that was handed over. */
  open: z.object({ scope: z.string(), after: z.string() }).nullable(),
  /** Changed so lately that the next look back meets them again: id → time stamp. */
  recent: z.record(z.string(), z.number()),
  /** What could not be read, asked for again next time: by scope the ids with their names, and whole types. */
  unread: z.record(z.string(), z.record(z.string(), z.string())),
  unlisted: z.array(z.string()),
  /** How far the topic of changes was read; empty without one. */
  places: z.record(z.string(), z.string()).default({}),
});
export type AtlasCursor = z.output<typeof cursorShape>;

/** Ids kept under `recent` and `unread`; beyond it the next read is a full one, or meets some twice. */
export const maxKept = 5_000;

/** The cursor of an earlier read of the same catalog with the same settings; null otherwise. */
export function readCursor(at: Json | undefined, digest: string): AtlasCursor | null {
  const parsed = cursorShape.safeParse(at);
  return parsed.success && parsed.data.digest === digest ? parsed.data : null;
}

/** In a form that compares equal for equal reads. */
export function writeCursor(cursor: Omit<AtlasCursor, 'version'>): Json {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    version: 1,
    ...cursor,
    done: [...cursor.done].sort(),
    unlisted: [...cursor.unlisted].sort(),
    recent: sorted(cursor.recent),
    unread: sorted(cursor.unread),
    places: sorted(cursor.places),
  };
}
