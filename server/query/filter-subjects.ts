import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { visibleFields } from './datasets.ts';
import { isVisible, readRecords } from './entities.ts';
import { datasetView, fieldFacts } from './entity-views.ts';
import type { FilterSubject } from './filter.ts';
import { readJudged } from './judged.ts';
import { readHeld } from './summaries.ts';

/** A dataset or field that the viewer may see, with what filters and counts look at. */
export interface RecordSubject {
  readonly record: EntityRecord;
  readonly subject: FilterSubject;
}

/**
 * What filters look at, of the datasets and fields among the records that the viewer may see, in the order given. Of a dataset
 * that is what its badge says and what any of its fields holds. Without reasons and citations: a few reads, however many
 * records.
 */
export async function readSubjectsOfFilter(
  context: QueryContext,
  records: readonly EntityRecord[],
  n: number,
): Promise<readonly RecordSubject[]> {
  const datasets = records.filter((record) => record.kind === 'dataset' && isVisible(context, record));
  const fields = await visibleFields(context, records, n);
  const [held, judged, parents] = await Promise.all([
    readHeld(context, datasets, n),
    readJudged(
      context,
      fields.map(({ uid }) => uid),
      n,
    ),
    readRecords(
      context,
      fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
      n,
    ),
  ]);
  const subjects = new Map<string, FilterSubject>();
  for (const record of datasets) {
    const dataset = datasetView(record);
    const { state, classifications } = held.get(record.uid) ?? { state: 'GAP' as const, classifications: [] };
    const field = { effective: { state }, classifications, tags: [] };
    subjects.set(record.uid, { dataset, field, domains: context.domainsOf(dataset) });
  }
  for (const record of fields) {
    const parent = parents.get(record.parent ?? '');
    const effective = judged.get(record.uid)?.effective;
    if (parent === undefined || effective === undefined) continue;
    const dataset = datasetView(parent);
    const { classifications } = effective;
    const field = { effective, classifications, tags: fieldFacts(record).tags };
    subjects.set(record.uid, { dataset, field, domains: context.domainsOf(dataset) });
  }
  return records.flatMap((record) => {
    const subject = subjects.get(record.uid);
    return subject === undefined ? [] : [{ record, subject }];
  });
}
