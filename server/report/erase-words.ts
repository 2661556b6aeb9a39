import { z } from 'zod';
import { instant, type Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Ledger, LedgerRecord } from '../stores/ledger/ledger.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import { confirmationKind } from './confirmations.ts';
import { jobKeptMs, reportJobKind } from './report-jobs.ts';

/** What is erased: entries of the ledger by number, or every entry behind which these words are kept. */
export type MeantWords = { readonly entries: readonly number[] } | { readonly words: string };

/** An entry of the ledger whose words are still kept beside it. */
export interface KeptWords {
  readonly seq: number;
  readonly at: string;
  readonly kind: string;
  readonly report: string;
  /** `by`: the name of who confirmed · `why`: the reason of an export. */
  readonly member: 'by' | 'why';
}

/** Takes away what people said, or were called, where it stands beside the ledger. */
export interface WordEraser {
  /** Fails with INPUT_INVALID for an entry that keeps no words, and where no entry keeps the words. */
  find(meant: MeantWords): Promise<readonly KeptWords[]>;
  /**
   * Erases the words, their salts, and the name in what is kept of the confirmation and of the job that made the report; the entries stay as they are, so the
   * chain holds. The erasure is an entry of its own, with the numbers of the others and no words.
   */
  erase(found: readonly KeptWords[], actor: Actor): Promise<void>;
}

/** Stands in the place of a name that was erased. */
export const erasedName = 'a person whose name was erased';

/** The part of the state store that words are kept in. */
interface Memory {
  get(kind: string, key: string): Promise<Json | null>;
  put(kind: string, key: string, body: Json, expiresAt?: string): Promise<void>;
  remove(kind: string, key: string): Promise<void>;
  list(
    kind: string,
    page: PageRequest & { readonly prefix?: string },
  ): Promise<Page<{ readonly key: string; readonly body: Json }>>;
}

interface EraserOptions {
  readonly memory: Memory;
  readonly ledger: Pick<Ledger, 'append' | 'read'>;
  readonly clock: Clock;
}

const members = { 'report-confirmed': 'by', 'report-exported': 'why' } as const;
const saidSchema = z.object({ salt: z.string(), words: z.string() });
const bodySchema = z.object({
  report: z.string().optional(),
  name: z.string().optional(),
  by: z.string().nullish(),
  why: z.string().nullish(),
  content: z.string().optional(),
});

const jobSchema = z.object({
  name: z.string(),
  updatedAt: z.string(),
  confirmation: z.object({ by: z.string(), at: z.string() }),
});

interface Found extends KeptWords {
  readonly ref: string;
  readonly words: string;
  readonly content: string | null;
}

/** Works on the words that {@link createReportDesk} keeps. */
export function createWordEraser({ memory, ledger, clock }: EraserOptions): WordEraser {
  const wordsOf = async (record: LedgerRecord, member: 'by' | 'why'): Promise<Found | null> => {
    const body = bodySchema.safeParse(record.body).data;
    const salted = body?.[member] ?? null;
    if (body === undefined || salted === null) return null;
    const ref = salted.slice(0, 16);
    const kept = saidSchema.safeParse(await memory.get('said', ref)).data;
    if (kept === undefined) return null;
    const { seq, at, kind } = record;
    const report = body.report ?? body.name ?? '';
    return { seq, at, kind, report, member, ref, words: kept.words, content: body.content ?? null };
  };
  const all = async (isMeant: (one: Found) => boolean): Promise<readonly Found[]> => {
    const found: Found[] = [];
    for (const [kind, member] of Object.entries(members))
      for await (const record of everyPage((page) => ledger.read({ kind }, page))) {
        const one = await wordsOf(record, member);
        if (one !== null && isMeant(one)) found.push(one);
      }
    return found.toSorted((a, b) => a.seq - b.seq);
  };
  const unname = async ({ report, content, words }: Found): Promise<void> => {
    const prefix = `[${JSON.stringify(report)},`;
    for await (const { key, body } of everyPage((page) => memory.list(confirmationKind, { ...page, prefix })))
      if (isOf(body, content, words)) await memory.put(confirmationKind, key, { ...body, by: erasedName });
    for await (const { key, body } of everyPage((page) => memory.list(reportJobKind, page))) {
      const job = jobSchema.safeParse(body).data;
      if (job?.name !== report || job.confirmation.by !== words) continue;
      // What the person remarked goes with the name; the job is kept no longer than it was.
      const confirmation = { ...job.confirmation, by: erasedName, remark: null };
      const expiresAt = new Date(Date.parse(job.updatedAt) + jobKeptMs).toISOString();
      await memory.put(reportJobKind, key, { ...(body as Readonly<Record<string, Json>>), confirmation }, expiresAt);
    }
  };
  return {
    async find(meant) {
      if ('words' in meant) {
        const wanted = plain(meant.words);
        const found = await all(({ words }) => plain(words) === wanted);
        if (found.length > 0) return found.map(shown);
        throw new LexlineError('INPUT_INVALID', '[ledger] no entry keeps these words', {
          remedy: 'Give a name or a reason whole, as it was entered, or the numbers of entries with --entries.',
        });
      }
      const found = await all(({ seq }) => meant.entries.includes(seq));
      const missing = meant.entries.find((seq) => !found.some((one) => one.seq === seq));
      if (missing !== undefined)
        throw new LexlineError('INPUT_INVALID', `[ledger] entry ${String(missing)} keeps no words beside it`, {
          remedy: 'Only entries of confirmed and exported reports do, until they are erased.',
        });
      return found.map(shown);
    },
    async erase(kept, actor) {
      const found = await all(({ seq }) => kept.some((one) => one.seq === seq));
      if (found.length === 0) return;
      // First the entry: after a kill the words are still found and can be erased again, but no erasure goes unrecorded.
      const entries = found.map(({ seq, member }) => ({ seq, member }));
      await ledger.append([{ kind: 'words-erased', actor, at: instant(clock), subject: null, body: { entries } }]);
      for (const one of found) {
        if (one.member === 'by') await unname(one);
        await memory.remove('said', one.ref);
      }
    },
  };
}

function shown({ seq, at, kind, report, member }: Found): KeptWords {
  return { seq, at, kind, report, member };
}

const plain = (words: string): string => words.normalize('NFC').trim().toLowerCase();

function isOf(body: Json, content: string | null, words: string): body is Readonly<Record<string, Json>> {
  const confirmation = z.object({ by: z.literal(words), content: z.literal(content) });
  return confirmation.safeParse(body).success;
}
