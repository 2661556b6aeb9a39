import type { Uid } from '../model/ids.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { QueryContext } from './context.ts';
import { listRecords, visibleFields } from './datasets.ts';
import { datasetView } from './entity-views.ts';
import { isVisible, readRecords } from './entities.ts';
import { readFieldViews } from './field-views.ts';
import { letsThrough } from './filter.ts';
import type { Filter } from './answers.ts';
import type { FieldView } from './query.ts';

/** Fields that one page of a filtered list looks at, at most. */
const scanBudget = 5000;
const scanBatch = 1000;

/** Datasets and fields by text, the best hits first. */
export async function searchAll(
  context: QueryContext,
  text: string,
  kinds: readonly ('dataset' | 'field')[],
  n: number,
  request: PageRequest,
): Promise<Page<{ readonly kind: 'dataset' | 'field'; readonly uid: Uid }>> {
  const [only] = kinds;
  const filter = kinds.length === 1 && only !== undefined ? { kind: only } : {};
  const visible = async (records: readonly EntityRecord[]) => {
    const fields = new Set((await visibleFields(context, records, n)).map(({ uid }) => uid));
    return records.filter(
      (record) => fields.has(record.uid) || (record.kind === 'dataset' && isVisible(context, record)),
    );
  };
  const { items, cursor } = await listRecords(
    context,
    (page) => context.graph.search(text, filter, n, page),
    request,
    visible,
  );
  return {
    items: items.flatMap(({ uid, kind }) => (kind === 'job' ? [] : [{ uid, kind }])),
    cursor,
  };
}

/** Fields by text, the best hits first. */
export async function searchFields(
  context: QueryContext,
  text: string,
  n: number,
  request: PageRequest,
): Promise<Page<FieldView>> {
  const { items, cursor } = await listRecords(
    context,
    (page) => context.graph.search(text, { kind: 'field' }, n, page),
    request,
    (records) => visibleFields(context, records, n),
  );
  return { items: await readFieldViews(context, items, n), cursor };
}

/** All fields that a filter lets through, by name; a page ends early after a fixed number of fields was looked at. */
export async function listFieldsWhere(
  context: QueryContext,
  filter: Filter | undefined,
  n: number,
  request: PageRequest,
): Promise<Page<FieldView>> {
  const found: FieldView[] = [];
  let { after } = request;
  for (let seen = 0; seen < scanBudget;) {
    const first = filter === undefined ? request.first - found.length : scanBatch;
    const page = await context.graph.list({ kind: 'field' }, n, { first, ...(after === undefined ? {} : { after }) });
    const views = await passing(context, page.items, filter, n);
    const room = request.first - found.length;
    if (views.length > room) return narrow(context, filter, n, request, found, after);
    found.push(...views);
    seen += page.items.length;
    if (page.cursor === null) return { items: found, cursor: null };
    after = page.cursor;
    if (found.length === request.first) break;
  }
  return { items: found, cursor: after ?? null };
}

/** Fills the last places of a page in small steps, so that its cursor stands right behind its last field. */
async function narrow(
  context: QueryContext,
  filter: Filter | undefined,
  n: number,
  request: PageRequest,
  found: FieldView[],
  from: string | undefined,
): Promise<Page<FieldView>> {
  let after = from;
  const step = (page: { first: number }) =>
    context.graph.list({ kind: 'field' }, n, { ...page, ...(after === undefined ? {} : { after }) });
  for (;;) {
    const page = await step({ first: request.first - found.length });
    found.push(...(await passing(context, page.items, filter, n)));
    if (page.cursor === null || found.length >= request.first) return { items: found, cursor: page.cursor };
    after = page.cursor;
  }
}

async function passing(
  context: QueryContext,
  records: readonly EntityRecord[],
  filter: Filter | undefined,
  n: number,
): Promise<readonly FieldView[]> {
  const fields = await visibleFields(context, records, n);
  const views = await readFieldViews(context, fields, n);
  if (filter === undefined) return views;
  const datasets = await readRecords(
    context,
    fields.flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return views.filter((field) => {
    const dataset = datasets.get(field.dataset);
    return dataset !== undefined && letsThrough(filter, { field, dataset: datasetView(dataset) });
  });
}
