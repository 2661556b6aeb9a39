import { isDirect, isIndirect, type EdgeKind } from '../model/edge.ts';
import { effects } from '../model/treatment.ts';
import { isName, isPath, isRecord, type Problem } from './guards.ts';

/** One of the ten kinds of edge. */
function isEdgeKind(value: unknown): value is EdgeKind {
  return (
    typeof value === 'string' && (value === 'DATASET' || isDirect(value as EdgeKind) || isIndirect(value as EdgeKind))
  );
}

/** Why an edge that a source states cannot be taken; null when it can. */
export function edgeProblem(value: unknown): Problem {
  if (!isRecord(value)) return 'an edge that is not an object';
  const { from, to, kind, fn, effect, masking, confidence } = value;
  if (!isEdgeKind(kind)) return 'an edge of an unknown kind';
  if (!isEnd(from) || !isEnd(to)) return `a ${kind} edge whose end has no dataset or a wrong path`;
  if (kind === 'DATASET' && (from.field !== null || to.field !== null)) return 'a DATASET edge that names a field';
  if (kind !== 'DATASET' && from.field === null) return `a ${kind} edge that starts at no field`;
  if (isDirect(kind) && to.field === null) return `a ${kind} edge that ends at no field`;
  if (fn !== undefined && typeof fn !== 'string') return 'an edge whose function is not text';
  if (effect !== undefined && !(effects as readonly unknown[]).includes(effect))
    return 'an edge with an unknown effect';
  if (masking !== undefined && typeof masking !== 'boolean') return 'an edge whose masking is neither true nor false';
  if (confidence !== undefined && !(typeof confidence === 'number' && confidence >= 0 && confidence <= 1))
    return 'an edge whose confidence is not between 0 and 1';
  return null;
}

function isEnd(value: unknown): value is { dataset: unknown; field: readonly string[] | null } {
  return isRecord(value) && isName(value['dataset']) && (value['field'] === null || isPath(value['field']));
}
