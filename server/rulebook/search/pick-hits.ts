import type { ScoredProvision } from './catalogue-search.ts';

/** Of one paragraph's letters (the eighteen identifiers, the lists of categories) so many at first. */
const perParagraph = 3;
/** Of one regulation so many at first, where others speak of it too: one that says it under many letters hides none. */
const perRegulation = 2;
/** A hit this far behind the best says nothing any more. */
const faintest = 0.08;

/**
 * The first `k` of a ranking, with room for variety: no paragraph fills the list with its own letters, no regulation with its own
 * provisions, while others wait.
 * Those that waited follow when there is room. Hits far behind the best are left out.
 */
export function pickHits(scored: readonly ScoredProvision[], k: number): readonly ScoredProvision[] {
  const best = scored[0]?.score ?? 0;
  const taken: ScoredProvision[] = [];
  const waiting: ScoredProvision[] = [];
  const counts = new Map<string, number>();
  for (const hit of scored) {
    if (hit.score < best * faintest) break;
    if (taken.length >= k) break;
    const paragraph = paragraphOf(hit.provision.id);
    const count = counts.get(paragraph) ?? 0;
    const ofRegulation = counts.get(hit.regulation) ?? 0;
    const isTaken = count < perParagraph && ofRegulation < perRegulation;
    counts.set(paragraph, count + 1);
    if (isTaken) counts.set(hit.regulation, ofRegulation + 1);
    (isTaken ? taken : waiting).push(hit);
  }
  return [...taken, ...waiting].slice(0, k);
}

/** `HIPAA:164.514(b)(2)(i)(A)` stands in `HIPAA:164.514(b)`. */
function paragraphOf(id: string): string {
  return /^[^(]+(?:\([^)]*\))?/u.exec(id)?.[0] ?? id;
}
