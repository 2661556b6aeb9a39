import type { Clock } from '../../server/base/clock.ts';
import { createGapNotes, type GapNotes } from '../kit/warehouse/gap-notes.ts';
import type { Budget } from './budget.ts';
import type { BigQueryConfig } from './config.ts';
import { isRefused, type BigQueryRefused } from './failure.ts';
import type { BigQueryPort, QueryOptions } from './port.ts';

/** One use of BigQuery: what its parts share. */
export interface Session extends GapNotes<BigQueryRefused> {
  readonly port: BigQueryPort;
  readonly config: BigQueryConfig;
  readonly namespace: string;
  readonly clock: Clock;
  readonly source: string;
  readonly budget: Budget;
  /** All rows of a query. */
  rows(sql: string, location: string, signal: AbortSignal, parameters?: Parameters): Promise<readonly unknown[]>;
}

type Parameters = NonNullable<QueryOptions['parameters']>;

/** Begins a use of BigQuery: nothing is asked yet. */
export function createSession(given: {
  readonly port: BigQueryPort;
  readonly config: BigQueryConfig;
  readonly clock: Clock;
  readonly source: string;
  readonly budget: Budget;
}): Session {
  const { port } = given;
  return {
    ...given,
    ...createGapNotes(isRefused),
    namespace: given.config.namespace,
    async rows(sql, location, signal, parameters) {
      const found: unknown[] = [];
      const options = { location, ...(parameters === undefined ? {} : { parameters }) };
      for await (const page of port.query(sql, options, signal)) found.push(...page);
      return found;
    },
  };
}
