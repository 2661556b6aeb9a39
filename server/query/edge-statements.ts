import { seesEverything } from '../access/viewer.ts';
import type { Uid } from '../model/ids.ts';
import type { LineageEdge } from '../model/edge.ts';
import type { QueryContext } from './context.ts';
import { readRecords } from './entities.ts';
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
 * Whether the viewer may read statements: only who sees everything. A text names more than its job reads and writes: what it
 * drops, grants, comments on, refers to or calls.
 */
export function mayReadStatements({ scope }: Pick<QueryContext, 'scope'>): boolean {
  return seesEverything(scope);
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
