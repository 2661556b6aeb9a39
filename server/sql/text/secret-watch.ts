import type { Dialect } from '../dialect/dialect.ts';
import type { Token } from './lexer.ts';

/** Before a line's end everything is a client's word to sign in: SQL*Plus, BTEQ, Db2's CONNECT. */
const signsIn = /^(?:CONN(?:E(?:CT?)?)?|LOGON|LOGMECH|LOGDATA)$/;
/** What a password may stand behind, in statements about whoever signs in. */
const secretWords = /^(?:PASSWORD|PASSWD|PWD|SECRET|REPLACE)$/;
/** Between such a word and the password. */
const between = /^(?:=|:=|\(|AS|IS|VALUES?)$/;
/** Statements about whoever signs in, by their first word and what they are about. */
const aboutAccounts = /^(?:CREATE|ALTER|MODIFY|DROP|GRANT|SET)$/;
const accounts = /^(?:USER|ROLE|LOGIN|GROUP|PROFILE|LINK|SYSTEM|CREDENTIAL|CONNECTION|KEY|CONNECT)$/;

/**
 * Tells passwords that are written without quotation marks, or as a name: `IDENTIFIED BY pw`, Teradata's `PASSWORD = pw`,
 * `CONNECT u/pw@db`. Asked about each piece of a text in turn. Passwords in texts are literals anyway.
 */
export class SecretWatch {
  readonly #signs: ReadonlySet<string>;
  #first = '';
  #isAccount = false;
  #isSigning = false;
  /** Whether the next piece that is no sign of {@link between} is a password. */
  #isNext = false;
  #previous = '';

  constructor(dialect: Dialect) {
    this.#signs = dialect.clientSigns;
  }

  /** True for a piece that is a password, or may be one. */
  hides(token: Token): boolean {
    const { kind, text } = token;
    if (token.lineStart || this.#previous === ';') {
      this.#isSigning = kind === 'symbol' && this.#signs.has(text);
      if (this.#first === '' || this.#previous === ';') {
        this.#first = kind === 'word' ? text : '';
        this.#isAccount = false;
        this.#isNext = false;
      }
      if (kind === 'word' && signsIn.test(text)) {
        this.#isSigning = true;
        this.#previous = text;
        return false;
      }
    }
    const before = this.#previous;
    this.#previous = text;
    if (this.#isSigning) return text !== ';' && !(kind === 'symbol' && this.#signs.has(text));
    if (kind === 'word' && accounts.test(text) && aboutAccounts.test(this.#first)) this.#isAccount = true;
    if (this.#isNext) {
      if (between.test(text)) return false;
      this.#isNext = false;
      return kind !== 'symbol';
    }
    this.#isNext =
      kind === 'word' &&
      ((text === 'BY' && before === 'IDENTIFIED') || (this.#isAccount && secretWords.test(text) && before !== 'OR'));
    return false;
  }
}
