import { relationEnd } from './keywords.ts';
import { parseTableName } from './parse-arguments.ts';
import { closeParens } from './parse-parts.ts';
import { parseMatch, parsePivot, parseUnpivot } from './parse-pivot.ts';
import {
  declaredWith,
  parseChanged,
  parseChangedRows,
  parseFunction,
  parseStage,
  parseTableFunction,
} from './parse-table-function.ts';
import { generator, isHints, isName, parseColumnNames, unnamed, withAlias } from './relation-parts.ts';
import { startsPreferring, startsTimeSeries } from './parse-row-clauses.ts';
import { skipDecoration } from './skip-decoration.ts';
import { inPast, isVersion, takeTime } from './take-time.ts';
import type { Aliased, Relation, TableName } from '../ast/nodes.ts';
import type { Cursor } from './cursor.ts';

/** One member of FROM with its alias and all that may follow it. */
export function parseRelation(cursor: Cursor): Relation {
  const relation = parseBare(cursor);
  return parseSuffixes(cursor, relation);
}

/** A nested collection as a generator, so that the place of its members has a name. */
function withPlace(relation: Relation, place: string): Relation {
  if (relation.kind === 'function') return { ...relation, ordinality: place };
  if (relation.kind !== 'table') return relation;
  const { alias, columnAliases } = relation;
  return {
    ...generator('UNNEST', [{ kind: 'column', parts: relation.name }]),
    ordinality: place,
    alias,
    columnAliases,
  };
}

function parseBare(cursor: Cursor): Relation {
  if (cursor.is('UNPIVOT') && isNameAhead(cursor) && !cursor.isSymbol('(', 1)) {
    // Redshift: `UNPIVOT t.object AS value AT key` takes an object apart.
    cursor.next();
    return generator('UNNEST', [{ kind: 'column', parts: parseTableName(cursor) }]);
  }
  if (cursor.dialect.prefixAliases && isNameAt(cursor) && cursor.isSymbol(':', 1)) {
    // DuckDB: `FROM p: people`.
    const alias = cursor.name();
    cursor.next();
    return withAlias(parseBare(cursor), { alias, columnAliases: [] });
  }
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
  const unnamedTable = (cursor.is('TABLE') || cursor.is('IDENTIFIER')) && cursor.isSymbol('(', 1);
  if (unnamedTable && isVariable(cursor)) {
    // Which table this is only a run can tell.
    cursor.next();
    cursor.skipParens();
    cursor.skipped += 1;
    return generator('TEMPLATE', []);
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

/** `TABLE($name)`, `IDENTIFIER(:name)`. */
function isVariable(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(2);
  return (kind === 'number' && text.startsWith('$')) || (kind === 'symbol' && /^[:?]$/.test(text));
}

function isNameAt(cursor: Cursor): boolean {
  const { kind } = cursor.peek();
  return kind === 'word' || kind === 'name';
}

function isNameAhead(cursor: Cursor): boolean {
  const { kind, text } = cursor.peek(1);
  return kind === 'name' || (kind === 'word' && !relationEnd.has(text));
}

/** Words that no table is called without quotes. */
const noTable = new Set([
  'JOIN',
  'WHERE',
  'GROUP',
  'HAVING',
  'ON',
  'USING',
  'UNION',
  'SET',
  'INNER',
  'CROSS',
  'AND',
  'OR',
]);

function parseNamed(cursor: Cursor): Relation {
  const mark = cursor.mark();
  if (cursor.isAny(noTable) && !cursor.isSymbol('.', 1)) cursor.fail();
  const written = parseTableName(cursor);
  const name = withoutVersion(cursor, written);
  if (cursor.isSymbol('(') && !isHints(cursor)) return parseFunction(cursor, name, mark);
  const table: Relation = { kind: 'table', name, ...unnamed };
  const suffix = (written.at(-1)?.text ?? '').slice(name.at(-1)?.text.length);
  // Oracle's database link `t@link`; Databricks' version `t@v12` and CockroachDB's index `t@primary` are the same table.
  const link = cursor.peek();
  if (link.kind === 'word' && link.text.startsWith('@') && !link.spaced) {
    cursor.next();
    if (cursor.dialect.versionSuffix) return isVersion(link.text) ? inPast(table) : table;
    const last = name.at(-1);
    const text = `${last?.text ?? ''}${cursor.sql.slice(link.start, link.end)}`;
    return { ...table, name: [...name.slice(0, -1), { text, quoted: true }] };
  }
  return cursor.readsPast || isVersion(suffix) ? inPast(table) : table;
}

/** A table by its name, as it was at the time that is said with it. */
export function parseTimedTable(cursor: Cursor): Relation {
  let table = parseNamed(cursor);
  while (takeTime(cursor)) table = inPast(table);
  return table;
}

/** A version or an index may be written without a space: `t@v12` is one word. */
function withoutVersion(cursor: Cursor, name: TableName): TableName {
  const last = name.at(-1);
  const at = last === undefined || last.quoted || !cursor.dialect.versionSuffix ? -1 : last.text.indexOf('@');
  if (at > 0 && cursor.isSymbol('{')) while (!cursor.atEnd && !cursor.takeSymbol('}')) cursor.next();
  return last === undefined || at <= 0 ? name : [...name.slice(0, -1), { ...last, text: last.text.slice(0, at) }];
}

/** T-SQL: `FROM (MERGE … OUTPUT …) AS changes`, the rows that a statement gives back. */
const isDml = /^(?:INSERT|UPDATE|DELETE|MERGE)$/;

function parseParens(cursor: Cursor): Relation {
  const opens = cursor.opensQuery();
  if (cursor.dialect.looseStatements && isDml.test(cursor.peek(1).text) && cursor.peek(1).kind === 'word')
    return parseChangedRows(cursor);
  cursor.next();
  // DuckDB: `(PIVOT t ON …)`.
  const isPivot = (cursor.is('PIVOT') || cursor.is('UNPIVOT')) && isNameAhead(cursor) && cursor.dialect.prefixAliases;
  if (opens || isPivot) {
    const query = cursor.grammar.query(cursor);
    closeParens(cursor);
    return { kind: 'query', query, lateral: false, ...unnamed };
  }
  const inner = cursor.grammar.from(cursor);
  closeParens(cursor);
  return inner;
}

/** Time travel, samples, hints, pivots and the alias, in whatever order the dialect puts them. */
function parseSuffixes(cursor: Cursor, bare: Relation): Relation {
  let relation = bare;
  let named = false;
  for (;;) {
    if (skipDecoration(cursor)) continue;
    if (takeTime(cursor)) relation = inPast(relation);
    else if (cursor.is('WITH', 'ORDINALITY')) {
      cursor.next();
      cursor.next();
      if (relation.kind === 'function') relation = { ...relation, ordinality: 'ordinality' };
    } else if (cursor.is('WITH', 'OFFSET')) {
      cursor.next();
      cursor.next();
      const named = cursor.take('AS') || (isName(cursor) && !cursor.isAny(relationEnd));
      const ordinality = named ? cursor.name().text : 'offset';
      if (relation.kind === 'function') relation = { ...relation, ordinality };
    } else if (named && cursor.is('AT') && isNameAhead(cursor)) {
      // Redshift: `t.items AS x AT i` counts the members.
      cursor.next();
      relation = withPlace(relation, cursor.name().text);
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

/** `AS alias (a, b)`, `alias`, `AS (a, b)`, `AS t (a INT, b TEXT)`; null when no alias stands here. */
function parseAlias(cursor: Cursor): Aliased | null {
  const explicit =
    cursor.is('AS') && !cursor.is('AS', 'OF') && (cursor.peek(1).kind !== 'symbol' || cursor.isSymbol('(', 1));
  if (explicit) cursor.next();
  if (!explicit && startsClause(cursor)) return null;
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

/** Words that begin a clause only where more of it follows, and are no alias then. */
function startsClause(cursor: Cursor): boolean {
  return (
    cursor.is('LOG', 'ERRORS') ||
    cursor.is('EXPAND', 'ON') ||
    startsModel(cursor) ||
    startsTimeSeries(cursor) ||
    startsPreferring(cursor)
  );
}

/** Oracle's MODEL clause, not an alias. */
function startsModel(cursor: Cursor): boolean {
  return (
    cursor.is('MODEL') && /^(?:PARTITION|DIMENSION|REFERENCE|MAIN|UNIQUE|RETURN|IGNORE|KEEP)$/.test(cursor.peek(1).text)
  );
}

/** PIVOT or UNPIVOT of a relation, with its alias. */
export function parsePivots(cursor: Cursor, source: Relation): Relation {
  return parseSuffixes(cursor, source);
}
