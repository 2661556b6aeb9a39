import type { Relation } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** A table as it was before, or as it was at all times. Of anything else its name does not stand for what it held. */
export function inPast(relation: Relation): Relation {
  return relation.kind === 'table' ? { ...relation, isPast: true } : relation;
}

/** Takes the point in time, the stretch of time or the version of a table that is read. */
export function takeTime(cursor: Cursor): boolean {
  // Snowflake: `AT (…)`, `BEFORE (…)`, `CHANGES (…) AT (…) END (…)`; DuckDB: `AT (VERSION => 1)`.
  if ((cursor.is('AT') || cursor.is('BEFORE') || cursor.is('CHANGES') || cursor.is('END')) && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
    return true;
  }
  if (takeReference(cursor) || takeVersions(cursor)) return true;
  const isFor = cursor.is('FOR');
  const { kind, text } = cursor.peek(isFor ? 1 : 0);
  // Without FOR these words may be an alias.
  const isClock = kind === 'word' && clocks.test(text) && (isFor || startsAsOf(cursor, 1));
  if (!isClock && !cursor.is('AS', 'OF')) return false;
  if (isFor) cursor.next();
  if (isClock) cursor.next();
  takeSpan(cursor, isClock);
  return true;
}

/** What a point in time is counted by. Spark, Hive, Impala: SYSTEM_VERSION; Doris: `FOR TIME AS OF`. */
const clocks = /^(?:SYSTEM_TIME|SYSTEM_VERSION|BUSINESS_TIME|VERSION|TIMESTAMP|TIME)$/;

function startsAsOf(cursor: Cursor, ahead: number): boolean {
  return cursor.peek(ahead).text === 'AS' && cursor.peek(ahead + 1).text === 'OF';
}

/** `AS OF …`, `BETWEEN … AND …`, `FROM … TO …`, `CONTAINED IN (…)`, `ALL`. */
function takeSpan(cursor: Cursor, isClock: boolean): void {
  if (cursor.take('AS', 'OF')) {
    // CockroachDB: `AS OF SYSTEM TIME '-10s'`; Oracle: `AS OF PERIOD FOR valid_time …`.
    if (!cursor.take('SYSTEM', 'TIME') && cursor.take('PERIOD', 'FOR')) cursor.next();
    // Oracle, Db2: `AS OF TIMESTAMP expression`, `AS OF SCN expression`.
    const isCounted = cursor.is('SCN') || (cursor.is('TIMESTAMP') && cursor.peek(1).kind !== 'string');
    if (!isClock && isCounted) cursor.next();
    cursor.grammar.expression(cursor, 4);
  } else if (cursor.take('BETWEEN') || cursor.take('FROM')) {
    cursor.grammar.expression(cursor, 4);
    if (cursor.take('AND') || cursor.take('TO')) cursor.grammar.expression(cursor, 4);
  } else if (cursor.take('CONTAINED', 'IN')) cursor.skipParens();
  else cursor.take('ALL');
}

/** Oracle's flashback versions: `VERSIONS BETWEEN SCN a AND b`. */
function takeVersions(cursor: Cursor): boolean {
  if (!cursor.take('VERSIONS', 'BETWEEN')) return false;
  for (let bound = 0; bound < 2; bound++) {
    if (cursor.is('SCN') || cursor.is('TIMESTAMP')) cursor.next();
    if (!cursor.take('MINVALUE') && !cursor.take('MAXVALUE')) cursor.grammar.expression(cursor, 4);
    cursor.take('AND');
  }
  return true;
}

/** Dremio: `t AT BRANCH main`, `t AT SNAPSHOT '1'`. */
function takeReference(cursor: Cursor): boolean {
  if (!cursor.is('AT') || !/^(?:BRANCH|TAG|COMMIT|SNAPSHOT|REF|REFERENCE)$/.test(cursor.peek(1).text)) return false;
  const { kind } = cursor.peek(2);
  if (kind !== 'word' && kind !== 'name' && kind !== 'string') return false;
  for (let word = 0; word < 3; word++) cursor.next();
  return true;
}

/** Databricks: `t@v12`, `t@20260101000000000`; CockroachDB's `t@name` is an index. */
export function isVersion(suffix: string): boolean {
  return /^@(?:v\d+|\d+)$/i.test(suffix);
}
