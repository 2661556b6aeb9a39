import type { CoarseClass } from '../../model/classification.ts';
import { printPath, type Uid } from '../../model/ids.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { SubjectView } from '../../query/answers.ts';
import type { ClassificationView, DatasetView, FieldView, Query } from '../../query/query.ts';
import type { RegulationTerm } from '../../rulebook/terms.ts';
import { countOf } from '../../query/labels.ts';

/** What a report keeps of a classification once its row has gone by. */
export interface Holding {
  readonly category: string;
  readonly label: string;
  readonly classes: readonly CoarseClass[];
  readonly treatment: Treatment;
  /** In clear because parts of the value come together on the way. */
  readonly putTogether: boolean;
  readonly derived: ClassificationView['derived'];
  readonly terms: readonly RegulationTerm[];
  readonly confidence: number;
  readonly decidedBy: string;
  readonly decidedAt: string | null;
  readonly reviewed: boolean;
  readonly evidence: string;
  readonly citations: string;
}

/** A field that holds something, or that nobody could tell. */
export interface SurveyedField {
  readonly uid: Uid;
  readonly path: string;
  readonly type: string | null;
  readonly state: FieldView['effective']['state'];
  readonly holdings: readonly Holding[];
  readonly controls: readonly string[];
  readonly profiled: boolean;
}

export interface SurveyedDataset {
  readonly view: DatasetView;
  subject: SubjectView | null;
  /** Counts of all fields, also of those that are not kept one by one. */
  fields: number;
  namesOnly: number;
  profiled: number;
  undecided: number;
  notJudged: number;
  /** Those with a holding, in their order. */
  readonly holding: SurveyedField[];
}

/** Everything that a report about data in place is made from, read in one pass. Datasets in the order of names. */
export interface Survey {
  readonly datasets: ReadonlyMap<Uid, SurveyedDataset>;
}

/** Reads every field once and keeps what holds something; memory grows with the sensitive fields alone. */
export async function readSurvey(query: Query, n: number, source: string | null): Promise<Survey> {
  const datasets = new Map<Uid, SurveyedDataset>();
  const intern = createIntern();
  for await (const { dataset, field } of query.inventory(n, source === null ? undefined : { source })) {
    let entry = datasets.get(dataset.uid);
    if (entry === undefined) {
      entry = {
        view: dataset,
        subject: null,
        fields: 0,
        namesOnly: 0,
        profiled: 0,
        undecided: 0,
        notJudged: 0,
        holding: [],
      };
      datasets.set(dataset.uid, entry);
    }
    const { state } = field.effective;
    const profiled = field.evidence.length > 0;
    entry.fields += 1;
    if (state === 'GAP') entry.notJudged += 1;
    else if (profiled) entry.profiled += 1;
    else entry.namesOnly += 1;
    if (state === 'UNDECIDED') entry.undecided += 1;
    if (field.classifications.length > 0) entry.holding.push(surveyed(field, intern));
  }
  await addSubjects(query, n, datasets);
  return { datasets };
}

async function addSubjects(query: Query, n: number, datasets: Map<Uid, SurveyedDataset>): Promise<void> {
  const uids = [...datasets.keys()];
  for (let at = 0; at < uids.length; at += 1000) {
    const batch = uids.slice(at, at + 1000);
    for (const [index, subject] of (await query.subjects(batch, n)).entries()) {
      const entry = datasets.get(batch[index] ?? '');
      if (entry !== undefined) entry.subject = subject;
    }
  }
}

function surveyed(field: FieldView, intern: (text: string) => string): SurveyedField {
  return {
    uid: field.uid,
    path: printPath(field.path),
    type: field.type === null ? null : intern(field.type),
    state: field.effective.state,
    holdings: field.classifications.map((one) => holdingOf(one, intern)),
    controls: field.controls.map(({ kind, name }) => intern(`${kind} ${name}`)),
    profiled: field.evidence.length > 0,
  };
}

function holdingOf(one: ClassificationView, intern: (text: string) => string): Holding {
  const signals = one.evidence.map(({ signal, detail }) => (detail === '' ? signal : `${signal}: ${detail}`));
  const putTogether = one.treatment === 'clear' && one.origin?.putTogether === true;
  const parts = putTogether ? ', put together from parts' : '';
  const steps =
    one.origin === null ? [] : [`reached from ${one.origin.name} in ${countOf(one.origin.hops, 'step')}${parts}`];
  return {
    category: intern(one.category),
    label: intern(one.label),
    classes: one.classes,
    treatment: one.treatment,
    putTogether,
    derived: one.derived,
    terms: one.terms,
    confidence: Math.round(one.confidence * 100) / 100,
    decidedBy: intern(`${one.decidedBy.kind} ${one.decidedBy.name}`.trim()),
    decidedAt: one.decidedBy.at,
    reviewed: one.reviewState !== 'NOT_REVIEWED',
    evidence: intern([...signals, ...steps].join('; ')),
    citations: intern(
      one.citations.map(({ provision, edition, check }) => `${provision}, ${edition}, ${check}`).join('; '),
    ),
  };
}

/** Keeps one copy of texts that repeat a hundred thousand times. */
function createIntern(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size < 200_000) known.set(text, text);
    return text;
  };
}

/** What is left of a value, in the words of reports. */
export function treatmentWords({ treatment, derived }: Pick<Holding, 'treatment' | 'derived'>): string {
  if (treatment !== 'clear') return treatment;
  if (derived === null) return 'in clear';
  const words = { hash: 'hashed', token: 'token', mask: 'masked', last4: 'last four only' } as const;
  return words[derived];
}
