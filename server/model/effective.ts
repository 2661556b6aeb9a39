import { categoryOf, classCarried, isCategoryRow } from './carried-class.ts';
import {
  NONE,
  coarseClasses,
  type CoarseClass,
  type Decider,
  type DerivedClassification,
  type DerivedForm,
  type Verdict,
} from './classification.ts';
import { rejectedArrivals, rejectedEver, rejectedFindings, type SaidOfField } from './rejections.ts';
import { leastTreated, type Treatment } from './treatment.ts';

/** What a reader is shown for a field. Silence is never an answer: without any verdict it is a `GAP`. */
export type FieldState = 'SENSITIVE' | 'NOT_SENSITIVE' | 'UNDECIDED' | 'GAP';

export interface EffectiveClassification {
  readonly category: string;
  readonly decidedBy: Decider | 'propagation';
  readonly by: string;
  readonly classes: readonly CoarseClass[];
  /** Those of the classes that travelled beside the category from origins elsewhere. */
  readonly carried: readonly CoarseClass[];
  readonly confidence: number;
  readonly derived: DerivedForm | null;
  /** What was done to the value on the least treated path; `clear` for a verdict on the field itself. */
  readonly treatment: Treatment;
  readonly verdict: Verdict | null;
  readonly rows: readonly DerivedClassification[];
}

export interface EffectiveField {
  readonly state: FieldState;
  readonly classifications: readonly EffectiveClassification[];
}

const rankOf: Record<Decider, number> = { human: 0, imported: 1, detector: 2, llm: 2 };
const formOf: Partial<Record<Treatment, DerivedForm>> = {
  hashed: 'hash',
  keyed: 'hash',
  encrypted: 'token',
  tokenised: 'token',
  masked: 'mask',
  partial: 'mask',
};

/**
 * The effective classification of one field: a pure function of its verdicts and what reaches it by propagation.
 * Who is shown as having decided a category is a matter of rank: a person, then imported tags, then detectors (a model may
 * add), then what is derived. Which categories and classes hold is not: all of them stay, whoever said them and whichever way
 * they came. A person's rejection alone hides a category here, whoever else found it, with the classes that the person saw and
 * in no clearer form. A person's "nothing sensitive" ends what machines and tags say of the field, and by its rejections what it
 * saw arrive; what arrives later stands until a person decides again. `classesOf` gives the coarse classes of a category that arrived by propagation, given its rows.
 */
export function effectiveField(
  verdicts: readonly Verdict[],
  derived: readonly DerivedClassification[],
  classesOf: (category: string, rows: readonly DerivedClassification[]) => readonly CoarseClass[],
): EffectiveField {
  const humanNone = isNothingByPerson(verdicts);
  const standing = standingOf(verdicts, humanNone);
  const arrived = arrivedRows(verdicts, derived);
  const classifications: EffectiveClassification[] = [];
  for (const [category, all] of Map.groupBy(standing, (verdict) => verdict.category)) {
    const [verdict] = all;
    if (verdict === undefined) continue;
    const rows = arrived.get(category) ?? [];
    const carried = classesCarriedBy(rows);
    const classes = new Set([...all.flatMap((one) => one.classes), ...carried]);
    classifications.push({
      category,
      decidedBy: verdict.decider,
      by: verdict.by,
      classes: coarseClasses.filter((one) => classes.has(one)),
      carried,
      confidence: verdict.confidence,
      derived: verdict.derived,
      treatment: 'clear',
      verdict,
      rows: rows.filter(isCategoryRow),
    });
  }
  const own = new Set(classifications.map(({ category }) => category));
  for (const [category, all] of arrived) {
    const rows = all.filter(isCategoryRow);
    if (own.has(category) || rows.length === 0) continue;
    const treatment = leastTreated(rows.map((row) => row.treatment)) ?? 'clear';
    classifications.push({
      category,
      decidedBy: 'propagation',
      by: rows[0]?.rules ?? '',
      classes: classesOf(category, all),
      carried: classesCarriedBy(all),
      confidence: 1,
      derived: formOf[treatment] ?? null,
      treatment,
      verdict: null,
      rows,
    });
  }
  classifications.sort((a, b) => (a.category < b.category ? -1 : 1));
  return { state: stateOf(classifications, verdicts, humanNone), classifications };
}

/**
 * Categories that came after a person decided otherwise, and that the decision did not see: those that reach a field of which
 * it was said that it holds nothing sensitive, and those that were rejected there and have another class or a clearer form by
 * now. They ask for another decision.
 */
export function cameSince(
  verdicts: readonly SaidOfField[],
  derived: readonly Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>[],
): readonly string[] {
  const isNothing = isNothingByPerson(verdicts);
  const before = rejectedEver(verdicts);
  const arrived = [...arrivedRows(verdicts, derived)].flatMap(([category, rows]) =>
    rows.some(isCategoryRow) && (isNothing || before.has(category)) ? [category] : [],
  );
  const covered = rejectedFindings(verdicts);
  return [...new Set([...arrived, ...[...before].filter((category) => !covered.has(category))])];
}

function isNothingByPerson(verdicts: readonly Pick<Verdict, 'decider' | 'category' | 'state'>[]): boolean {
  return verdicts.some((v) => v.decider === 'human' && v.category === NONE && v.state === 'accepted');
}

/** What stands by the verdicts of a field, those first whose word comes first. */
function standingOf(verdicts: readonly Verdict[], onlyHuman: boolean): readonly Verdict[] {
  const rejected = rejectedFindings(verdicts);
  return verdicts
    .filter(
      (v) =>
        v.category !== NONE &&
        (v.state === 'accepted' || v.state === 'proposed') &&
        !rejected.has(v.category) &&
        (!onlyHuman || v.decider === 'human'),
    )
    .sort((a, b) => rankOf[a.decider] - rankOf[b.decider] || b.confidence - a.confidence);
}

/** By category, the rows by which it and its classes reach a field, without those of its own origins and what a person rejected. */
function arrivedRows<Row extends Pick<DerivedClassification, 'category' | 'treatment' | 'rank'>>(
  verdicts: readonly SaidOfField[],
  derived: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const rejected = rejectedArrivals(verdicts, derived);
  return Map.groupBy(
    derived.filter((row) => row.rank > 0 && !rejected.has(categoryOf(row.category))),
    (row) => categoryOf(row.category),
  );
}

function classesCarriedBy(rows: readonly Pick<DerivedClassification, 'category'>[]): readonly CoarseClass[] {
  const carried = new Set(rows.map(({ category }) => classCarried(category)));
  return coarseClasses.filter((one) => carried.has(one));
}

function stateOf(
  classifications: readonly EffectiveClassification[],
  verdicts: readonly Verdict[],
  humanNone: boolean,
): FieldState {
  if (classifications.length > 0) return 'SENSITIVE';
  if (humanNone) return 'NOT_SENSITIVE';
  if (verdicts.some((v) => v.state === 'abstained')) return 'UNDECIDED';
  if (verdicts.length > 0) return 'NOT_SENSITIVE';
  return 'GAP';
}
