import type { Passage } from '../../stores/vectors/vector-index.ts';
import type { CatalogueAnswer } from './catalogue-search.ts';
import { pickHits } from './pick-hits.ts';

/** A provision of the answer, wherever it was found. */
export interface MergedHit {
  readonly provision: string;
  readonly regulation: string;
  readonly score: number;
  /** Quoted in this language where the question shows none. */
  readonly language?: string;
}

/** A passage and the share of the question's words that it speaks. */
export interface OfficialHit {
  readonly passage: Passage;
  readonly coverage: number;
}

/** A passage that speaks this share of the question's words stands beside what the catalogue found. */
const tellingCoverage = 0.6;
/** One that speaks nearly all of them is an answer where the catalogues have none. */
const answeringCoverage = 0.75;
const fewestWords = 3;
/** Of a text of the user's own nobody has written down what it means: its words answer sooner. */
const ownCoverage = 0.5;
const fewestOwnWords = 2;

/**
 * Puts what the catalogues and the official texts found together. The catalogues lead, as they know what words mean; of the
 * passages a telling one takes the last places. Where the catalogues abstain, only a passage with nearly all words of a
 * whole question answers. `own`: regulations of the user's own.
 */
export function mergeHits(
  answer: CatalogueAnswer,
  official: readonly OfficialHit[],
  k: number,
  own: ReadonlySet<string> = new Set(),
): readonly MergedHit[] {
  const known = answer.abstain ? [] : pickHits(answer.scored, k);
  const first = known.map(({ provision, regulation, score }): MergedHit => ({
    provision: provision.id,
    regulation,
    score,
  }));
  const least = first.at(-1)?.score ?? 1;
  const wanted = answer.abstain ? answeringCoverage : tellingCoverage;
  const words = answer.evidence.stems.length;
  const isAnswer = ({ passage: { regulation }, coverage }: OfficialHit): boolean =>
    own.has(regulation)
      ? words >= fewestOwnWords && coverage >= ownCoverage
      : words >= fewestWords && coverage >= wanted;
  const found = answer.isName
    ? []
    : official
        .filter((hit) => isAnswer(hit))
        .filter((hit, i, all) => !all.some((other, j) => isBetterOf(other, j, hit, i)))
        .filter(({ passage }) => !first.some(({ provision }) => isFamily(provision, passage.provision)))
        .map(({ passage, coverage }): MergedHit => ({
          provision: passage.provision,
          regulation: passage.regulation,
          score: least * coverage,
        }));
  // The first places stay with the catalogues; the last one goes to a passage that they do not speak of.
  const kept = found.length > 0 && first.length >= k ? first.slice(0, Math.max(1, k - 1)) : first;
  return [...kept, ...found].slice(0, k);
}

/** Of an article and its paragraph that says as much, the paragraph; of one provision in several texts, the first. */
function isBetterOf(a: OfficialHit, i: number, b: OfficialHit, j: number): boolean {
  const [x, y] = [a.passage.provision, b.passage.provision];
  return x === y ? i < j : x.startsWith(`${y}(`) && a.coverage >= b.coverage;
}

function isFamily(a: string, b: string): boolean {
  return a === b || b.startsWith(`${a}(`) || a.startsWith(`${b}(`);
}

/** What a question asks for by number or name comes before what is found by words. */
export function namedFirst(named: readonly MergedHit[], others: readonly MergedHit[], k: number): readonly MergedHit[] {
  const best = Math.max(0, ...others.map(({ score }) => score));
  const first = named.map((hit) => ({ ...hit, score: Math.max(hit.score, best) }));
  return [...first, ...others.filter(({ provision }) => !named.some((hit) => hit.provision === provision))].slice(0, k);
}
