import { isCategoryRow } from '../model/carried-class.ts';
import type { CoarseClass, DerivedClassification, Verdict } from '../model/classification.ts';
import { effectiveField } from '../model/effective.ts';
import type { SourceTag } from '../model/document.ts';
import type { EntityRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import type { Tagged } from './plan.ts';
import { readArrivedClasses } from '../stores/graph/origin-classes.ts';
import { originConfidences } from './origin-confidence.ts';
import { wantedTags, type WantedTag } from './wanted-tags.ts';
import { inBatches } from '../stores/in-batches.ts';

/** Datasets read at a time. */
const batchSize = 50;

/** What reading needs of the graph. */
export type TaggedGraph = Pick<GraphStore, 'list' | 'get' | 'fieldsOf' | 'verdicts' | 'derived'>;

/** Everything that one source asserts, with the tags that it has there and those that it should have. Dataset by dataset. */
export async function* readTagged(
  graph: TaggedGraph,
  n: number,
  options: {
    readonly source: string;
    readonly tagMap: Readonly<Record<string, string>>;
    readonly tables: boolean;
    tagFor(ours: string): string;
    classesOf(category: string): readonly CoarseClass[];
    isOutside(sources: readonly string[]): boolean;
    readonly signal: AbortSignal;
  },
): AsyncIterable<Tagged> {
  let batch: EntityRecord[] = [];
  const pages = everyPage((page) => graph.list({ kind: 'dataset', source: options.source }, n, page));
  for await (const dataset of pages) {
    options.signal.throwIfAborted();
    batch.push(dataset);
    if (batch.length < batchSize) continue;
    yield* taggedOf(graph, n, batch, options);
    batch = [];
  }
  yield* taggedOf(graph, n, batch, options);
}

async function* taggedOf(
  graph: TaggedGraph,
  n: number,
  datasets: readonly EntityRecord[],
  options: Parameters<typeof readTagged>[2],
): AsyncIterable<Tagged> {
  if (datasets.length === 0) return;
  const fields = await graph.fieldsOf(
    datasets.map(({ uid }) => uid),
    n,
  );
  const uids = fields.flat().map(({ uid }) => uid);
  const verdicts = Map.groupBy(await inBatches(uids, (part) => graph.verdicts(part, n)), (one: Verdict) => one.field);
  const derived = Map.groupBy(
    await inBatches(uids, (part) => graph.derived(part, n)),
    (one: DerivedClassification) => one.field,
  );
  const rows = [...derived.values()].flat();
  const classesOf = await readArrivedClasses(graph, n, rows, {
    classesOf: (category) => options.classesOf(category),
    isOutside: (of) => options.isOutside(of),
  });
  const confidences = await originConfidences(graph, n, rows.filter(isCategoryRow));
  for (const [i, dataset] of datasets.entries()) {
    const all: WantedTag[] = [];
    let isJudged = true;
    for (const field of fields[i] ?? []) {
      const assertion = field.assertions.find(({ source }) => source === options.source);
      if (assertion === undefined) continue;
      const { state, classifications } = effectiveField(
        verdicts.get(field.uid) ?? [],
        derived.get(field.uid) ?? [],
        classesOf,
      );
      const wanted = wantedTags(
        classifications,
        (one) => confidences.of(one),
        options.tagMap,
        (ours) => options.tagFor(ours),
      );
      const isKnown = state === 'SENSITIVE' || state === 'NOT_SENSITIVE';
      all.push(...wanted);
      isJudged &&= isKnown;
      const name = { namespace: dataset.namespace, name: dataset.name };
      yield {
        target: { uid: field.uid, dataset: name, field: field.path, facets: assertion.facets },
        now: tagsIn(assertion.facets),
        wanted,
        isJudged: isKnown,
      };
    }
    const assertion = dataset.assertions.find(({ source }) => source === options.source);
    if (!options.tables || assertion === undefined) continue;
    yield {
      target: {
        uid: dataset.uid,
        dataset: { namespace: dataset.namespace, name: dataset.name },
        field: null,
        facets: assertion.facets,
      },
      now: tagsIn(assertion.facets),
      wanted: surest(all),
      isJudged,
    };
  }
}

function tagsIn(facets: Readonly<Record<string, unknown>>): readonly SourceTag[] {
  return (facets['tags'] as readonly SourceTag[] | undefined) ?? [];
}

function surest(all: readonly WantedTag[]): readonly WantedTag[] {
  const best = new Map<string, WantedTag>();
  for (const one of all) {
    const before = best.get(one.tag);
    if (before === undefined || before.because.confidence < one.because.confidence) best.set(one.tag, one);
  }
  return [...best.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1));
}
