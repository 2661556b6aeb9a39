import type { SQLOutputValue } from 'node:sqlite';
import { effects, type Effect } from '../../model/treatment.ts';
import type { EdgeKind } from '../../model/edge.ts';
import type { EntityKind, Uid } from '../../model/ids.ts';
import { LexlineError } from '../../base/errors.ts';

/** Kinds of entities and edges as they stand in the tables. Never reorder: the numbers are stored. */
export const entityKinds: readonly EntityKind[] = ['dataset', 'field', 'job'];
export const edgeKinds: readonly EdgeKind[] = [
  'DATASET',
  'IDENTITY',
  'TRANSFORMATION',
  'AGGREGATION',
  'JOIN',
  'GROUP_BY',
  'FILTER',
  'SORT',
  'WINDOW',
  'CONDITIONAL',
];

export type Row = Record<string, SQLOutputValue | undefined>;

export function uidBytes(uid: Uid): Buffer {
  return Buffer.from(uid, 'hex');
}

export function uidText(bytes: unknown): Uid {
  return bytes instanceof Uint8Array
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
    : '';
}

export function effectNumber(effect: Effect): number {
  return effects.indexOf(effect);
}

export function effectAt(number: unknown): Effect {
  return effects[Number(number)] ?? 'unknown';
}

/** A page cursor: what the list was ordered by, as opaque text. */
export function toCursor(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Reads what {@link toCursor} made. Fails with INPUT_INVALID for anything else. */
export function fromCursor(cursor: string, length: number): readonly (string | number | null)[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === length) return parts as (string | number | null)[];
  } catch {
    // Falls through to the typed error.
  }
  throw new LexlineError('INPUT_INVALID', '[stores] this is not a cursor of this list', {
    remedy: 'Pass the cursor of an earlier page of the same list unchanged, or none.',
  });
}

/** Cuts a page from rows that were read with one row too many. */
export function pageOf<R, T>(
  rows: readonly R[],
  first: number,
  map: (row: R) => T,
  cursorOf: (row: R) => readonly unknown[],
): { items: T[]; cursor: string | null } {
  const kept = rows.slice(0, first);
  const last = kept.at(-1);
  return {
    items: kept.map((row) => map(row)),
    cursor: rows.length > first && last !== undefined ? toCursor(cursorOf(last)) : null,
  };
}
