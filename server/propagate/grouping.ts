import type { Uid } from '../model/ids.ts';
import type { EdgeRecord, GraphStore } from '../stores/graph/graph-store.ts';
import { everyPage } from '../stores/every-page.ts';
import { inBatches } from '../stores/in-batches.ts';
import type { DerivedRows } from './derived-rows.ts';
import { edgesOf } from './local-graph.ts';
import { effectUnder, type PropagationRules } from './propagation-rules.ts';
import type { Row } from './row.ts';
import { subjectKeys } from './subject-keys.ts';

/** One GROUP_BY edge: the field by which a statement groups what it writes into a dataset. */
export interface GroupEdge {
  readonly field: Uid;
  readonly dataset: Uid;
  readonly job: Uid | null;
  readonly statement: string | null;
}

/** The group edge belongs to the statement behind a count. */
export function groupsCount(
  group: Pick<GroupEdge, 'job' | 'statement'>,
  count: { readonly job: Uid | null; readonly statement: string | null },
): boolean {
  return (
    group.job === count.job &&
    (group.statement === null || count.statement === null || group.statement === count.statement)
  );
}

/** True when a field's rows single out a person. A figure over many rows does not. */
export function isPersonKey(rows: Iterable<Row>, rules: PropagationRules): boolean {
  for (const { category, treatment } of rows)
    if (treatment !== 'aggregated' && rules.personKeys.has(category)) return true;
  return false;
}

/** Which counts are grouped by a person's key. */
export interface Grouping {
  /** Fetches what the `count` edges among these need. */
  prepare(edges: Iterable<EdgeRecord>): Promise<void>;
  hasPersonKey(edge: EdgeRecord): boolean;
  /** The targets of counts whose grouping involves one of these fields or writes into one of these datasets. */
  countsBy(fields: readonly Uid[], datasets: Iterable<Uid>): Promise<ReadonlySet<Uid>>;
}

export function createGrouping(
  graph: Pick<GraphStore, 'edges' | 'get' | 'list' | 'verdicts'>,
  n: number,
  rows: DerivedRows,
  rules: PropagationRules,
): Grouping {
  const parents = new Map<Uid, Uid | null>();
  const groups = new Map<Uid, GroupEdge[]>();
  const keys = new Set<Uid>();

  return {
    async prepare(edges) {
      const targets = [...new Set([...edges].filter((edge) => isCount(edge, rules)).map(({ to }) => to))].filter(
        (to) => !parents.has(to),
      );
      const found = await inBatches(targets, (batch) => graph.get(batch, n));
      for (const [i, target] of targets.entries()) parents.set(target, found[i]?.parent ?? null);
      const datasets = [...new Set(targets.map((target) => parents.get(target) ?? null))].filter(
        (dataset): dataset is Uid => dataset !== null && !groups.has(dataset),
      );
      for (const dataset of datasets) groups.set(dataset, []);
      for await (const { from, to, job, statement } of edgesOf(graph, datasets, 'upstream', ['GROUP_BY'], n))
        groups.get(to)?.push({ field: from, dataset: to, job, statement });
      const fields = [...new Set(datasets.flatMap((dataset) => (groups.get(dataset) ?? []).map(({ field }) => field)))];
      await rows.load(fields);
      for (const key of await subjectKeys(graph, fields, n)) keys.add(key);
    },
    hasPersonKey(edge) {
      const dataset = parents.get(edge.to) ?? null;
      if (dataset === null) return false;
      return (groups.get(dataset) ?? []).some(
        (group) =>
          groupsCount(group, edge) && (keys.has(group.field) || isPersonKey(rows.at(group.field).values(), rules)),
      );
    },
    async countsBy(fields, datasets) {
      const involved = new Set(datasets);
      for await (const { to } of edgesOf(graph, fields, 'downstream', ['GROUP_BY'], n)) involved.add(to);
      const written: Uid[] = [];
      for (const dataset of involved)
        for await (const { uid } of everyPage((page) =>
          graph.list({ kind: 'field', parent: dataset, alive: false }, n, page),
        ))
          written.push(uid);
      const counts = new Set<Uid>();
      for await (const edge of edgesOf(graph, written, 'upstream', ['IDENTITY', 'TRANSFORMATION', 'AGGREGATION'], n))
        if (isCount(edge, rules)) counts.add(edge.to);
      return counts;
    },
  };
}

/** Only a number of rows remains: as the SQL room says, or as people said of a function. */
function isCount({ fn, effect }: Pick<EdgeRecord, 'fn' | 'effect'>, rules: PropagationRules): boolean {
  return effectUnder(rules, fn, effect) === 'count';
}
