import { z } from 'zod';
import { NONE } from '../model/classification.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { sentencesShown, type Question } from './question.ts';
import { readStrictJson } from './strict-json.ts';

/** A citation as the model named it: nothing is believed yet. */
export interface NamedCitation {
  /** Id of a candidate of the question. */
  readonly passage: string;
  readonly sentence: number;
}

/** What a model said of one column, in our words. */
export interface ColumnSaying {
  readonly index: number;
  readonly decision: 'category' | 'none' | 'abstain';
  /** The categories it named, first the main one; empty unless the decision is `category`. */
  readonly categories: readonly string[];
  readonly citations: readonly NamedCitation[];
  /** The model met a text that tries to give instructions. */
  readonly instructed: boolean;
}

const citationSchema = z.strictObject({ passage: z.string(), sentence: z.int() });
/** Citations of one column that are looked at. */
const mostCitations = 16;
/** Stands for a citation of what was not shown: the check of citations counts it and drops it. */
const notShown: NamedCitation = { passage: '-', sentence: -1 };

export type AnswerReading =
  | { readonly valid: true; readonly columns: readonly ColumnSaying[] }
  /** In fixed words: nothing of what the model wrote gets into another question. */
  | { readonly valid: false; readonly problems: readonly string[] };

const answerSchema = z.strictObject({
  subject: z.string().max(40),
  columns: z
    .array(
      z.strictObject({
        column: z.int(),
        decision: z.enum(['category', 'none', 'abstain']),
        category: z.string().max(80),
        also: z.array(z.string().max(80)).max(8),
        // Whatever stands here spoils no judgement: a citation that does not hold is dropped, one by one.
        citations: z.array(z.unknown()),
        instructed: z.boolean(),
      }),
    )
    .max(200),
});

/**
 * Reads an answer to a question: strict JSON, every column exactly once, only categories and provisions of the lists. A
 * category's short name is taken for the category; a label that merely looks like one (other letters, hidden characters) is
 * not. A citation that names a passage or a sentence that this question did not show is none, and leaves the judgement as it
 * is; whether the others hold is for the check of citations.
 */
export function readAnswer(text: string, question: Question, taxonomy: Taxonomy): AnswerReading {
  const invalid = (...problems: string[]): AnswerReading => ({ valid: false, problems });
  const json = readStrictJson(text);
  if (json.problem !== null) return invalid(`the answer is no JSON object that can be read: ${json.problem}`);
  const parsed = answerSchema.safeParse(json.value);
  if (!parsed.success)
    return invalid('the answer does not hold to the schema: members are missing, too many, or of another type');
  const problems = new Set<string>();
  const wanted = new Set(question.open.map(({ index }) => index));
  const seen = new Set<number>();
  const columns: ColumnSaying[] = [];
  for (const { column, decision, category, also, citations, instructed } of parsed.data.columns) {
    if (!wanted.has(column)) problems.add('a column was judged that was not asked about');
    if (seen.has(column)) problems.add('a column was judged twice');
    seen.add(column);
    const named = decision === 'category' ? [category, ...also] : [];
    const categories = named.map((label) => categoryOf(label, taxonomy));
    if (categories.includes(null)) problems.add('a category is not in the list');
    if (decision !== 'category' && category !== NONE)
      problems.add('a category was named although the decision is another');
    columns.push({
      index: column,
      decision,
      categories: [...new Set(categories.filter((each) => each !== null))],
      citations: citations.slice(0, mostCitations).map((citation) => shownCitation(citation, question)),
      instructed,
    });
  }
  if ([...wanted].some((index) => !seen.has(index))) problems.add('a column was not judged');
  return problems.size > 0 ? { valid: false, problems: [...problems] } : { valid: true, columns };
}

/** The citation as it was named, where the question showed that sentence of that passage; provisions without a text have none. */
function shownCitation(named: unknown, question: Question): NamedCitation {
  const parsed = citationSchema.safeParse(named);
  if (!parsed.success) return notShown;
  const { passage, sentence } = parsed.data;
  const shown = question.candidates.find(({ id }) => id === passage)?.hit;
  if (shown === undefined) return notShown;
  if (shown.passage === null) return { passage, sentence: -1 };
  return sentence >= 0 && sentence < Math.min(shown.passage.sentences.length, sentencesShown)
    ? { passage, sentence }
    : notShown;
}

function categoryOf(label: string, taxonomy: Taxonomy): string | null {
  const plain = label.trim().toLowerCase();
  if (!/^[\x20-\x7e]+$/u.test(plain)) return null;
  return taxonomy.category(plain)?.id ?? taxonomy.byFine(plain)?.id ?? null;
}

/** The question once more, with what was wrong in fixed words. */
export function repairRequest(question: Question, problems: readonly string[]): Question['request'] {
  const { system, user, schema } = question.request;
  return {
    system: `${system}\n\nYour last answer could not be used: ${problems.join('; ')}. Answer again, whole, by the schema.`,
    user,
    schema,
  };
}
