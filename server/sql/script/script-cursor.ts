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
    return token;
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
