import { z } from 'zod';
import { LexlineError } from '../base/errors.ts';
import type { NamedLaws } from './laws-by-name.ts';
import type { NotInForce, ProvisionHit, ProvisionQuery, Rulebook } from './rulebook.ts';

const names = z.union([z.string().min(1), z.array(z.string().min(1)).max(100)]);
const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  query: z.string().min(1).max(10_000),
  regulation: names.nullish(),
  /** Short for `regulation`; a word that no regulation goes by is ignored like any unknown member. */
  reg: z.string().nullish().catch(null),
  /** What the source says of the thing: read apart from the question, and for less. */
  comment: z.string().max(10_000).nullish(),
  category: z.string().min(1).nullish(),
  k: z.int().min(1).max(100).nullish(),
  as_of: z.iso.date().nullish(),
  language: z.string().length(2).nullish(),
});

/** One output line of `lexline regulations search`. `quote` is official text or null; `own_words` is never a quotation. */
export interface SearchAnswer {
  readonly id: string | number;
  readonly hits: readonly {
    readonly provision: string;
    readonly regulation: string;
    readonly title: string;
    readonly score: number;
    readonly quote: string | null;
    readonly own_words: string | null;
    /** Was the provision's number compared with an official text in hand? */
    readonly checked: boolean;
    readonly source: ProvisionHit['source'];
  }[];
  readonly abstain: boolean;
  /**
   * Where the question names a law: what was answered from, or that there is no catalogue of it. Where it is asked for a day:
   * which laws were not in force then. Where it names a number that nothing has: that. Where the endpoint of `llm.embeddings` failed:
   * that it was answered by words alone. Null: none of these.
   */
  readonly note: string | null;
}

/** Answers one line. Fails with INPUT_INVALID, naming the member that is wrong. */
export async function answerSearchLine(
  row: Readonly<Record<string, unknown>>,
  rulebook: Rulebook,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const parsed = lineSchema.safeParse(row);
  if (!parsed.success)
    throw new LexlineError('INPUT_INVALID', problemsOf(parsed.error), {
      remedy: '{"id": 1, "query": "column birth_date", "regulation": "gdpr"}',
    });
  const { id, query, regulation: full, reg, comment, category, k, as_of: asOf, language } = parsed.data;
  const regulation = full ?? (typeof reg === 'string' && rulebook.knows(reg) ? reg : null);
  const named = regulation === null ? rulebook.named(query) : { regulations: [], unknown: [] };
  const note = noteOn(named, rulebook);
  if (named.unknown.length > 0 && named.regulations.length === 0) return { id, hits: [], abstain: true, note };
  const question: ProvisionQuery = {
    query,
    ...(named.regulations.length > 0 ? { regulations: named.regulations } : {}),
    ...(typeof regulation === 'string' ? { regulations: [regulation] } : {}),
    ...(Array.isArray(regulation) ? { regulations: regulation } : {}),
    ...(typeof comment === 'string' ? { comment } : {}),
    ...(typeof category === 'string' ? { category } : {}),
    ...(typeof k === 'number' ? { k } : {}),
    ...(typeof asOf === 'string' ? { asOf } : {}),
    ...(typeof language === 'string' ? { language } : {}),
  };
  const answer = await rulebook.search(question, signal);
  const { hits, abstain, notInForce = [], unknownNumbers = [], byWordsAlone } = answer;
  return {
    id,
    hits: hits.map(({ provision, regulation: of, title, score, quote, ownWords, source }) => ({
      provision,
      regulation: of,
      title,
      score,
      quote,
      own_words: ownWords,
      checked: rulebook.provision(provision)?.checked ?? false,
      source,
    })),
    abstain,
    note:
      [
        ...(note === null ? [] : [note]),
        ...notInForce.map((one) => outOfForce(one, asOf ?? '')),
        ...unknownNumbers.map((number) => `no catalogue and no indexed text has a number ${number}`),
        ...(byWordsAlone === undefined
          ? []
          : [`answered by words alone, the question was not embedded (${byWordsAlone})`]),
      ].join('; ') || null,
  };
}

/** What is to be said of a law that was not in force on the day. */
function outOfForce({ regulation, from, to }: NotInForce, day: string): string {
  const until = to === null ? '' : ` to ${to}`;
  return `what the catalogue has of ${regulation} is in force from ${from}${until}: nothing of it answers for ${day}`;
}

/** What is to be said of the laws that a question names. */
function noteOn({ regulations, unknown }: NamedLaws, rulebook: Rulebook): string | null {
  const added = regulations.filter((id) => !rulebook.knows(id));
  const parts = [
    ...(regulations.length === 0 ? [] : [`the question names ${regulations.join(', ')}: answered from nothing else`]),
    ...(added.length === 0 ? [] : [`${added.join(', ')} ships and is not among the regulations of the configuration`]),
    ...unknown.map(
      ({ name, is }) =>
        `there is no catalogue of ${name}${is === null ? '' : ` (${is})`}, and no other law answers for it: add one as a folder (docs/regulations.md)`,
    ),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `[regulations] ${issue.path.map(String).join('.') || 'line'}: ${issue.message}`)
    .join('; ');
}
