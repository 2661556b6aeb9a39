import {
  NONE,
  type CoarseClass,
  type Decider,
  type DerivedClassification,
  type DerivedForm,
  type Verdict,
} from './classification.ts';
import { leastTreatedFirst, type Treatment } from './treatment.ts';

/** What a reader is shown for a field. Silence is never an answer: without any verdict it is a `GAP`. */
export type FieldState = 'SENSITIVE' | 'NOT_SENSITIVE' | 'UNDECIDED' | 'GAP';

export interface EffectiveClassification {
  readonly category: string;
  readonly decidedBy: Decider | 'propagation';
  readonly by: string;
  readonly classes: readonly CoarseClass[];
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
 * A person's word comes first, then imported tags, then detectors (a model may add), then what is derived; within a rank
 * all categories stay (the most cautious picture). A person's rejection hides that category here, whoever else found it.
 * `classesOf` gives the coarse classes of a category that arrived by propagation, and by which rows.
 */
export function effectiveField(
  verdicts: readonly Verdict[],
  derived: readonly DerivedClassification[],
  classesOf: (category: string, rows: readonly DerivedClassification[]) => readonly CoarseClass[],
): EffectiveField {
  const rejected = new Set(
    verdicts.filter((v) => v.decider === 'human' && v.state === 'rejected').map((v) => v.category),
  );
  const ownCategories = new Map<string, Verdict>();
  const standing = verdicts
    .filter(
      (v) => v.category !== NONE && (v.state === 'accepted' || v.state === 'proposed') && !rejected.has(v.category),
    )
    .sort((a, b) => rankOf[a.decider] - rankOf[b.decider] || b.confidence - a.confidence);
  for (const verdict of standing)
    if (!ownCategories.has(verdict.category)) ownCategories.set(verdict.category, verdict);

  const arriving = Map.groupBy(
    derived.filter((row) => row.rank > 0 && !rejected.has(row.category)),
    (row) => row.category,
  );
  const humanNone = verdicts.some((v) => v.decider === 'human' && v.category === NONE && v.state === 'accepted');
  const classifications: EffectiveClassification[] = [];
  for (const [category, verdict] of ownCategories) {
    if (humanNone && verdict.decider !== 'human') continue;
    classifications.push({
      category,
      decidedBy: verdict.decider,
      by: verdict.by,
      classes: verdict.classes,
      confidence: verdict.confidence,
      derived: verdict.derived,
      treatment: 'clear',
      verdict,
      rows: arriving.get(category) ?? [],
    });
  }
  for (const [category, rows] of arriving) {
    if (ownCategories.has(category) || humanNone) continue;
    const treatment = leastTreatedFirst.find((t) => rows.some((row) => row.treatment === t)) ?? 'clear';
    classifications.push({
      category,
      decidedBy: 'propagation',
      by: rows[0]?.rules ?? '',
      classes: classesOf(category, rows),
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
