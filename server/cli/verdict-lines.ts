import { NONE, type Citation, type Decider, type Signal, type Verdict } from '../model/classification.ts';

/** Who overrules whom, as the field's state does. */
const rankOf: Record<Decider, number> = { human: 0, imported: 1, detector: 2, llm: 3 };

/**
 * The reasons of everybody who judged a field that holds nothing or is left open, first who decides. What somebody found and
 * another one overruled is called what it is.
 */
export function verdictLines(verdicts: readonly Verdict[]): string[] {
  return verdicts
    .toSorted((a, b) => rankOf[a.decider] - rankOf[b.decider])
    .flatMap(({ decider, by, category, classes, confidence, state, evidence, citations, alternatives }) => [
      '',
      `${headOf({ category, classes, state })}, confidence ${confidence.toFixed(2)}`,
      `  decided by ${decider} ${by}`,
      ...evidence.map(evidenceLine),
      ...citations.map(citationLine),
      ...(alternatives ?? []).map(alternativeLine),
    ]);
}

function headOf({ category, classes, state }: Pick<Verdict, 'category' | 'classes' | 'state'>): string {
  if (state === 'abstained') return 'Left to a person';
  if (category === NONE) return state === 'rejected' ? 'Nothing sensitive, rejected' : 'Nothing sensitive';
  const found = classes.length === 0 ? category : `${category} (${classes.join(', ')})`;
  return `${found}, ${state === 'rejected' ? 'rejected' : 'overruled'}`;
}

/** What carries no weight is a note: it says what else is true of the field. */
export function evidenceLine({ signal, detail, weight }: Signal): string {
  const role = weight === 0 ? 'note' : weight < 0 ? 'against' : 'for';
  return `  ${role}: ${signal}, ${detail}${weight === 0 ? '' : ` (${weight.toFixed(1)})`}`;
}

/** A provision and how it was checked. */
export function citationLine({ provision, edition, check }: Citation): string {
  return `  cites ${provision}, ${edition}: ${check}`;
}

/** What was considered instead, and why not taken. */
export function alternativeLine({
  category,
  confidence,
  rejectedBecause,
}: {
  readonly category: string;
  readonly confidence: number;
  readonly rejectedBecause: string;
}): string {
  return `  considered: ${category} ${confidence.toFixed(2)}, ${rejectedBecause}`;
}
