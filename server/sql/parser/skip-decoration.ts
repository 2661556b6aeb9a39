import { isHints } from './relation-parts.ts';
import type { Cursor } from './cursor.ts';

/** Takes what stands behind a relation and names no column: hints, samples. */
export function skipDecoration(cursor: Cursor): boolean {
  if (cursor.is('TABLESAMPLE') || isSample(cursor)) {
    skipSample(cursor);
    return true;
  }
  if (cursor.isSymbol('(') && isHints(cursor)) {
    cursor.skipParens();
    return true;
  }
  if (
    (cursor.is('USE') || cursor.is('IGNORE') || cursor.is('FORCE')) &&
    (cursor.peek(1).text === 'INDEX' || cursor.peek(1).text === 'KEY')
  ) {
    cursor.next();
    cursor.next();
    if (cursor.take('FOR')) while (!cursor.isSymbol('(') && !cursor.atEnd) cursor.next();
    if (cursor.isSymbol('(')) cursor.skipParens();
    return true;
  }
  // SQLite.
  if (cursor.take('NOT', 'INDEXED')) return true;
  if (cursor.is('INDEXED', 'BY')) {
    for (let i = 0; i < 3; i++) cursor.next();
    return true;
  }
  if (skipPlace(cursor)) return true;
  return cursor.is('FINAL') && !cursor.isSymbol('.', 1) ? cursor.take('FINAL') : false;
}

/** Which pieces of a table are read: no column is named. */
function skipPlace(cursor: Cursor): boolean {
  // Doris: `t TABLET (10001)`; Oracle: `t PARTITION (p1)`, `PARTITION FOR (…)`, and `PARTITION BY (k)` before an outer join.
  const words = ['PARTITION', 'SUBPARTITION', 'TABLET'].find((word) => cursor.is(word));
  if (words !== undefined) {
    const ahead = cursor.isSymbol('(', 1)
      ? 1
      : /^(?:FOR|BY)$/.test(cursor.peek(1).text) && cursor.isSymbol('(', 2)
        ? 2
        : 0;
    for (let word = 0; word < ahead; word++) cursor.next();
    if (ahead > 0) cursor.skipParens();
    return ahead > 0;
  }
  // PostgreSQL: `t *`, with the tables that inherit from it.
  if (cursor.dialect.emptySelects && cursor.takeSymbol('*')) return true;
  // Impala, StarRocks and Doris: `[SHUFFLE]`.
  if (cursor.isSymbol('[') && cursor.peek(1).kind === 'word' && cursor.isSymbol(']', 2)) {
    for (let piece = 0; piece < 3; piece++) cursor.next();
    return true;
  }
  return skipBraces(cursor);
}

/** CockroachDB's `t@{FORCE_INDEX=i}`, Spanner's and BigQuery's `@{JOIN_TYPE=HASH_JOIN}`. */
export function skipBraces(cursor: Cursor): boolean {
  if (!cursor.isSymbol('@') || !cursor.isSymbol('{', 1)) return false;
  while (!cursor.atEnd && !cursor.takeSymbol('}')) cursor.next();
  return true;
}

function isSample(cursor: Cursor): boolean {
  if (!cursor.is('SAMPLE')) return false;
  const next = cursor.peek(1);
  return next.text === '(' || next.kind === 'number' || cursor.isSymbol('(', 2);
}

/** `TABLESAMPLE SYSTEM (10 PERCENT) REPEATABLE (1)`, `SAMPLE (10)`, `SAMPLE 1/10 OFFSET 1/2`. */
function skipSample(cursor: Cursor): void {
  cursor.next();
  if (cursor.peek().kind === 'word' && cursor.isSymbol('(', 1)) cursor.next();
  if (cursor.isSymbol('(')) cursor.skipParens();
  else
    while (
      cursor.peek().kind === 'number' ||
      cursor.isSymbol('/') ||
      (cursor.is('OFFSET') && cursor.peek(1).kind === 'number' && cursor.isSymbol('/', 2))
    )
      cursor.next();
  // DuckDB: `TABLESAMPLE 10%`.
  if (!cursor.takeSymbol('%') && !cursor.take('PERCENT')) cursor.take('ROWS');
  if (cursor.is('REPEATABLE') || cursor.is('SEED')) {
    cursor.next();
    if (cursor.isSymbol('(')) cursor.skipParens();
  }
}
