import type { Cursor } from './cursor.ts';

/** Takes all that is left: nothing in it concerns lineage. */
export function rest(cursor: Cursor): void {
  while (!cursor.atEnd) cursor.next();
}

/** Words between CREATE and TABLE or VIEW. */
export const manners = new Set(
  (
    'OR REPLACE ALTER REFRESH TEMPORARY TEMP GLOBAL LOCAL PRIVATE VOLATILE TRANSIENT EXTERNAL MULTISET SET UNLOGGED FOREIGN HYBRID ICEBERG ' +
    'DYNAMIC STREAMING LIVE SECURE MATERIALIZED RECURSIVE FORCE NO NOT FOREIGN EDITIONABLE NONEDITIONABLE SNAPSHOT BRANCH COLUMN ROW IMMUTABLE BLOCKCHAIN EVENT INTERACTIVE PROTECTED'
  ).split(' '),
);
