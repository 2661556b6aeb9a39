import { coarseClasses } from '../model/classification.ts';
import type { EffectiveClassification, EffectiveField, FieldState } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { Treatment } from '../model/treatment.ts';
import type { RegulationTerm } from '../rulebook/terms.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { datasetLabel } from './labels.ts';
import { readMarkedFields } from './marks.ts';
import type { DatasetSummary } from './query.ts';
import { underRegulations } from './readings.ts';
import { identifiedKind, readSubjects } from './subjects.ts';
import { subjectInLaw } from '../rulebook/subject-in-law.ts';

type Under = ReadonlyMap<string, Treatment | null>;

/** What the regulations are asked about a finding. */
interface HeldAs {
  readonly category: string;
  readonly treatment: Treatment;
  readonly under: Under | undefined;
  readonly isPhi: boolean;
}

/** The branch of the taxonomy under which all personal data lies. */
const personal = 'user';

/** A dataset without known fields is a gap, not a clean one. */
const empty: DatasetSummary = {
  state: 'GAP',
  label: 'No fields known',
  fields: 0,
  sensitiveFields: 0,
  undecidedFields: 0,
  gapFields: 0,
  classes: [],
  categories: [],
  terms: [],
};

/** Badges of many datasets in a bounded number of reads, in the order asked. */
export async function readSummaries(
  context: QueryContext,
  datasets: readonly Uid[],
  n: number,
): Promise<readonly DatasetSummary[]> {
  const [marked, subjects, records, readings] = await Promise.all([
    readMarkedFields(context, datasets, n),
    readSubjects(context, datasets, n),
    readRecords(context, datasets, n),
    context.readings(n),
  ]);
  return datasets.map((dataset, index) => {
    const record = records.get(dataset);
    if (record === undefined || !isVisible(context, record)) return empty;
    const sources = record.assertions.map(({ source }) => source);
    const subject = subjectInLaw(subjects.get(dataset)?.kind ?? 'unknown', record.name);
    const fields = marked[index] ?? [];
    return summaryOf(
      fields.map(({ effective }) => effective),
      ({ category, treatment, under, isPhi }) =>
        context.words.terms(category, sources, subject, treatment, under, isPhi),
      (at, one) => underRegulations(readings, fields[at]?.field ?? '', one),
      identifiedKind(subjects.get(dataset)),
    );
  });
}

/** What filters and counts look at of a dataset: the state of its badge, and all that its fields hold. */
export interface Held {
  readonly state: FieldState;
  readonly classifications: readonly EffectiveClassification[];
}

/** The same as {@link readSummaries} without words, for lists of datasets that the viewer may see. */
export async function readHeld(
  context: QueryContext,
  datasets: readonly EntityRecord[],
  n: number,
): Promise<ReadonlyMap<Uid, Held>> {
  const uids = datasets.map(({ uid }) => uid);
  const [marked, subjects] = await Promise.all([readMarkedFields(context, uids, n), readSubjects(context, uids, n)]);
  return new Map(
    uids.map((uid, index) => {
      const fields = (marked[index] ?? []).map(({ effective }) => effective);
      const state = datasetState(countStates(fields), identifiedKind(subjects.get(uid)));
      return [uid, { state, classifications: fields.flatMap(({ classifications }) => classifications) }];
    }),
  );
}

type StateCounts = Pick<DatasetSummary, 'fields' | 'sensitiveFields' | 'undecidedFields' | 'gapFields'>;

function countStates(fields: readonly EffectiveField[]): StateCounts {
  const inState = (state: FieldState) => fields.filter((field) => field.state === state).length;
  return {
    fields: fields.length,
    sensitiveFields: inState('SENSITIVE'),
    undecidedFields: inState('UNDECIDED'),
    gapFields: inState('GAP'),
  };
}

/**
 * Sensitive before gap before undecided before clean. Rows with the key of a person relate to that person whatever stands in the
 * other columns (GDPR Art. 4(1)), so a dataset of such rows is never clean; one without known fields is a gap.
 */
function datasetState(counts: StateCounts, identified: string | null): FieldState {
  if (counts.fields === 0) return 'GAP';
  if (counts.sensitiveFields > 0 || identified !== null) return 'SENSITIVE';
  if (counts.gapFields > 0) return 'GAP';
  return counts.undecidedFields > 0 ? 'UNDECIDED' : 'NOT_SENSITIVE';
}

/** What the states of a dataset's fields come to. `identified`: to whom the rows relate by a key. */
export function summaryOf(
  fields: readonly EffectiveField[],
  termsOf: (held: HeldAs) => readonly RegulationTerm[],
  underOf: (field: number, one: EffectiveClassification) => Under | undefined = () => undefined,
  identified: string | null = null,
): DatasetSummary {
  const counts = countStates(fields);
  if (counts.fields === 0) return empty;
  const all = fields.flatMap(({ classifications }) => classifications);
  const found = new Set(all.flatMap(({ classes }) => classes));
  const classes = coarseClasses.filter((name) => found.has(name));
  const categories = [...new Set(all.map(({ category }) => category))].sort();
  const held = new Map(
    fields.flatMap(({ classifications }, at) =>
      classifications.map((one) => {
        const { category, treatment } = one;
        const under = underOf(at, one);
        const isPhi = one.carried.includes('PHI');
        const as: HeldAs = { category, treatment, under, isPhi };
        return [JSON.stringify([category, treatment, isPhi, ...(under ?? [])]), as] as const;
      }),
    ),
  );
  // Of such a row itself the regulations say what they say of personal data in general.
  if (identified !== null && held.size === 0)
    held.set(personal, { category: personal, treatment: 'clear', under: undefined, isPhi: false });
  const terms = new Map(
    [...held.values()]
      .sort((a, b) => (a.category < b.category ? -1 : 1))
      .flatMap((one) => termsOf(one))
      .map((term) => [`${term.regulation} ${term.term}`, term] as const),
  );
  return {
    ...counts,
    state: datasetState(counts, identified),
    label: datasetLabel({ ...counts, classes, identified }),
    classes,
    categories,
    // Where a value is held as it is, how a treated copy of it reads adds nothing to a badge.
    terms: [...terms.values()].filter(
      ({ regulation, base }) => base === undefined || !terms.has(`${regulation} ${base}`),
    ),
  };
}
