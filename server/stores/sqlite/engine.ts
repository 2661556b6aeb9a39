import type { Clock } from '../../base/clock.ts';
import type { Identities } from './identities.ts';
import type { Connection } from './prepared.ts';

/** What an operation runs on: one connection of one thread. */
export interface Engine {
  readonly connection: Connection;
  readonly ids: Identities;
  readonly clock: Clock;
  /** Does nobody want the answer of what runs any more? */
  readonly isStopped: () => boolean;
}
