import { printPath, type Uid } from '../../model/ids.ts';
import type { Query } from '../../query/query.ts';
import type { ReportGround, ReportPart } from '../report.ts';

/** Columns that are harmless each and identify people together. Nothing is said where there are none. */
export async function* jointSection(query: Query, { revision, source }: ReportGround): AsyncGenerator<ReportPart> {
  const { items, whole } = await query.jointIdentifications(revision.n);
  const uids = [...new Set(items.flatMap(({ parts }) => parts.flatMap(({ fields }) => fields)))];
  const fields = await query.fieldsByUid(uids, revision.n);
  const datasets = await query.datasetsByUid(
    fields.flatMap((field) => (field === null ? [] : [field.dataset])),
    revision.n,
  );
  const datasetOf = new Map(datasets.flatMap((one) => (one === null ? [] : [[one.uid, one] as const])));
  const nameOf = new Map<Uid, string>(
    fields.flatMap((field) =>
      field === null
        ? []
        : [[field.uid, `${datasetOf.get(field.dataset)?.name ?? ''}.${printPath(field.path)}`] as const],
    ),
  );
  const shown = items.filter(
    (item) => source === null || item.datasets.some((uid) => datasetOf.get(uid)?.sources.includes(source) === true),
  );
  if (shown.length === 0) return;
  yield {
    type: 'section',
    id: 'joint',
    title: 'Identifying together',
    about: `Columns that name nobody by themselves and single people out together, in one dataset or in several whose rows can be joined. ${whole ? '' : 'There are more than are looked at in one answer. '}Pseudonymised or not, such rows are personal data as long as somebody can put them together.`,
    columns: [
      { key: 'what', title: 'What' },
      { key: 'fields', title: 'Fields' },
      { key: 'joins', title: 'Joined by' },
      { key: 'source', title: 'Shown by' },
    ],
    look: 'table',
    open: true,
  };
  for (const { says, parts, joins, source: shownBy } of shown)
    yield {
      type: 'row',
      cells: [
        says,
        parts.flatMap(({ fields: own }) => own.map((uid) => nameOf.get(uid) ?? '')).join(', '),
        joins.length === 0
          ? 'one dataset'
          : (
              await keyNames(
                query,
                joins.map(({ field }) => field),
                revision.n,
              )
            ).join(', '),
        shownBy,
      ],
    };
}

async function keyNames(query: Query, uids: readonly Uid[], n: number): Promise<readonly string[]> {
  const fields = await query.fieldsByUid(uids, n);
  const datasets = await query.datasetsByUid(
    fields.flatMap((field) => (field === null ? [] : [field.dataset])),
    n,
  );
  const names = new Map(datasets.flatMap((one) => (one === null ? [] : [[one.uid, one.name] as const])));
  return fields.flatMap((field) =>
    field === null ? [] : [`${names.get(field.dataset) ?? ''}.${printPath(field.path)}`],
  );
}
