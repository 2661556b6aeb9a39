import type { Name } from '../ast/nodes.ts';
import type { Bound, Scope } from './scope.ts';

function endsWith(path: readonly string[], suffix: readonly string[]): boolean {
  if (suffix.length > path.length) return false;
  const offset = path.length - suffix.length;
  return suffix.every((part, at) => path[offset + at]?.toLowerCase() === part.toLowerCase());
}

/** The relation that the first parts of a reference name, and how many parts that took; longest first. */
export function namedRelation(
  parts: readonly Name[],
  scope: Scope,
): { readonly bound: Bound; readonly used: number } | null {
  for (let used = parts.length - 1; used >= 1; used--) {
    const wanted = parts.slice(0, used).map((part) => part.text);
    const matches = scope.relations.filter((bound) =>
      used === 1 ? bound.alias?.toLowerCase() === wanted[0]?.toLowerCase() : endsWith(bound.path, wanted),
    );
    const exact = matches.length > 1 ? matches.filter((bound) => bound.alias === wanted.at(-1)) : matches;
    const bound = exact[0] ?? matches[0];
    if (bound !== undefined) return { bound, used };
  }
  return null;
}
