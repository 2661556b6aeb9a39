import { NONE, type Verdict } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';

/** How sure the machine was: what a sample is drawn from, a share each. Fields that people decided are in none. */
export type Stratum = 'found, surely' | 'found, less surely' | 'nothing found';

/** One field of a sample. What was said of it is kept apart from what the judge is shown. */
export interface SampledField {
  readonly field: Uid;
  readonly stratum: Stratum;
  /** Coarse classes and categories that were found; empty: nothing. */
  readonly categories: readonly string[];
}

/** What a person said of a sampled field without seeing what was found. */
export interface BlindJudgement {
  readonly field: Uid;
  /** Category or branch; `none`; null: could not tell. */
  readonly category: string | null;
}

export interface Interval {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  /** Judged fields it rests on. */
  readonly judged: number;
}

export interface SampleResult {
  /** Of what was found, the share that holds something of that kind. Null: none of it was judged. */
  readonly precision: Interval | null;
  /** Of what was judged to hold nothing, the share that does hold something. */
  readonly missRate: Interval | null;
  readonly strata: readonly {
    readonly stratum: Stratum;
    readonly population: number;
    readonly right: Interval | null;
  }[];
  readonly couldNotTell: number;
}

/** The stratum of a field by its verdicts; null where a person decided or nothing was judged. */
export function stratumOf(verdicts: readonly Verdict[]): Omit<SampledField, 'field'> | null {
  if (verdicts.some(({ decider }) => decider === 'human')) return null;
  const found = verdicts.filter(
    ({ category, state }) =>
      category !== NONE && !category.startsWith('subject.') && (state === 'proposed' || state === 'accepted'),
  );
  const categories = [...new Set(found.map(({ category }) => category))].sort();
  if (found.length > 0) {
    const surest = Math.max(...found.map(({ confidence }) => confidence));
    return { stratum: surest >= 0.9 ? 'found, surely' : 'found, less surely', categories };
  }
  const none = verdicts.some(({ decider, state }) => decider === 'detector' && state !== 'abstained');
  return none ? { stratum: 'nothing found', categories } : null;
}

/** Draws up to `size` of each stratum, every field with the same chance, in one pass (reservoir sampling). */
export class SampleDraw {
  readonly #kept = new Map<Stratum, SampledField[]>();
  readonly #population = new Map<Stratum, number>();
  readonly #size: number;
  readonly #random: () => number;

  constructor(size: number, random: () => number) {
    this.#size = size;
    this.#random = random;
  }

  offer(sampled: SampledField): void {
    const seen = (this.#population.get(sampled.stratum) ?? 0) + 1;
    this.#population.set(sampled.stratum, seen);
    const kept = this.#kept.get(sampled.stratum) ?? [];
    this.#kept.set(sampled.stratum, kept);
    if (kept.length < this.#size) kept.push(sampled);
    else {
      const place = Math.floor(this.#random() * seen);
      if (place < this.#size) kept[place] = sampled;
    }
  }

  /** The fields in an order that tells nothing of their strata, and how many there are of each. */
  end(): { readonly fields: readonly SampledField[]; readonly population: ReadonlyMap<Stratum, number> } {
    const fields = [...this.#kept.values()].flat();
    for (let i = fields.length - 1; i > 0; i -= 1) {
      const j = Math.floor(this.#random() * (i + 1));
      const [a, b] = [fields[i], fields[j]];
      if (a !== undefined && b !== undefined) [fields[i], fields[j]] = [b, a];
    }
    return { fields, population: this.#population };
  }
}

/** 95 %, two-sided. */
const z = 1.959964;

/** Wilson's score interval of a share (E. B. Wilson, JASA 22, 1927). `n` may be an effective number. */
export function wilson(share: number, n: number, judged: number): Interval {
  const z2 = z * z;
  const middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const half = (z / (1 + z2 / n)) * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n));
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), judged };
}

/**
 * Precision and miss rate out of a judged sample. Strata count by how many fields they stand for; the interval is Wilson's
 * with the effective number of that weighting (Kish). What nobody could tell is counted and left out.
 */
export function scoreSample(
  sample: readonly SampledField[],
  population: ReadonlyMap<Stratum, number>,
  judgements: readonly BlindJudgement[],
): SampleResult {
  const said = new Map(judgements.map(({ field, category }) => [field, category]));
  const rightIn = new Map<Stratum, boolean[]>();
  let couldNotTell = 0;
  for (const { field, stratum, categories } of sample) {
    const category = said.get(field);
    if (category === undefined) continue;
    if (category === null) {
      couldNotTell += 1;
      continue;
    }
    const right =
      categories.length === 0
        ? category === NONE
        : category !== NONE && categories.some((each) => isNear(each, category));
    const list = rightIn.get(stratum) ?? [];
    rightIn.set(stratum, list);
    list.push(right);
  }
  const strata = (['found, surely', 'found, less surely', 'nothing found'] as const).map((stratum) => {
    const list = rightIn.get(stratum) ?? [];
    const share = list.filter(Boolean).length / list.length;
    return {
      stratum,
      population: population.get(stratum) ?? 0,
      right: list.length === 0 ? null : wilson(share, list.length, list.length),
    };
  });
  const missed = strata.find(({ stratum }) => stratum === 'nothing found')?.right ?? null;
  return {
    precision: weighted(strata.filter(({ stratum }) => stratum !== 'nothing found')),
    missRate: missed === null ? null : wilson(1 - missed.share, missed.judged, missed.judged),
    strata,
    couldNotTell,
  };
}

function weighted(strata: SampleResult['strata']): Interval | null {
  const judged = strata.flatMap(({ population, right }) => (right === null ? [] : [{ population, right }]));
  const total = judged.reduce((sum, { population }) => sum + population, 0);
  if (total === 0) return null;
  const weights = judged.map(({ population, right }) => ({ weight: population / total, right }));
  const share = weights.reduce((sum, { weight, right }) => sum + weight * right.share, 0);
  const effective = 1 / weights.reduce((sum, { weight, right }) => sum + (weight * weight) / right.judged, 0);
  return wilson(
    share,
    effective,
    judged.reduce((sum, { right }) => sum + right.judged, 0),
  );
}

function isNear(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
