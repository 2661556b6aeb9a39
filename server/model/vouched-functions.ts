import type { Effect } from './treatment.ts';

/** A function that somebody answers for. */
export interface VouchedFunction {
  /** As it was vouched for, in upper case. */
  readonly name: string;
  readonly by: string;
  /** The last day, in UTC. */
  readonly until: string;
}

/** A lineage edge as far as rules look at it. */
export interface Carrier {
  /** Functions applied, innermost first, joined by `>`. */
  readonly fn: string;
  /** By the SQL room or the source. */
  readonly effect: Effect;
}

/** What edges do to a value by the rules that a revision was derived with, and whose word that is. */
export interface VouchedFunctions {
  effectOf(edge: Carrier): Effect;
  /** Functions of the edge that somebody answers for; empty where nobody was asked. */
  on(edge: Carrier): readonly VouchedFunction[];
  /** Regulations under which the edge does something else, each with its effect there. */
  under(edge: Carrier): ReadonlyMap<string, Effect>;
}
