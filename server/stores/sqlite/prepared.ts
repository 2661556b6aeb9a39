import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A connection that prepares each SQL text once. */
export interface Connection {
  readonly db: DatabaseSync;
  sql(text: string): StatementSync;
  /** The same, with rows as arrays of columns: for the reads that run thousands of times a request. */
  arrays(text: string): StatementSync;
}

export function withStatements(db: DatabaseSync): Connection {
  const prepared = new Map<string, StatementSync>();
  const preparedArrays = new Map<string, StatementSync>();
  return {
    db,
    sql(text) {
      let statement = prepared.get(text);
      if (statement === undefined) {
        statement = db.prepare(text);
        prepared.set(text, statement);
      }
      return statement;
    },
    arrays(text) {
      let statement = preparedArrays.get(text);
      if (statement === undefined) {
        statement = db.prepare(text);
        statement.setReturnArrays(true);
        preparedArrays.set(text, statement);
      }
      return statement;
    },
  };
}

/** Runs `work` in one write transaction. */
export function transaction<T>({ db }: Connection, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
