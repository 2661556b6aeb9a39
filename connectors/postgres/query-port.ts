/** One row of an answer, by column name. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * What the connector needs of a PostgreSQL, and no more: a real server by `server-port.ts`, an embedded one by
 * `pglite-port.ts`, recorded answers in tests. Opens on first use. Every failure is a LexlineError that holds neither
 * secret nor value.
 */
export interface QueryPort {
  readonly capabilities: PortCapabilities;
  /** Runs one SQL text of ours with parameters and returns all its rows. */
  query(sql: string, params: readonly unknown[], signal: AbortSignal): Promise<readonly Row[]>;
  /** The rows of one SQL text, `pageRows` at a time, by a cursor in a read-only transaction. Leaving early closes it. */
  pages(sql: string, params: readonly unknown[], pageRows: number, signal: AbortSignal): AsyncIterable<readonly Row[]>;
  close(): Promise<void>;
}

export interface PortCapabilities {
  /** Statement and lock time-outs are kept by the engine. */
  readonly timeouts: boolean;
  /** Rights of roles and statement statistics mean something. */
  readonly manyUsers: boolean;
}
