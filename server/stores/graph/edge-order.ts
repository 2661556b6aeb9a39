import { directKinds, indirectKinds, type EdgeKind } from '../../model/edge.ts';
import type { EdgeRecord } from './graph-store.ts';

const kinds: readonly EdgeKind[] = ['DATASET', ...directKinds, ...indirectKinds];

/** Orders claims on one pair of things alike wherever they are kept: by kind, job, function, source, and when they began. */
export function byClaim(a: EdgeRecord, b: EdgeRecord): number {
  return (
    kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
    compare(a.job ?? '', b.job ?? '') ||
    compare(a.fn, b.fn) ||
    compare(a.source, b.source) ||
    a.since - b.since ||
    compare(a.statement ?? '', b.statement ?? '')
  );
}

/** Orders any edges: by their ends, then as {@link byClaim}. */
export function byEnds(a: EdgeRecord, b: EdgeRecord): number {
  return compare(a.from, b.from) || compare(a.to, b.to) || byClaim(a, b);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
