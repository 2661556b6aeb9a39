import { printPath, fieldUid, parsePath, type Uid } from '../model/ids.ts';
import type { EntityFilter, EntityRecord } from '../stores/graph/graph-store.ts';
import { seesEverything } from '../access/viewer.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { QueryContext } from './context.ts';
import { datasetView, fieldFacts } from './entity-views.ts';
import { isVisible, readRecords, readStanding } from './entities.ts';
import { readFieldViews } from './field-views.ts';
import type { DatasetView, FieldView } from './query.ts';

/** Datasets in the order asked; null where there is none at `n` or the viewer may not see it. */
export async function readDatasets(
  context: QueryContext,
  uids: readonly Uid[],
  n: number,
): Promise<readonly (DatasetView | null)[]> {
  const records = await readRecords(context, uids, n);
  const datasets = [...records.values()].filter((record) => record.kind === 'dataset' && isVisible(context, record));
  const standing = await readStanding(context, datasets, n);
  const views = new Map(
    datasets.flatMap((record) => (standing.has(record.uid) ? [[record.uid, datasetView(record)] as const] : [])),
  );
  return uids.map((uid) => views.get(uid) ?? null);
}

/** Fields in the order asked; null where there is none at `n` or the viewer may not see its dataset. */
export async function readFields(
  context: QueryContext,
  uids: readonly Uid[],
  n: number,
): Promise<readonly (FieldView | null)[]> {
  const records = await readRecords(context, uids, n);
  const visible = await visibleFields(context, [...records.values()], n);
  const standing = await readStanding(context, visible, n);
  const views = await readFieldViews(
    context,
    visible.filter(({ uid }) => standing.has(uid)),
    n,
  );
  const byUid = new Map(views.map((view) => [view.uid, view]));
  return uids.map((uid) => byUid.get(uid) ?? null);
}

/** Those of the records that are fields of datasets which the viewer may see. */
export async function visibleFields(
  context: QueryContext,
  records: readonly EntityRecord[],
  n: number,
): Promise<readonly EntityRecord[]> {
  const fields = records.filter(({ kind }) => kind === 'field');
  if (seesEverything(context.scope)) return fields;
  const parents = await readRecords(
    context,
    fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return fields.filter(({ parent }) => {
    const dataset = parent === null ? undefined : parents.get(parent);
    return dataset !== undefined && isVisible(context, dataset);
  });
}

/** A dataset's fields as records, in the source's order, then by path. */
export async function orderedFields(context: QueryContext, dataset: Uid, n: number): Promise<readonly EntityRecord[]> {
  const [fields = []] = await context.graph.fieldsOf([dataset], n);
  return orderedByOrdinal(fields);
}

/** Fields in their source's order, then by path. */
export function orderedByOrdinal(fields: readonly EntityRecord[]): readonly EntityRecord[] {
  return fields
    .map((record) => ({ record, ordinal: fieldFacts(record).ordinal }))
    .sort((a, b) => a.ordinal - b.ordinal)
    .map(({ record }) => record);
}

/** A field by its printed path; another case is taken when only one field of the dataset fits. */
export async function readFieldByPath(
  context: QueryContext,
  dataset: DatasetView,
  path: string,
  n: number,
): Promise<FieldView | null> {
  const [exact = null] = await readFields(context, [fieldUid(dataset, parsePath(path))], n);
  if (exact !== null) return exact;
  const wanted = path.toLowerCase();
  const [fields = []] = await context.graph.fieldsOf([dataset.uid], n);
  const fitting = fields.filter((record) => printPath(record.path ?? []).toLowerCase() === wanted);
  return fitting.length === 1 ? ((await readFieldViews(context, fitting, n))[0] ?? null) : null;
}

/** A list of the store, without what the viewer may not see; read on until the page is full. */
export async function listRecords(
  context: QueryContext,
  ask: (page: PageRequest) => Promise<Page<EntityRecord>>,
  request: PageRequest,
  visible: (records: readonly EntityRecord[]) => Promise<readonly EntityRecord[]>,
): Promise<Page<EntityRecord>> {
  const items: EntityRecord[] = [];
  let { after } = request;
  for (;;) {
    const page = await ask({ first: request.first - items.length, ...(after === undefined ? {} : { after }) });
    items.push(...(await visible(page.items)));
    if (page.cursor === null || items.length >= request.first || seesEverything(context.scope))
      return { items, cursor: page.cursor };
    after = page.cursor;
  }
}

/** The datasets of a filter, by name, or by text the best hits first. */
export async function listDatasets(
  context: QueryContext,
  filter: {
    readonly source?: string;
    readonly namespace?: string;
    readonly namePrefix?: string;
    readonly text?: string;
  },
  n: number,
  request: PageRequest,
): Promise<Page<DatasetView>> {
  const { text, ...rest } = filter;
  const entities: EntityFilter = { ...rest, kind: 'dataset' };
  const { items, cursor } = await listRecords(
    context,
    (page) =>
      text === undefined ? context.graph.list(entities, n, page) : context.graph.search(text, entities, n, page),
    request,
    (records) => Promise.resolve(records.filter((record) => isVisible(context, record))),
  );
  return { items: items.map((record) => datasetView(record)), cursor };
}
