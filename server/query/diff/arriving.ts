import { categoryOf, classCarried, subjectCarried } from '../../model/carried-class.ts';
import type { CoarseClass, DerivedClassification } from '../../model/classification.ts';
import { directKinds } from '../../model/edge.ts';
import type { Uid } from '../../model/ids.ts';
import type { Treatment } from '../../model/treatment.ts';
import { carriageOf } from '../carriage.ts';
import type { QueryContext } from '../context.ts';
import { inBatches } from '../../stores/in-batches.ts';
import { isVisible, readRecords } from '../entities.ts';
import { hiddenName, shortName } from '../field-views.ts';
import { readEdges } from '../lineage/read-edges.ts';
import { witnessPaths } from '../origins.ts';

/** Data of a category that reaches a field along its lineage, or a class that travels beside it, in one form. */
export interface Arrival {
  readonly field: Uid;
  readonly category: string;
  /** The class that comes by this way; null: the category itself. */
  readonly carried: CoarseClass | null;
  readonly treatment: Treatment;
  /** Where it began, as a sentence names it. */
  readonly from: readonly string[];
}

/** What reaches fields along lineage at one revision. A field that holds the category by its own judgement is reached as well. */
export async function arrivalsAt(
  context: QueryContext,
  fields: readonly Uid[],
  n: number,
): Promise<readonly Arrival[]> {
  const rows = (await inBatches(fields, (batch) => context.graph.derived(batch, n))).filter(isTold);
  const arriving = rows.filter(({ rank }) => rank > 0);
  const fed = await readFed(
    context,
    rows.filter(({ rank }) => rank === 0),
    n,
  );
  const began = await readBeginnings(context, [...arriving, ...fed.map(({ source }) => source)], n);
  const fromOf = (row: DerivedClassification): readonly string[] => {
    const name = began.get(row);
    return name === undefined ? [] : [name];
  };
  const found = new Map<string, Arrival>();
  const add = (arrival: Arrival): void => {
    const key = JSON.stringify([arrival.field, arrival.category, arrival.carried, arrival.treatment]);
    const known = found.get(key);
    found.set(key, known === undefined ? arrival : { ...known, from: [...new Set([...known.from, ...arrival.from])] });
  };
  const what = ({ category }: DerivedClassification): Pick<Arrival, 'category' | 'carried'> => ({
    category: categoryOf(category),
    carried: classCarried(category),
  });
  for (const row of arriving) add({ field: row.field, ...what(row), treatment: row.treatment, from: fromOf(row) });
  for (const { field, treatment, source } of fed) add({ field, ...what(source), treatment, from: fromOf(source) });
  return [...found.values()];
}

/** Whose rows they are is told of datasets, not of what flows. */
function isTold({ category }: DerivedClassification): boolean {
  return subjectCarried(category) === null;
}

interface Fed {
  readonly field: Uid;
  readonly treatment: Treatment;
  /** What stands at the far end of the edge. */
  readonly source: DerivedClassification;
}

/**
 * Fields where a category starts by their own judgement, and into which data of that category flows all the same: by the rules
 * and stops of the revision, as the propagation itself goes.
 */
async function readFed(
  context: QueryContext,
  origins: readonly DerivedClassification[],
  n: number,
): Promise<readonly Fed[]> {
  const held = Map.groupBy(origins, ({ field }) => field);
  const { edges } = await readEdges(context, {
    uids: [...held.keys()],
    direction: 'upstream',
    kinds: directKinds,
    n,
    keep: ({ from, to }) => from !== to,
  });
  const sources = await inBatches([...new Set(edges.map(({ from }) => from))], (batch) =>
    context.graph.derived(batch, n),
  );
  const bySource = Map.groupBy(sources.filter(isTold), ({ field }) => field);
  const carriage = await carriageOf(context, edges, n);
  return edges.flatMap((edge) => {
    const { from, to } = edge;
    return (bySource.get(from) ?? []).flatMap((source): readonly Fed[] => {
      const treatment = carriage.after(edge, source.category, source.treatment);
      const isHeld = (held.get(to) ?? []).some(({ category }) => category === source.category);
      return treatment === null || !isHeld ? [] : [{ field: to, treatment, source }];
    });
  });
}

/** Where each row began, by its witness path. */
async function readBeginnings(
  context: QueryContext,
  rows: readonly DerivedClassification[],
  n: number,
): Promise<ReadonlyMap<DerivedClassification, string>> {
  const paths = await witnessPaths(context, rows, n);
  const ends = paths.map((path) => path.at(-1)?.field ?? '');
  const records = await readRecords(context, ends, n);
  const parents = await readRecords(
    context,
    [...records.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  return new Map(
    rows.flatMap((row, at) => {
      const field = records.get(ends[at] ?? '');
      const dataset = parents.get(field?.parent ?? '');
      if (field === undefined || dataset === undefined) return [];
      return [[row, isVisible(context, dataset) ? shortName(dataset, field) : hiddenName] as const];
    }),
  );
}
