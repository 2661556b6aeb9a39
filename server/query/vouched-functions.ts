import type { Effect } from '../model/treatment.ts';
import type { EdgeRecord } from '../stores/graph/graph-store.ts';

type Carrier = Pick<EdgeRecord, 'fn' | 'effect'>;

/** A function of the team, and who answers for it. */
export interface VouchedFunction {
  readonly name: string;
  readonly by: string;
  /** The last day, in UTC. */
  readonly until: string;
}

/** What edges do to a value by the rules that a revision was derived with, and whose word that is. */
export interface VouchedFunctions {
  effectOf(edge: Carrier): Effect;
  on(edge: Carrier): readonly VouchedFunction[];
  /** Regulations under which the edge does something else. */
  under(edge: Carrier): ReadonlyMap<string, Effect>;
}

/** Where nobody vouches for anything: what the source or the SQL room says. */
export const nobodyVouches: VouchedFunctions = {
  effectOf: ({ effect }) => effect,
  on: () => [],
  under: () => new Map(),
};
