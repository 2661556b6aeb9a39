import { createHash } from 'node:crypto';
import type { noticeKinds } from '../base/config-notify.ts';

/** What a notice is about; `test` is sent by hand. */
export type NoticeKind = (typeof noticeKinds)[number] | 'test';

/** A field that was found. Names, categories and classes only: no value, no description, nothing that people wrote. */
export interface FieldItem {
  readonly namespace: string;
  readonly dataset: string;
  readonly field: string;
  readonly categories: readonly string[];
  readonly classes: readonly string[];
  /** Our page about it: whole where the configuration says where the pages are, else from the server's root. */
  readonly url: string;
}

/** A source that was not read for too long. */
export interface SourceItem {
  readonly source: string;
  /** Null: never with success. */
  readonly lastReadAt: string | null;
}

/** Questions that wait for people. */
export interface ReviewItem {
  readonly groups: number;
  readonly fields: number;
  readonly oldestSince: string;
}

/** Decisions of people that run out, or ran out: what machines say counts again then, and the question comes back. */
export interface DecisionItem {
  readonly decision: string;
  /** What holds by it, or does not; null: all that was found was rejected. */
  readonly category: string | null;
  readonly decided: number;
  readonly endsAt: string;
  readonly hasEnded: boolean;
}

/** A report that nobody confirmed in time. */
export interface ReportItem {
  readonly report: string;
  /** Null: never. */
  readonly lastConfirmedAt: string | null;
  readonly everyDays: number;
}

/**
 * The end of the ledger, signed where a key is configured: kept by the receiver, it shows later that no tail was cut.
 * `head` is a file for `lexline ledger verify --head`.
 */
export interface LedgerHeadItem {
  readonly head: {
    readonly format: string;
    readonly batch: number;
    readonly lastSeq: number;
    readonly hash: string;
    readonly at: string;
    readonly publicKey: string | null;
    readonly signature: string | null;
  };
}

/** What receivers are told. The same thing has the same id, however often it is sent. */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly at: string;
  /** The revision that brought it; null for what no revision brings. */
  readonly revision: number | null;
  /** How many there are; `items` names at most fifty. Null: too many to be counted. */
  readonly total: number | null;
  readonly items: readonly (FieldItem | SourceItem | DecisionItem | ReviewItem | ReportItem | LedgerHeadItem)[];
}

/** Items that a notice names at most; the rest is counted. */
export const maxItems = 50;

/** The id of what is told: the same ground, the same id. */
export function noticeId(kind: NoticeKind, ground: readonly (string | number | null)[]): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...ground]))
    .digest('hex');
  return `ntc_${digest.slice(0, 32)}`;
}
