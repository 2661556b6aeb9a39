import type { Actor } from '../model/provenance.ts';
import type { Governance } from './objects.ts';

/** What people know, as the doors ask for it. */
export interface GovernanceRoom {
  /** What stands in the configured folder. Null: none is configured. Fails with CONFIG_INVALID. */
  load(): Promise<Governance | null>;
  /** Makes the graph say what the folder says; null: none is configured. */
  apply(by: {
    readonly actor: Actor;
    readonly signal: AbortSignal;
  }): Promise<{ readonly objects: number; readonly changed: number; readonly revision: number | null } | null>;
  /** What the graph said at revision `n` about an instant. */
  read(n: number, at: string): Promise<Governance>;
}
