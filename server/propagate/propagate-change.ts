import { applyEffect, type Treatment } from '../model/treatment.ts';
import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { inBatches } from '../stores/in-batches.ts';
import { createDerivedRows, type DerivedRows } from './derived-rows.ts';
import { everyFieldOf } from './every-field.ts';
import { createGrouping, isPersonKey, type Grouping } from './grouping.ts';
import { joinedRows, noJoinedRows, type JoinedRows } from './joined-rows.ts';
import { createLocalGraph, type LocalGraph } from './local-graph.ts';
import { subjectCarried } from '../model/carried-class.ts';
import { originsOf, type Origin } from './origins.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';
import { isBetter, isSameWay, rowKey, type Row } from './row.ts';
import type { Seeds } from './seeds.ts';
import type { Stops } from './stops.ts';
import { subjectOrigins } from './subject-keys.ts';

/**
 * One of two strata. Rows of the first say something about single values and depend on the first alone. Rows of the second
 * (`aggregated`) also depend on whether a count is grouped by a person's key, which only the first can tell: so no row ever
 * supports itself by way of a grouping.
 */
type Stratum = 'values' | 'figures';

function belongs(treatment: Treatment, stratum: Stratum): boolean {
  return (treatment === 'aggregated') === (stratum === 'figures');
}

/**
 * Derives again what a change can have touched: drops every row whose way back to an origin is broken, then derives from
 * the border of what was dropped and from what is new. Rows that keep their way keep their rank, because taking things away
 * never makes a way shorter.
 */
export async function propagateChange(options: {
  readonly graph: Pick<GraphStore, 'derived' | 'edges' | 'get' | 'list' | 'verdicts'>;
  /** The revision that is open. */
  readonly n: number;
  /** The published revision whose rows are the fixpoint to start from; 0: none. */
  readonly before: number;
  readonly rules: PropagationRules;
  readonly stops: Stops;
  readonly seeds: Seeds;
}): Promise<DerivedRows> {
  const { graph, n, rules, stops, seeds } = options;
  const rows = createDerivedRows(graph, options.before, rules.id);
  const local = createLocalGraph(graph, n);
  const grouping = createGrouping(graph, n, rows, rules);
  const fields = new Set([...seeds.fields, ...(await keysOfSubjects(graph, n, rows, seeds.subjects))]);
  const context: Context = { graph, n, rules, stops, rows, local, grouping, mayBeKeys: fields, joined: noJoinedRows };

  const touched = await settle(context, 'values', fields);
  // Parts stand by themselves now: where they come together, the whole is added, and it goes on from there.
  const joined = await joinedRows(context, touched);
  await settle({ ...context, joined }, 'values', joined.fields);
  await settle(context, 'figures', await seedsOfFigures(context, seeds));
  return rows;
}

interface Context {
  readonly graph: Pick<GraphStore, 'get' | 'list' | 'verdicts'>;
  readonly n: number;
  readonly rules: PropagationRules;
  readonly stops: Stops;
  readonly rows: DerivedRows;
  readonly local: LocalGraph;
  readonly grouping: Grouping;
  /** Where the key of a subject can begin that did not before. */
  readonly mayBeKeys: ReadonlySet<Uid>;
  readonly joined: JoinedRows;
}

/** What a row becomes at the far end of an edge; null: nothing of it arrives in this stratum. */
function carried({ rules, stops, grouping }: Context, edge: EdgeRecord, row: Row, stratum: Stratum): Treatment | null {
  if (stops.stops(edge, row.category)) return null;
  const effect = effectUnder(rules, edge.fn, edge.effect);
  const byPerson = effect === 'count' && stratum === 'figures' && grouping.hasPersonKey(edge);
  const after = applyEffect(row.treatment, effect, byPerson);
  return after !== null && belongs(after, stratum) ? after : null;
}

/** Gives the fields that were looked at again. */
async function settle(context: Context, stratum: Stratum, seeds: ReadonlySet<Uid>): Promise<ReadonlySet<Uid>> {
  if (seeds.size === 0) return seeds;
  const touched = await dropUnsupported(context, stratum, seeds);
  await deriveAgain(context, stratum, touched);
  return touched;
}

async function dropUnsupported(context: Context, stratum: Stratum, seeds: ReadonlySet<Uid>): Promise<ReadonlySet<Uid>> {
  const { rows, local } = context;
  await rows.load(seeds);
  await loadInto(context, seeds);
  await rows.load([...seeds].flatMap((field) => [...rows.at(field).values()].flatMap(({ via }) => via?.field ?? [])));
  const origins = await originsAt(context, seeds);
  const touched = new Set(seeds);
  let dropped: { readonly field: Uid; readonly row: Row }[] = [];
  for (const field of seeds)
    for (const row of rows.at(field).values())
      if (belongs(row.treatment, stratum) && !isSupported(context, field, row, origins.get(field) ?? [], stratum)) {
        rows.drop(field, rowKey(row.category, row.treatment));
        dropped.push({ field, row });
      }
  while (dropped.length > 0) {
    const parents = dropped;
    dropped = [];
    const fields = parents.map(({ field }) => field);
    await local.load(fields, 'outOf');
    await rows.load(fields.flatMap((field) => local.outOf(field).map(({ to }) => to)));
    for (const parent of parents)
      // What its parts come together to stands at the field itself.
      for (const to of [parent.field, ...local.outOf(parent.field).map((edge) => edge.to)])
        for (const row of rows.at(to).values()) {
          if (!belongs(row.treatment, stratum) || !comesFrom(row, parent)) continue;
          rows.drop(to, rowKey(row.category, row.treatment));
          touched.add(to);
          dropped.push({ field: to, row });
        }
  }
  return touched;
}

function comesFrom(row: Row, parent: { readonly field: Uid; readonly row: Row }): boolean {
  return (
    row.category === parent.row.category &&
    row.via?.field === parent.field &&
    row.via.treatment === parent.row.treatment
  );
}

/** The row's own step still leads to it. Whether the steps before that hold is seen when they are looked at. */
function isSupported(context: Context, field: Uid, row: Row, origins: readonly Origin[], stratum: Stratum): boolean {
  const { via } = row;
  if (via === null)
    return origins.some(({ category, treatment }) => category === row.category && treatment === row.treatment);
  if (stratum === 'values' && context.joined.at(field).some((joined) => isSameWay(joined, row))) return true;
  const before = context.rows.at(via.field).get(rowKey(row.category, via.treatment));
  if (before === undefined || before.rank !== row.rank - 1) return false;
  return context.local
    .into(field)
    .some((edge) => edge.from === via.field && carried(context, edge, before, stratum) === row.treatment);
}

async function deriveAgain(context: Context, stratum: Stratum, touched: ReadonlySet<Uid>): Promise<void> {
  const { rows, local } = context;
  const waiting = new Map<number, { readonly field: Uid; readonly row: Row }[]>();
  const offer = (field: Uid, row: Row): void => {
    if (!isBetter(row, rows.at(field).get(rowKey(row.category, row.treatment)))) return;
    const level = waiting.get(row.rank);
    if (level === undefined) waiting.set(row.rank, [{ field, row }]);
    else level.push({ field, row });
  };
  const offerAlong = (edge: EdgeRecord, row: Row): void => {
    const treatment = carried(context, edge, row, stratum);
    if (treatment === null) return;
    const via = { field: edge.from, treatment: row.treatment };
    offer(edge.to, { category: row.category, treatment, rank: row.rank + 1, via });
  };

  await rows.load(touched);
  await loadInto(context, touched);
  const origins = await originsAt(context, touched);
  for (const field of touched) {
    for (const origin of origins.get(field) ?? [])
      if (belongs(origin.treatment, stratum)) offer(field, { ...origin, rank: 0, via: null });
    if (stratum === 'values') for (const row of context.joined.at(field)) offer(field, row);
    for (const edge of local.into(field)) for (const row of rows.at(edge.from).values()) offerAlong(edge, row);
  }
  while (waiting.size > 0) {
    const rank = Math.min(...waiting.keys());
    const level = waiting.get(rank) ?? [];
    waiting.delete(rank);
    const nearer: { readonly field: Uid; readonly row: Row }[] = [];
    for (const { field, row } of level) {
      const key = rowKey(row.category, row.treatment);
      const there = rows.at(field).get(key);
      if (!isBetter(row, there)) continue;
      rows.set(field, row);
      if (there?.rank !== row.rank) nearer.push({ field, row });
    }
    await loadOutOf(
      context,
      nearer.map(({ field }) => field),
    );
    for (const { field, row } of nearer) for (const edge of local.outOf(field)) offerAlong(edge, row);
  }
}

async function loadInto({ local, rows, grouping }: Context, fields: ReadonlySet<Uid>): Promise<void> {
  await local.load(fields, 'into');
  const edges = [...fields].flatMap((field) => local.into(field));
  await rows.load(edges.map(({ from }) => from));
  await grouping.prepare(edges);
}

async function loadOutOf({ local, rows, grouping }: Context, fields: readonly Uid[]): Promise<void> {
  await local.load(fields, 'outOf');
  const edges = fields.flatMap((field) => local.outOf(field));
  await rows.load(edges.map(({ to }) => to));
  await grouping.prepare(edges);
}

async function originsAt(
  { graph, n, rows, mayBeKeys }: Context,
  fields: ReadonlySet<Uid>,
): Promise<ReadonlyMap<Uid, readonly Origin[]>> {
  const verdicts = await inBatches([...fields], (batch) => graph.verdicts(batch, n));
  const origins = new Map<Uid, readonly Origin[]>();
  for (const [field, own] of Map.groupBy(verdicts, (verdict) => verdict.field)) origins.set(field, originsOf(own));
  // Whose key a field is stands with its dataset: asked where it may have changed, and where it was one.
  const asked = [...fields].filter((field) => mayBeKeys.has(field) || isSubjectKey(rows, field));
  for (const [field, keys] of await subjectOrigins(graph, asked, n))
    origins.set(field, [...(origins.get(field) ?? []), ...keys]);
  return origins;
}

function isSubjectKey(rows: DerivedRows, field: Uid): boolean {
  return [...rows.at(field).values()].some(({ category, rank }) => rank === 0 && subjectCarried(category) !== null);
}

/** Of the datasets about whose subject something else is said, the fields that are or were its key. */
async function keysOfSubjects(
  graph: Pick<GraphStore, 'get' | 'list' | 'verdicts'>,
  n: number,
  rows: DerivedRows,
  datasets: ReadonlySet<Uid>,
): Promise<readonly Uid[]> {
  const fields: Uid[] = [];
  for (const dataset of datasets) fields.push(...(await everyFieldOf(graph, dataset, n)));
  await rows.load(fields);
  const now = await subjectOrigins(graph, fields, n);
  return fields.filter((field) => now.has(field) || isSubjectKey(rows, field));
}

/** Where figures can have changed: at the change itself, behind changed values, and behind groupings that changed. */
async function seedsOfFigures(context: Context, seeds: Seeds): Promise<ReadonlySet<Uid>> {
  const { rows, local, rules, grouping } = context;
  const found = new Set(seeds.fields);
  const changed = rows.changedFields();
  await local.load(changed, 'outOf');
  for (const field of changed)
    for (const edge of local.outOf(field)) {
      const effect = effectUnder(rules, edge.fn, edge.effect);
      if (effect === 'aggregate' || effect === 'count') found.add(edge.to);
    }
  const keys = changed.filter(
    (field) => isPersonKey(rows.before(field).values(), rules) !== isPersonKey(rows.at(field).values(), rules),
  );
  for (const dataset of seeds.subjects) keys.push(...(await everyFieldOf(context.graph, dataset, context.n)));
  for (const field of await grouping.countsBy(keys, seeds.groupedDatasets)) found.add(field);
  return found;
}
