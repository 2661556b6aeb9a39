import { decodeEscapes } from './decode-string.ts';
import type { Dialect } from '../dialect/dialect.ts';

/** What a piece of text is. `open`: a quote or comment that nothing closes, with all that follows; it may hold literals. */
export type TokenKind = 'word' | 'name' | 'string' | 'number' | 'symbol' | 'template' | 'open' | 'end';

/** A piece of SQL text. Comments are skipped; whether one or white space stood before is kept in `spaced`. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Upper case for words, the bare name for quoted names, the content for strings, the sign for symbols. */
  readonly text: string;
  readonly spaced: boolean;
  /** The first token of its line. */
  readonly lineStart: boolean;
}

const word = /(?:[\p{L}_\u0080-\uFFFF]|[#@]+[\p{L}\p{N}_#@\u0080-\uFFFF])[\p{L}\p{N}_$#@\u0080-\uFFFF]*/uy;
const number = /0[xX][0-9a-fA-F]+|(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?[\p{L}\p{N}_$]*/uy;
const symbols = /::|:=|=>|->>|->|\|\||<=>|<>|<=|>=|!=|\|>|\*\*|\.\.|[^\s]/uy;
const dollarTag = /\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/uy;
const stringPrefix = /(?:[nN]|[eE]|[bB]|[xX]|[rR]|[bB][rR]|[rR][bB]|[uU]&|_[a-zA-Z0-9]+)(?=['"])/y;

/**
 * Reads SQL text piece by piece by a dialect's own rules of quoting and comments. Never fails: what is left open at the end
 * of the text is one piece of its own kind.
 */
export class Lexer {
  readonly #text: string;
  readonly #dialect: Dialect;
  #at = 0;
  #previous: TokenKind | null = null;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  /** Goes on at another place of the text. */
  jump(to: number): void {
    this.#at = to;
    this.#previous = null;
  }

  /** The next piece; kind `end` at the end of the text, again and again. */
  next(): Token {
    const from = this.#at;
    const lineStart = this.#skip();
    const spaced = this.#at > from || from === 0;
    const start = this.#at;
    if (start >= this.#text.length) return { kind: 'end', start, end: start, text: '', spaced, lineStart };
    const { kind, text } = this.#read(start, spaced);
    this.#previous = kind;
    return { kind, start, end: this.#at, text, spaced, lineStart: lineStart || from === 0 };
  }

  /** Skips white space and comments; true when a line ended among them. */
  #skip(): boolean {
    let newLine = false;
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 10 || code === 13) newLine = true;
      if (code <= 32 || code === 0xa0 || code === 0xfeff) {
        this.#at += 1;
        continue;
      }
      const comment = this.#commentEnd(code);
      if (comment === null) return newLine;
      this.#at = comment;
    }
  }

  #commentEnd(code: number): number | null {
    const next = this.#text.charCodeAt(this.#at + 1);
    if (code === 45 && next === 45) return this.#lineEnd();
    if (code === 47 && next === 42) return this.#blockEnd();
    if (code === 35 && this.#dialect.hashComments) return this.#lineEnd();
    if (code === 47 && next === 47 && this.#dialect.slashComments && !this.#isInPlace()) return this.#lineEnd();
    return null;
  }

  /** The slashes here belong to a place: `file:///data/x`. */
  #isInPlace(): boolean {
    let before = this.#at - 1;
    while (this.#text.charCodeAt(before) === 47) before -= 1;
    return this.#text.charCodeAt(before) === 58;
  }

  #lineEnd(): number {
    const end = this.#text.indexOf('\n', this.#at);
    return end === -1 ? this.#text.length : end;
  }

  /** Behind a block comment; in some dialects another may stand inside. Null: nothing closes it. */
  #blockEnd(): number | null {
    if (!this.#dialect.nestedComments) {
      const end = this.#text.indexOf('*/', this.#at + 2);
      return end === -1 ? null : end + 2;
    }
    const sign = /\/\*|\*\//g;
    sign.lastIndex = this.#at;
    let depth = 0;
    for (let found = sign.exec(this.#text); found !== null; found = sign.exec(this.#text)) {
      depth += found[0] === '/*' ? 1 : -1;
      if (depth === 0) return sign.lastIndex;
    }
    return null;
  }

  #read(start: number, spaced: boolean): { readonly kind: TokenKind; readonly text: string } {
    const text = this.#text;
    const char = text.charAt(start);
    // Behind white space and comments a comment's sign is one that nothing closes.
    if (char === '/' && text.charAt(start + 1) === '*') return this.#open();
    if (char === "'") return this.#string(start, start, "'", this.#dialect.backslashEscapes);
    if (char === '"' && this.#dialect.doubleQuotedStrings) return this.#string(start, start, '"', true);
    if (char === '"') return this.#quoted('"');
    if (char === '`') return this.#quoted('`');
    if (char === '[' && this.#dialect.brackets && this.#opensName(start, spaced)) return this.#quoted(']');
    if (char === '{' && (text.startsWith('{{', start) || text.startsWith('{%', start))) return this.#template(start);
    if (char === '$' && text.charAt(start + 1) === '{' && this.#dialect.substitution) return this.#substitution(start);
    if (char === '$') {
      const dollar = this.#dollar(start);
      if (dollar !== null) return dollar;
    }
    const prefixed = this.#prefixed(start);
    if (prefixed !== null) return prefixed;
    number.lastIndex = start;
    const digits = number.exec(text);
    if (digits !== null && !(char === '.' && this.#isMemberDot(start, spaced))) {
      this.#at = start + digits[0].length;
      return { kind: 'number', text: digits[0] };
    }
    word.lastIndex = start;
    const name = word.exec(text);
    if (name !== null) {
      this.#at = start + name[0].length;
      return { kind: 'word', text: name[0].toUpperCase() };
    }
    symbols.lastIndex = start;
    const symbol = symbols.exec(text)?.[0] ?? char;
    this.#at = start + symbol.length;
    return { kind: 'symbol', text: symbol };
  }

  /** `[` opens a name unless it follows a value directly: `a[1]`. */
  #opensName(start: number, spaced: boolean): boolean {
    const before = this.#text.charAt(start - 1);
    return spaced || start === 0 || !/[\p{L}\p{N}_\])"]/u.test(before);
  }

  /** `t.1`, `(a, b).1`, `list[1].2`: a member by its place, no fraction. */
  #isMemberDot(start: number, spaced: boolean): boolean {
    return this.#previous === 'word' || (!spaced && /[)\]]/.test(this.#text.charAt(start - 1)));
  }

  /** To the end of the text. Nothing of it is given: it may be a literal, whatever sign opened it. */
  #open(): { readonly kind: TokenKind; readonly text: string } {
    this.#at = this.#text.length;
    return { kind: 'open', text: '' };
  }

  #quoted(close: string): { readonly kind: TokenKind; readonly text: string } {
    const text = this.#text;
    let at = this.#at + 1;
    for (;;) {
      const end = text.indexOf(close, at);
      if (end === -1) return this.#open();
      if (text.charAt(end + 1) !== close) {
        const name = text.slice(this.#at + 1, end).replaceAll(close + close, close);
        this.#at = end + 1;
        return { kind: 'name', text: name };
      }
      at = end + 2;
    }
  }

  #string(
    start: number,
    open: number,
    quote: string,
    escapes: boolean,
  ): { readonly kind: TokenKind; readonly text: string } {
    const text = this.#text;
    const triple = this.#dialect.quotedPath && text.startsWith(quote.repeat(3), open);
    const close = triple ? quote.repeat(3) : quote;
    let at = open + close.length;
    for (;;) {
      const end = text.indexOf(close, at);
      if (end === -1) return this.#open();
      if (escapes) {
        const escaped = this.#escapedAt(at, end);
        if (escaped !== null) {
          at = escaped;
          continue;
        }
      }
      if (!triple && text.charAt(end + 1) === quote) {
        at = end + 2;
        continue;
      }
      const content = text.slice(open + close.length, end);
      this.#at = end + close.length;
      const said = triple ? content : content.replaceAll(quote + quote, quote);
      const others = this.#dialect.backslashEscapes ? this.#dialect.otherEscapes : 'numbered';
      return { kind: 'string', text: escapes ? decodeEscapes(said, others) : said };
    }
  }

  /** The place after a backslash pair that covers `end`; null when the quote there really closes. */
  #escapedAt(from: number, end: number): number | null {
    let at = this.#text.indexOf('\\', from);
    while (at !== -1 && at < end) {
      if (at + 1 >= end) return end + 1;
      at = this.#text.indexOf('\\', at + 2);
    }
    return null;
  }

  #prefixed(start: number): { readonly kind: TokenKind; readonly text: string } | null {
    const text = this.#text;
    const first = text.charCodeAt(start) | 32;
    if ((first === 113 || first === 110) && /^(?:[nN]?[qQ])'./.test(text.slice(start, start + 4)))
      return this.#oracleQuote(start);
    stringPrefix.lastIndex = start;
    const prefix = stringPrefix.exec(text)?.[0];
    if (prefix === undefined) return null;
    const open = start + prefix.length;
    const quote = text.charAt(open);
    if (quote === '"' && !this.#dialect.doubleQuotedStrings) return null;
    const raw = /r/i.test(prefix);
    const escapes = (this.#dialect.backslashEscapes || prefix.toLowerCase() === 'e') && !raw;
    return this.#string(start, open, quote, escapes);
  }

  /** Oracle: q'[text]', with any sign in place of the brackets. */
  #oracleQuote(start: number): { readonly kind: TokenKind; readonly text: string } {
    const text = this.#text;
    const open = text.indexOf("'", start) + 1;
    const pairs: Readonly<Record<string, string>> = { '[': ']', '(': ')', '{': '}', '<': '>' };
    const sign = text.charAt(open);
    const close = `${pairs[sign] ?? sign}'`;
    const end = text.indexOf(close, open + 1);
    if (end === -1) return this.#open();
    this.#at = end + close.length;
    return { kind: 'string', text: text.slice(open + 1, end) };
  }

  #dollar(start: number): { readonly kind: TokenKind; readonly text: string } | null {
    const text = this.#text;
    if (this.#dialect.dollarQuotes) {
      dollarTag.lastIndex = start;
      const tag = dollarTag.exec(text)?.[0];
      if (tag !== undefined) {
        const end = text.indexOf(tag, start + tag.length);
        if (end === -1) return this.#open();
        this.#at = end + tag.length;
        return { kind: 'string', text: text.slice(start + tag.length, end) };
      }
    }
    const digits = /^\$[\p{L}\p{N}_.]+/u.exec(text.slice(start, start + 64))?.[0];
    if (digits === undefined) return null;
    this.#at = start + digits.length;
    return { kind: 'number', text: digits };
  }

  /** Hive and Spark: `${name}` stands for text; together with what it touches it is taken for one word. */
  #substitution(start: number): { readonly kind: TokenKind; readonly text: string } {
    const found = /^(?:\$\{[^}]*\}|[\p{L}\p{N}_])+/u.exec(this.#text.slice(start, start + 256))?.[0] ?? '$';
    this.#at = start + found.length;
    return { kind: 'word', text: found.toUpperCase() };
  }

  /** `{{ jinja }}`, `{% jinja %}`: never rendered, one piece. */
  #template(start: number): { readonly kind: TokenKind; readonly text: string } {
    const close = this.#text.charAt(start + 1) === '{' ? '}}' : '%}';
    const end = this.#text.indexOf(close, start + 2);
    this.#at = end === -1 ? this.#text.length : end + 2;
    return { kind: 'template', text: this.#text.slice(start, this.#at) };
  }
}

/** The text ends within a quote or comment that nothing closes. */
export function endsOpen(sql: string, dialect: Dialect): boolean {
  const lexer = new Lexer(sql, dialect);
  for (let token = lexer.next(); token.kind !== 'end'; token = lexer.next()) if (token.kind === 'open') return true;
  return false;
}
