import { fieldDrift, type FieldDrift } from '../ingest/field-drift.ts';
import type { NamedDataset } from '../ingest/named-document.ts';
import { namedOf } from '../ingest/stage.ts';
import { categoryOf, subjectCarried } from '../model/carried-class.ts';
import { NONE } from '../model/classification.ts';
import { datasetUid } from '../model/ids.ts';
import type { Json } from '../model/json.ts';
import { everyBatch } from '../stores/every-batch.ts';
import { inBatches } from '../stores/in-batches.ts';
import { loadWritten } from '../writeback/written-tags.ts';
import type { Run } from './run.ts';

/** What a source describes otherwise than when it was last read. */
export interface DriftReport {
  readonly datasets: { readonly added: number; readonly noLongerSeen: number };
  readonly fields: {
    readonly added: number;
    readonly noLongerSeen: number;
    readonly renamed: number;
    readonly retyped: number;
  };
  /** What bears on tags, decisions or things downstream first; at most 200, `unlisted` counts the rest. */
  readonly items: readonly DriftItem[];
  readonly unlisted: number;
}

/** One difference and what it means. */
export interface DriftItem {
  readonly change: FieldDrift['type'] | 'dataset-no-longer-seen';
  readonly dataset: string;
  /** Null for a dataset as a whole. */
  readonly field: string | null;
  /** `was → is` of a name or a type; empty otherwise. */
  readonly detail: string;
  /** What it held by what was known before. */
  readonly categories: readonly string[];
  /** A person had decided about it. */
  readonly decided: boolean;
  /** Tags that we had written on it in a source. */
  readonly writtenTags: readonly string[];
  /** Fields that its values reach; null when it was not counted. */
  readonly downstream: number | null;
  /** What to do, where there is something to do. */
  readonly fix: string | null;
}

const kind = 'sync-drift';
/** Differences that are looked into; of the rest only the number is told. */
const maxItems = 200;
const batchSize = 200;
const countBudget = 20_000;

/**
 * Compares what was staged with what the graph holds of this source, before it is written, and keeps the outcome for the
 * report: a run that is killed afterwards finds it again. Nothing on a first sync.
 */
export async function noteDrift(run: Run): Promise<void> {
  const { context, source } = run;
  const { graph, state } = context.stores;
  const before = (await graph.head()).published;
  if (before === 0) return;
  const found: { readonly dataset: string; readonly drift: FieldDrift }[] = [];
  const counts = { added: 0, noLongerSeen: 0, renamed: 0, retyped: 0 };
  let newDatasets = 0;
  for await (const batch of everyBatch(differingDatasets(run), batchSize)) {
    const uids = batch.map((one) => datasetUid(one));
    const [records, fields] = await Promise.all([graph.get(uids, before), graph.fieldsOf(uids, before)]);
    for (const [i, one] of batch.entries()) {
      if (records[i]?.assertions.some((assertion) => assertion.source === source.name) !== true) {
        newDatasets += 1;
        continue;
      }
      const old = (fields[i] ?? []).flatMap(({ path, assertions }) => {
        const own = assertions.find((assertion) => assertion.source === source.name);
        return path === null || own === undefined ? [] : [{ path, facets: own.facets }];
      });
      for (const drift of fieldDrift(one, old, one.fields)) {
        counts[drift.type === 'no-longer-seen' ? 'noLongerSeen' : drift.type] += 1;
        if (drift.type !== 'added') found.push({ dataset: one.name, drift });
      }
    }
  }
  const retired = await inBatches(run.record.retired, (batch) => graph.get(batch, before));
  const gone = retired.filter((record) => record?.kind === 'dataset');
  const total = found.length + gone.length + newDatasets + counts.added;
  if (total === 0) return state.remove(kind, source.name);
  const items = [
    ...gone.slice(0, maxItems).map((record): DriftItem => datasetItem(record?.name ?? '')),
    ...(await weigh(run, before, found.slice(0, maxItems))),
  ].sort((a, b) => weightOf(b) - weightOf(a));
  const report: DriftReport = {
    datasets: { added: newDatasets, noLongerSeen: gone.length },
    fields: counts,
    items: items.slice(0, maxItems),
    unlisted: Math.max(0, found.length + gone.length - maxItems),
  };
  await state.put(kind, source.name, { run: run.record.run, report } as unknown as Json);
}

async function* differingDatasets({ stage }: Run): AsyncIterable<NamedDataset> {
  for await (const staged of stage.all()) {
    if (staged.kind !== 'dataset' || staged.state !== 'differs') continue;
    const named = namedOf(staged);
    if (named.kind === 'dataset') yield named;
  }
}

/** What {@link noteDrift} kept for this run, taken out. */
export async function takeDrift(run: Run): Promise<DriftReport | null> {
  const { state } = run.context.stores;
  const body = await state.get(kind, run.source.name);
  if (body === null) return null;
  await state.remove(kind, run.source.name);
  const { run: of, report } = body as unknown as { readonly run: string; readonly report: DriftReport };
  return of === run.record.run ? report : null;
}

/** What the differences mean: what the field held, who decided it, what we wrote on it, what it reaches. */
async function weigh(
  run: Run,
  before: number,
  found: readonly { readonly dataset: string; readonly drift: FieldDrift }[],
): Promise<readonly DriftItem[]> {
  if (found.length === 0) return [];
  const { graph, state } = run.context.stores;
  const uids = found.map(({ drift }) => drift.uid);
  const [verdicts, derived, written] = await Promise.all([
    graph.verdicts(uids, before),
    graph.derived(uids, before),
    loadWritten(state),
  ]);
  const items: DriftItem[] = [];
  for (const { dataset, drift } of found) {
    const own = verdicts.filter(({ field }) => field === drift.uid);
    const held = own.filter(
      ({ category, state: stands }) => category !== NONE && (stands === 'accepted' || stands === 'proposed'),
    );
    const reached = derived
      .filter(({ field, category }) => field === drift.uid && subjectCarried(category) === null)
      .map(({ category }) => categoryOf(category));
    const categories = [...new Set([...held.map(({ category }) => category), ...reached])].sort();
    const decided = own.some(({ decider }) => decider === 'human');
    const count =
      categories.length === 0 && drift.type === 'retyped'
        ? null
        : await graph.count(
            { from: [drift.uid], direction: 'downstream', depth: 100, n: before, budget: countBudget },
            run.signal,
          );
    const item = {
      change: drift.type,
      dataset,
      field: drift.field,
      detail: detailOf(drift),
      categories,
      decided,
      writtenTags: [...(written.get(drift.uid)?.values() ?? [])].map(({ tag }) => tag).sort(),
      downstream: count?.fields ?? null,
    };
    items.push({ ...item, fix: fixFor(item) });
  }
  return items;
}

function detailOf(drift: FieldDrift): string {
  if (drift.type === 'renamed') return `${drift.field} → ${drift.now}${drift.sure ? '' : ' (it looks like it)'}`;
  return drift.type === 'retyped' ? `${drift.from ?? 'unknown'} → ${drift.to ?? 'unknown'}` : '';
}

/** Suggestions only: nothing is carried over by itself. */
function fixFor({ change, decided, writtenTags, downstream, categories }: Omit<DriftItem, 'fix'>): string | null {
  if (change === 'renamed' && decided)
    return 'a person decided about the old name: look at the new one and decide again';
  if (change === 'renamed' && writtenTags.length > 0)
    return 'the tags that were written on the old name are proposed for the new one';
  if (change === 'retyped' && decided) return 'a person decided when it had another type: look at it again';
  if (change === 'no-longer-seen' && (downstream ?? 0) > 0)
    return `by what is known ${downstream} downstream still ${downstream === 1 ? 'comes' : 'come'} from it: look whether the jobs still run`;
  if (change === 'no-longer-seen' && categories.length > 0)
    return 'what was decided about it wakes when it is seen again';
  return null;
}

function datasetItem(dataset: string): DriftItem {
  return {
    change: 'dataset-no-longer-seen',
    dataset,
    field: null,
    detail: '',
    categories: [],
    decided: false,
    writtenTags: [],
    downstream: null,
    fix: null,
  };
}

function weightOf({ decided, categories, writtenTags, downstream }: DriftItem): number {
  return (decided ? 1000 : 0) + writtenTags.length * 100 + categories.length * 10 + Math.min(9, downstream ?? 0);
}
