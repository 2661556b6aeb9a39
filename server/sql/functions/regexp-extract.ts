import { asciiClasses, isFixedLetter, takesOnly } from './pattern-signs.ts';
import { longestPart } from './regexp-replace.ts';
import { readPattern } from './read-pattern.ts';
import type { Effect } from '../../model/treatment.ts';
import type { Expr } from '../ast/nodes.ts';
import type { PatternBranch } from './read-pattern.ts';
import type { PatternStep } from './pattern-signs.ts';

const extractors = new Set(['REGEXPSUBSTR', 'REGEXPEXTRACT', 'REGEXPSUBSTRALL', 'REGEXPEXTRACTALL', 'EXTRACTALL']);

/**
 * What gives the first group where the pattern has one. Sources: BigQuery, "String functions"; Spark, Databricks and Hive, whose
 * third argument is 1 when left out. Elsewhere it is the whole match.
 */
const byGroup = new Set(['bigquery', 'spark', 'databricks', 'hive']);

/** PostgreSQL, 9.7.3: these give the text that matches. Elsewhere they tell whether something does. */
const matchers = new Set(['REGEXPMATCH', 'REGEXPMATCHES']);
const givesMatches = new Set(['postgres', 'greenplum', 'cockroachdb', 'materialize']);

/** Signs within one value of a person: what stands on one side of them is a part of it. Others stand round values: `email=`, `"…"`. */
const within = '@-.';

/**
 * What an extraction by pattern leaves of a value; null for any other function. It is a part only where the pattern shows that
 * something is cut off: it takes few signs, or stops at a sign that stands within a value. `[0-9]+` may take all of a number,
 * and `email=([^&]+)` all of an address.
 */
export function regexpExtract(name: string, args: readonly Expr[], dialect: string): Effect | null {
  const isMatch = matchers.has(name) && givesMatches.has(dialect);
  if (!extractors.has(name) && !isMatch) return null;
  const [, pattern, group] = args;
  if (pattern?.kind !== 'literal') return 'keep';
  const branches = readPattern(pattern.value, asciiClasses);
  if (branches === null) return 'keep';
  const wanted = byGroup.has(dialect) ? (group?.kind === 'literal' ? Number(group.value) : 1) : 0;
  return branches.every((branch) => isPiece(branch, wanted, isMatch || name.endsWith('ALL'))) ? 'partial' : 'keep';
}

/** `group`: the one that is given, 0 for the whole match; `isAll`: each match is given, and together they may be all there is. */
function isPiece({ steps, fromStart, toEnd, conditioned }: PatternBranch, group: number, isAll: boolean): boolean {
  const grouped = steps.filter(({ groups }) => groups.includes(group));
  const taken = grouped.length > 0 ? grouped : steps;
  if (!isAll && taken.reduce((sum, { max }) => sum + max, 0) <= longestPart) return true;
  if (conditioned) return false;
  if (steps.some((step, at) => isCut(step) && !taken.includes(step) && !isLabelled(steps, at, taken))) return true;
  const [first, last] = [taken[0], taken.at(-1)];
  if ((!fromStart && isCut(first)) || (!toEnd && isCut(last))) return true;
  // `[^@]+`: from one such sign to the next.
  return within
    .split('')
    .some(
      (sign) => taken.some((step) => step.isNegated && !step.taken(sign)) && !taken.some((step) => step.taken(sign)),
    );
}

function isCut(step: PatternStep | undefined): boolean {
  return step !== undefined && step.min > 0 && takesOnly(step, within);
}

/** `ID-(\d+)`: the sign ends a fixed text that stands before the value, or begins one behind it. */
function isLabelled(steps: readonly PatternStep[], at: number, taken: readonly PatternStep[]): boolean {
  const isBefore = taken.some((step) => steps.indexOf(step) > at);
  const beyond = steps[isBefore ? at - 1 : at + 1];
  return beyond !== undefined && !steps[at]?.taken('@') && isFixedLetter(beyond);
}
