import { LexlineError } from '../../server/base/errors.ts';

/** BigQuery bills no query for less, and rounds up to it. */
export const leastBytes = 10 * 1024 * 1024;
const gigabyte = 1024 ** 3;

/** Counts what queries are billed for, and bounds what the next one may be. */
export interface Budget {
  /** What the next query may be billed for at most. Fails with CONNECTOR_BUDGET_SPENT when hardly anything is left. */
  admit(): number;
  /** `billed` null: nothing is billed by the byte, because the project pays for capacity. */
  spend(billed: number | null): void;
  /** For people; null before anything was asked. */
  said(): string | null;
}

/** The budget of one use of a source: `maxGigabytes` for all its queries, `perQuery` for each; both of 2^30 bytes. */
export function createBudget(options: {
  readonly maxGigabytes: number;
  readonly perQuery: number;
  readonly source: string;
}): Budget {
  const limit = options.maxGigabytes * gigabyte;
  let spent = 0;
  let queries = 0;
  let byCapacity = 0;
  return {
    admit() {
      const left = limit - spent;
      if (left < 2 * leastBytes)
        throw new LexlineError(
          'CONNECTOR_BUDGET_SPENT',
          `[connectors/bigquery] source "${options.source}": queries were billed for ${sizeOf(spent)}, and maxGigabytesBilled is ${options.maxGigabytes}; what was read stands, the next sync goes on with the rest`,
          { remedy: 'raise maxGigabytesBilled, or read fewer datasets' },
        );
      return Math.floor(Math.min(left, options.perQuery * gigabyte));
    },
    spend(billed) {
      queries += 1;
      if (billed === null) byCapacity += 1;
      else spent += billed;
    },
    said() {
      if (queries === 0) return null;
      const capacity = byCapacity === 0 ? '' : `; ${byCapacity} of them on capacity, which is not billed by the byte`;
      return `${queries} queries, billed for ${sizeOf(spent)} of at most ${sizeOf(limit)}${capacity}`;
    },
  };
}

/** `120 MB`, `1.5 GB`: by 1,024, as BigQuery bills. */
export function sizeOf(bytes: number): string {
  return bytes < gigabyte ? `${Math.round(bytes / 1024 ** 2)} MB` : `${(bytes / gigabyte).toFixed(1)} GB`;
}
