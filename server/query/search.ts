import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { Page, PageRequest } from '../stores/page.ts';
import type { QueryContext } from './context.ts';
import { listRecords, visibleFields } from './datasets.ts';
import { datasetView } from './entity-views.ts';
import { isVisible, readRecords } from './entities.ts';
import { readFieldViews } from './field-views.ts';
import { letsThrough } from './filter.ts';
import { readSubjectsOfFilter } from './filter-subjects.ts';
import type { Filter, SearchHit, SearchRequest } from './answers.ts';
import type { FieldView } from './query.ts';

/** Fields that one page of a filtered list looks at, at most. */
const scanBudget = 5000;
const scanBatch = 1000;

/** Datasets and fields by text, the best hits first; without a text by name. */
export async function searchAll(
  context: QueryContext,
  { text, kinds, filter }: SearchRequest,
  n: number,
  request: PageRequest,
): Promise<Page<SearchHit>> {
  const ask = (page: PageRequest): Promise<Page<EntityRecord>> => askStore(context, { text, kinds }, n, page);
  if (filter !== undefined) return filteredHits(context, ask, filter, n, request);
  const visible = async (records: readonly EntityRecord[]) => {
    const fields = new Set((await visibleFields(context, records, n)).map(({ uid }) => uid));
    return records.filter(
      (record) => fields.has(record.uid) || (record.kind === 'dataset' && isVisible(context, record)),
    );
  };
  const { items, cursor } = await listRecords(context, ask, request, visible);
  return { items: items.flatMap(hitOf), cursor };
}

/** Hits that a filter lets through; a page ends early after a fixed number of hits was looked at. */
async function filteredHits(
  context: QueryContext,
  ask: (page: PageRequest) => Promise<Page<EntityRecord>>,
  filter: Filter,
  n: number,
  request: PageRequest,
): Promise<Page<SearchHit>> {
  const { items, cursor } = await scan(ask, request, async (records) => {
    const subjects = await readSubjectsOfFilter(context, records, n);
    return subjects.filter(({ subject }) => letsThrough(filter, subject)).map(({ record }) => record);
  });
  return { items: items.flatMap(hitOf), cursor };
}

/** What the store finds of a request, before anybody looks at who asks. */
export function askStore(
  { graph }: Pick<QueryContext, 'graph'>,
  { text, kinds }: Pick<SearchRequest, 'text' | 'kinds'>,
  n: number,
  page: PageRequest,
): Promise<Page<EntityRecord>> {
  const [only] = kinds;
  const filter = kinds.length === 1 && only !== undefined ? { kind: only } : {};
  return text === null ? graph.list(filter, n, page) : graph.search(text, filter, n, page);
}

function hitOf({ uid, kind }: EntityRecord): readonly SearchHit[] {
  return kind === 'job' ? [] : [{ uid, kind }];
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
  const ask = (page: PageRequest): Promise<Page<EntityRecord>> => context.graph.list({ kind: 'field' }, n, page);
  return scan(ask, request, (records) => passing(context, records, filter, n), filter === undefined);
}

/**
 * Reads on until a page is full of what passes, or {@link scanBudget} things were looked at: then the page is short and has a
 * cursor. `most`: nearly everything passes, so no more is read than is asked for.
 */
async function scan<T>(
  ask: (page: PageRequest) => Promise<Page<EntityRecord>>,
  request: PageRequest,
  pass: (records: readonly EntityRecord[]) => Promise<readonly T[]>,
  most = false,
): Promise<Page<T>> {
  const found: T[] = [];
  let { after } = request;
  for (let seen = 0; seen < scanBudget;) {
    const first = most ? request.first - found.length : scanBatch;
    const page = await ask({ first, ...(after === undefined ? {} : { after }) });
    const passed = await pass(page.items);
    const room = request.first - found.length;
    if (passed.length > room) return narrow(ask, request, pass, found, after);
    found.push(...passed);
    seen += page.items.length;
    if (page.cursor === null) return { items: found, cursor: null };
    after = page.cursor;
    if (found.length === request.first) break;
  }
  return { items: found, cursor: after ?? null };
}

/** Fills the last places of a page in small steps, so that its cursor stands right behind its last thing. */
async function narrow<T>(
  ask: (page: PageRequest) => Promise<Page<EntityRecord>>,
  request: PageRequest,
  pass: (records: readonly EntityRecord[]) => Promise<readonly T[]>,
  found: T[],
  from: string | undefined,
): Promise<Page<T>> {
  let after = from;
  for (;;) {
    const page = await ask({ first: request.first - found.length, ...(after === undefined ? {} : { after }) });
    found.push(...(await pass(page.items)));
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
    const record = datasets.get(field.dataset);
    if (record === undefined) return false;
    const dataset = datasetView(record);
    return letsThrough(filter, { field, dataset, domains: context.domainsOf(dataset) });
  });
}
