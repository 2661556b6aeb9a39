import type { RetentionPolicy } from '../../base/config-retention.ts';
import { instantOf, localTime } from '../../base/wall-clock.ts';
import type { Head, Revision, RevisionSpan } from '../../stores/graph/graph-store.ts';
import { isReadable, joined } from '../../stores/graph/retention-floor.ts';

/** A report or a pack that rests on a revision. */
export interface RestingReport {
  readonly what: string;
  readonly n: number;
  /** When it was made, exported or confirmed: ISO 8601. */
  readonly at: string;
}

/** Why some revisions below the floor stay. */
export interface KeptRevisions extends RevisionSpan {
  readonly why: string;
}

/** What a policy keeps at one moment, and what it lets go of. */
export interface RetentionPlan {
  /** Everything from this revision on stays. */
  readonly floor: number;
  readonly kept: readonly KeptRevisions[];
  /** Revisions that can be read now and no longer afterwards, put together. */
  readonly gone: readonly RevisionSpan[];
  readonly goneRevisions: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/**
 * What a policy means at an instant. Days and months end by the wall clock of `timezone`. What was known at a time is the last
 * revision published by then, so that one stays, however old it is itself.
 */
export function planRetention(options: {
  readonly policy: RetentionPolicy;
  /** In the order of their numbers. */
  readonly revisions: readonly Revision[];
  readonly head: Pick<Head, 'floor' | 'kept' | 'published'>;
  readonly reports: readonly RestingReport[];
  /** Ms since 1970. */
  readonly now: number;
  readonly timezone: string;
}): RetentionPlan {
  const { policy, revisions, head, reports, now, timezone } = options;
  const times = revisions.map(({ publishedAt }) => Date.parse(publishedAt));
  /** The number of the last revision published by then; 0: there was none. */
  const knownAt = (at: number): number => revisions[lastUpTo(times, at)]?.n ?? 0;
  const wanted = Math.max(head.floor, knownAt(now - policy.everything * dayMs));

  const kept: KeptRevisions[] = [];
  const keep = (first: number, last: number, why: string) => {
    if (last > 0 && first < wanted) kept.push({ first: Math.max(1, first), last: Math.min(last, wanted - 1), why });
  };
  for (const end of monthEnds(now - policy.everything * dayMs, policy.monthEnds, timezone)) {
    const n = knownAt(end.at);
    keep(n, n, `the end of ${end.month}`);
  }
  for (const { name, from, to, until } of policy.holds) {
    if (until !== undefined && endOf(until, timezone) < now) continue;
    const last = to === undefined ? head.published : knownAt(endOf(to, timezone));
    keep(knownAt(beginningOf(from, timezone)), last, `the hold "${name}"`);
  }
  for (const { what, n, at } of reports)
    if (policy.reports === undefined || Date.parse(at) + policy.reports * dayMs > now) keep(n, n, what);

  const spans = joined(kept);
  const goesNow = (n: number): boolean => isReadable(head, n) && !isReadable({ floor: wanted, kept: spans }, n);
  const going = revisions.filter(({ n }) => goesNow(n)).map(({ n }) => ({ first: n, last: n }));
  return {
    floor: wanted,
    kept: kept.filter((span) => isThere(head, span)).toSorted((a, b) => a.first - b.first || a.last - b.last),
    gone: joined(going),
    goneRevisions: going.length,
  };
}

/** Can anything of the span still be read? */
function isThere({ floor, kept }: Pick<Head, 'floor' | 'kept'>, { first, last }: RevisionSpan): boolean {
  return last >= floor || kept.some((one) => one.first <= last && first <= one.last);
}

/** Index of the last of the ascending times that is not after `at`; -1: none. */
function lastUpTo(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The ends of so many months, the last of them before `before`. */
function monthEnds(
  before: number,
  count: number,
  timezone: string,
): readonly { readonly month: string; readonly at: number }[] {
  const { year, month } = localTime(before, timezone);
  return Array.from({ length: count }, (_, back) => {
    const first = new Date(Date.UTC(year, month - 1 - back, 1));
    const ended = new Date(first.getTime() - dayMs).toISOString().slice(0, 7);
    return { month: ended, at: beginningOf(first.toISOString().slice(0, 10), timezone) - 1 };
  });
}

function beginningOf(date: string, timezone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  return instantOf({ year, month, day, hour: 0, minute: 0 }, timezone);
}

function endOf(date: string, timezone: string): number {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const next = new Date(Date.UTC(year, month - 1, day + 1)).toISOString().slice(0, 10);
  return beginningOf(next, timezone) - 1;
}
