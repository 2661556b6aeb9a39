import { clauseWords, joinWords, relationEnd } from './keywords.ts';
import { parseArguments, parseKeys, parseList, parseTableName } from './parse-arguments.ts';
import { parseItem } from './parse-expression.ts';
import { closeParens, emptyStar } from './parse-parts.ts';
import type { Cursor } from './cursor.ts';
import type { Aliased, Expr, Name, Relation, SelectItem } from '../ast/nodes.ts';

const unnamed: Aliased = { alias: null, columnAliases: [] };

/** The relations of a FROM clause: items between commas, each with its joins. */
export function parseFrom(cursor: Cursor): Relation {
  let relation = parseJoined(cursor);
  while (cursor.takeSymbol(',')) {
    if (cursor.isAny(clauseWords) && !cursor.is('LATERAL') && !cursor.is('VALUES')) break;
    relation = crossJoin(relation, parseJoined(cursor));
  }
  while (cursor.is('LATERAL', 'VIEW')) relation = crossJoin(relation, parseLateralView(cursor));
  return relation;
}

/** Two relations side by side, as a comma or CROSS JOIN puts them. */
export function crossJoin(left: Relation, right: Relation): Relation {
  return { kind: 'join', left, right, on: [], using: [], natural: false, leftOnly: false };
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
    const { text } = cursor.next();
    words.push(text);
    if (text === 'JOIN' || text === 'STRAIGHT_JOIN' || text === 'APPLY') break;
  }
  if (words.includes('ARRAY')) return parseArrayJoin(cursor, left);
  // Join hints: `INNER HASH JOIN` was taken with the words; Snowflake's and Impala's stand in brackets behind.
  if (cursor.isSymbol('[')) while (!cursor.atEnd && !cursor.takeSymbol(']')) cursor.next();
  let right = parseRelation(cursor);
  while (cursor.is('LATERAL', 'VIEW')) right = crossJoin(right, parseLateralView(cursor));
  // `a JOIN b JOIN c ON … ON …`: the inner join first.
  const needsCondition = !words.includes('CROSS') && !words.includes('NATURAL') && !words.includes('APPLY');
  if (needsCondition)
    while (!isCondition(cursor) && startsJoin(cursor) && hasDeferred(cursor)) right = parseJoin(cursor, right);
  const on: Expr[] = [];
  const using: string[] = [];
  for (;;) {
    if (cursor.take('MATCH_CONDITION')) on.push(cursor.grammar.expression(cursor));
    else if (cursor.take('ON')) on.push(cursor.grammar.expression(cursor));
    else if (cursor.take('USING')) {
      const parens = cursor.takeSymbol('(');
      do using.push(lastPart(parseTableName(cursor)));
      while (cursor.takeSymbol(','));
      if (parens) closeParens(cursor);
      if (cursor.take('AS')) cursor.name();
    } else break;
  }
  const leftOnly = (words.includes('SEMI') || words.includes('ANTI')) && !words.includes('RIGHT');
  return { kind: 'join', left, right, on, using, natural: words.includes('NATURAL'), leftOnly };
}

function lastPart(name: readonly Name[]): string {
  return name.at(-1)?.text ?? '';
}

function isCondition(cursor: Cursor): boolean {
  return cursor.is('ON') || cursor.is('USING') || cursor.is('MATCH_CONDITION');
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

type FunctionRelation = Extract<Relation, { kind: 'function' }>;

function generator(name: string, args: readonly Expr[], declared: readonly string[] = []): FunctionRelation {
  return { kind: 'function', name: name.toUpperCase(), args, declared, ordinality: null, external: null, ...unnamed };
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

function isName(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  return kind === 'word' || kind === 'name';
}

/** One member of FROM with its alias and all that may follow it. */
export function parseRelation(cursor: Cursor): Relation {
  const relation = parseBare(cursor);
  return parseSuffixes(cursor, relation);
}

function parseBare(cursor: Cursor): Relation {
  if (cursor.isSymbol('(')) return parseParens(cursor);
  if (cursor.take('LATERAL')) {
    const inner = parseBare(cursor);
    return inner.kind === 'query' ? { ...inner, lateral: true } : inner;
  }
  if (cursor.take('ONLY')) return parseBare(cursor);
  // Databricks: `STREAM table`, `STREAM read_files(…)`, `STREAM(table)`.
  if (cursor.is('STREAM') && cursor.dialect.variantPaths && (isNameAhead(cursor) || cursor.isSymbol('(', 1))) {
    cursor.next();
    return parseBare(cursor);
  }
  if (cursor.is('TABLE') && cursor.isSymbol('(', 1)) return parseTableFunction(cursor);
  if (cursor.is('VALUES') && (cursor.isSymbol('(', 1) || cursor.peek(1).kind !== 'symbol')) {
    return { kind: 'query', query: cursor.grammar.query(cursor), lateral: false, ...unnamed };
  }
  if (
    (cursor.is('FINAL') || cursor.is('OLD') || cursor.is('NEW')) &&
    cursor.peek(1).text === 'TABLE' &&
    cursor.isSymbol('(', 2)
  )
    return parseChanged(cursor);
  if (cursor.peek().kind === 'template') {
    // Jinja is never rendered: which table stands here is not known.
    cursor.next();
    cursor.skipped += 1;
    return generator('TEMPLATE', []);
  }
  if (cursor.isSymbol('@')) return parseStage(cursor);
  const token = cursor.peek();
  if (token.kind === 'string') {
    cursor.next();
    return { kind: 'table', name: [{ text: token.text, quoted: true }], ...unnamed };
  }
  if (token.kind === 'word' && token.text.startsWith('@') && cursor.dialect.variantPaths) return parseStage(cursor);
  if (token.kind === 'word' && (token.text === 'SELECT' || token.text === 'FROM'))
    return { kind: 'query', query: cursor.grammar.query(cursor), lateral: false, ...unnamed };
  return parseNamed(cursor);
}

/** Db2: `FROM FINAL TABLE (INSERT …)` gives the rows that the statement changed. */
function parseChanged(cursor: Cursor): Relation {
  cursor.next();
  cursor.next();
  cursor.expectSymbol('(');
  const statement = cursor.grammar.statement(cursor);
  closeParens(cursor);
  const star: SelectItem = { expr: emptyStar([], null), alias: null, aliases: [] };
  const returning = 'returning' in statement ? { ...statement, returning: [star] } : statement;
  const name = { text: 'changed rows', quoted: true };
  const from: Relation = { kind: 'table', name: [name], ...unnamed };
  const cte = { name, columns: [], query: null, statement: returning, scalar: null };
  return { kind: 'query', query: { ...emptySelect, with: [cte], items: [star], from }, lateral: false, ...unnamed };
}

function isNameAhead(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  return kind === 'name' || (kind === 'word' && !relationEnd.has(text));
}

function parseNamed(cursor: Cursor): Relation {
  const mark = cursor.mark();
  const name = parseTableName(cursor);
  if (cursor.isSymbol('(') && !isHints(cursor)) return parseFunction(cursor, name, mark);
  // Oracle's database link: `t@link`.
  const link = cursor.peek();
  if (link.kind === 'word' && link.text.startsWith('@') && !link.spaced) {
    cursor.next();
    const last = name.at(-1);
    const text = `${last?.text ?? ''}${cursor.sql.slice(link.start, link.end)}`;
    return { kind: 'table', name: [...name.slice(0, -1), { text, quoted: true }], ...unnamed };
  }
  return { kind: 'table', name, ...unnamed };
}

/** `t (NOLOCK)`: T-SQL's old way of writing hints. */
function isHints(cursor: Cursor): boolean {
  return (
    cursor.dialect.looseStatements &&
    /^(?:NOLOCK|UPDLOCK|READPAST|HOLDLOCK|TABLOCK|ROWLOCK|XLOCK)$/.test(cursor.peek(1).text)
  );
}

function parseFunction(cursor: Cursor, name: readonly Name[], mark: number): Relation {
  const last = lastPart(name).toUpperCase();
  if (last === 'IDENTIFIER' && cursor.peek(1).kind === 'string') {
    cursor.next();
    const { text } = cursor.next();
    closeParens(cursor);
    return { kind: 'table', name: text.split('.').map((part) => ({ text: part, quoted: false })), ...unnamed };
  }
  if (last === 'SEMANTIC_VIEW') return parseSemanticView(cursor);
  const { args, declared } = parseArguments(cursor);
  if (cursor.dialect.looseStatements && last === 'NODES' && name.length > 1) {
    const column: Expr = { kind: 'column', parts: name.slice(0, -1) };
    return generator(last, [column, ...args]);
  }
  // A method or parameterised call that is no plain function: read it as an expression.
  if (cursor.isSymbol('.') || cursor.isSymbol('[')) {
    cursor.reset(mark);
    return generator('EXPRESSION', [cursor.grammar.expression(cursor)]);
  }
  const made = generator(name.map((part) => part.text).join('.'), args, declared);
  if (cursor.take('WITH', 'OFFSET')) {
    const named = cursor.take('AS') || (isName(cursor) && !cursor.isAny(relationEnd));
    return { ...made, ordinality: named ? cursor.name().text : 'offset' };
  }
  return made;
}

/** `TABLE(f(x))`, `TABLE(collection)`, `TABLE(SELECT …)`. */
function parseTableFunction(cursor: Cursor): Relation {
  cursor.expect('TABLE');
  if (cursor.opensQuery()) {
    cursor.next();
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', query, lateral: true, ...unnamed };
  }
  cursor.expectSymbol('(');
  const expr = cursor.grammar.expression(cursor);
  closeParens(cursor);
  const call = expr.kind === 'window' ? expr.call : expr;
  return call.kind === 'call' ? generator(call.name, call.args) : generator('TABLE', [call]);
}

/** Snowflake's stages hold files: their columns are positions. */
function parseStage(cursor: Cursor): Relation {
  const { start } = cursor.next();
  while (
    !cursor.atEnd &&
    !cursor.peek().spaced &&
    !cursor.isSymbol('(') &&
    !cursor.isSymbol(')') &&
    !cursor.isSymbol(',')
  )
    cursor.next();
  const text = cursor.sql.slice(start, cursor.peek(-1).end);
  if (cursor.isSymbol('(')) cursor.skipParens();
  return { ...generator('STAGE', []), external: [{ text, quoted: true }] };
}

/** Snowflake: the view's metrics, dimensions and facts become columns. */
function parseSemanticView(cursor: Cursor): Relation {
  cursor.expectSymbol('(');
  const name = parseTableName(cursor);
  const items: SelectItem[] = [];
  const kinds = new Set(['METRICS', 'DIMENSIONS', 'FACTS']);
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.isAny(kinds)) {
      cursor.next();
      do {
        const expr = cursor.grammar.expression(cursor);
        items.push({ expr, alias: cursor.take('AS') ? cursor.name() : null, aliases: [] });
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('WHERE')) cursor.grammar.expression(cursor);
    else cursor.next();
  }
  cursor.expectSymbol(')');
  const columns = items.map((item): SelectItem => {
    const last = item.expr.kind === 'column' ? item.expr.parts.at(-1) : undefined;
    return last === undefined ? item : { ...item, expr: { kind: 'column', parts: [last] } };
  });
  const from: Relation = { kind: 'table', name, ...unnamed };
  const query = { ...emptySelect, items: columns, from };
  return { kind: 'query', query, lateral: false, ...unnamed };
}

/** A SELECT with nothing in it yet. */
export const emptySelect = {
  kind: 'select',
  with: [],
  items: [],
  from: null,
  where: [],
  groupBy: [],
  having: [],
  qualify: [],
  orderBy: [],
  windows: [],
  into: null,
} as const;

function parseParens(cursor: Cursor): Relation {
  const isQuery = cursor.opensQuery();
  cursor.next();
  if (isQuery) {
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', query, lateral: false, ...unnamed };
  }
  const inner = parseFrom(cursor);
  closeParens(cursor);
  return inner;
}

function withAlias(relation: Relation, given: Aliased): Relation {
  if (relation.kind === 'join') {
    if (given.alias === null) return relation;
    return { kind: 'query', query: { kind: 'relation', with: [], relation }, lateral: false, ...given };
  }
  return {
    ...relation,
    alias: given.alias ?? relation.alias,
    columnAliases: given.columnAliases.length > 0 ? given.columnAliases : relation.columnAliases,
  };
}

/** Time travel, samples, hints, pivots and the alias, in whatever order the dialect puts them. */
function parseSuffixes(cursor: Cursor, bare: Relation): Relation {
  let relation = bare;
  let named = false;
  for (;;) {
    if (skipDecoration(cursor)) continue;
    if (cursor.is('WITH', 'ORDINALITY')) {
      cursor.next();
      cursor.next();
      if (relation.kind === 'function') relation = { ...relation, ordinality: 'ordinality' };
    } else if (cursor.is('WITH', 'OFFSET')) {
      cursor.next();
      cursor.next();
      const named = cursor.take('AS') || (isName(cursor) && !cursor.isAny(relationEnd));
      const ordinality = named ? cursor.name().text : 'offset';
      if (relation.kind === 'function') relation = { ...relation, ordinality };
    } else if (cursor.is('PIVOT') && cursor.isSymbol('(', 1)) {
      relation = parsePivot(cursor, relation);
      named = false;
    } else if (cursor.is('UNPIVOT')) {
      relation = parseUnpivot(cursor, relation);
      named = false;
    } else if (cursor.is('MATCH_RECOGNIZE')) {
      relation = parseMatch(cursor, relation);
      named = false;
    } else if (cursor.is('WITH') && cursor.isSymbol('(', 1)) {
      cursor.next();
      if (relation.kind === 'function') relation = { ...relation, declared: declaredWith(cursor) };
      else cursor.skipParens();
    } else {
      const given = named ? null : parseAlias(cursor);
      if (given === null) return relation;
      named = true;
      relation = withAlias(relation, given);
    }
  }
}

/** T-SQL: `OPENJSON(…) WITH (a INT '$.a', …)`. */
function declaredWith(cursor: Cursor): readonly string[] {
  cursor.expectSymbol('(');
  const names: string[] = [];
  do {
    names.push(cursor.name().text);
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
  } while (cursor.takeSymbol(','));
  cursor.expectSymbol(')');
  return names;
}

/** Takes what stands behind a relation and names no column: hints, samples, points in time. */
function skipDecoration(cursor: Cursor): boolean {
  if (cursor.is('TABLESAMPLE') || isSample(cursor)) {
    skipSample(cursor);
    return true;
  }
  if ((cursor.is('AT') || cursor.is('BEFORE') || cursor.is('CHANGES') || cursor.is('END')) && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
    return true;
  }
  if (
    cursor.is('FOR', 'SYSTEM_TIME') ||
    cursor.is('FOR', 'VERSION') ||
    cursor.is('FOR', 'TIMESTAMP') ||
    cursor.is('VERSION', 'AS', 'OF') ||
    cursor.is('TIMESTAMP', 'AS', 'OF') ||
    cursor.is('AS', 'OF')
  ) {
    return skipTime(cursor);
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
  if (cursor.is('PARTITION') && cursor.isSymbol('(', 1)) {
    cursor.next();
    cursor.skipParens();
    return true;
  }
  return cursor.is('FINAL') && !cursor.isSymbol('.', 1) ? cursor.take('FINAL') : false;
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
  if (cursor.is('REPEATABLE') || cursor.is('SEED')) {
    cursor.next();
    if (cursor.isSymbol('(')) cursor.skipParens();
  }
}

function skipTime(cursor: Cursor): boolean {
  if (!cursor.take('FOR') && cursor.take('AS', 'OF')) {
    // Oracle, Db2: `AS OF TIMESTAMP expression`, `AS OF SCN expression`.
    if (cursor.is('SCN') || (cursor.is('TIMESTAMP') && cursor.peek(1).kind !== 'string')) cursor.next();
    cursor.grammar.expression(cursor, 4);
    return true;
  }
  cursor.next();
  if (cursor.take('AS', 'OF')) cursor.grammar.expression(cursor, 4);
  else if (cursor.take('BETWEEN') || cursor.take('FROM')) {
    cursor.grammar.expression(cursor, 4);
    if (cursor.take('AND') || cursor.take('TO')) cursor.grammar.expression(cursor, 4);
  } else if (cursor.take('CONTAINED', 'IN')) cursor.skipParens();
  else cursor.take('ALL');
  return true;
}

/** `AS alias (a, b)`, `alias`, `AS (a, b)`, `AS t (a INT, b TEXT)`; null when no alias stands here. */
function parseAlias(cursor: Cursor): Aliased | null {
  const explicit =
    cursor.is('AS') && !cursor.is('AS', 'OF') && (cursor.peek(1).kind !== 'symbol' || cursor.isSymbol('(', 1));
  if (explicit) cursor.next();
  const token = cursor.peek();
  if (explicit && cursor.isSymbol('(')) return { alias: null, columnAliases: parseColumnNames(cursor) };
  const isAlias =
    token.kind === 'name' ||
    (token.kind === 'string' && explicit) ||
    (token.kind === 'word' && (explicit || !relationEnd.has(token.text)) && !token.text.startsWith('@'));
  if (!isAlias) return null;
  if (token.kind === 'string') cursor.next();
  const alias = token.kind === 'string' ? { text: token.text, quoted: true } : cursor.name();
  const columns = cursor.isSymbol('(') && !isHints(cursor) ? parseColumnNames(cursor) : [];
  return { alias, columnAliases: columns };
}

/** Names in parentheses; types behind them are skipped. */
export function parseColumnNames(cursor: Cursor): readonly Name[] {
  cursor.expectSymbol('(');
  const names: Name[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    names.push(parseTableName(cursor).at(-1) ?? { text: '', quoted: false });
    while (!cursor.atEnd && !cursor.isSymbol(',') && !cursor.isSymbol(')')) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    cursor.takeSymbol(',');
  }
  cursor.expectSymbol(')');
  return names;
}

function pivotValue(expr: Expr): string {
  if (expr.kind === 'literal') return expr.value;
  if (expr.kind === 'column') return expr.parts.at(-1)?.text ?? '';
  if (expr.kind === 'call') return expr.args.map(pivotValue).join('_');
  return '';
}

/** PIVOT or UNPIVOT of a relation, with its alias. */
export function parsePivots(cursor: Cursor, source: Relation): Relation {
  return parseSuffixes(cursor, source);
}

function parsePivot(cursor: Cursor, source: Relation): Relation {
  cursor.expect('PIVOT');
  cursor.expectSymbol('(');
  cursor.take('XML');
  const aggregates = parsePivotItems(cursor);
  cursor.expect('FOR');
  const on: Expr[] = [];
  const values: string[] = [];
  do {
    const key = cursor.isSymbol('(') ? parseKeyTuple(cursor) : [cursor.grammar.expression(cursor, 4)];
    on.push(...key);
    cursor.expect('IN');
    values.push(...parsePivotValues(cursor));
    cursor.take('FOR');
  } while (!cursor.atEnd && !cursor.isSymbol(')') && !cursor.is('GROUP') && !cursor.is('DEFAULT'));
  let groupBy: readonly Expr[] | null = null;
  if (cursor.take('GROUP', 'BY')) groupBy = parseKeys(cursor);
  if (cursor.is('DEFAULT')) cursor.skipToClose();
  closeParens(cursor);
  return { kind: 'pivot', source, aggregates, on, values, groupBy, ...unnamed };
}

function parsePivotItems(cursor: Cursor): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseItem(cursor));
  while (cursor.takeSymbol(','));
  return items;
}

function parseKeyTuple(cursor: Cursor): readonly Expr[] {
  cursor.expectSymbol('(');
  const keys = parseList(cursor);
  closeParens(cursor);
  return keys;
}

function parsePivotValues(cursor: Cursor): readonly string[] {
  if (!cursor.isSymbol('(')) {
    cursor.grammar.expression(cursor);
    return [];
  }
  if (cursor.opensQuery() || cursor.is('ANY')) {
    cursor.skipParens();
    return [];
  }
  cursor.expectSymbol('(');
  const values: string[] = [];
  if (cursor.is('ANY')) cursor.skipToClose();
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    const item = parseItem(cursor);
    values.push(item.alias?.text ?? pivotValue(item.expr));
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  return values;
}

function parseUnpivot(cursor: Cursor, source: Relation): Relation {
  cursor.expect('UNPIVOT');
  if (cursor.take('INCLUDE', 'NULLS') || cursor.take('EXCLUDE', 'NULLS')) cursor.takeSymbol('');
  cursor.expectSymbol('(');
  const valueColumns = cursor.isSymbol('(') ? parseColumnNames(cursor) : [cursor.name()];
  cursor.expect('FOR');
  const nameColumn = cursor.isSymbol('(')
    ? (parseColumnNames(cursor)[0] ?? { text: '', quoted: false })
    : cursor.name();
  cursor.expect('IN');
  cursor.expectSymbol('(');
  const groups: (readonly Expr[])[] = [];
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    groups.push(cursor.isSymbol('(') ? parseKeyTuple(cursor) : [cursor.grammar.expression(cursor)]);
    if (cursor.take('AS') || cursor.peek().kind === 'string' || isName(cursor)) {
      if (cursor.isSymbol('(')) cursor.skipParens();
      else cursor.next();
    }
    if (!cursor.takeSymbol(',')) break;
  }
  closeParens(cursor);
  closeParens(cursor);
  return {
    kind: 'unpivot',
    source,
    valueColumns: valueColumns.map((name) => name.text),
    nameColumn: nameColumn.text,
    groups,
    ...unnamed,
  };
}

function parseMatch(cursor: Cursor, source: Relation): Relation {
  cursor.expect('MATCH_RECOGNIZE');
  cursor.expectSymbol('(');
  const partition: Expr[] = [];
  const order: Expr[] = [];
  const measures: SelectItem[] = [];
  const conditions: Expr[] = [];
  let allRows = false;
  while (!cursor.atEnd && !cursor.isSymbol(')')) {
    if (cursor.take('PARTITION', 'BY')) partition.push(...parseKeys(cursor));
    else if (cursor.take('ORDER', 'BY')) order.push(...parseKeys(cursor));
    else if (cursor.take('MEASURES')) {
      do {
        if (!cursor.take('FINAL')) cursor.take('RUNNING');
        measures.push(parseItem(cursor));
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('DEFINE')) {
      do {
        cursor.name();
        cursor.expect('AS');
        conditions.push(cursor.grammar.expression(cursor));
      } while (cursor.takeSymbol(','));
    } else if (cursor.take('ALL', 'ROWS')) allRows = true;
    else if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  cursor.expectSymbol(')');
  return { kind: 'match', source, partition, order, measures, conditions, allRows, ...unnamed };
}
