import { LooseStatement } from './statement-end.ts';
import { readDeclaration, readParameters, readTransactDeclare } from './read-declarations.ts';
import { ScriptCursor } from './script-cursor.ts';
import type { Dialect } from '../dialect/dialects.ts';
import type { Step } from './steps.ts';

/**
 * Takes a script apart: statements at their semicolons (or without them in T-SQL, and at GO), blocks, loops, conditions and
 * handlers of procedural SQL taken off, the bodies of procedures and functions read as scripts of their own.
 */
export function readScript(sql: string, dialect: Dialect): readonly Step[] {
  return new ScriptReader(sql, dialect, false).read();
}

const blockEnds = new Set(['IF', 'LOOP', 'WHILE', 'CASE', 'REPEAT', 'FOR', 'TRY', 'CATCH']);
const skippedWords = new Set(['LOOP', 'REPEAT', 'THEN', 'ELSE', 'EXCEPTION', 'DO', 'TRY', 'CATCH', 'ATOMIC']);
/** Statements that only steer or report. */
const controls = new Set(
  (
    'EXIT LEAVE CONTINUE ITERATE BREAK GOTO NULL RAISE RAISERROR THROW PRINT CLOSE DEALLOCATE COMMIT ROLLBACK SAVE SAVEPOINT SIGNAL RESIGNAL ' +
    'ASSERT GET PRAGMA WAITFOR USE GO DELIMITER UNTIL'
  ).split(' '),
);

class ScriptReader {
  readonly #cursor: ScriptCursor;
  readonly #dialect: Dialect;
  readonly #steps: Step[] = [];
  /** Inside a routine's body or a block: control words mean control. */
  #procedural: boolean;
  #declaring = false;
  /** Branches around this place: what is assigned here may not have been. */
  #branches = 0;

  constructor(sql: string, dialect: Dialect, procedural: boolean) {
    this.#cursor = new ScriptCursor(sql, dialect);
    this.#dialect = dialect;
    this.#procedural = procedural;
  }

  read(): readonly Step[] {
    while (!this.#cursor.atEnd) this.#step();
    return this.#steps;
  }

  #step(): void {
    const cursor = this.#cursor;
    const token = cursor.peek();
    if (token.kind === 'symbol' && (token.text === ';' || token.text === '/')) {
      cursor.next();
      return;
    }
    if (token.kind === 'symbol' && token.text === '<' && cursor.isSymbol('<', 1)) return this.#skipLabel();
    if (token.kind === 'symbol' && token.text === '<<') return this.#skipLabel();
    if (token.kind === 'word' && token.text === 'GO' && token.lineStart && this.#dialect.looseStatements)
      return void cursor.next();
    if (token.kind === 'word' && cursor.isSymbol(':', 1) && !cursor.peek(1).spaced && this.#procedural) {
      cursor.next();
      cursor.next();
      return;
    }
    if (this.#declaring) return this.#declaration();
    if (token.kind === 'word') {
      const own = Object.hasOwn(this.#words, token.text) ? this.#words[token.text] : undefined;
      if (own !== undefined && own.call(this)) return;
      if (this.#procedural && controls.has(token.text)) return this.#skipStatement();
      if (this.#procedural && skippedWords.has(token.text)) return void cursor.next();
    }
    if (this.#procedural && this.#isAssignment()) return this.#assignment();
    this.#statement();
  }

  /** How each first word is read; false: it was no more than a statement's first word. */
  readonly #words: Readonly<Record<string, () => boolean>> = {
    BEGIN: () => this.#begin(),
    END: () => this.#end(),
    DECLARE: () => this.#declare(),
    CREATE: () => this.#create(),
    ALTER: () => this.#create(),
    IF: () => this.#condition(),
    ELSIF: () => this.#condition(),
    ELSEIF: () => this.#condition(),
    WHILE: () => this.#condition(),
    ELSE: () => this.#otherwise(),
    WHEN: () => this.#when(),
    CASE: () => this.#caseStatement(),
    FOR: () => this.#forLoop(),
    FOREACH: () => this.#forLoop(),
    LET: () => this.#let(),
    SET: () => this.#set(),
    RETURN: () => this.#return(),
    OPEN: () => this.#open(),
    FETCH: () => this.#fetch(),
    EXECUTE: () => this.#execute(),
    EXEC: () => this.#execute(),
    PREPARE: () => this.#prepare(),
    PERFORM: () => this.#perform(),
    CALL: () => this.#call(),
    DO: () => this.#anonymous(),
    PROCEDURE: () => this.#nestedRoutine(),
    FUNCTION: () => this.#nestedRoutine(),
  };

  #skipLabel(): void {
    const cursor = this.#cursor;
    while (!cursor.atEnd && !cursor.isSymbol('>') && !cursor.isSymbol('>>')) cursor.next();
    while (cursor.isSymbol('>') || cursor.isSymbol('>>')) cursor.next();
  }

  #skipStatement(): void {
    if (this.#dialect.looseStatements) this.#take();
    else this.#cursor.toSemicolon();
  }

  /** Text of one statement, from here to its end. */
  #take(): string {
    const cursor = this.#cursor;
    if (!this.#dialect.looseStatements) return cursor.toSemicolon();
    const first = cursor.peek();
    const loose = new LooseStatement(first.kind === 'word' ? first.text : '');
    let isFirst = true;
    const text = cursor.until((at) => {
      const token = at.peek();
      if (isFirst) {
        isFirst = false;
        return false;
      }
      if (at.isSymbol(';') || (token.kind === 'word' && token.text === 'GO' && token.lineStart) || loose.endsBefore(at))
        return true;
      loose.took(token.kind === 'word' || token.text === ',' ? token.text : '');
      return false;
    });
    cursor.takeSymbol(';');
    return text;
  }

  #statement(): void {
    const sql = this.#take();
    if (sql.trim() === '') this.#cursor.next();
    else this.#steps.push({ kind: 'statement', sql });
  }

  #begin(): boolean {
    const cursor = this.#cursor;
    const next = cursor.peek(1);
    const isTransaction =
      next.kind === 'end' ||
      next.text === ';' ||
      /^(?:TRAN|TRANSACTION|WORK|DISTRIBUTED|ISOLATION|READ|DEFERRED|IMMEDIATE|EXCLUSIVE|CONCURRENT)$/.test(next.text);
    if (isTransaction && !(this.#procedural && next.text === ';')) {
      this.#skipStatement();
      return true;
    }
    cursor.next();
    if (cursor.is('TRY') || cursor.is('CATCH') || cursor.is('ATOMIC') || cursor.is('NOT', 'ATOMIC')) cursor.next();
    this.#procedural = true;
    return true;
  }

  #end(): boolean {
    const cursor = this.#cursor;
    cursor.next();
    this.#branches = Math.max(0, this.#branches - 1);
    if (cursor.isAny(blockEnds)) cursor.next();
    // `END name;`
    const { kind } = cursor.peek();
    if (
      (kind === 'word' || kind === 'name') &&
      (cursor.isSymbol(';', 1) || cursor.peek(1).kind === 'end') &&
      !this.#dialect.looseStatements
    )
      cursor.next();
    cursor.takeSymbol(';');
    return true;
  }

  #declare(): boolean {
    const cursor = this.#cursor;
    if (this.#dialect.looseStatements) {
      cursor.next();
      this.#steps.push(...readTransactDeclare(cursor, () => this.#take()));
      return true;
    }
    cursor.next();
    this.#procedural = true;
    if (this.#dialect.declareSection) {
      this.#declaring = true;
      return true;
    }
    // MySQL: `DECLARE CONTINUE HANDLER FOR … statement`.
    if ((cursor.is('CONTINUE') || cursor.is('EXIT') || cursor.is('UNDO')) && cursor.peek(1).text === 'HANDLER') {
      while (!cursor.atEnd && !cursor.is('BEGIN') && !cursor.is('SET') && !cursor.isSymbol(';')) cursor.next();
      return true;
    }
    this.#steps.push(...readDeclaration(cursor));
    return true;
  }

  #declaration(): void {
    const cursor = this.#cursor;
    if (cursor.is('BEGIN')) {
      this.#declaring = false;
      cursor.next();
      return;
    }
    if (cursor.is('PROCEDURE') || cursor.is('FUNCTION')) {
      this.#nestedRoutine();
      return;
    }
    if (cursor.is('DECLARE')) return void cursor.next();
    if (cursor.is('END')) {
      this.#declaring = false;
      this.#end();
      return;
    }
    this.#steps.push(...readDeclaration(cursor));
  }

  /** Procedures inside packages and blocks. */
  #nestedRoutine(): boolean {
    const cursor = this.#cursor;
    if (!this.#procedural && !this.#declaring) return false;
    cursor.next();
    cursor.next();
    if (cursor.isSymbol('(')) this.#steps.push(...readParameters(cursor));
    cursor.until((at) => at.isSymbol(';') || at.is('IS') || at.is('AS'));
    if (cursor.takeSymbol(';')) return true;
    cursor.next();
    this.#procedural = true;
    this.#declaring = true;
    return true;
  }

  #create(): boolean {
    const routine = routineAhead(this.#cursor);
    if (routine === null) return false;
    this.#steps.push(this.#readRoutine(routine));
    return true;
  }

  #readRoutine(what: 'procedure' | 'function' | 'trigger' | 'block'): Step {
    const cursor = this.#cursor;
    while (!cursor.isAny(routineWords)) cursor.next();
    const isPackage = cursor.is('PACKAGE');
    cursor.next();
    cursor.take('BODY');
    cursor.take('IF', 'NOT', 'EXISTS');
    const name = this.#name();
    const params: Step[] = cursor.isSymbol('(') ? [...readParameters(cursor)] : [];
    if (this.#dialect.looseStatements && cursor.peek().text.startsWith('@')) params.push(...readParameters(cursor));
    let language = 'sql';
    for (;;) {
      const { kind, text } = cursor.peek();
      if (kind === 'end' || text === ';') {
        cursor.next();
        return { kind: 'routine', name, what, body: [] };
      }
      if (kind === 'word' && text === 'LANGUAGE') {
        cursor.next();
        language = cursor.next().text.toLowerCase();
        continue;
      }
      if (kind === 'word' && (text === 'AS' || text === 'IS') && !cursor.is('AS', 'OWNER')) {
        cursor.next();
        if (cursor.peek().kind === 'string') return this.#stringBody(name, what, params, language);
        if (!isForeign(language)) return this.#openBody(name, what, params, !isPackage || this.#dialect.declareSection);
        continue;
      }
      if (kind === 'word' && (text === 'BEGIN' || text === 'RETURN') && !isForeign(language))
        return this.#openBody(name, what, params, false);
      if (cursor.isSymbol('(')) {
        cursor.until((at) => at.last?.text === ')' || at.isSymbol(';'));
        continue;
      }
      cursor.next();
    }
  }

  #name(): string {
    const cursor = this.#cursor;
    let name = cursor.textOf(cursor.next());
    while (cursor.isSymbol('.') || cursor.isSymbol('-')) {
      const separator = cursor.next().text;
      name += `${separator}${cursor.textOf(cursor.next())}`;
    }
    return name;
  }

  /** `AS $$ … $$`, `AS '…'`: the language may stand before or behind. */
  #stringBody(
    name: string,
    what: 'procedure' | 'function' | 'trigger' | 'block',
    params: readonly Step[],
    before: string,
  ): Step {
    const cursor = this.#cursor;
    const text = cursor.next().text;
    let language = before;
    const rest = cursor.until((at) => at.isSymbol(';') || (at.is('LANGUAGE') && at.peek(1).kind !== 'end'));
    if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
    cursor.toSemicolon();
    if (isForeign(language) || /\b(?:handler|imports|packages|jar)\b/i.test(rest))
      return { kind: 'routine', name, what, body: [{ kind: 'foreign', language }] };
    const body = new ScriptReader(text, this.#dialect, true).read();
    return { kind: 'routine', name, what, body: [...params, ...body] };
  }

  /** The body stands open in the script, to its END, to GO, or to the end of the text. */
  #openBody(
    name: string,
    what: 'procedure' | 'function' | 'trigger' | 'block',
    params: readonly Step[],
    section: boolean,
  ): Step {
    const inner = new ScriptReader('', this.#dialect, true);
    const from = this.#cursor.peek().start;
    const end = this.#bodyEnd();
    const body = new ScriptReader(this.#cursor.sql.slice(from, end), this.#dialect, true);
    body.#declaring =
      section &&
      this.#dialect.declareSection &&
      !/^(?:BEGIN|SELECT|RETURN|WITH|INSERT|UPDATE|DELETE|MERGE)$/.test(this.#firstWord(from));
    void inner;
    return { kind: 'routine', name, what, body: [...params, ...body.read()] };
  }

  #firstWord(from: number): string {
    return new ScriptCursor(this.#cursor.sql.slice(from, from + 200), this.#dialect).peek().text;
  }

  /** Takes the body's pieces; gives the place behind the last of them. */
  #bodyEnd(): number {
    const cursor = this.#cursor;
    let depth = 0;
    let seenBegin = false;
    let end = cursor.peek().start;
    while (!cursor.atEnd) {
      const token = cursor.peek();
      if (token.kind === 'word') {
        if (token.text === 'GO' && token.lineStart && this.#dialect.looseStatements) break;
        if (token.text === 'BEGIN' && !isTransaction(cursor)) {
          depth += 1;
          seenBegin = true;
        } else if (token.text === 'CASE') depth += 1;
        else if (this.#opensBlock(cursor)) depth += 1;
        else if (token.text === 'END') {
          depth -= 1;
          cursor.next();
          end = token.end;
          if (cursor.isAny(blockEnds) && !cursor.peek().lineStart) cursor.next();
          if (depth <= 0 && seenBegin && !this.#dialect.looseStatements) {
            const named = cursor.peek();
            if ((named.kind === 'word' || named.kind === 'name') && cursor.isSymbol(';', 1)) cursor.next();
            cursor.takeSymbol(';');
            return end;
          }
          continue;
        }
      }
      if (
        !seenBegin &&
        depth === 0 &&
        cursor.isSymbol(';') &&
        !this.#dialect.declareSection &&
        !this.#dialect.looseStatements
      ) {
        end = cursor.next().end;
        return end;
      }
      end = cursor.next().end;
    }
    return end;
  }

  /** `IF … THEN`, `LOOP`, `REPEAT` … end with `END IF`, `END LOOP`, which close them. */
  #opensBlock(cursor: ScriptCursor): boolean {
    if (this.#dialect.looseStatements) return false;
    const { text } = cursor.peek();
    const before = cursor.last?.text ?? ';';
    if (text === 'LOOP' || text === 'REPEAT') return before !== 'END' && !cursor.isSymbol('(', 1);
    if (text === 'IF')
      return /^(?:;|THEN|ELSE|BEGIN|LOOP|DO|REPEAT|IS|AS)$/.test(before) && !cursor.isSymbol('(', 1)
        ? true
        : /^(?:;|THEN|ELSE|BEGIN|LOOP|DO|REPEAT)$/.test(before);
    // MySQL and BigQuery: `WHILE … DO … END WHILE`, `FOR … DO … END FOR`; with LOOP the word LOOP counts.
    return (
      text === 'DO' &&
      before !== ';' &&
      !/^(?:CONFLICT|ON)$/.test(before) &&
      cursor.peek(1).text !== 'UPDATE' &&
      cursor.peek(1).text !== 'NOTHING'
    );
  }

  #condition(): boolean {
    const cursor = this.#cursor;
    if (!this.#procedural && !this.#dialect.looseStatements && !this.#isControl()) return false;
    cursor.next();
    this.#procedural = true;
    this.#branches += 1;
    if (this.#dialect.looseStatements) {
      const loose = new LooseStatement('IF');
      cursor.until(
        (at) => (loose.endsBefore(at) && !(at.peek().text === 'UPDATE' && at.isSymbol('(', 1))) || at.isSymbol(';'),
      );
      return true;
    }
    cursor.until((at) => at.is('THEN') || at.is('LOOP') || at.is('DO') || at.isSymbol(';'));
    cursor.next();
    return true;
  }

  /** Outside of a body, IF opens a script's block only where THEN follows (BigQuery, Snowflake). */
  #isControl(): boolean {
    for (let ahead = 1; ahead < 400; ahead++) {
      const { kind, text } = this.#cursor.peek(ahead);
      if (kind === 'end' || text === ';') return false;
      if (kind === 'word' && (text === 'THEN' || text === 'LOOP' || text === 'DO')) return true;
    }
    return false;
  }

  #otherwise(): boolean {
    this.#cursor.next();
    return true;
  }

  #when(): boolean {
    if (!this.#procedural) return false;
    const cursor = this.#cursor;
    cursor.next();
    cursor.until((at) => at.is('THEN') || at.isSymbol(';'));
    cursor.next();
    return true;
  }

  #caseStatement(): boolean {
    if (!this.#procedural) return false;
    const cursor = this.#cursor;
    cursor.next();
    cursor.until((at) => at.is('WHEN') || at.isSymbol(';'));
    return true;
  }

  #forLoop(): boolean {
    const cursor = this.#cursor;
    if (!this.#procedural && !this.#isControl()) return false;
    cursor.next();
    this.#procedural = true;
    this.#branches += 1;
    const name = this.#name();
    while (cursor.takeSymbol(',')) this.#name();
    // Db2 and MySQL-like: `FOR v AS c CURSOR FOR SELECT … DO`.
    if (cursor.take('AS')) cursor.until((at) => at.is('FOR') || at.is('SELECT') || at.is('DO'));
    if (!cursor.take('IN')) cursor.take('FOR');
    cursor.take('REVERSE');
    if (cursor.take('SLICE')) cursor.next();
    const isDynamic = cursor.take('EXECUTE');
    cursor.take('IMMEDIATE');
    cursor.take('ARRAY');
    const value = cursor.until((at) => at.is('LOOP') || at.is('DO') || at.isSymbol(';'));
    cursor.next();
    if (isDynamic)
      this.#steps.push(
        { kind: 'declare', names: [name] },
        { kind: 'dynamic', value: value.split(/\busing\b/i)[0] ?? '', into: [] },
      );
    else if (/^[\s(]*(?:select|with|values)\b/i.test(value)) this.#steps.push({ kind: 'record', name, query: value });
    else if (/^[\s:]*[\w.$]+\s*(?:\(.*\))?\s*$/s.test(value))
      this.#steps.push({
        kind: 'record-of',
        name,
        cursor: value
          .trim()
          .replace(/^:/, '')
          .replace(/\s*\(.*$/s, ''),
      });
    else this.#steps.push({ kind: 'declare', names: [name] });
    return true;
  }

  /** Snowflake: `LET x NUMBER := 1`, `LET c CURSOR FOR SELECT …`, `LET rs RESULTSET := (SELECT …)`. */
  #let(): boolean {
    this.#cursor.next();
    this.#procedural = true;
    this.#steps.push(...readDeclaration(this.#cursor));
    return true;
  }

  #isAssignment(): boolean {
    const cursor = this.#cursor;
    const { kind } = cursor.peek();
    if (kind !== 'word' && kind !== 'name' && !cursor.isSymbol(':')) return false;
    for (let ahead = cursor.isSymbol(':') ? 2 : 1; ahead < 12; ahead++) {
      const { text, kind: next } = cursor.peek(ahead);
      if (text === ':=') return true;
      if (text === '=' && ahead === 1 && this.#dialect.declareSection) return true;
      if (next === 'end' || text === ';' || text === '(') return false;
      if (text !== '.' && text !== '[' && text !== ']' && next !== 'word' && next !== 'name' && next !== 'number')
        return false;
      if (next === 'word' && cursor.peek(ahead - 1).kind === 'word') return false;
    }
    return false;
  }

  #assignment(): void {
    const cursor = this.#cursor;
    const name = cursor.until((at) => at.isSymbol(':=') || at.isSymbol('='));
    cursor.next();
    this.#assign([name.trim().replace(/^:/, '')], cursor.toSemicolon());
  }

  #assign(names: readonly string[], value: string): void {
    this.#steps.push({ kind: 'assign', names, value, conditional: this.#branches > 0 });
  }

  #set(): boolean {
    const cursor = this.#cursor;
    const next = cursor.peek(1);
    const isVariable =
      next.kind === 'word' && (next.text.startsWith('@') || cursor.isSymbol('=', 2) || cursor.isSymbol(':=', 2));
    const isTuple = cursor.isSymbol('(', 1);
    if (!isVariable && !isTuple) {
      this.#take();
      return true;
    }
    cursor.next();
    if (isTuple) {
      cursor.next();
      const names = cursor
        .until((at) => at.isSymbol(')'))
        .split(',')
        .map((name) => name.trim());
      cursor.next();
      cursor.next();
      this.#assign(names, this.#dialect.looseStatements ? this.#takeValue() : cursor.toSemicolon());
      return true;
    }
    do {
      if (cursor.is('GLOBAL') || cursor.is('SESSION') || cursor.is('LOCAL')) cursor.next();
      const name = cursor.textOf(cursor.next());
      while (!cursor.atEnd && /^[-+*/%.]$/.test(cursor.peek().text)) cursor.next();
      if (!cursor.takeSymbol('=') && !cursor.takeSymbol(':=')) {
        this.#take();
        return true;
      }
      const value = this.#dialect.looseStatements
        ? this.#takeValue()
        : cursor.until((at) => at.isSymbol(';') || at.isSymbol(','));
      this.#assign([name], value);
    } while (cursor.takeSymbol(','));
    cursor.takeSymbol(';');
    return true;
  }

  #takeValue(): string {
    const cursor = this.#cursor;
    const loose = new LooseStatement('');
    const text = cursor.until((at) => at.isSymbol(';') || loose.endsBefore(at) || (at.is('GO') && at.peek().lineStart));
    cursor.takeSymbol(';');
    return text;
  }

  #return(): boolean {
    if (!this.#procedural) return false;
    const cursor = this.#cursor;
    cursor.next();
    if (cursor.take('QUERY')) {
      if (cursor.take('EXECUTE'))
        this.#steps.push({
          kind: 'dynamic',
          value: (cursor.toSemicolon().split(/\busing\b/i)[0] ?? '').trim(),
          into: [],
        });
      else this.#statement();
      return true;
    }
    if (cursor.is('TABLE') && cursor.isSymbol('(', 1)) cursor.next();
    const value = this.#dialect.looseStatements ? this.#takeValue() : cursor.toSemicolon();
    if (/^[\s(]*(?:select|with)\b/i.test(value)) this.#steps.push({ kind: 'statement', sql: value });
    return true;
  }

  #open(): boolean {
    if (!this.#procedural) return false;
    const cursor = this.#cursor;
    cursor.next();
    const name = this.#name();
    const value = cursor.toSemicolon();
    const query = /^\s*for\s+(.*)$/is.exec(value)?.[1];
    if (query === undefined) return true;
    if (/^[\s(]*(?:select|with)\b/i.test(query)) this.#steps.push({ kind: 'record', name, query });
    else
      this.#steps.push({
        kind: 'dynamic',
        value: query.replace(/^\s*execute\s+/i, '').split(/\busing\b/i)[0] ?? '',
        into: [],
      });
    return true;
  }

  #fetch(): boolean {
    if (!this.#procedural && !this.#dialect.looseStatements) return false;
    const text = this.#take();
    const found =
      /^fetch\s+(?:next\s+|prior\s+|first\s+|last\s+|absolute\s+\S+\s+|relative\s+\S+\s+)?(?:from\s+|in\s+)?([\w@#$.":]+)\s+(?:bulk\s+collect\s+)?into\s+(.*)$/is.exec(
        text,
      );
    const [, cursor, into] = found ?? [];
    if (cursor !== undefined && into !== undefined)
      this.#steps.push({
        kind: 'fetch',
        cursor: cursor.replaceAll(/[":]/g, ''),
        into: into.split(',').map((name) => name.trim().replace(/^:/, '').replace(/\s.*$/s, '')),
      });
    return true;
  }

  /** EXECUTE IMMEDIATE, EXEC (…), sp_executesql, EXECUTE of a prepared statement, EXEC of a procedure. */
  #execute(): boolean {
    const cursor = this.#cursor;
    cursor.next();
    if (cursor.take('IMMEDIATE')) {
      const parts = /^(.*?)(?:\s+(?:bulk\s+collect\s+)?into\s+([^;]*?))?(?:\s+using\b.*)?$/is.exec(
        cursor.toSemicolon(),
      );
      const into = (parts?.[2] ?? '')
        .split(',')
        .map((name) => name.trim().replace(/^:/, ''))
        .filter((name) => name !== '');
      this.#steps.push({ kind: 'dynamic', value: parts?.[1] ?? '', into });
      return true;
    }
    if (cursor.isSymbol('(')) {
      const text = this.#dialect.looseStatements ? this.#takeValue() : cursor.toSemicolon();
      this.#steps.push({ kind: 'dynamic', value: text.replace(/\)\s*(?:at|as)\b.*$/is, ')'), into: [] });
      return true;
    }
    const text = this.#dialect.looseStatements ? this.#takeValue() : cursor.toSemicolon();
    const dynamic = /^(?:@\w+\s*=\s*)?(?:\w+\.)*\[?sp_executesql\]?\s+(?:@\w+\s*=\s*)?(.*)$/is.exec(text)?.[1];
    if (dynamic !== undefined)
      this.#steps.push({ kind: 'dynamic', value: firstArgument(dynamic, this.#dialect), into: [] });
    else if (this.#procedural && !this.#dialect.looseStatements && !/^[\w.]+\s*$/.test(text))
      this.#steps.push({ kind: 'dynamic', value: text.split(/\b(?:into|using)\b/i)[0] ?? '', into: [] });
    else {
      const name = /^(?:@\w+\s*=\s*)?([\w.@#$[\]"]+)/.exec(text)?.[1] ?? '';
      this.#steps.push(this.#dialect.looseStatements ? { kind: 'call', name } : { kind: 'execute', name });
    }
    return true;
  }

  #prepare(): boolean {
    const cursor = this.#cursor;
    const text = cursor.toSemicolon();
    const found = /^prepare\s+([\w"`]+)\s*(?:\([^)]*\)\s*)?(from|as)\s+(.*)$/is.exec(text);
    const [, name, word, value] = found ?? [];
    if (name === undefined || value === undefined) return true;
    if (word?.toLowerCase() === 'as') this.#steps.push({ kind: 'statement', sql: value });
    else this.#steps.push({ kind: 'prepare', name, value });
    return true;
  }

  #perform(): boolean {
    if (!this.#procedural) return false;
    this.#cursor.next();
    this.#steps.push({ kind: 'statement', sql: `SELECT ${this.#cursor.toSemicolon()}` });
    return true;
  }

  #call(): boolean {
    this.#cursor.next();
    const name = this.#name();
    this.#cursor.toSemicolon();
    this.#steps.push({ kind: 'call', name });
    return true;
  }

  /** PostgreSQL: `DO $$ … $$`. */
  #anonymous(): boolean {
    const cursor = this.#cursor;
    if (cursor.peek(1).kind !== 'string' && !cursor.is('DO', 'LANGUAGE')) return false;
    cursor.next();
    let language = 'plpgsql';
    if (cursor.take('LANGUAGE')) language = cursor.next().text.toLowerCase();
    const text = cursor.next().text;
    cursor.toSemicolon();
    if (isForeign(language)) this.#steps.push({ kind: 'foreign', language });
    else
      this.#steps.push({
        kind: 'routine',
        name: '',
        what: 'block',
        body: new ScriptReader(text, this.#dialect, true).read(),
      });
    return true;
  }
}

const routineWords = new Set(['PROCEDURE', 'PROC', 'FUNCTION', 'TRIGGER', 'PACKAGE', 'TASK']);

function routineAhead(cursor: ScriptCursor): 'procedure' | 'function' | 'trigger' | null {
  for (let ahead = 1; ahead < 8; ahead++) {
    const { kind, text } = cursor.peek(ahead);
    if (kind !== 'word') {
      // MySQL: DEFINER = `user`@`host`
      if (text === '=' || kind === 'name' || text === '@') continue;
      return null;
    }
    if (text === 'TASK') return null;
    if (text === 'TRIGGER') return 'trigger';
    if (text === 'FUNCTION') return 'function';
    if (text === 'PROCEDURE' || text === 'PROC' || text === 'PACKAGE') return 'procedure';
    if (text === 'TABLE' && cursor.peek(ahead + 1).text === 'FUNCTION') continue;
    if (text === 'TABLE' || text === 'VIEW' || text === 'INDEX' || text === 'SCHEMA') return null;
  }
  return null;
}

function isTransaction(cursor: ScriptCursor): boolean {
  const next = cursor.peek(1);
  return next.text === ';' || /^(?:TRAN|TRANSACTION|WORK)$/.test(next.text);
}

const sqlLanguages = new Set(['sql', 'plpgsql', 'plsql', 'spl', 'sqlpl', 'tsql', 'nzplsql', 'plvsql']);

function isForeign(language: string): boolean {
  return !sqlLanguages.has(language.replaceAll(/['"]/g, ''));
}

/** The first of several arguments: `N'…', N'@p INT', @p = 1`. */
function firstArgument(text: string, dialect: Dialect): string {
  return new ScriptCursor(text, dialect).until((at) => at.isSymbol(','));
}
