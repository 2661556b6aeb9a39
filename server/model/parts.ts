import type { Uid } from './ids.ts';
import type { Treatment } from './treatment.ts';

/** Which end of a value a function keeps. */
export type CutEnd = 'beginning' | 'end';

const beginnings: ReadonlySet<string> = new Set(['LEFT', 'STRLEFT', 'LEFTUTF8']);
const ends: ReadonlySet<string> = new Set(['RIGHT', 'STRRIGHT', 'RIGHTUTF8']);

/** Functions that leave the order of characters and both ends of a value where they are. */
const inOrder: ReadonlySet<string> = new Set(
  'LOWER UPPER TRIM LTRIM RTRIM BTRIM CAST TRY_CAST SAFE_CAST CONVERT TO_CHAR TOSTRING STRING COALESCE IFNULL NVL ISNULL CASE REPLACE'.split(
    ' ',
  ),
);

/**
 * Which end of a value functions keep, as an edge names them; null: they do not say so. The first that cuts tells it: what
 * comes after lies within its piece, and what comes before must leave the ends where they are.
 */
export function cutEndOf(fn: string): CutEnd | null {
  const first = fn
    .toUpperCase()
    .split('>')
    .find((name) => !inOrder.has(name));
  if (first === undefined) return null;
  if (beginnings.has(first)) return 'beginning';
  return ends.has(first) ? 'end' : null;
}

/** Functions and operators that put texts one behind the other or beside each other, by the names that edges have for them. */
const joining: ReadonlySet<string> = new Set(
  'CONCAT ADD CONCAT_WS CONCATWS FORMAT FORMAT_STRING FORMATSTRING PRINTF ARRAY ARRAY_CONSTRUCT LIST_VALUE ARRAY_JOIN ARRAY_TO_STRING TUPLE MAKE_DATE MAKEDATE DATE_FROM_PARTS DATEFROMPARTS'.split(
    ' ',
  ),
);

/** Functions that put the texts of several rows together. */
const gathering: ReadonlySet<string> = new Set(
  'STRING_AGG LISTAGG GROUP_CONCAT WM_CONCAT ARRAY_AGG COLLECT_LIST COLLECT_SET GROUPARRAY LIST'.split(' '),
);

/** What an edge says of a value that is put behind what its column holds: `SET z = z || x`. */
export const appended = 'APPEND';

/** How many arguments a function needs to put parts together; null: it does not. */
export function joinsParts(name: string): 1 | 2 | null {
  if (gathering.has(name)) return 1;
  return joining.has(name) ? 2 : null;
}

/** How the functions of an edge put a value to others: beside what the same job brings, or behind what is there already. */
export type Joining = 'beside' | 'behind';

/** Null: rows with the value stand under others (UNION, INSERT), or it stands for another (COALESCE). */
export function joiningOf(fn: string): Joining | null {
  const names = fn.toUpperCase().split('>');
  if (names.includes(appended)) return 'behind';
  return names.some((name) => joinsParts(name) !== null) ? 'beside' : null;
}

/** True of a row that stands because parts of the value come together at the field: its way goes on from the parts there. */
export function isPutTogether(
  { field, treatment }: { readonly field: Uid; readonly treatment: Treatment },
  before: { readonly field: Uid; readonly treatment: Treatment },
): boolean {
  return field === before.field && treatment !== 'partial' && before.treatment === 'partial';
}
