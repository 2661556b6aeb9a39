import { z } from 'zod';
import { LexlineError } from '../base/errors.ts';
import { NONE, type Citation, type DerivedForm } from '../model/classification.ts';
import type { FieldProfile } from '../model/profile.ts';
import type { Classifier, ColumnInput, ColumnJudgement, TableInput, TableJudgement } from './classifier.ts';
import { subjectInLaw } from '../rulebook/subject-in-law.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  table: z.string().default(''),
  column: z.string().min(1),
  type: z.string().nullish(),
  description: z.string().nullish(),
  samples: z.array(z.unknown()).max(1_000_000).nullish(),
  table_columns: z.array(z.string()).max(100_000).nullish(),
});

type Line = z.infer<typeof lineSchema>;

/** The provisions of a category in a table of a subject. */
export type Cite = (category: string, derived: DerivedForm | null, subject: string) => readonly Citation[];

/** One output line of `lexline classify`. */
export interface ColumnAnswer extends Pick<
  ColumnJudgement,
  'classes' | 'fine' | 'category' | 'confidence' | 'abstain' | 'derived' | 'alternatives' | 'relatesToSubject'
> {
  readonly id: string | number;
  readonly evidence: readonly { readonly signal: string; readonly detail: string }[];
  readonly citations: readonly Citation[];
  /** Whose rows the table holds. */
  readonly subject: string;
  readonly tier: 'detector' | 'llm' | 'both';
}

/**
 * Answers one row of `lexline classify`: a column by its name, neighbours and samples. The samples go through the same
 * profiler as a source's rows do and are forgotten. `cite` gives the provisions of a finding (default: none). Fails with INPUT_INVALID, naming the member that is wrong and no value.
 */
export function classifyLine(
  row: Readonly<Record<string, unknown>>,
  classifier: Classifier,
  cite: Cite = () => [],
): ColumnAnswer {
  return answerRow(readRow(row, classifier), cite);
}

/** One row as a table whose first column is asked about, with what the detectors say. Fails with INPUT_INVALID. */
export interface RowReading {
  readonly id: string | number;
  readonly table: TableInput;
  readonly judgement: TableJudgement;
}

export function readRow(row: Readonly<Record<string, unknown>>, classifier: Classifier): RowReading {
  const parsed = lineSchema.safeParse(row);
  if (!parsed.success)
    throw new LexlineError('INPUT_INVALID', problemsOf(parsed.error), {
      remedy: '{"id": 1, "table": "users", "column": "email", "samples": []}',
    });
  const line = parsed.data;
  const neighbours = (line.table_columns ?? [])
    .filter((column) => column !== line.column)
    .map((column, i) => bare(`neighbour-${i}`, column));
  const table: TableInput = {
    table: line.table,
    description: null,
    columns: [columnOf(line, classifier), ...neighbours],
    primaryKey: [],
    foreignKeys: [],
    applies: {},
  };
  return { id: line.id, table, judgement: classifier.classify(table) };
}

/** The answer of the detectors alone. */
export function answerRow(
  { id, table, judgement: { subject, columns } }: RowReading,
  cite: Cite = () => [],
): ColumnAnswer {
  const judgement = columns[0];
  if (judgement === undefined) throw new LexlineError('INTERNAL', '[classify] a column got no judgement');
  const { classes, fine, category, confidence, abstain, derived, alternatives, relatesToSubject } = judgement;
  return {
    id,
    classes,
    fine,
    category,
    confidence,
    abstain,
    derived,
    evidence: judgement.evidence.map(({ signal, detail }) => ({ signal, detail })),
    citations: category === NONE ? [] : cite(category, derived, subjectInLaw(subject.kind, table.table)),
    alternatives,
    subject: subject.kind,
    relatesToSubject,
    tier: 'detector',
  };
}

function columnOf(line: Line, classifier: Classifier): ColumnInput {
  return {
    ...bare('column', line.column),
    type: line.type ?? null,
    description: line.description ?? null,
    profile: profileOf(line, classifier),
  };
}

function profileOf({ samples, table, column }: Line, classifier: Classifier): FieldProfile | null {
  if (samples === null || samples === undefined) return null;
  const looking = classifier
    .profiler()
    .begin({ dataset: { namespace: 'input', name: table }, path: [column], type: null });
  // An empty list says that values were looked for and none was there.
  for (const sample of samples.length === 0 ? [null] : samples) looking.add(sample);
  return looking.end();
}

function bare(id: string, column: string): ColumnInput {
  return { id, column, type: null, description: null, tags: [], profile: null };
}

function problemsOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `[classify] ${issue.path.map(String).join('.') || 'line'}: ${issue.message}`)
    .join('; ');
}
