import { coarseClasses } from '../model/classification.ts';
import type { EffectiveField } from '../model/effective.ts';
import type { Uid } from '../model/ids.ts';
import type { RegulationTerm } from '../rulebook/terms.ts';
import { inBatches, type QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { readJudged } from './judged.ts';
import { datasetLabel } from './labels.ts';
import type { DatasetSummary } from './query.ts';
import { readSubjects } from './subjects.ts';

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
  const [fieldsOf, subjects, records] = await Promise.all([
    inBatches(datasets, (batch) => context.graph.fieldsOf(batch, n)),
    readSubjects(context, datasets, n),
    readRecords(context, datasets, n),
  ]);
  const judged = await readJudged(
    context,
    fieldsOf.flat().map(({ uid }) => uid),
    n,
  );
  return datasets.map((dataset, index) => {
    const record = records.get(dataset);
    if (record === undefined || !isVisible(context, record)) return empty;
    const sources = record.assertions.map(({ source }) => source);
    const subject = subjects.get(dataset)?.kind ?? 'unknown';
    const fields = (fieldsOf[index] ?? []).flatMap(({ uid }) => judged.get(uid)?.effective ?? []);
    return summaryOf(fields, (category) => context.words.terms(category, sources, subject));
  });
}

/** What the states of a dataset's fields come to: sensitive before gap before undecided before clean. */
export function summaryOf(
  fields: readonly EffectiveField[],
  termsOf: (category: string) => readonly RegulationTerm[],
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
  const terms = new Map(categories.flatMap(termsOf).map((term) => [`${term.regulation} ${term.term}`, term] as const));
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
    terms: [...terms.values()],
  };
}
