import type { CoarseClass } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { QueryContext } from './context.ts';
import { readMarkedFields } from './marks.ts';
import { eachPage } from './paging.ts';
import { identifiedKind, readSubjects, type Subject } from './subjects.ts';
import type { Query } from './query.ts';

/** Datasets whose fields are looked at together. */
const datasetsAtOnce = 500;

/**
 * The datasets of a revision that hold a field of a class which is not among `sees`, whatever was done to its values; rows
 * that relate to persons by a key are personal data. Looks at every field: ask through a memory by revision.
 */
export async function readHiddenDatasets(
  context: QueryContext,
  n: number,
  sees: readonly CoarseClass[],
): Promise<ReadonlySet<Uid>> {
  const hidden = new Set<Uid>();
  if (n === 0) return hidden;
  for await (const records of eachPage((page) => context.graph.list({ kind: 'dataset' }, n, page), datasetsAtOnce)) {
    const uids = records.map(({ uid }) => uid);
    const [marked, subjects] = await Promise.all([
      readMarkedFields(context, uids, n),
      sees.includes('PII') ? new Map<Uid, Subject>() : readSubjects(context, uids, n),
    ]);
    for (const [i, uid] of uids.entries())
      if (
        identifiedKind(subjects.get(uid)) !== null ||
        marked[i]?.some(({ effective }) => effective.classifications.some(holdsOther)) === true
      )
        hidden.add(uid);
  }
  return hidden;

  function holdsOther({ classes }: { readonly classes: readonly CoarseClass[] }): boolean {
    return classes.some((one) => !sees.includes(one));
  }
}

/** The same questions, each asked of a room that knows what is hidden at the revisions it reads. */
export function bySensitivity(plain: Query, at: (...revisions: readonly number[]) => Promise<Query>): Query {
  // Spelled out, so that a question that is added later cannot be forgotten here.
  return {
    as: (viewer, signal) => plain.as(viewer, signal),
    at: (asOf) => plain.at(asOf),
    pastRevision: (time) => plain.pastRevision(time),
    oldest: () => plain.oldest(),
    domains: () => plain.domains(),
    revision: (n) => plain.revision(n),
    endOf: (time) => plain.endOf(time),
    sources: () => plain.sources(),
    lastRun: (source) => plain.lastRun(source),
    freshness: (names) => plain.freshness(names),
    sourceEvents: (source) => plain.sourceEvents(source),
    datasetsByRef: async (refs, n) => (await at(n)).datasetsByRef(refs, n),
    datasets: async (filter, n, page) => (await at(n)).datasets(filter, n, page),
    datasetsByUid: async (uids, n) => (await at(n)).datasetsByUid(uids, n),
    summaries: async (datasets, n) => (await at(n)).summaries(datasets, n),
    subjects: async (datasets, n) => (await at(n)).subjects(datasets, n),
    fields: async (dataset, n, page) => (await at(n)).fields(dataset, n, page),
    fieldsByUid: async (uids, n) => (await at(n)).fieldsByUid(uids, n),
    fieldByPath: async (dataset, path, n) => (await at(n)).fieldByPath(dataset, path, n),
    fieldsWhere: async (filter, n, page) => (await at(n)).fieldsWhere(filter, n, page),
    searchFields: async (text, n, page) => (await at(n)).searchFields(text, n, page),
    search: async (text, kinds, n, page, filter) => (await at(n)).search(text, kinds, n, page, filter),
    searchCounts: async (request, n) => (await at(n)).searchCounts(request, n),
    jobsByUid: async (uids, n) => (await at(n)).jobsByUid(uids, n),
    lineage: async (request) => (await at(request.n)).lineage(request),
    impactCounts: async (request) => (await at(request.n)).impactCounts(request),
    impact: async (request) => (await at(request.n)).impact(request),
    impactList: async (request, filter, page) => (await at(request.n)).impactList(request, filter, page),
    path: async (request) => (await at(request.n)).path(request),
    edgeStatements: async (edges, n) => (await at(n)).edgeStatements(edges, n),
    explain: async (field, category, n, classes) => (await at(n)).explain(field, category, n, classes),
    classificationHistory: async (field, category, n) => (await at(n)).classificationHistory(field, category, n),
    changes: async (request, page) => (await at(request.from, request.to)).changes(request, page),
    diff: async (request) => (await at(request.from, request.to)).diff(request),
    coverage: async (n, source) => (await at(n)).coverage(n, source),
    async *datasetFlows(n) {
      yield* (await at(n)).datasetFlows(n);
    },
    fieldFlows: async (fields, direction, n) => (await at(n)).fieldFlows(fields, direction, n),
    exposures: async (n) => (await at(n)).exposures(n),
    jointIdentifications: async (n) => (await at(n)).jointIdentifications(n),
    async *inventory(n, filter) {
      yield* (await at(n)).inventory(n, filter);
    },
    async *undescribed(n) {
      yield* (await at(n)).undescribed(n);
    },
  };
}
