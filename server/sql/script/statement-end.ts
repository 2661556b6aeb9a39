import type { ScriptCursor } from './script-cursor.ts';

/**
 * Words that begin a statement in T-SQL, where no semicolon need stand before them. All are reserved there (documentation:
 * "Reserved keywords (Transact-SQL)"), so none can name a column without brackets.
 */
const starters = new Set(
  (
    'SELECT INSERT UPDATE DELETE MERGE EXEC EXECUTE SET IF WHILE BEGIN DECLARE PRINT RETURN DROP CREATE ALTER TRUNCATE RAISERROR THROW ' +
    'USE COMMIT ROLLBACK SAVE OPEN FETCH CLOSE DEALLOCATE WAITFOR GRANT REVOKE DENY GOTO BREAK CONTINUE ELSE END BULK BACKUP RESTORE'
  ).split(' '),
);

/** What DROP and ALTER as statements of their own name. */
const ownObjects =
  /^(?:TABLE|VIEW|PROCEDURE|PROC|FUNCTION|SCHEMA|DATABASE|TRIGGER|TYPE|USER|ROLE|SEQUENCE|LOGIN|SYNONYM)$/;

/** What has no query of its own: behind it SELECT begins the next statement. */
const plainObjects = /^(?:TABLE|INDEX|STATISTICS|TYPE|SCHEMA|SEQUENCE|USER|ROLE|LOGIN|SYNONYM|DATABASE)$/;

/** Follows one statement without semicolons and tells where the next begins. */
export class LooseStatement {
  #first: string;
  #hasBody = false;
  #hasSet = false;
  /** CREATE or ALTER of something that holds no query, until an AS is there. */
  #isPlain = false;
  #previous = '';

  constructor(first: string) {
    this.#first = first;
    this.#hasBody = first === 'SELECT';
    this.#previous = first;
  }

  /** Notes a piece taken outside of parentheses. */
  took(word: string): void {
    if (this.#first === 'WITH' && /^(?:INSERT|UPDATE|DELETE|MERGE)$/.test(word)) {
      // Behind its CTEs the statement goes on as what it is.
      this.#first = word;
      this.#previous = word;
      return;
    }
    if (/^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|EXEC|EXECUTE|VALUES)$/.test(word)) this.#hasBody = true;
    if (word === 'SET') this.#hasSet = true;
    if (word === 'STATISTICS' && this.#first === 'UPDATE') this.#first = word;
    if (/^(?:CREATE|ALTER)$/.test(this.#first)) {
      if (plainObjects.test(word)) this.#isPlain = true;
      else if (word === 'AS') this.#isPlain = false;
    }
    this.#previous = word;
  }

  /** `WITH name AS (` behind a statement that has no CTEs of its own; hints are `WITH (…)`. */
  #startsCtes(cursor: ScriptCursor): boolean {
    if (/^(?:CREATE|ALTER|INSERT|WITH|)$/.test(this.#first) || this.#previous === 'AS') return false;
    return cursor.peek(2).text === 'AS' && cursor.isSymbol('(', 3);
  }

  /** True when the piece that stands here begins the next statement. */
  endsBefore(cursor: ScriptCursor): boolean {
    const { kind, text } = cursor.peek();
    const previous = this.#previous;
    if (kind === 'word' && text === 'WITH') return this.#startsCtes(cursor);
    if (kind !== 'word' || !starters.has(text)) return false;
    switch (text) {
      case 'SELECT':
        if (!this.#isPlain && /^(?:UNION|ALL|EXCEPT|INTERSECT|AS|FOR)$/.test(previous)) return false;
        return this.#hasBody || this.#isPlain || !/^(?:INSERT|WITH|CREATE|ALTER|DECLARE)$/.test(this.#first);
      case 'INSERT':
      case 'UPDATE':
      case 'DELETE':
      case 'MERGE':
        // `SET NOCOUNT ON UPDATE t …` are two, `ON DELETE CASCADE` is a part of one.
        if (previous === 'ON' && this.#first === 'SET') return true;
        if (/^(?:THEN|ON|FOR|AFTER|OF|OR|,|INSTEAD|GRANT|REVOKE|DENY|BULK)$/.test(previous)) return false;
        return !(this.#first === 'WITH' && !this.#hasBody);
      case 'SET':
        return !(
          (this.#first === 'UPDATE' && !this.#hasSet) ||
          (previous === 'UPDATE' && this.#first !== 'DECLARE') ||
          (this.#first === 'ALTER' && !cursor.peek(1).text.startsWith('@')) ||
          (this.#first === 'WITH' && !this.#hasBody)
        );
      case 'EXEC':
      case 'EXECUTE':
        return !(this.#first === 'INSERT' && !this.#hasBody) && previous !== 'WITH';
      case 'IF':
        return !/^(?:TABLE|VIEW|PROCEDURE|PROC|FUNCTION|SCHEMA|INDEX|DATABASE|CONSTRAINT|COLUMN|TRIGGER|TYPE|USER|ROLE|SEQUENCE)$/.test(
          previous,
        );
      case 'DROP':
      case 'ALTER':
        // `ALTER TABLE t DROP COLUMN a` goes on, `ALTER TABLE t ADD a INT DROP TABLE u` does not.
        return previous !== 'OR' && (this.#first !== 'ALTER' || ownObjects.test(cursor.peek(1).text));
      case 'CREATE':
        return previous !== 'OR' && previous !== 'GRANT';
      case 'FETCH':
        return !/^(?:ROWS|ROW)$/.test(previous);
      default:
        return true;
    }
  }
}
