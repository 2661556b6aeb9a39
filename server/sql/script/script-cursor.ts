import { Lexer } from '../text/lexer.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from '../text/lexer.ts';

/** A place in a script: reads pieces as they are needed, so that long scripts are never held as a whole. */
export class ScriptCursor {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly #lexer: Lexer;
  readonly #ahead: Token[] = [];
  /** The piece taken last. */
  last: Token | null = null;
  /** A piece that nothing closes was taken: the text ends within it. */
  isCut = false;

  constructor(sql: string, dialect: Dialect) {
    this.sql = sql;
    this.dialect = dialect;
    this.#lexer = new Lexer(sql, dialect);
  }

  peek(ahead = 0): Token {
    for (;;) {
      const token = this.#ahead[ahead];
      if (token !== undefined) return token;
      this.#ahead.push(this.#lexer.next());
    }
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.#ahead.shift();
    this.last = token;
    if (token.kind === 'open') this.isCut = true;
    return token;
  }

  /** Goes on at another place of the text, whatever was looked at ahead. */
  jump(to: number): void {
    this.#ahead.length = 0;
    this.#lexer.jump(to);
  }

  /** Takes the line that begins here as it stands, with the lines that it goes on with behind a hyphen; none of it is SQL. */
  takeLine(): string {
    const { start } = this.peek();
    let end = start;
    do {
      const next = this.sql.indexOf('\n', end + 1);
      end = next === -1 ? this.sql.length : next;
    } while (end < this.sql.length && /-[ \t\r]*$/.test(this.sql.slice(Math.max(start, end - 80), end)));
    this.jump(end);
    return this.sql.slice(start, end).trimEnd();
  }

  get atEnd(): boolean {
    return this.peek().kind === 'end';
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => {
      const token = this.peek(ahead);
      return token.kind === 'word' && token.text === word;
    });
  }

  isAny(words: ReadonlySet<string>, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && words.has(token.text);
  }

  isSymbol(symbol: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'symbol' && token.text === symbol;
  }

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

  /** Text as written, of one piece. */
  textOf(token: Token): string {
    return token.kind === 'name' ? token.text : this.sql.slice(token.start, token.end);
  }

  /** Takes pieces until `stop` says so outside of parentheses and CASE, or to the end; gives their text. */
  until(stop: (cursor: ScriptCursor) => boolean): string {
    const { start } = this.peek();
    let end = start;
    let depth = 0;
    let cases = 0;
    while (!this.atEnd) {
      if (depth <= 0 && cases <= 0 && stop(this)) break;
      const token = this.next();
      end = token.end;
      if (token.kind === 'symbol') {
        if (token.text === '(') depth += 1;
        else if (token.text === ')') depth -= 1;
      } else if (token.kind === 'word') {
        if (token.text === 'CASE') cases += 1;
        else if (token.text === 'END' && cases > 0) cases -= 1;
      }
    }
    return this.sql.slice(start, end);
  }

  /** Takes the parentheses that open here, with all that is in them. */
  parens(): string {
    let isInside = false;
    return this.until((cursor) => {
      const isBehind = isInside && cursor.last?.text === ')';
      isInside = true;
      return isBehind;
    });
  }

  /** To the semicolon, which is taken but not given. */
  toSemicolon(): string {
    const text = this.until((cursor) => cursor.isSymbol(';'));
    this.takeSymbol(';');
    return text;
  }
}
