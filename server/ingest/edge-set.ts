import { printPath, type FieldPath, type QualifiedName } from '../model/ids.ts';
import type { EdgeKind } from '../model/edge.ts';
import { leavesLess, type Effect } from '../model/treatment.ts';
import { nameKey, type NamedEdge, type NamePair } from './named-document.ts';

/** One end of an edge by name; `field` null: the dataset as a whole. */
export interface EdgeEnd {
  readonly dataset: QualifiedName;
  readonly field: FieldPath | null;
}

/** How an edge carries data, apart from its ends and its kind. */
export interface EdgeClaim {
  readonly fn: string;
  readonly effect: Effect;
  readonly masking: boolean;
  readonly statement: string | null;
  readonly confidence: number;
}

/** Collects the edges of one job: each claim once, in an order that does not depend on the order of arrival. */
export interface EdgeSet {
  add(from: EdgeEnd, to: EdgeEnd, kind: EdgeKind, claim: EdgeClaim): void;
  /** Datasets in code unit order, edges pointing into them by position. */
  list(): { readonly datasets: readonly NamePair[]; readonly edges: readonly NamedEdge[] };
}

interface Collected {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly kind: EdgeKind;
  claim: EdgeClaim;
}

/**
 * Claims that differ only in what a store does not tell apart (statement, effect, masking) become one: the effect that
 * leaves more to read back, masked only if all are. An edge from a thing to itself says nothing and is left out.
 */
export function createEdgeSet(): EdgeSet {
  const edges = new Map<string, Collected>();
  return {
    add(from, to, kind, claim) {
      const fromKey = endKey(from);
      const toKey = endKey(to);
      if (fromKey === toKey) return;
      const key = `${fromKey}\u0001${toKey}\u0001${kind}\u0001${claim.fn}`;
      const before = edges.get(key);
      if (before === undefined) edges.set(key, { from, to, kind, claim });
      else before.claim = moreCautious(before.claim, claim);
    },
    list() {
      const names = new Map<string, NamePair>();
      for (const { from, to } of edges.values())
        for (const { dataset } of [from, to]) names.set(nameKey(dataset), [dataset.namespace, dataset.name]);
      const datasets = [...names.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
      const position = new Map(datasets.map(([key], i) => [key, i]));
      const at = (name: QualifiedName): number => position.get(nameKey(name)) ?? 0;
      return {
        datasets: datasets.map(([, pair]) => pair),
        edges: [...edges.entries()]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, { from, to, kind, claim }]) => [
            at(from.dataset),
            from.field,
            at(to.dataset),
            to.field,
            kind,
            claim.fn,
            claim.effect,
            claim.masking ? 1 : 0,
            claim.statement,
            claim.confidence,
          ]),
      };
    },
  };
}

function endKey({ dataset, field }: EdgeEnd): string {
  return `${nameKey(dataset)}\u0000${field === null ? '' : printPath(field)}`;
}

function moreCautious(a: EdgeClaim, b: EdgeClaim): EdgeClaim {
  const effect = leavesLess(a.effect, b.effect) === a.effect ? b.effect : a.effect;
  const statements = [a.statement, b.statement].filter((id) => id !== null).sort();
  return {
    fn: a.fn,
    effect,
    masking: a.masking && b.masking,
    statement: statements[0] ?? null,
    confidence: Math.max(a.confidence, b.confidence),
  };
}
