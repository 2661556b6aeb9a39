import type { ProvisionHit, Rulebook } from '../rulebook/rulebook.ts';
import { nameForModel } from './model-text.ts';
import type { ColumnInput, ColumnJudgement } from './classifier.ts';

/** A provision that a model may cite, under the short name it has in one question. */
export interface Candidate {
  /** `P1`: from the retrieved set; the model names nothing else. */
  readonly id: string;
  readonly hit: ProvisionHit;
}

/** Provisions of one question at most: more costs tokens and helps nobody. */
const maxCandidates = 16;
const hitsEach = 3;

/**
 * The provisions that speak of the open columns. Asked by the column's name and by the categories in question; never by
 * comments, so that what somebody wrote into one cannot move what is found.
 */
export async function retrieveFor(
  columns: readonly { readonly input: ColumnInput; readonly judgement: ColumnJudgement }[],
  options: {
    readonly rulebook: Pick<Rulebook, 'search'>;
    /** Ids of the regulations that bind the source; empty: all. */
    readonly regulations: readonly string[];
    readonly signal: AbortSignal;
  },
): Promise<readonly Candidate[]> {
  const found = new Map<string, { hit: ProvisionHit; score: number }>();
  for (const { input, judgement } of columns) {
    const guesses = [judgement.category, ...judgement.alternatives.map(({ category }) => category)].filter((category) =>
      category.includes('.'),
    );
    const name = nameForModel(input.column).replaceAll(/[_.\-\s]+/gu, ' ');
    const scope = options.regulations.length === 0 ? {} : { regulations: options.regulations };
    const queries = [
      { query: name },
      ...guesses
        .slice(0, 2)
        .map((category) => ({ query: `${category.split('.').at(-1) ?? ''} ${name}`.replaceAll('_', ' '), category })),
    ];
    for (const query of queries) {
      const { hits, abstain } = await options.rulebook.search({ ...query, ...scope, k: hitsEach }, options.signal);
      if (abstain) continue;
      for (const [rank, hit] of hits.entries()) {
        const before = found.get(hit.provision);
        // Scores of two answers do not compare; ranks do.
        const score = (before?.score ?? 0) + 1 / (rank + 1);
        found.set(hit.provision, { hit: before?.hit ?? hit, score });
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => b.score - a.score || (a.hit.provision < b.hit.provision ? -1 : 1))
    .slice(0, maxCandidates)
    .map(({ hit }, i) => ({ id: `P${i + 1}`, hit }));
}
