import type { Dialect } from '../dialect/dialect.ts';

/** A tree of the second parser with its names as they are held ({@link Dialect.twins}); our own parser's are from the start. */
export function heldNames<T>(tree: T, dialect: Dialect): T;
export function heldNames(tree: unknown, dialect: Dialect): unknown {
  const { twins, caseMatters } = dialect;
  if (twins === null || caseMatters === 'tables' || tree === null || typeof tree !== 'object') return tree;
  if (Array.isArray(tree)) return tree.map((item: unknown) => heldNames(item, dialect));
  const { text, quoted, ...others } = tree as Readonly<Record<string, unknown>>;
  if (typeof text === 'string' && typeof quoted === 'boolean' && Object.keys(others).length === 0)
    return { text: twins.hold(text, quoted), quoted };
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]: [string, unknown]) => [key, heldNames(value, dialect)]),
  );
}
