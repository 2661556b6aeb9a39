/** What the port asks of the process that holds the files. */
export type DuckdbRequest =
  | { readonly id: number; readonly type: 'open'; readonly files: readonly DuckdbFile[]; readonly memoryMb: number }
  | {
      readonly id: number;
      readonly type: 'query';
      readonly sql: string;
      readonly params: readonly (string | number)[];
    }
  /** The tables that each query names, as it names them: one row a query, `names`. */
  | { readonly id: number; readonly type: 'names'; readonly queries: readonly string[] };

export interface DuckdbFile {
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  readonly encryptionKey: string | null;
}

/** Why something failed, without DuckDB's own text: that can quote values. */
export type DuckdbProblem =
  | 'absent'
  | 'locked'
  | 'corrupt'
  | 'newer'
  | 'encrypted'
  | 'wrong-key'
  | 'no-rights'
  | 'memory'
  | 'outside'
  | 'no-engine'
  | 'failed';

export type DuckdbAnswer =
  | { readonly id: number; readonly type: 'rows'; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  /** `file`: the name of the database that it was about. */
  | { readonly id: number; readonly type: 'problem'; readonly problem: DuckdbProblem; readonly file: string | null };
