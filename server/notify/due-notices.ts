import { z } from 'zod';
import { instant, type Clock } from '../base/clock.ts';
import type { NotifyConfig } from '../base/config-notify.ts';
import type { Query } from '../query/query.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { EndingDecision } from '../model/ending-decision.ts';
import { decisionNotices } from './decision-notices.ts';
import { noticeId, type LedgerHeadItem, type Notice } from './notice.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const seenKind = 'notify-seen';
/** Questions whose first sight is remembered. */
const maxSeen = 10_000;

export interface DueNoticesOptions {
  readonly query: Pick<Query, 'sources' | 'freshness'>;
  readonly settings: Pick<
    NotifyConfig,
    'decisionEndsWithinDays' | 'ledgerHeadEveryHours' | 'reviewDueAfterDays' | 'reports'
  >;
  /** Decisions of people that stand and end by then. */
  readonly endingBy: (time: string) => Promise<readonly EndingDecision[]>;
  /** Questions that wait for people. */
  readonly questions: () => Promise<readonly { readonly id: string; readonly fields: number }[]>;
  /** When a report over everything was confirmed last; null: never. */
  readonly confirmedAt: (report: string) => Promise<string | null>;
  /** The end of the ledger now; null: nothing was written yet. Absent: nobody is told of it. */
  readonly ledgerHead?: () => Promise<LedgerHeadItem['head'] | null>;
  readonly state: Pick<StateStore, 'get' | 'put'>;
  readonly clock: Clock;
}

/**
 * What became due by waiting. Each is made anew as long as it is due, with the same id for the same stretch: a stale source
 * until it is read again, a decision that runs out once before and once after, questions and reports once a period, the end
 * of the ledger as it was when its period was first looked at.
 */
export async function dueNotices(options: DueNoticesOptions): Promise<readonly Notice[]> {
  return [
    ...(await staleSources(options)),
    ...(await endingDecisions(options)),
    ...(await waitingQuestions(options)),
    ...(await dueReports(options)),
    ...(await endOfLedger(options)),
  ];
}

async function staleSources({ query, clock }: DueNoticesOptions): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (const { name, managed } of await query.sources()) {
    if (!managed) continue;
    const { stale, lastSyncedAt } = await query.freshness([name]);
    if (!stale) continue;
    const items = [{ source: name, lastReadAt: lastSyncedAt }];
    notices.push(notice('stale-source', [name, lastSyncedAt], clock, items));
  }
  return notices;
}

async function endingDecisions({ endingBy, settings, clock }: DueNoticesOptions): Promise<readonly Notice[]> {
  const by = new Date(clock.now() + settings.decisionEndsWithinDays * dayMs).toISOString();
  const now = instant(clock);
  // One that is past its end stands until the next sync, which tells that it has ended.
  const ahead = (await endingBy(by)).filter(({ endsAt }) => endsAt > now);
  return decisionNotices(ahead, false, now);
}

async function waitingQuestions({ questions, settings, state, clock }: DueNoticesOptions): Promise<readonly Notice[]> {
  const now = instant(clock);
  const before = ((await state.get(seenKind, 'questions')) ?? {}) as Readonly<Record<string, string>>;
  const groups = await questions();
  const seen = Object.fromEntries(groups.slice(0, maxSeen).map(({ id }) => [id, before[id] ?? now]));
  if (groups.length > 0 || Object.keys(before).length > 0) await state.put(seenKind, 'questions', seen);
  const limit = clock.now() - settings.reviewDueAfterDays * dayMs;
  const due = groups.filter(({ id }) => Date.parse(seen[id] ?? now) <= limit);
  if (due.length === 0) return [];
  const [oldestSince = now] = due.map(({ id }) => seen[id] ?? now).sort();
  const period = Math.floor((clock.now() - Date.parse(oldestSince)) / (settings.reviewDueAfterDays * dayMs));
  const fields = due.reduce((sum, group) => sum + group.fields, 0);
  return [notice('review-due', [oldestSince, period], clock, [{ groups: due.length, fields, oldestSince }])];
}

async function dueReports({ settings, confirmedAt, state, clock }: DueNoticesOptions): Promise<readonly Notice[]> {
  const notices: Notice[] = [];
  for (const { name, everyDays } of settings.reports) {
    const lastConfirmedAt = await confirmedAt(name);
    const since = lastConfirmedAt ?? (await firstSeen(state, `report/${name}`, instant(clock)));
    const age = clock.now() - Date.parse(since);
    if (lastConfirmedAt !== null && age < everyDays * dayMs) continue;
    const period = Math.floor(age / (everyDays * dayMs));
    const items = [{ report: name, lastConfirmedAt, everyDays }];
    notices.push(notice('report-due', [name, lastConfirmedAt, period], clock, items));
  }
  return notices;
}

async function endOfLedger({ ledgerHead, settings, state, clock }: DueNoticesOptions): Promise<readonly Notice[]> {
  if (ledgerHead === undefined) return [];
  const period = Math.floor(clock.now() / (settings.ledgerHeadEveryHours * hourMs));
  const kept = keptHeadSchema.safeParse(await state.get(seenKind, 'ledger-head')).data;
  const isKept = kept?.period === period;
  const head = isKept ? kept.head : await ledgerHead();
  if (head === null) return [];
  // An end that did not move since it was told is not told again, but for as long as its own period lasts.
  const since = isKept ? kept.since : kept?.head.hash === head.hash ? kept.since : period;
  if (!isKept) await state.put(seenKind, 'ledger-head', { period, since, head: { ...head } });
  return since === period ? [notice('ledger-head', [head.hash], clock, [{ head }])] : [];
}

/** The end of the ledger that a period tells of, and the period that first told of it. */
const keptHeadSchema = z.object({
  period: z.int(),
  since: z.int(),
  head: z.object({
    format: z.string(),
    batch: z.int(),
    lastSeq: z.int(),
    hash: z.string(),
    at: z.string(),
    publicKey: z.string().nullable(),
    signature: z.string().nullable(),
  }),
});

async function firstSeen(state: DueNoticesOptions['state'], what: string, now: string): Promise<string> {
  const kept = await state.get(seenKind, what);
  if (typeof kept === 'string') return kept;
  await state.put(seenKind, what, now);
  return now;
}

function notice(
  kind: 'stale-source' | 'review-due' | 'report-due' | 'ledger-head',
  ground: readonly (string | number | null)[],
  clock: Clock,
  items: Notice['items'],
): Notice {
  return { id: noticeId(kind, ground), kind, at: instant(clock), revision: null, total: items.length, items };
}
