import type { Identities } from './identities.ts';
import type { Connection } from './prepared.ts';
import type { WordWriter } from './words.ts';

/** The writing of one batch into an open revision. */
export interface Write {
  readonly connection: Connection;
  readonly ids: Identities;
  /** Written when a transaction ends. */
  readonly words: WordWriter;
  /** The open revision. */
  readonly n: number;
  /** Rows opened and closed so far. */
  readonly counts: { opened: number; closed: number };
  /** Called between rows: ends the transaction and begins another when it has lasted long enough. */
  readonly breathe: () => void;
}
