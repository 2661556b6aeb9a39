import type { Clock } from '../../server/base/clock.ts';
import { LexlineError } from '../../server/base/errors.ts';

/** What a warehouse costs. */
export interface Rate {
  readonly perHour: number;
  /** How long it goes on by itself after the last statement. */
  readonly idleSeconds: number;
  /** `X-Small`; null where nobody could say. */
  readonly size: string | null;
}

/** Credits an hour of a standard warehouse, by Snowflake's price list. */
const bySize: Readonly<Record<string, number>> = {
  XSMALL: 1,
  SMALL: 2,
  MEDIUM: 4,
  LARGE: 8,
  XLARGE: 16,
  '2XLARGE': 32,
  '3XLARGE': 64,
  '4XLARGE': 128,
  '5XLARGE': 256,
  '6XLARGE': 512,
};
/** A warehouse that resumes costs at least this long. */
const leastSeconds = 60;
/** When nobody says how long it idles: the preset of CREATE WAREHOUSE. */
export const usualIdleSeconds = 600;

/** A row of SHOW WAREHOUSES. Memory-optimised ones cost half as much again, those of the second generation up to 1.35 times. */
export function rateOf(row: {
  readonly size: string | null;
  readonly type: string | null;
  readonly auto_suspend: number | null;
  readonly resource_constraint: string | null;
}): Rate | null {
  const perHour = bySize[(row.size ?? '').replaceAll(/[^A-Za-z0-9]/gu, '').toUpperCase()];
  if (perHour === undefined) return null;
  const optimised = /SNOWPARK/iu.test(row.type ?? '') ? 1.5 : 1;
  const generation = /GEN_?2/iu.test(row.resource_constraint ?? '') ? 1.35 : 1;
  return {
    perHour: perHour * optimised * generation,
    idleSeconds: row.auto_suspend ?? usualIdleSeconds,
    size: row.size,
  };
}

/** Counts what a read may have cost at most: the warehouse is taken to run from the first statement to the last, and to idle after it. */
export interface Meter {
  /** Before a statement. Fails with CONNECTOR_BUDGET_SPENT when the limit would be passed. */
  admit(): void;
  readonly statements: number;
  spent(): number;
}

export function createMeter(options: {
  readonly rate: Rate;
  readonly maxCredits: number;
  readonly clock: Clock;
  readonly source: string;
}): Meter {
  const { rate, maxCredits, clock, source } = options;
  let began: number | null = null;
  let statements = 0;
  const spent = (): number => {
    if (began === null) return 0;
    const seconds = Math.max(leastSeconds, (clock.now() - began) / 1000) + rate.idleSeconds;
    return (seconds / 3600) * rate.perHour;
  };
  return {
    admit() {
      began ??= clock.now();
      if (spent() > maxCredits)
        throw new LexlineError(
          'CONNECTOR_BUDGET_SPENT',
          `[connectors/snowflake] source "${source}": this read may have cost ${spent().toFixed(3)} credits, and maxCredits is ${maxCredits}; what was read stands, the next sync goes on with the rest`,
          { remedy: 'raise maxCredits, take a smaller warehouse or a shorter AUTO_SUSPEND, or read fewer databases' },
        );
      statements += 1;
    },
    get statements() {
      return statements;
    },
    spent,
  };
}
