import { LexlineError } from '../../base/errors.ts';
import type { Head, RevisionSpan } from './graph-store.ts';

/** Which revisions can still be read: those from the floor on, and the spans that were kept below it. */
export type Readable = Pick<Head, 'floor' | 'kept'>;

export function isReadable({ floor, kept }: Readable, n: number): boolean {
  return n >= floor || kept.some(({ first, last }) => first <= n && n <= last);
}

/** The kept revisions nearest to one that was purged: the last before it, if any, and the first after it. */
export function nearestKept({ floor, kept }: Readable, n: number): readonly number[] {
  const before = Math.max(0, ...kept.filter(({ last }) => last < n).map(({ last }) => last));
  const after = Math.min(floor, ...kept.filter(({ first }) => first > n).map(({ first }) => first));
  return before > 0 ? [before, after] : [after];
}

/** Fails with ASOF_BELOW_RETENTION for a revision whose rows were purged. */
export function checkKept(readable: Readable, n: number): void {
  if (isReadable(readable, n)) return;
  throw new LexlineError('ASOF_BELOW_RETENTION', `[stores] revision ${n} is no longer kept`, {
    remedy: `Ask for revision ${nearestKept(readable, n).join(' or ')}; from ${readable.floor} on every one is kept.`,
  });
}

/** What a time is answered with whose revision was purged. `publishedAt` are the times of {@link nearestKept}. */
export function timeNotKept(time: string, n: number, publishedAt: readonly string[]): LexlineError {
  return new LexlineError(
    'ASOF_BELOW_RETENTION',
    `[stores] what was known at ${time} (revision ${n}) is no longer kept`,
    { remedy: `The nearest times that are kept: ${publishedAt.join(', ')}.` },
  );
}

/** What can be read after a purge to `floor` that keeps `keep`: what was purged before does not come back. */
export function readableAfter(before: Readable, floor: number, keep: readonly RevisionSpan[]): Readable {
  const raised = Math.max(before.floor, floor);
  const there = [...before.kept, { first: before.floor, last: raised - 1 }];
  const both = keep.flatMap((a) =>
    there.map((b) => ({ first: Math.max(a.first, b.first), last: Math.min(a.last, b.last, raised - 1) })),
  );
  return { floor: raised, kept: joined(both.filter(({ first, last }) => first <= last && last > 0)) };
}

/** Spans in order, those that touch put together. */
export function joined(spans: readonly RevisionSpan[]): readonly RevisionSpan[] {
  const found: RevisionSpan[] = [];
  for (const span of spans.toSorted((a, b) => a.first - b.first)) {
    const last = found.at(-1);
    if (last === undefined || span.first > last.last + 1) found.push(span);
    else found[found.length - 1] = { first: last.first, last: Math.max(last.last, span.last) };
  }
  return found;
}

/** Fails with INPUT_INVALID for a floor that is no published revision. */
export function checkFloor(floor: number, published: number): void {
  if (!Number.isSafeInteger(floor) || floor < 0)
    throw new LexlineError('INPUT_INVALID', `[stores] ${floor} is not a revision`);
  if (floor > published)
    throw new LexlineError(
      'INPUT_INVALID',
      `[stores] revision ${floor} is not published yet; the newest is ${published}`,
    );
}

/** Spans as an engine keeps them. */
export function keptText(kept: readonly RevisionSpan[]): string {
  return JSON.stringify(kept.map(({ first, last }) => [first, last]));
}

export function keptOf(text: unknown): readonly RevisionSpan[] {
  if (typeof text !== 'string') return [];
  return (JSON.parse(text) as readonly (readonly [number, number])[]).map(([first, last]) => ({ first, last }));
}
