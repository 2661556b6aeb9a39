import { findColumn } from './rowset.ts';
import type { Expr } from '../ast/nodes.ts';
import type { Scope } from './scope.ts';

/**
 * True for a value that tells nothing of any row but how many there are: a count of rows, a constant, the time of the run, and
 * what is figured from these alone. A function that is not listed may look anything up, and a word like CURRENT_USER names
 * somebody: of those it is not said.
 */
export function tellsNothing(expr: Expr, scope: Scope): boolean {
  switch (expr.kind) {
    case 'literal':
      return expr.type !== 'other' || isHarmless(expr.word ?? '');
    case 'cast':
      return tellsNothing(expr.arg, scope);
    case 'named':
      return tellsNothing(expr.value, scope);
    case 'column':
      return isEmptyColumn(expr.parts, scope);
    case 'call':
      if (expr.filter !== null || expr.order.length > 0) return false;
      if (counts.has(expr.name))
        return !expr.distinct && expr.args.every((arg) => arg.kind === 'literal' || arg.kind === 'star');
      return (times.has(expr.name) || figuring.has(expr.name)) && expr.args.every((arg) => tellsNothing(arg, scope));
    default:
      return false;
  }
}

/** A column of a query inside, which is such a value there; the only one of that name, or of that relation. */
function isEmptyColumn(parts: Extract<Expr, { kind: 'column' }>['parts'], scope: Scope): boolean {
  const name = parts.at(-1)?.text ?? '';
  const qualifier = parts.length === 2 ? parts[0]?.text.toLowerCase() : undefined;
  if (parts.length > 2) return false;
  const bound = scope.relations.filter(({ alias }) => qualifier === undefined || alias?.toLowerCase() === qualifier);
  // A table without known columns may have one of that name as well.
  if (bound.some(({ rowset }) => rowset.some((slot) => slot.kind === 'tail'))) return false;
  const found = bound.flatMap(({ rowset }) => findColumn(rowset, name) ?? []);
  const [only] = found;
  return found.length === 1 && only?.empty === true && only.inputs.length === 0;
}

const isHarmless = (word: string): boolean => constants.has(word) || times.has(word);

const constants = words('TRUE FALSE NULL');
const counts = words('COUNT COUNT_BIG');
/** The time of the run, in the words of the dialects. */
const times = words(
  'CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_DATETIME LOCALTIME LOCALTIMESTAMP NOW SYSDATE SYSDATETIME ' +
    'SYSTIMESTAMP GETDATE GETUTCDATE UTC_DATE UTC_TIME UTC_TIMESTAMP TODAY CLOCK_TIMESTAMP STATEMENT_TIMESTAMP ' +
    'TRANSACTION_TIMESTAMP',
);
/** What is figured from such values is one. */
const figuring = words(
  '+ - * / % COALESCE IFNULL NVL NULLIF ROUND FLOOR CEIL CEILING ABS GREATEST LEAST TO_CHAR TO_DATE DATE DATE_TRUNC',
);

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}
