import { clauseWords, joinWords, relationEnd } from './keywords.ts';
import { parseArguments, parseTableName } from './parse-arguments.ts';
import { parseItem } from './parse-item.ts';
import { closeParens } from './parse-parts.ts';
import { parseRelation } from './parse-relation.ts';
import { crossJoin, generator, isName, lastPart } from './relation-parts.ts';
import { skipBraces } from './skip-decoration.ts';
import type { Expr, Name, Relation } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** The relations of a FROM clause: items between commas, each with its joins. */
export function parseFrom(cursor: Cursor): Relation {
  let relation = parseJoined(cursor);
  while (cursor.takeSymbol(',')) {
    if (cursor.isAny(clauseWords) && !cursor.is('LATERAL') && !cursor.is('VALUES') && !cursor.is('UNPIVOT')) break;
    relation = crossJoin(relation, parseJoined(cursor));
  }
  while (cursor.is('LATERAL', 'VIEW')) relation = crossJoin(relation, parseLateralView(cursor));
  return relation;
}

/** A relation with the joins that follow it. */
export function parseJoined(cursor: Cursor): Relation {
  let left = parseRelation(cursor);
  for (;;) {
    if (cursor.is('LATERAL', 'VIEW')) left = crossJoin(left, parseLateralView(cursor));
    else if (startsJoin(cursor)) left = parseJoin(cursor, left);
    else return left;
  }
}

function startsJoin(cursor: Cursor): boolean {
  if (cursor.is('CROSS', 'APPLY') || cursor.is('OUTER', 'APPLY')) return true;
  if (!cursor.isAny(joinWords)) return false;
  // `LEFT(a, 1)` and an alias ANY are no joins: a join's words end in JOIN within a few.
  for (let ahead = 0; ahead < 6; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind !== 'word') return false;
    if (text === 'JOIN' || text === 'STRAIGHT_JOIN') return true;
  }
  return false;
}

/** A join to a relation before it; the join's first word stands here. */
export function parseJoin(cursor: Cursor, left: Relation): Relation {
  const words: string[] = [];
  for (;;) {
    if (cursor.atEnd) cursor.fail();
    const { text } = cursor.next();
    words.push(text);
    if (text === 'JOIN' || text === 'STRAIGHT_JOIN' || text === 'APPLY') break;
  }
  if (words.includes('ARRAY')) return parseArrayJoin(cursor, left);
  // Join hints: `INNER HASH JOIN` was taken with the words; Snowflake's and Impala's stand in brackets behind.
  if (cursor.isSymbol('[')) while (!cursor.atEnd && !cursor.takeSymbol(']')) cursor.next();
  skipBraces(cursor);
  let right = parseRelation(cursor);
  while (cursor.is('LATERAL', 'VIEW')) right = crossJoin(right, parseLateralView(cursor));
  // ksqlDB: `JOIN b WITHIN 1 HOUR GRACE PERIOD 5 MINUTES ON …`.
  if (cursor.is('WITHIN')) while (!cursor.atEnd && !cursor.is('ON') && !cursor.isSymbol(')')) skipPiece(cursor);
  // `a JOIN b JOIN c ON … ON …`: the inner join first.
  const needsCondition = !words.includes('CROSS') && !words.includes('NATURAL') && !words.includes('APPLY');
  if (needsCondition)
    while (!isCondition(cursor) && startsJoin(cursor) && hasDeferred(cursor)) right = parseJoin(cursor, right);
  const on: Expr[] = [];
  const using: string[] = [];
  let hasOn = false;
  for (;;) {
    if (cursor.take('MATCH_CONDITION')) on.push(cursor.grammar.expression(cursor));
    else if (!hasOn && !endsInsert(cursor) && cursor.take('ON')) {
      // A second ON belongs to a join around this one.
      hasOn = true;
      on.push(cursor.grammar.expression(cursor));
    } else if (cursor.take('USING')) {
      const parens = cursor.takeSymbol('(');
      do using.push(lastPart(parseTableName(cursor)));
      while (cursor.takeSymbol(','));
      if (parens) closeParens(cursor);
      if (cursor.take('AS')) cursor.name();
    } else break;
  }
  if (needsCondition && on.length === 0 && using.length === 0 && wantsCondition(words, right, cursor)) cursor.lack();
  const leftOnly = (words.includes('SEMI') || words.includes('ANTI')) && !words.includes('RIGHT');
  return { kind: 'join', left, right, on, using, natural: words.includes('NATURAL'), leftOnly };
}

function skipPiece(cursor: Cursor): void {
  if (cursor.isSymbol('(')) cursor.skipParens();
  else cursor.next();
}

/**
 * Whether the dialect's grammar wants ON or USING here. A list of the row itself needs none (BigQuery's correlated joins), nor
 * do joins by place or by time.
 */
function wantsCondition(words: readonly string[], right: Relation, { dialect }: Cursor): boolean {
  if (dialect.joinsWithoutCondition === 'all' || words.some((word) => conditionless.test(word))) return false;
  if (right.kind === 'function' || (right.kind === 'table' && right.name.length > 1 && dialect.quotedPath))
    return false;
  return dialect.joinsWithoutCondition === 'none' || words.some((word) => /^(?:LEFT|RIGHT|FULL)$/.test(word));
}

const conditionless = /^(?:POSITIONAL|PASTE|ARRAY|STRAIGHT_JOIN)$/;

/** `INSERT … SELECT … JOIN … ON DUPLICATE KEY UPDATE`, `… ON CONFLICT (…) DO`: no condition of the join. */
function endsInsert(cursor: Cursor): boolean {
  return (
    cursor.is('ON', 'DUPLICATE', 'KEY') || (cursor.is('ON', 'CONFLICT') && /^(?:\(|DO|ON)$/.test(cursor.peek(2).text))
  );
}

function isCondition(cursor: Cursor): boolean {
  return (cursor.is('ON') && !endsInsert(cursor)) || cursor.is('USING') || cursor.is('MATCH_CONDITION');
}

/** After the next join and its condition, another condition follows that belongs to the join around it. */
function hasDeferred(cursor: Cursor): boolean {
  let joins = 0;
  let conditions = 0;
  let depth = 0;
  for (let ahead = 0; ahead < 2_000; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind === 'end') break;
    if (text === '(' && kind === 'symbol') depth += 1;
    else if (text === ')' && kind === 'symbol') {
      depth -= 1;
      if (depth < 0) break;
    } else if (depth === 0 && kind === 'symbol' && text === ',') break;
    else if (depth === 0 && kind === 'word') {
      if (text === 'JOIN') joins += 1;
      else if (text === 'ON' && /^(?:DUPLICATE|CONFLICT)$/.test(cursor.peek(ahead + 1).text)) break;
      else if (text === 'ON' || text === 'USING') conditions += 1;
      else if (text === 'WHERE' || text === 'GROUP' || text === 'ORDER' || text === 'SELECT' || text === 'UNION') break;
    }
    if (conditions > joins) return true;
  }
  return conditions > joins;
}

/** ClickHouse: `ARRAY JOIN a AS x, b`. */
function parseArrayJoin(cursor: Cursor, left: Relation): Relation {
  let relation = left;
  do {
    const item = parseItem(cursor);
    const own = item.expr.kind === 'column' ? item.expr.parts.at(-1) : undefined;
    const name = item.alias ?? own ?? null;
    const made: Relation = {
      ...generator('ARRAY JOIN', [item.expr]),
      alias: null,
      columnAliases: name === null ? [] : [name],
    };
    relation = crossJoin(relation, made);
  } while (cursor.takeSymbol(','));
  return relation;
}

/** Hive and Spark: `LATERAL VIEW [OUTER] f(x) t AS a, b`. */
function parseLateralView(cursor: Cursor): Relation {
  cursor.expect('LATERAL', 'VIEW');
  cursor.take('OUTER');
  const name = parseTableName(cursor);
  const { args } = parseArguments(cursor);
  let alias: Name | null = null;
  if (!cursor.is('AS') && !cursor.isAny(relationEnd) && isName(cursor)) alias = cursor.name();
  const columns: Name[] = [];
  if (cursor.take('AS')) {
    const parens = cursor.takeSymbol('(');
    do columns.push(cursor.name());
    while (cursor.takeSymbol(','));
    if (parens) closeParens(cursor);
  }
  return { ...generator(lastPart(name), args), alias, columnAliases: columns };
}
