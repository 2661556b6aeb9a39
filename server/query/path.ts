import { maySee } from '../access/viewer.ts';
import { directKinds } from '../model/edge.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { Effect } from '../model/treatment.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { mayReadStatements, readStatements } from './edge-statements.ts';
import { isVisible, readRecords } from './entities.ts';
import { hiddenName } from './field-views.ts';
import { readStarts } from './lineage/starts.ts';
import type { StatementExcerpt } from './statement-excerpt.ts';
import type { VouchedFunction } from '../model/vouched-functions.ts';

/** Steps of a path, at most: as far as stores search. A longer one is not looked for, and who says that there is none says so. */
export const maxPathSteps = 1000;

/** One step of the way between two fields. */
export interface PathStep {
  /** `shop.customers.email`, or words that say that it is hidden. */
  readonly from: string;
  readonly to: string;
  /** Null: the viewer may not see it. */
  readonly fromField: Uid | null;
  readonly toField: Uid | null;
  readonly fn: string;
  /** By the rules that the revision was derived with. */
  readonly effect: Effect;
  /** Functions of the team on this step, and who answers for each. */
  readonly vouched: readonly VouchedFunction[];
  readonly job: string | null;
  readonly jobUid: Uid | null;
  /** The text that moves the value, a script as a whole, literals replaced; null: not known, or not to be seen. */
  readonly statement: string | null;
  /** Of that text the statements that do it, and its fingerprint; null as {@link PathStep.statement}. */
  readonly statementAt: (StatementExcerpt & { readonly fingerprint: string }) | null;
  readonly source: string | null;
  /** True when it was read out of SQL, false when the source stated it. */
  readonly fromSql: boolean;
}

/**
 * A shortest way by which values flow from one field to another; null: there is none within 1000 steps. Fails with NOT_FOUND for
 * a field that is not there or may not be seen.
 */
export async function readPath(
  context: QueryContext,
  { from, to, n }: { readonly from: Uid; readonly to: Uid; readonly n: number },
): Promise<readonly PathStep[] | null> {
  for (const end of [from, to]) await readStarts(context, end, n);
  const found = await context.graph.path({ from, to, n, maxDepth: maxPathSteps, kinds: directKinds }, context.signal);
  if (found === null) return null;
  const { edges } = found;
  const jobIds = edges.flatMap(({ job }) => (job === null ? [] : [job]));
  const records = await readRecords(context, [...edges.flatMap((edge) => [edge.from, edge.to]), ...jobIds], n);
  const parents = await readRecords(
    context,
    [...records.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const mayRead = mayReadStatements(context);
  const statements = await readStatements(
    context,
    edges.map((edge) => ({ ...edge, statement: mayRead ? edge.statement : null })),
    n,
  );
  const vouched = await context.vouched(n);
  const seen = (uid: Uid): Uid | null => (datasetOf(context, records.get(uid), parents) === null ? null : uid);
  const name = (uid: Uid): string => nameOf(context, records.get(uid), parents);
  return edges.map((edge, i) => {
    const job = edge.job === null ? undefined : records.get(edge.job);
    const seesSource = maySee(context.scope, [edge.source]);
    const shownJob = job !== undefined && seesSource && isVisible(context, job) ? job : null;
    const statement = statements[i] ?? null;
    return {
      from: name(edge.from),
      to: name(edge.to),
      fromField: seen(edge.from),
      toField: seen(edge.to),
      fn: edge.fn,
      effect: vouched.effectOf(edge),
      vouched: vouched.on(edge),
      job: shownJob?.name ?? null,
      jobUid: shownJob?.uid ?? null,
      statement: statement?.whole ?? null,
      statementAt: statement === null ? null : { fingerprint: statement.fingerprint, ...statement.excerpt },
      source: seesSource ? edge.source : null,
      fromSql: edge.statement !== null,
    };
  });
}

/** The dataset that a field lies in; null: the viewer may not see it. */
function datasetOf(
  context: QueryContext,
  record: EntityRecord | undefined,
  parents: ReadonlyMap<Uid, EntityRecord>,
): EntityRecord | null {
  const dataset = record?.parent === null || record === undefined ? record : parents.get(record.parent);
  return dataset !== undefined && isVisible(context, dataset) ? dataset : null;
}

function nameOf(
  context: QueryContext,
  record: EntityRecord | undefined,
  parents: ReadonlyMap<Uid, EntityRecord>,
): string {
  const dataset = datasetOf(context, record, parents);
  if (record === undefined || dataset === null) return `(${hiddenName})`;
  return record.path === null ? dataset.name : `${dataset.name}.${printPath(record.path)}`;
}
