import type { Query, Statement } from './nodes.ts';

/**
 * A query holds expressions, which hold queries. The readers are one circle over several files; this is where it is closed,
 * by the file that imports the others.
 */
export const forward: {
  query: (value: unknown) => Query;
  statement: (value: unknown) => Statement;
} = {
  query: () => ({ kind: 'values', with: [], rows: [] }),
  statement: () => ({ kind: 'none' }),
};

const queryTags = new Set(['select', 'union', 'intersect', 'except', 'values', 'pipe_operator']);

/** True for the parser's nodes that stand for a query where an expression may stand. */
export function isQueryTag(tag: string): boolean {
  return queryTags.has(tag);
}
