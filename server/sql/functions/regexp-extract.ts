import { asciiClasses } from './pattern-signs.ts';
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

/**
 * What an extraction by pattern leaves of a value; null for any other function. It is a part only where the pattern shows that
 * something is cut off: it takes few signs, or there is a separator round what it takes. `[0-9]+` may take all of a number.
 */
export function regexpExtract(name: string, args: readonly Expr[], dialect: string): Effect | null {
  if (!extractors.has(name)) return null;
  const [, pattern, group] = args;
  if (pattern?.kind !== 'literal') return 'keep';
  const branches = readPattern(pattern.value, asciiClasses);
  if (branches === null) return 'keep';
  // `[^@]+`: from one separator to the next.
  if (pattern.value.includes('[^')) return 'partial';
  const isGroup = byGroup.has(dialect) && !(group?.kind === 'literal' && group.value === '0');
  return branches.every((branch) => isPiece(branch, isGroup, name.endsWith('ALL'))) ? 'partial' : 'keep';
}

/** `isAll`: each match is given, and together they may be all there is. */
function isPiece({ steps, fromStart, toEnd, conditioned }: PatternBranch, isGroup: boolean, isAll: boolean): boolean {
  if (conditioned) return true;
  const grouped = isGroup ? steps.filter(({ groups }) => groups.includes(1)) : [];
  const taken = grouped.length > 0 ? grouped : steps;
  if (steps.some((step) => isSeparator(step) && !taken.includes(step))) return true;
  const [first, last] = [taken[0], taken.at(-1)];
  if ((!fromStart && isSeparator(first)) || (!toEnd && isSeparator(last))) return true;
  return !isAll && taken.reduce((sum, { max }) => sum + max, 0) <= longestPart;
}

function isSeparator(step: PatternStep | undefined): boolean {
  return step !== undefined && step.takes === 'narrow' && step.min > 0;
}
