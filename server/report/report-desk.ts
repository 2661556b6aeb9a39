import { createHash, randomBytes } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { LexlineError } from '../base/errors.ts';
import type { Json } from '../model/json.ts';
import type { Actor } from '../model/provenance.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import { keepConfirmation, standingConfirmation } from './confirmations.ts';
import type { ReviewedReport } from './create-reports.ts';
import { countOf } from '../query/labels.ts';

/** Writes down what is done with reports: who stands for one, and which left the house. */
export interface ReportDesk {
  /**
   * Keeps that a named person stands for a report as it was read through. Fails with INPUT_INVALID when the number of open
   * items they had in view is not the number there is, with REVIEW_CHANGED when somebody stands for this content already:
   * that one is not replaced. The same person of the same name again changes nothing. Answers when it was confirmed.
   */
  confirm(
    reviewed: ReviewedReport,
    by: { readonly name: string; readonly openItems: number; readonly actor: Actor },
  ): Promise<{ readonly at: string }>;
  /** Notes an export in the ledger. `sha256` is that of the file. */
  exported(file: {
    readonly name: string;
    readonly id: string;
    readonly revision: number;
    readonly format: string;
    readonly sha256: string;
    readonly actor: Actor;
    readonly why: string | null;
  }): Promise<void>;
  /** Notes that a pack of evidence is being made over a revision, so that the revision is kept. The pack holds this entry. */
  packed(pack: {
    readonly revision: number;
    readonly reports: readonly string[];
    readonly actor: Actor;
  }): Promise<void>;
}

interface DeskOptions {
  readonly memory: Parameters<typeof keepConfirmation>[0];
  readonly ledger: Pick<Ledger, 'append'>;
  readonly clock: Clock;
}

/** The ledger gets opaque ids and salted hashes of what people said; the words stay where they can be erased. */
export function createReportDesk({ memory, ledger, clock }: DeskOptions): ReportDesk {
  const append = async (kind: string, actor: Actor, body: Json): Promise<void> => {
    await ledger.append([{ kind, actor, at: instant(clock), subject: null, body }]);
  };
  const hidden = async (words: string): Promise<{ readonly salted: string; readonly ref: string }> => {
    const salt = randomBytes(16).toString('hex');
    const salted = createHash('sha256').update(`${salt}:${words}`).digest('hex');
    const ref = salted.slice(0, 16);
    await memory.put('said', ref, { salt, words });
    return { salted, ref };
  };
  /** One confirmation after the other: of two at once the second sees the first. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    confirm(reviewed, by) {
      const turn = last.then(() => confirmInTurn(reviewed, by));
      last = turn.catch(() => null);
      return turn;
    },
    async exported({ actor, why, ...file }) {
      const said = why === null ? null : await hidden(why);
      await append('report-exported', actor, { ...file, why: said === null ? null : said.salted });
    },
    async packed({ revision, reports, actor }) {
      await append('pack-created', actor, { name: 'a pack', revision, reports: [...reports] });
    },
  };

  async function confirmInTurn(
    ...[reviewed, { name, openItems, actor }]: Parameters<ReportDesk['confirm']>
  ): ReturnType<ReportDesk['confirm']> {
    if (openItems !== reviewed.open.count)
      throw new LexlineError(
        'INPUT_INVALID',
        `[report] ${reviewed.name} has ${countOf(reviewed.open.count, 'open item')}, not ${String(openItems)}`,
        { remedy: 'Look at its open items, then confirm with their number.' },
      );
    const { n } = reviewed.revision;
    const { content } = reviewed;
    const before = await standingConfirmation(memory, reviewed.key, { revision: n, content });
    if (before !== null) {
      if (before.by === name && before.actor?.kind === actor.kind && before.actor.id === actor.id) return before;
      throw alreadyConfirmed();
    }
    const at = instant(clock);
    const said = await hidden(name);
    await append('report-confirmed', actor, {
      report: reviewed.name,
      revision: n,
      content,
      openItems,
      by: said.salted,
    });
    await keepConfirmation(memory, reviewed.key, { by: name, at, openItems, content, revision: n, actor });
    return { at };
  }
}

/** Somebody stands for the report as it is. Their name is not in the message: the report itself shows it to who may read it. */
export function alreadyConfirmed(): LexlineError {
  return new LexlineError('REVIEW_CHANGED', '[report] it is confirmed already as it is; that confirmation stands', {
    remedy: 'Read the report again: it says who stands for it. Another confirmation needs another content.',
  });
}
