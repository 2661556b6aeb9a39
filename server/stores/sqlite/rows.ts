import type { SQLOutputValue } from 'node:sqlite';
import { effects, type Effect } from '../../model/treatment.ts';
import type { EdgeKind } from '../../model/edge.ts';
import type { EntityKind, Uid } from '../../model/ids.ts';

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
