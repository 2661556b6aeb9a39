import { maySee, seesEverything } from '../access/viewer.ts';
import type { Uid } from '../model/ids.ts';
import { saidFacets, type JobFacets } from '../model/facets.ts';
import type { LineageEdge } from '../model/edge.ts';
import type { EdgeRecord, EntityRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { isVisible, readRecords } from './entities.ts';
import { statementExcerpt, type EdgeName, type StatementExcerpt } from './statement-excerpt.ts';

/** What stands behind an edge, every literal replaced. */
export interface EdgeStatement {
  /** The text that moves the value, a script as a whole. */
  readonly whole: string;
  readonly fingerprint: string;
  /** Of that text the statements that do it. */
  readonly excerpt: StatementExcerpt;
}

/** The ends of an edge with what is looked for between them. */
export type StatementAsked = Pick<LineageEdge, 'from' | 'to' | 'fn'> & {
  /** Null: there is none, or it may not be read. */
  readonly statement: string | null;
};

/**
 * Which edges' statements the viewer may read: a text names every table that its job reads and writes, so all of these must be
 * seen, and the source that tells it. Who does not see everything reads none whose job is not named, or of whose statements one
 * was not understood: nobody knows what those name.
 */
export async function readableStatements(
  context: QueryContext,
  edges: readonly EdgeRecord[],
  n: number,
): Promise<(edge: EdgeRecord) => boolean> {
  if (seesEverything(context.scope)) return () => true;
  const told = edges.filter(({ statement, source }) => statement !== null && maySee(context.scope, [source]));
  const jobs = await readRecords(
    context,
    told.flatMap(({ job }) => (job === null ? [] : [job])),
    n,
  );
  const touched = (job: EntityRecord) =>
    saidFacets<JobFacets, 'io'>(job, 'io').flatMap(({ inputs, outputs }) => [...inputs, ...outputs]);
  const datasets = await readRecords(context, [...jobs.values()].flatMap(touched), n);
  const isSeen = (uid: Uid) => {
    const record = datasets.get(uid);
    return record !== undefined && isVisible(context, record);
  };
  const readable = new Set(
    [...jobs.values()]
      .filter((job) => isVisible(context, job) && isUnderstood(job) && touched(job).every(isSeen))
      .map(({ uid }) => uid),
  );
  return ({ job, source }) => job !== null && readable.has(job) && maySee(context.scope, [source]);
}

function isUnderstood(job: EntityRecord): boolean {
  return saidFacets<JobFacets, 'sql'>(job, 'sql').every((sql) =>
    (sql?.statements ?? []).every(({ parseStatus }) => parseStatus !== 'failed'),
  );
}

/** The statements of edges in the order asked; null where there is none, or it was not kept. Who may read them was asked before. */
export async function readStatements(
  context: QueryContext,
  asked: readonly StatementAsked[],
  n: number,
): Promise<readonly (EdgeStatement | null)[]> {
  const ids = [...new Set(asked.flatMap(({ statement }) => (statement === null ? [] : [statement])))];
  if (ids.length === 0) return asked.map(() => null);
  const texts = new Map((await context.graph.statements(ids)).map(({ id, normalised }) => [id, normalised]));
  const ends = await readRecords(
    context,
    asked.flatMap(({ from, to, statement }) => (statement === null ? [] : [from, to])),
    n,
  );
  const parents = await readRecords(
    context,
    [...ends.values()].flatMap(({ parent }) => (parent === null ? [] : [parent])),
    n,
  );
  const nameOf = (uid: Uid): EdgeName => {
    const record = ends.get(uid);
    const dataset = parents.get(record?.parent ?? '') ?? record;
    return { dataset: dataset?.name ?? '', column: record?.path?.at(-1) };
  };
  return asked.map(({ from, to, fn, statement }) => {
    const whole = statement === null ? undefined : texts.get(statement);
    if (statement === null || whole === undefined) return null;
    const excerpt = statementExcerpt(whole, { from: nameOf(from), to: nameOf(to), fn });
    return { whole, fingerprint: statement, excerpt };
  });
}
