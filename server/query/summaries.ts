import { coarseClasses } from '../model/classification.ts';
import type { EffectiveClassification, EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { Treatment } from '../model/treatment.ts';
import type { RegulationTerm } from '../rulebook/terms.ts';
import type { QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { datasetLabel } from './labels.ts';
import { readMarkedFields } from './marks.ts';
import type { DatasetSummary } from './query.ts';
import { underRegulations } from './readings.ts';
import { readSubjects } from './subjects.ts';
import { subjectInLaw } from '../rulebook/subject-in-law.ts';

type Under = ReadonlyMap<string, Treatment | null>;

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
      (category, treatment, under) => context.words.terms(category, sources, subject, treatment, under),
      (at, one) => underRegulations(readings, fields[at]?.field ?? '', one),
    );
  });
}

/** What the states of a dataset's fields come to: sensitive before gap before undecided before clean. */
export function summaryOf(
  fields: readonly EffectiveField[],
  termsOf: (category: string, treatment: Treatment, under?: Under) => readonly RegulationTerm[],
  underOf: (field: number, one: EffectiveClassification) => Under | undefined = () => undefined,
): DatasetSummary {
  const inState = (state: EffectiveField['state']) => fields.filter((field) => field.state === state).length;
  const counts = {
    fields: fields.length,
    sensitiveFields: inState('SENSITIVE'),
    undecidedFields: inState('UNDECIDED'),
    gapFields: inState('GAP'),
  };
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
        return [JSON.stringify([category, treatment, ...(under ?? [])]), { category, treatment, under }] as const;
      }),
    ),
  );
  const terms = new Map(
    [...held.values()]
      .sort((a, b) => (a.category < b.category ? -1 : 1))
      .flatMap(({ category, treatment, under }) => termsOf(category, treatment, under))
      .map((term) => [`${term.regulation} ${term.term}`, term] as const),
  );
  return {
    ...counts,
    state:
      counts.sensitiveFields > 0
        ? 'SENSITIVE'
        : counts.gapFields > 0
          ? 'GAP'
          : counts.undecidedFields > 0
            ? 'UNDECIDED'
            : 'NOT_SENSITIVE',
    label: datasetLabel({ ...counts, classes }),
    classes,
    categories,
    // Where a value is held as it is, how a treated copy of it reads adds nothing to a badge.
    terms: [...terms.values()].filter(
      ({ regulation, base }) => base === undefined || !terms.has(`${regulation} ${base}`),
    ),
  };
}
