import { Lexer } from '../text/lexer.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Statement } from '../ast/nodes.ts';
import type { Token } from '../text/lexer.ts';

/** The same for a text that no statement could be made of. */
export function breaksOff(sql: string, dialect: Dialect): boolean {
  const lexer = new Lexer(sql, dialect);
  const tokens: Token[] = [];
  for (let token = lexer.next(); ; token = lexer.next()) {
    tokens.push(token);
    if (token.kind === 'end') return findsBreak(tokens, dialect);
  }
}

/** First words of statements whose end says something: of others (SET, GRANT …) nearly anything may stand last. */
const looked = /^(?:SELECT|SEL|WITH|INSERT|INS|UPDATE|UPD|DELETE|DEL|MERGE|FROM|CREATE|REPLACE|COPY|VALUES)$/;
/** Words that want something behind them. */
const openWords = /^(?:AS|FROM|INTO|SELECT|WHERE|LIMIT|SET|BY|AND|OR|NOT|WHEN|THEN|UNION|INTERSECT|JOIN|HAVING)$/;
const openSigns = /^(?:\.|\(|=|<|>|\+|-|\/|%|\|\||\|>|::|<>|!=|<=|>=)$/;
/** Words behind which the same word makes no sense. */
const neverTwice = /^(?:FROM|JOIN|WHERE|SELECT|SET|INTO)$/;

/**
 * True when a statement breaks off or has a comma too many: it ends with a word or sign that wants something behind it, a comma
 * stands where the dialect takes none, or a word stands there twice. The parser reads over such places to save what it can.
 */
export function findsBreak(tokens: readonly Token[], dialect: Dialect): boolean {
  const [first] = tokens;
  if (first === undefined || (first.kind === 'word' && !looked.test(first.text))) return false;
  const hasFrom = tokens.some((token) => token.kind === 'word' && token.text === 'FROM');
  for (let at = 0; at < tokens.length - 1; at++) {
    const [token, next] = [tokens[at], tokens[at + 1]];
    if (token === undefined || next === undefined) return false;
    if (token.kind === 'symbol' && token.text === ',') {
      if (isComma(next) || !mayTrail(next, tokens[at + 2], dialect, hasFrom)) return true;
    } else if (token.kind === 'symbol' && (token.text === '::' || token.text === '.')) {
      if (next.kind === 'word' && next.text === 'FROM' && next.spaced) return true;
    } else if (
      token.kind === 'word' &&
      next.kind === 'word' &&
      token.text === next.text &&
      neverTwice.test(next.text)
    ) {
      if (tokens[at - 1]?.text !== '.' && tokens[at - 1]?.text !== 'AS') return true;
    }
  }
  return endsOpen(tokens);
}

function isComma(token: Token): boolean {
  return token.kind === 'symbol' && token.text === ',';
}

/** What may stand behind a comma that ends its list; anything else begins a further member. */
function mayTrail(next: Token, second: Token | undefined, dialect: Dialect, hasFrom: boolean): boolean {
  const { trailingCommas } = dialect;
  const isClose = next.kind === 'symbol' && (next.text === ')' || next.text === ']' || next.text === '}');
  if (isClose) return trailingCommas !== 'no';
  if (next.kind === 'end' || (next.kind === 'symbol' && next.text === ';'))
    return trailingCommas === 'lists' && hasFrom;
  if (next.kind !== 'word') return true;
  const isClause =
    (/^(?:FROM|WHERE|HAVING|SELECT|UNION)$/.test(next.text) && second?.text !== '.') ||
    (/^(?:GROUP|ORDER)$/.test(next.text) && second?.text === 'BY');
  return !isClause || trailingCommas !== 'no';
}

function endsOpen(tokens: readonly Token[]): boolean {
  const [before, last] = tokens
    .filter((token) => token.kind !== 'end' && !(token.kind === 'symbol' && token.text === ';'))
    .slice(-2);
  if (before === undefined || last === undefined) return false;
  if (last.kind === 'symbol') return openSigns.test(last.text);
  // Behind these a keyword is a name: `SELECT a AS limit`.
  if (last.kind !== 'word' || before.text === '.' || before.text === 'AS') return false;
  return openWords.test(last.text);
}

/** True when a statement was read whose main part is missing: an INSERT of nothing, a MERGE that does nothing, a view of nothing. */
export function lacksItsPart(statement: Statement, tokens: readonly Token[], dialect: Dialect): boolean {
  if (statement.kind === 'merge') return statement.clauses.length === 0;
  const has = (word: string): boolean => tokens.some((token) => token.kind === 'word' && token.text === word);
  // Spark: `CREATE TEMPORARY VIEW v USING parquet` shows files.
  if (statement.kind === 'create')
    return statement.what !== 'table' && statement.query === null && !has('AS') && !has('USING');
  // ClickHouse's rows may follow outside of the statement: `INSERT INTO t VALUES`, `… FORMAT CSV`.
  if (statement.kind !== 'insert' || statement.query !== null || dialect.parametricCalls) return false;
  const { length } = tokens;
  if (tokens[0]?.text.startsWith('INS') !== true) return false;
  const isBare = tokens[length - 2]?.kind === 'symbol' || length <= 2 + (statement.target?.length ?? 1) * 2;
  return isBare && !has('DEFAULT') && !has('VALUES') && !has('SET') && !has('EXEC') && !has('EXECUTE') && !has('CALL');
}
