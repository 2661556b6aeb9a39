import { categoryOf } from '../model/carried-class.ts';
import { NONE, type Verdict } from '../model/classification.ts';
import type { EffectiveClassification } from '../model/effective.ts';
import { printPath, type Uid } from '../model/ids.ts';
import { isPutTogether } from '../model/parts.ts';
import type { EntityRecord, EvidenceRecord } from '../stores/graph/graph-store.ts';
import { becauseOf } from './because.ts';
import type { QueryContext } from './context.ts';
import { inBatches } from '../stores/in-batches.ts';
import { datasetView, fieldFacts, type FieldFacts } from './entity-views.ts';
import { isVisible, readRecords } from './entities.ts';
import { fieldGap } from './field-gap.ts';
import { readJudged, type Judged } from './judged.ts';
import { categoryLabel, classificationLabel, fieldLabel } from './labels.ts';
import { witnessPaths } from './origins.ts';
import { shownRow } from './shown-row.ts';
import type { ClassificationOrigin, ClassificationView, FieldView } from './query.ts';
import { underRegulations, type Readings } from './readings.ts';
import { readSubjects } from './subjects.ts';
import { withQuotations } from './with-quotations.ts';
import { subjectInLaw } from '../rulebook/subject-in-law.ts';

/** Kind of the entry by which sync asks a person to look again. */
const otherEvidenceKind = 'decided-on-other-evidence';

/** The signal by which the detectors mark the fields of a person's row. */
const relatesSignal = 'relates-to-subject';

/** Name of what the viewer may not see, where it must be spoken of. */
export const hiddenName = 'a field that you may not see';

/**
 * Field records with everything that is shown of them, in the order given: judgements, evidence, origins of what was
 * propagated, the regulations' words and a sentence. A bounded number of reads, whatever the number of fields. The caller
 * has made sure that the viewer may see them.
 */
export async function readFieldViews(
  context: QueryContext,
  records: readonly EntityRecord[],
  n: number,
): Promise<readonly FieldView[]> {
  const uids = records.map(({ uid }) => uid);
  const parents = [...new Set(records.flatMap(({ parent }) => (parent === null ? [] : [parent])))];
  const [judged, evidence, subjects, datasets, readings] = await Promise.all([
    readJudged(context, uids, n),
    inBatches(uids, (batch) => context.graph.evidence(batch, n)),
    readSubjects(context, parents, n),
    readRecords(context, parents, n),
    context.readings(n),
  ]);
  const [origins, otherEvidence] = await Promise.all([
    readOrigins(context, judged, n),
    readOtherEvidence(context, judged, n),
  ]);
  const evidenceOf = Map.groupBy(evidence, (row) => row.field);
  const views = records.map((record) => {
    const facts = fieldFacts(record);
    const dataset = datasets.get(facts.dataset);
    return fieldView(context, {
      facts,
      judged: judged.get(record.uid) ?? { verdicts: [], derived: [], effective: { state: 'GAP', classifications: [] } },
      evidence: evidenceOf.get(record.uid) ?? [],
      sources: dataset === undefined ? facts.sources : datasetView(dataset).sources,
      subject: subjectInLaw(subjects.get(facts.dataset)?.kind ?? 'unknown', dataset?.name ?? ''),
      originOf: (category) => origins.get(`${record.uid} ${category}`) ?? null,
      otherEvidenceSince: otherEvidence.get(record.uid) ?? null,
      readings,
    });
  });
  return withQuotations(views, context.quotations);
}

interface FieldGround {
  readonly facts: FieldFacts;
  readonly judged: Judged;
  readonly evidence: readonly EvidenceRecord[];
  readonly sources: readonly string[];
  readonly subject: string;
  readonly originOf: (category: string) => ClassificationOrigin | null;
  readonly otherEvidenceSince: string | null;
  readonly readings: Readings | null;
}

function fieldView(context: QueryContext, ground: FieldGround): FieldView {
  const { facts, judged, evidence } = ground;
  const { effective, verdicts } = judged;
  const classifications = effective.classifications.map((one) => classificationView(context, ground, one));
  const gap = fieldGap({
    what: printPath(facts.path),
    effective,
    sources: facts.sources,
    profiled: evidence.length > 0,
    guess: guessOf(context, verdicts),
  });
  return {
    uid: facts.uid,
    dataset: facts.dataset,
    path: facts.path,
    type: facts.type,
    ordinal: facts.ordinal,
    description: facts.description,
    tags: facts.tags,
    controls: facts.controls,
    effective,
    classifications,
    verdicts: verdicts.map((one) => ({ ...one, citations: context.words.binding(one.citations, ground.sources) })),
    evidence,
    relatesToSubject: verdicts.some((verdict) => verdict.evidence.some(({ signal }) => signal === relatesSignal)),
    label: fieldLabel(effective, context.taxonomy),
    because: becauseOf(effective, classifications, verdicts, gap),
    gap,
  };
}

function classificationView(
  context: QueryContext,
  { facts, judged, sources, subject, originOf, otherEvidenceSince, readings }: FieldGround,
  one: EffectiveClassification,
): ClassificationView {
  const { verdict, category, derived } = one;
  const isPhi = one.carried.includes('PHI');
  const human = judged.verdicts.some(
    (other) => other.decider === 'human' && other.category === category && other.state === 'accepted',
  );
  const found = judged.verdicts.some((other) => other.decider !== 'human' && other.category === category);
  return {
    field: facts.uid,
    category,
    label: classificationLabel(one, context.taxonomy),
    classes: one.classes,
    derived,
    treatment: one.treatment,
    confidence: one.confidence,
    terms: context.words.terms(
      category,
      sources,
      subject,
      one.treatment,
      underRegulations(readings, facts.uid, one),
      isPhi,
    ),
    decidedBy: { kind: one.decidedBy, name: one.by, at: verdict?.at ?? null },
    reviewState: human ? (found || one.rows.length > 0 ? 'ACCEPTED' : 'CORRECTED') : 'NOT_REVIEWED',
    staleSince: one.decidedBy === 'human' ? otherEvidenceSince : null,
    evidence: verdict?.evidence ?? [],
    citations:
      // What a model named and did not hold is unsupported: the catalogue does not stand in for it.
      verdict !== null && (verdict.decider === 'llm' || verdict.citations.length > 0)
        ? context.words.binding(verdict.citations, sources)
        : context.words.citations(category, derived, sources, subject, isPhi),
    origin: verdict === null ? originOf(category) : null,
  };
}

/** What the best abstained verdict came nearest to, in words. */
function guessOf(context: QueryContext, verdicts: readonly Verdict[]): string | null {
  const [best] = verdicts
    .filter(({ state }) => state === 'abstained')
    .flatMap(({ category, confidence, alternatives = [] }): readonly { category: string; confidence: number }[] =>
      category === NONE ? alternatives : [{ category, confidence }],
    )
    .sort((a, b) => b.confidence - a.confidence);
  return best === undefined ? null : categoryLabel(best.category, context.taxonomy).toLowerCase();
}

/** Since when the detectors say something else than a person saw when they decided, by field; sync marks it. */
async function readOtherEvidence(
  context: QueryContext,
  judged: ReadonlyMap<Uid, Judged>,
  n: number,
): Promise<ReadonlyMap<Uid, string>> {
  const decided = [...judged].filter(([, { verdicts }]) => verdicts.some(({ decider }) => decider === 'human'));
  const uids = decided.map(([uid]) => uid);
  const marks = await inBatches(uids, (batch) => context.graph.entered({ uids: batch, kind: otherEvidenceKind }, n));
  return new Map(
    marks.flatMap(({ uid, body }) =>
      typeof body === 'object' && body !== null && 'at' in body && typeof body.at === 'string' ? [[uid, body.at]] : [],
    ),
  );
}

/** Where each propagated effective classification began, by field and category. */
async function readOrigins(
  context: QueryContext,
  judged: ReadonlyMap<Uid, Judged>,
  n: number,
): Promise<ReadonlyMap<string, ClassificationOrigin>> {
  const rows = [...judged.values()].flatMap(({ effective, derived }) =>
    effective.classifications.flatMap((one) => {
      const row = one.verdict === null ? shownRow(one, derived, context.taxonomy.classesOf(one.category)) : null;
      return row === null ? [] : [row];
    }),
  );
  if (rows.length === 0) return new Map();
  const paths = await witnessPaths(context, rows, n);
  const ends = paths.map((path) => path.at(-1)?.field ?? '');
  const fields = await readRecords(context, ends, n);
  const parents = await readRecords(
    context,
    [...fields.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return new Map(
    rows.map((row, index) => {
      const field = fields.get(ends[index] ?? '');
      const dataset = parents.get(field?.parent ?? '');
      const states = paths[index] ?? [];
      const joins = states.filter((state, at) => isPutTogether(state, states[at + 1] ?? state)).length;
      const way = { hops: Math.max(0, states.length - 1 - joins), putTogether: joins > 0 };
      return [`${row.field} ${categoryOf(row.category)}`, originView(context, field, dataset, way)];
    }),
  );
}

function originView(
  context: QueryContext,
  field: EntityRecord | undefined,
  dataset: EntityRecord | undefined,
  way: Pick<ClassificationOrigin, 'hops' | 'putTogether'>,
): ClassificationOrigin {
  if (field === undefined || dataset === undefined || !isVisible(context, dataset))
    return { field: null, dataset: null, name: hiddenName, ...way };
  return { field: field.uid, dataset: dataset.uid, name: shortName(dataset, field), ...way };
}

/** `customers.email`: the last part of a dataset's name and the field's path, as a sentence needs it. */
export function shortName(dataset: EntityRecord, field: EntityRecord): string {
  return `${lastPart(dataset.name)}.${printPath(field.path ?? [])}`;
}

/** The last part of a dataset's name: `customers` of `shop.public.customers`, the file's name of a path. */
export function lastPart(name: string): string {
  const parts = name.split(name.includes('/') ? '/' : '.').filter((part) => part !== '');
  return parts.at(-1) ?? name;
}
