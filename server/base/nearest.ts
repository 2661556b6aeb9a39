/**
 * The known word nearest to what somebody typed, by the number of letters to change, swap, add or drop; null when none is
 * within a third of its length.
 */
export function nearest(typed: string, known: readonly string[]): string | null {
  let best: { readonly word: string; readonly steps: number } | null = null;
  for (const word of known) {
    const steps = stepsBetween(typed.toLowerCase(), word.toLowerCase());
    if (steps <= Math.max(1, Math.ceil(word.length / 3)) && (best === null || steps < best.steps))
      best = { word, steps };
  }
  return best?.word ?? null;
}

/** Optimal string alignment distance. */
function stepsBetween(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.MAX_SAFE_INTEGER;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const changed = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + changed);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) steps = Math.min(steps, at(i - 2, j - 2) + 1);
      row.push(steps);
    }
  }
  return at(a.length, b.length);
}

/** `did you mean "profile"?`, or the known words when none is near. */
export function suggest(typed: string, known: readonly string[]): string {
  const word = nearest(typed, known);
  if (known.length === 0) return 'none is known here';
  return word === null ? `known here: ${known.toSorted().join(', ')}` : `did you mean "${word}"?`;
}
