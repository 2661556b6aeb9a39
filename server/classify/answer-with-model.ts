import { NONE, type CoarseClass } from '../model/classification.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { answerRow, type Cite, type ColumnAnswer, type RowReading } from './classify-line.ts';
import { mayLeave } from './egress.ts';
import type { ModelFinding } from './judge.ts';
import { howFound, modelConfidence, type Tally } from './model-confidence.ts';
import type { ModelSession } from './model-tier.ts';
import { openColumns } from './open-columns.ts';

/**
 * Answers one row by detectors and, where they leave it open, by a model: the same rules as in a sync. The model may add;
 * where it finds nothing the row stays as the detectors left it, and the evidence says so.
 */
export async function answerWithModel(
  reading: RowReading,
  {
    session,
    taxonomy,
    tally,
    cite,
    retry = false,
  }: {
    readonly session: ModelSession;
    readonly taxonomy: Taxonomy;
    readonly tally: Tally;
    readonly cite: Cite;
    /** Ask again where the last answer could not be used. */
    readonly retry?: boolean;
  },
  signal: AbortSignal,
): Promise<ColumnAnswer> {
  const answer = answerRow(reading, cite);
  const { table, judgement } = reading;
  const id = table.columns[0]?.id ?? '';
  const standing = (): readonly [] => [];
  if (!openColumns(judgement, standing).some(({ index }) => index === 0)) return answer;
  const egress = mayLeave(session.endpoint, [], judgement);
  if (!egress.allowed) return withEvidence(answer, `not asked: ${egress.why}`);
  const { findings, unanswered } = await session.judge(
    { table, judgement, standing, only: new Set([id]), retry },
    signal,
  );
  const [finding] = findings;
  if (finding !== undefined) return merged(answer, finding, { by: session.by, taxonomy, tally });
  const [none] = unanswered;
  return withEvidence(
    answer,
    `no answer: ${none === undefined ? 'LLM_UNAVAILABLE' : `${none.code} ${none.message}${none.code === 'LLM_ANSWER_INVALID' ? ', or now with --retry' : ''}`}`,
  );
}

function withEvidence(answer: ColumnAnswer, detail: string): ColumnAnswer {
  return { ...answer, evidence: [...answer.evidence, { signal: 'model', detail }] };
}

function merged(
  answer: ColumnAnswer,
  { outcome, citations, speaking }: ModelFinding,
  { by, taxonomy, tally }: { readonly by: string; readonly taxonomy: Taxonomy; readonly tally: Tally },
): ColumnAnswer {
  const how = howFound(outcome);
  const review = outcome.review.length === 0 ? '' : `; for a person: ${outcome.review.join(', ')}`;
  const [main] = outcome.categories;
  if (how === null || main === undefined)
    return { ...withEvidence(answer, `${by} finds nothing, which settles nothing${review}`), tier: 'both' };
  const said = withEvidence(answer, `${by} says ${outcome.categories.join(', ')} (${how})${review}`);
  const detected = answer.category !== NONE && !answer.abstain;
  const classes = new Set<CoarseClass>(
    [...(detected ? [answer.category] : []), ...outcome.categories].flatMap((category) => taxonomy.classesOf(category)),
  );
  for (const each of answer.classes) if (each !== 'NONE') classes.add(each);
  if (answer.subject === 'patient') classes.add('PHI');
  const fine = outcome.categories.flatMap((category) => taxonomy.category(category)?.fine ?? []);
  const category = detected ? answer.category : main;
  const ours = modelConfidence(how, tally);
  const bearing = citations.filter(({ provision }) => speaking.get(provision)?.includes(category) === true);
  const unsupported = !detected && bearing.length === 0;
  return {
    ...(unsupported ? withEvidence(said, 'unsupported: no provision that the model named holds for it') : said),
    classes: (['PII', 'PHI', 'PCI'] as const).filter((each) => classes.has(each)),
    fine: [...new Set([...answer.fine, ...fine])],
    category,
    confidence: detected ? Math.max(answer.confidence, outcome.relation === 'agrees' ? ours : 0) : ours,
    abstain: false,
    citations: detected && bearing.length === 0 ? answer.citations : bearing,
    tier: detected ? 'both' : 'llm',
  };
}
