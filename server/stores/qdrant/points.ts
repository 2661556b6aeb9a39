import { hash } from 'node:crypto';
import { z } from 'zod';
import { LexlineError } from '../../base/errors.ts';
import type { Passage, PassageFilter } from '../vectors/vector-index.ts';
import { passageVector, type SparseVector } from './sparse-vector.ts';

/** Names of the two vectors of a point. */
export const vectorNames = { dense: 'meaning', sparse: 'words' } as const;
/** Members that filters ask for; each gets an index of its own in a collection. */
export const filteredMembers = [
  ['regulation', 'keyword'],
  ['edition', 'keyword'],
  ['language', 'keyword'],
  ['kind', 'keyword'],
  ['from', 'integer'],
  ['to', 'integer'],
] as const;

/** Days as numbers, so that a range can be asked for: 20180525. Open ends are the first and the last number there can be. */
const firstDay = 0;
const lastDay = 99_999_999;

function dayOf(date: string | null, open: number): number {
  return date === null ? open : Number(date.replaceAll('-', ''));
}

function dateOf(day: number, open: number): string | null {
  const digits = String(day).padStart(8, '0');
  return day === open ? null : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** A point's id: a UUID made from the passage's own id, so that a passage put again replaces itself. */
export function pointId(passage: string): string {
  const hex = hash('sha256', passage, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A passage as a point. */
export function toPoint(passage: Passage): {
  readonly id: string;
  readonly vector: Record<string, number[] | SparseVector>;
  readonly payload: Record<string, unknown>;
} {
  const { id, vector, from, to, ...rest } = passage;
  return {
    id: pointId(id),
    vector: {
      [vectorNames.sparse]: passageVector(passage.text, passage.searchText),
      ...(vector === null ? {} : { [vectorNames.dense]: [...vector] }),
    },
    payload: { ...rest, passage: id, from: dayOf(from, firstDay), to: dayOf(to, lastDay) },
  };
}

const pointSchema = z.object({
  payload: z.object({
    passage: z.string(),
    regulation: z.string(),
    provision: z.string(),
    edition: z.string(),
    language: z.string(),
    kind: z.enum(['official', 'own-words']),
    text: z.string(),
    searchText: z.string(),
    from: z.number(),
    to: z.number(),
    payload: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  vector: z.record(z.string(), z.unknown()).nullish(),
});

/** A point as the passage it was. Fails with STORE_CORRUPT when something else wrote it. */
export function toPassage(point: unknown): Passage {
  const parsed = pointSchema.safeParse(point);
  if (!parsed.success)
    throw new LexlineError('STORE_CORRUPT', '[stores/qdrant] a point is not as Lexline writes it', {
      remedy: 'Index the texts again: lexline regulations add.',
    });
  const { passage, from, to, ...rest } = parsed.data.payload;
  const dense = z.array(z.number()).safeParse(parsed.data.vector?.[vectorNames.dense]);
  return {
    id: passage,
    ...rest,
    from: dateOf(from, firstDay),
    to: dateOf(to, lastDay),
    vector: dense.success ? dense.data : null,
  };
}

/** One condition of a filter, as Qdrant writes it. */
export type Condition =
  | { readonly key: string; readonly match: { readonly any: string[] } }
  | { readonly key: string; readonly range: { readonly lte?: number; readonly gt?: number } };

/** A filter in Qdrant's words; null: nothing can pass it. */
export function toFilter(filter: PassageFilter): { readonly must: Condition[] } | null {
  const lists = [
    ['regulation', filter.regulations],
    ['edition', filter.editions],
    ['language', filter.languages],
    ['kind', filter.kind === undefined ? undefined : [filter.kind]],
  ] as const;
  const must: Condition[] = [];
  for (const [key, list] of lists) {
    if (list === undefined) continue;
    if (list.length === 0) return null;
    must.push({ key, match: { any: [...list] } });
  }
  if (filter.asOf !== undefined) {
    const day = dayOf(filter.asOf, firstDay);
    must.push({ key: 'from', range: { lte: day } }, { key: 'to', range: { gt: day } });
  }
  return { must };
}
