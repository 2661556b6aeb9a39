import type { FieldPath } from '../model/ids.ts';

/** A flow between two fields of two datasets. */
export interface FieldFlow {
  readonly from: FieldPath;
  readonly to: FieldPath;
}

/**
 * What a flow from a field carries along when that field has members: each member flows into the like-named member of the
 * target, or into the target itself where it has none (a struct written as text). The flow of the field itself comes first.
 */
export function withMembers(
  { from, to }: FieldFlow,
  known: { readonly from: readonly FieldPath[]; readonly to: readonly FieldPath[] },
): readonly FieldFlow[] {
  const flows: FieldFlow[] = [{ from, to }];
  for (const member of known.from) {
    if (!isBelow(member, from)) continue;
    const there = [...to, ...member.slice(from.length)];
    flows.push({ from: member, to: known.to.find((path) => isSame(path, there)) ?? to });
  }
  return flows;
}

function isBelow(path: FieldPath, parent: FieldPath): boolean {
  return path.length > parent.length && parent.every((segment, i) => path[i] === segment);
}

function isSame(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((segment, i) => b[i]?.toLowerCase() === segment.toLowerCase());
}
