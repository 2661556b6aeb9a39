import { queryStart } from './keywords.ts';
import { Lexer } from '../text/lexer.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Expr, Name, Query, Relation, Statement } from '../ast/nodes.ts';
import type { Token } from '../text/lexer.ts';

/** Thrown where a text cannot go on; the message names the place and never quotes the text. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';
}

/** What may follow a query in parentheses inside of more parentheses without making them an expression or a relation. */
const afterQuery = new Set(['UNION', 'INTERSECT', 'EXCEPT', 'MINUS', 'ORDER', 'LIMIT', 'OFFSET', 'FETCH']);

/** Closes the circle of queries that hold expressions that hold queries. */
export interface Grammar {
  query(cursor: Cursor): Query;
  statement(cursor: Cursor): Statement;
  /** The relations behind FROM. */
  from(cursor: Cursor): Relation;
  /** Operators that bind no tighter than `least` end it; default 0: none. */
  expression(cursor: Cursor, least?: number): Expr;
}

/** A place in the tokens of one statement. */
export class Cursor {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly grammar: Grammar;
  readonly #tokens: readonly Token[];
  #at = 0;
  /** Place of an opening parenthesis → place of the one that closes it. */
  readonly #closing = new Map<number, number>();
  readonly #queries = new Map<number, boolean>();
  /** How many pieces were skipped because nothing known stood there. */
  skipped = 0;
  #readsPast: boolean | null = null;
  /** Place of the first piece that the dialect wants and that is not there. */
  #lacking: number | null = null;

  constructor(sql: string, dialect: Dialect, grammar: Grammar) {
    this.grammar = grammar;
    this.sql = sql;
    this.dialect = dialect;
    const lexer = new Lexer(sql, dialect);
    const tokens: Token[] = [];
    const open: number[] = [];
    for (let token = lexer.next(); ; token = lexer.next()) {
      if (token.kind === 'symbol' && token.text === '(') open.push(tokens.length);
      else if (token.kind === 'symbol' && token.text === ')') {
        const from = open.pop();
        if (from !== undefined) this.#closing.set(from, tokens.length);
      }
      tokens.push(token);
      if (token.kind === 'end') break;
    }
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    const at = Math.min(this.#at + ahead, this.#tokens.length - 1);
    const token = this.#tokens[at];
    if (token === undefined) throw new SqlSyntaxError('the text is empty');
    return token;
  }

  next(): Token {
    const token = this.peek();
    if (this.#at < this.#tokens.length - 1) this.#at += 1;
    return token;
  }

  mark(): number {
    return this.#at;
  }

  reset(mark: number): void {
    this.#at = mark;
    if (this.#lacking !== null && this.#lacking > mark) this.#lacking = null;
  }

  /** A piece that the dialect wants here is not there: what was read is no whole statement. */
  lack(): void {
    this.#lacking ??= this.#at;
  }

  /** Something that the dialect wants is not there. */
  get lacks(): boolean {
    return this.#lacking !== null;
  }

  /** The text ends within a quote or comment that nothing closes. */
  get isOpen(): boolean {
    return this.#tokens.at(-2)?.kind === 'open';
  }

  /** All pieces of the statement, the end as the last. */
  get tokens(): readonly Token[] {
    return this.#tokens;
  }

  /** CockroachDB: `AS OF SYSTEM TIME` stands behind the last relation and holds for all of them. */
  get readsPast(): boolean {
    const words = ['AS', 'OF', 'SYSTEM', 'TIME'];
    return (this.#readsPast ??= this.#tokens.some((_token, at) =>
      words.every((word, ahead) => this.#tokens[at + ahead]?.text === word),
    ));
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  /** True when these words stand here, one after the other. */
  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token.kind === 'word' && token.text === word;
    });
  }

  isAny(words: ReadonlySet<string>): boolean {
    const token = this.peek();
    return token.kind === 'word' && words.has(token.text);
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

  /** Takes these words when they stand here. */
  take(...words: readonly string[]): boolean {
    if (!this.is(...words)) return false;
    for (const _word of words) this.next();
    return true;
  }

  takeSymbol(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false;
    this.next();
    return true;
  }

  /**
   * True when a parenthesis opens here and what it holds is a query as a whole: `(SELECT …)`, `((SELECT …) UNION …)`, but
   * neither `((SELECT …) + 1)` nor `((SELECT …) t JOIN u)`.
   */
  opensQuery(): boolean {
    const first = this.#at;
    if (!this.isSymbol('(')) return false;
    const known = this.#queries.get(first);
    if (known !== undefined) return known;
    const passed: number[] = [];
    let at = first;
    let answer: boolean | null = null;
    while (answer === null) {
      passed.push(at);
      const inner = this.#tokens[at + 1];
      if (inner === undefined || inner.kind === 'end') answer = false;
      else if (inner.kind === 'word') answer = this.#startsQuery(at + 1);
      else if (inner.kind !== 'symbol' || inner.text !== '(') answer = false;
      else {
        const behind = this.#tokens[(this.#closing.get(at + 1) ?? this.#tokens.length) + 1];
        const isWhole =
          behind === undefined ||
          behind.kind === 'end' ||
          behind.text === ')' ||
          (behind.kind === 'word' && afterQuery.has(behind.text));
        if (!isWhole) answer = false;
        at += 1;
      }
      answer ??= this.#queries.get(at) ?? null;
    }
    for (const place of passed) this.#queries.set(place, answer);
    return answer;
  }

  #startsQuery(at: number): boolean {
    const word = this.#tokens[at]?.text ?? '';
    const next = this.#tokens[at + 1];
    // `(VALUES (1))` and `(FROM t)`, but these words may name a column as well.
    if (word === 'VALUES') return next?.text === '(' || next?.kind === 'number' || next?.kind === 'string';
    if (word === 'FROM' || word === 'TABLE') return next?.kind === 'word' || next?.kind === 'name';
    if (word === 'PIVOT' || word === 'UNPIVOT')
      return this.dialect.prefixAliases && (next?.kind === 'word' || next?.kind === 'name' || next?.text === '(');
    return queryStart.has(word);
  }

  expect(...words: readonly string[]): void {
    if (!this.take(...words)) this.fail();
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) this.fail();
  }

  fail(): never {
    const before = this.sql.slice(0, this.peek().start);
    const line = before.split('\n').length;
    throw new SqlSyntaxError(`not understood at line ${line}, column ${before.length - before.lastIndexOf('\n')}`);
  }

  /** A word or a quoted name as a name. */
  name(): Name {
    const token = this.peek();
    if (token.kind !== 'word' && token.kind !== 'name') this.fail();
    this.next();
    return this.asName(token);
  }

  asName(token: Token): Name {
    const quoted = token.kind === 'name';
    const text = quoted ? token.text : this.sql.slice(token.start, token.end);
    const { twins, caseMatters } = this.dialect;
    return { text: twins === null || caseMatters === 'tables' ? text : twins.hold(text, quoted), quoted };
  }

  /** Skips a parenthesis with all in it; its opening stands here. */
  skipParens(): void {
    let depth = 0;
    do {
      const token = this.next();
      if (token.kind === 'end') return;
      if (token.kind !== 'symbol') continue;
      if (token.text === '(') depth += 1;
      else if (token.text === ')') depth -= 1;
    } while (depth > 0);
  }

  /** Skips to one of these words, or to the end, outside of parentheses. */
  skipTo(words: ReadonlySet<string>): void {
    while (!this.atEnd && !this.isAny(words) && !this.isSymbol(')')) {
      if (this.isSymbol('(')) this.skipParens();
      else this.next();
    }
  }

  /** Skips to the parenthesis that closes the one around here, counting it as not understood. */
  skipToClose(): void {
    while (!this.atEnd && !this.isSymbol(')')) {
      this.skipped += 1;
      if (this.isSymbol('(')) this.skipParens();
      else this.next();
    }
  }
}
