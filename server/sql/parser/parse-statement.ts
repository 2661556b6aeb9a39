import { Cursor, SqlSyntaxError } from './cursor.ts';
import { parseAlter, parseComment, parseDrop, parseRename } from './parse-alter.ts';
import { parseChanges } from './parse-changes.ts';
import { parseCreate } from './parse-create.ts';
import { findsBreak, lacksItsPart } from './find-break.ts';
import { parseBulk, parseCopy, parseExport, parseImport, parseLoad, parseUnload } from './parse-transfer.ts';
import { parseDelete, parseUpdate } from './parse-update.ts';
import { parseInsert, parseMultiInsert } from './parse-insert.ts';
import { parseMerge } from './parse-merge.ts';
import { parseRestore, parseUndrop } from './parse-restore.ts';
import { parseExpression } from './parse-expression.ts';
import { parseCtes } from './parse-ctes.ts';
import { parseQuery, parseQueryOver, skipLocking } from './parse-query.ts';
import { parseTableName } from './parse-arguments.ts';
import { parseFrom } from './parse-joins.ts';
import type { Cte, Statement } from '../ast/nodes.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Grammar } from './cursor.ts';

/** What our own parser made of one statement. */
export interface OwnParse {
  readonly statements: readonly Statement[];
  /** How many pieces were skipped because nothing known stood there; 0: all of it was understood. */
  readonly skipped: number;
  /** The text breaks off, has a comma or a word too many, or lacks a condition: no parser makes a whole statement of it. */
  readonly isBroken: boolean;
}

const grammar: Grammar = {
  query: (cursor) => parseQuery(cursor, parseOne),
  statement: parseOne,
  from: parseFrom,
  expression: parseExpression,
};

/**
 * Reads one statement in a tolerant way: clauses it does not know are skipped and counted. Throws {@link SqlSyntaxError}
 * where nothing can be made of the text.
 */
export function parseStatement(sql: string, dialect: Dialect): OwnParse {
  const cursor = new Cursor(sql, dialect, grammar);
  const statements = hiveInserts(cursor) ?? (cursor.is('ALTER') ? parseAlter(cursor) : [parseOne(cursor)]);
  while (!cursor.atEnd) {
    cursor.skipped += 1;
    cursor.next();
  }
  const isBroken =
    cursor.lacks ||
    findsBreak(cursor.tokens, dialect) ||
    statements.some((one) => lacksItsPart(one, cursor.tokens, dialect));
  return { statements, skipped: cursor.skipped + (cursor.isOpen ? 1 : 0), isBroken };
}

/** One expression, of the text given: what is assigned to a variable. */
export function parseSingleExpression(sql: string, dialect: Dialect): ReturnType<typeof parseExpression> {
  return parseExpression(new Cursor(sql, dialect, grammar));
}

function parseOne(cursor: Cursor): Statement {
  skipLocking(cursor);
  if (cursor.is('USING') && cursor.isSymbol('(', 1)) {
    // Teradata: `USING (id INTEGER) INSERT …`, the fields of a file's records, which `:id` names.
    cursor.next();
    cursor.skipParens();
  }
  if (cursor.is('UPDATE', 'STATISTICS') && cursor.peek(2).text !== 'SET') {
    while (!cursor.atEnd) cursor.next();
    return { kind: 'none' };
  }
  const { kind, text } = cursor.peek();
  if (kind === 'symbol' && text === '(') return { kind: 'query', query: cursor.grammar.query(cursor) };
  if (kind !== 'word') cursor.fail();
  const read = Object.hasOwn(readers, text) ? readers[text] : undefined;
  if (read !== undefined) return read(cursor);
  if (withoutFlow.has(text)) {
    while (!cursor.atEnd) cursor.next();
    return { kind: 'none' };
  }
  throw new SqlSyntaxError(`not understood: no statement starts so`);
}

/** Statements that move no data between tables. */
const withoutFlow = new Set(
  (
    'USE DATABASE BT ET SET RESET UNSET GRANT REVOKE DENY SHOW DESCRIBE DESC ANALYZE ANALYSE VACUUM BEGIN START COMMIT SAVEPOINT RELEASE ' +
    'END KILL PRAGMA LOCK UNLOCK REFRESH UNCACHE CLEAR SUMMARIZE HANDLER UNPREPARE INVALIDATE COMPUTE ADD LIST REINDEX CLUSTER CHECKPOINT DISCARD LISTEN NOTIFY DEALLOCATE ' +
    'CLOSE OPEN FETCH MOVE PRINT RAISERROR THROW RETURN DECLARE OPTIMIZE MSCK REPAIR ATTACH DETACH INSTALL LOAD_EXTENSION PUT GET RM REMOVE ' +
    'LS COLLECT HELP FLUSH PURGE SIGNAL RESIGNAL GO WAITFOR EXIT QUIT DELIMITER SYSTEM WATCH ABORT ZORDER FSCK SUSPEND RESUME ASSERT RAISE CALL EXEC EXECUTE PREPARE IF LEAVE ITERATE BREAK CONTINUE'
  ).split(' '),
);

/** `WITH … INSERT`, `WITH … UPDATE`, `WITH … SELECT`. */
function parseWith(cursor: Cursor): Statement {
  const ctes = parseCtes(cursor, parseOne);
  if (/^(?:INSERT|UPDATE|DELETE|MERGE|REPLACE)$/.test(cursor.peek().text)) return withCtes(parseOne(cursor), ctes);
  if (cursor.is('FROM')) {
    const inserts = hiveInserts(cursor);
    const [first] = inserts ?? [];
    if (first !== undefined) return withCtes(first, ctes);
  }
  return { kind: 'query', query: parseQueryOver(cursor, ctes) };
}

function withCtes(statement: Statement, ctes: readonly Cte[]): Statement {
  if (
    statement.kind === 'insert' ||
    statement.kind === 'update' ||
    statement.kind === 'delete' ||
    statement.kind === 'merge'
  )
    return { ...statement, with: [...ctes, ...statement.with] };
  return statement;
}

/** Hive and Spark: `FROM s INSERT INTO a SELECT x INSERT INTO b SELECT y`: one source, several inserts. */
function hiveInserts(cursor: Cursor): readonly Statement[] | null {
  if (!cursor.is('FROM')) return null;
  const mark = cursor.mark();
  cursor.next();
  const from = parseFrom(cursor);
  if (!cursor.is('INSERT')) {
    cursor.reset(mark);
    return null;
  }
  const statements: Statement[] = [];
  while (cursor.is('INSERT')) {
    const insert = parseInsert(cursor);
    if (insert.kind !== 'insert' || insert.query?.kind !== 'select') continue;
    statements.push({ ...insert, query: { ...insert.query, from: insert.query.from ?? from } });
  }
  return statements;
}

function parseSelectStatement(cursor: Cursor): Statement {
  return { kind: 'query', query: cursor.grammar.query(cursor) };
}

function parseTruncate(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('TABLE');
  let isWhole = !cursor.take('ONLY');
  cursor.take('IF', 'EXISTS');
  const tables = [parseTableName(cursor)];
  while (cursor.takeSymbol(',')) tables.push(parseTableName(cursor));
  // Hive: `PARTITION (d = '1')`; T-SQL: `WITH (PARTITIONS (2))`.
  while (!cursor.atEnd) isWhole = !/^(?:SUB)?PARTITIONS?$/.test(cursor.next().text) && isWhole;
  return { kind: 'truncate', tables, isWhole };
}

/** Spark: `CACHE [LAZY] TABLE v AS SELECT …` names a query for the session. */
function parseCached(cursor: Cursor): Statement {
  cursor.next();
  cursor.take('LAZY');
  if (!cursor.take('TABLE')) cursor.fail();
  const target = parseTableName(cursor);
  while (!cursor.atEnd && !cursor.is('AS') && !cursor.is('SELECT')) {
    if (cursor.isSymbol('(')) cursor.skipParens();
    else cursor.next();
  }
  if (cursor.atEnd) return { kind: 'none' };
  cursor.take('AS');
  const query = cursor.grammar.query(cursor);
  return {
    kind: 'create',
    what: 'view',
    temporary: true,
    target,
    to: null,
    columns: [],
    comment: null,
    like: [],
    clone: null,
    cached: true,
    query,
  };
}

/** EXPLAIN looks at a statement without carrying it out; EXPLAIN ANALYZE carries it out. */
function parseExplain(cursor: Cursor): Statement {
  cursor.next();
  while (!cursor.atEnd) cursor.next();
  return { kind: 'none' };
}

const readers: Readonly<Record<string, (cursor: Cursor) => Statement>> = {
  SELECT: parseSelectStatement,
  SEL: parseSelectStatement,
  VALUES: parseSelectStatement,
  FROM: parseSelectStatement,
  TABLE: parseSelectStatement,
  PIVOT: parseSelectStatement,
  UNPIVOT: parseSelectStatement,
  WITH: parseWith,
  INSERT: (cursor) =>
    cursor.is('INSERT', 'ALL') || cursor.is('INSERT', 'FIRST') || isOverwriteAll(cursor)
      ? parseMultiInsert(cursor)
      : parseInsert(cursor),
  INS: parseInsert,
  REPLACE: (cursor) =>
    cursor.is('REPLACE', 'TABLE') || cursor.is('REPLACE', 'VIEW') ? parseCreate(cursor) : parseInsert(cursor),
  UPSERT: parseInsert,
  UPDATE: parseUpdate,
  UPD: parseUpdate,
  DELETE: parseDelete,
  DEL: parseDelete,
  MERGE: parseMerge,
  CREATE: parseCreate,
  APPLY: parseChanges,
  CACHE: parseCached,
  DROP: parseDrop,
  RENAME: parseRename,
  EXCHANGE: parseRename,
  TRUNCATE: parseTruncate,
  BULK: parseBulk,
  COPY: parseCopy,
  UNLOAD: parseUnload,
  EXPORT: parseExport,
  IMPORT: parseImport,
  LOAD: parseLoad,
  COMMENT: parseComment,
  EXPLAIN: parseExplain,
  RESTORE: parseRestore,
  FLASHBACK: parseRestore,
  ROLLBACK: parseRestore,
  UNDROP: parseUndrop,
};

function isOverwriteAll(cursor: Cursor): boolean {
  return cursor.is('INSERT', 'OVERWRITE', 'ALL') || cursor.is('INSERT', 'OVERWRITE', 'FIRST');
}
