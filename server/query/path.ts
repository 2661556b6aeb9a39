import { maySee } from '../access/viewer.ts';
import { directKinds } from '../model/edge.ts';
import { printPath, type Uid } from '../model/ids.ts';
import type { Effect } from '../model/treatment.ts';
import type { EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { hiddenName } from './field-views.ts';
import { readStarts } from './lineage/starts.ts';
import { statementExcerpt, type EdgeName, type StatementExcerpt } from './statement-excerpt.ts';
import type { VouchedFunction } from '../model/vouched-functions.ts';

/** Steps of a path, at most. */
const maxDepth = 100;

/** One step of the way between two fields. */
export interface PathStep {
  /** `shop.customers.email`, or words that say that it is hidden. */
  readonly from: string;
  readonly to: string;
  readonly fn: string;
  /** By the rules that the revision was derived with. */
  readonly effect: Effect;
  /** Functions of the team on this step, and who answers for each. */
  readonly vouched: readonly VouchedFunction[];
  readonly job: string | null;
  /** The text that moves the value, a script as a whole, literals replaced; null: not known, or not to be seen. */
  readonly statement: string | null;
  /** Of that text the statements that do it, and its fingerprint; null as {@link PathStep.statement}. */
  readonly statementAt: (StatementExcerpt & { readonly fingerprint: string }) | null;
  readonly source: string | null;
}

/**
 * A shortest way by which values flow from one field to another; null: there is none within 100 steps. Fails with NOT_FOUND for
 * a field that is not there or may not be seen.
 */
export async function readPath(
  context: QueryContext,
  { from, to, n }: { readonly from: Uid; readonly to: Uid; readonly n: number },
): Promise<readonly PathStep[] | null> {
  for (const end of [from, to]) await readStarts(context, end, n);
  const found = await context.graph.path({ from, to, n, maxDepth, kinds: directKinds }, context.signal);
  if (found === null) return null;
  const { edges } = found;
  const jobIds = edges.flatMap(({ job }) => (job === null ? [] : [job]));
  const records = await readRecords(context, [...edges.flatMap((edge) => [edge.from, edge.to]), ...jobIds], n);
  const parents = await readRecords(
    context,
    [...records.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const texts = new Map(
    (await context.graph.statements(edges.flatMap(({ statement }) => (statement === null ? [] : [statement])))).map(
      ({ id, normalised }) => [id, normalised],
    ),
  );
  const vouched = await context.vouched(n);
  const name = (uid: Uid): string => nameOf(context, records.get(uid), parents);
  const edgeName = (uid: Uid): EdgeName => {
    const record = records.get(uid);
    const dataset = parents.get(record?.parent ?? '') ?? record;
    return { dataset: dataset?.name ?? '', column: record?.path?.at(-1) };
  };
  return edges.map((edge) => {
    const job = edge.job === null ? undefined : records.get(edge.job);
    const seesSource = maySee(context.scope, [edge.source]);
    const seesJob = seesSource && (job === undefined || isVisible(context, job));
    const whole = seesJob && edge.statement !== null ? texts.get(edge.statement) : undefined;
    const ends = { from: edgeName(edge.from), to: edgeName(edge.to), fn: edge.fn };
    const excerpt = whole === undefined ? null : statementExcerpt(whole, ends);
    return {
      from: name(edge.from),
      to: name(edge.to),
      fn: edge.fn,
      effect: vouched.effectOf(edge),
      vouched: vouched.on(edge),
      job: job === undefined || !seesJob ? null : job.name,
      statement: whole ?? null,
      statementAt: excerpt === null || edge.statement === null ? null : { fingerprint: edge.statement, ...excerpt },
      source: seesSource ? edge.source : null,
    };
  });
}

function nameOf(
  context: QueryContext,
  record: EntityRecord | undefined,
  parents: ReadonlyMap<Uid, EntityRecord>,
): string {
  const dataset = record?.parent === null || record === undefined ? record : parents.get(record.parent);
  if (record === undefined || dataset === undefined || !isVisible(context, dataset)) return `(${hiddenName})`;
  return record.path === null ? dataset.name : `${dataset.name}.${printPath(record.path)}`;
}
