import { columnPattern } from './column-pattern.ts';
import { lambdaTest } from './name-lambda.ts';
import { merge } from './inputs.ts';
import { column, findColumn, throughTail } from './rowset.ts';
import type { ColumnTest, StarExpr } from '../ast/nodes.ts';
import type { Slot } from './rowset.ts';
import type { Scope } from './scope.ts';

/** Whether a column of that name is taken; null when only a run can tell. */
type NameTest = (name: string) => boolean | null;

/** The slots that COLUMNS(…), `* LIKE …` and `EXCEPT('pattern')` take. Where that cannot be told, all stay and the statement is partial. */
export function chosenSlots(star: StarExpr, slots: readonly Slot[], scope: Scope): readonly Slot[] {
  if (star.names !== undefined) return star.names.flatMap((name) => named(name, slots));
  if (star.tests === undefined) return slots;
  const tests = star.tests.map(testOf);
  let isSure = true;
  const kept = slots.filter((slot) => {
    const answers = slot.kind === 'tail' ? [null] : tests.map((test) => test(slot.name));
    if (answers.includes(false)) return false;
    isSure &&= !answers.includes(null);
    return true;
  });
  if (!isSure) scope.context.around.partial('a choice of columns by their names: which ones it takes is not known');
  return kept;
}

/** A column that is chosen by its name. */
function named(name: string, slots: readonly Slot[]): readonly Slot[] {
  const found = findColumn(slots, name);
  if (found !== null) return [found];
  const tails = slots.filter((slot) => slot.kind === 'tail');
  return tails.length === 0 ? [] : [column(name, merge(...tails.map((slot) => throughTail(slot, name))))];
}

function testOf(test: ColumnTest): NameTest {
  if (test.by === 'unknown') return () => null;
  if (test.by === 'lambda') return lambdaTest(test.parameter, test.body);
  const found = columnPattern(test.pattern, test.anyCase);
  return found === null ? () => null : (name) => (found(name) !== null) !== test.negated;
}

/** What an alias makes of a column's name: DuckDB puts the groups of the pattern where `\1` stands. */
export function chosenName(star: StarExpr, alias: string, name: string): string {
  if (!/\\\d/.test(alias)) return alias;
  const test = star.tests?.find((item) => item.by === 'pattern');
  const groups = test === undefined ? null : (columnPattern(test.pattern, test.anyCase)?.(name) ?? null);
  return alias.replaceAll(/\\(\d)/g, (_all, at: string) => groups?.[Number(at)] ?? '');
}
