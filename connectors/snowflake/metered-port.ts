import type { Clock } from '../../server/base/clock.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { warehouseRow } from './account-rows.ts';
import type { SnowflakeConfig } from './config.ts';
import { createMeter, rateOf, usualIdleSeconds, type Meter, type Rate } from './credits.ts';
import { StatementRefused } from './failure.ts';
import type { StatementPort } from './port.ts';
import { parseRows } from './rows.ts';
import { warehouseSql } from './sql-account.ts';

/** What a use of the account may have cost, for people. */
export interface Cost {
  /** Null before anything was asked. */
  said(): { readonly text: string; readonly gap: Gap | null } | null;
}

/**
 * A port that counts what its statements may cost and stops at `maxCredits`. What the warehouse costs an hour is asked of the
 * account once, by SHOW, which needs no warehouse.
 */
export function meteredPort(given: {
  readonly port: StatementPort;
  readonly config: SnowflakeConfig;
  readonly clock: Clock;
  readonly source: string;
}): { readonly port: StatementPort; readonly cost: Cost } {
  const { port, config, clock, source } = given;
  const { maxCredits } = config;
  let known: { readonly meter: Meter; readonly rate: Rate } | null = null;

  async function meter(signal: AbortSignal): Promise<Meter> {
    if (known === null) {
      const rate = (await askedRate(port, config, signal)) ?? { perHour: 1, idleSeconds: usualIdleSeconds, size: null };
      known ??= { rate, meter: createMeter({ rate, maxCredits, clock, source }) };
    }
    return known.meter;
  }

  return {
    port: {
      who: port.who,
      async query(sql, binds, signal) {
        (await meter(signal)).admit();
        return port.query(sql, binds, signal);
      },
      close: () => port.close(),
    },
    cost: {
      said() {
        if (known === null) return null;
        const { rate, meter: counted } = known;
        const isKnown = rate.size !== null || config.creditsPerHour !== undefined;
        return {
          text: `${counted.statements} ${counted.statements === 1 ? 'statement' : 'statements'} on warehouse ${config.warehouse} (${rate.size ?? 'of unknown size'}, ${rate.perHour} credits an hour): at most about ${counted.spent().toFixed(3)} of ${maxCredits} credits, ${rate.idleSeconds} s of idling included`,
          gap: isKnown ? null : unknownRate(config),
        };
      },
    },
  };
}

async function askedRate(port: StatementPort, config: SnowflakeConfig, signal: AbortSignal): Promise<Rate | null> {
  const { warehouse, creditsPerHour } = config;
  const rows = await port.query(warehouseSql(warehouse), [], signal).catch((error: unknown) => {
    if (error instanceof StatementRefused) return [];
    throw error;
  });
  const row = parseRows('warehouses', warehouseRow, rows).find(
    ({ name }) => name === warehouse || name === warehouse.toUpperCase(),
  );
  const rate = row === undefined ? null : rateOf(row);
  if (creditsPerHour === undefined) return rate;
  return { perHour: creditsPerHour, idleSeconds: rate?.idleSeconds ?? usualIdleSeconds, size: rate?.size ?? null };
}

function unknownRate({ warehouse, role }: SnowflakeConfig): Gap {
  return {
    what: `what warehouse ${warehouse} costs`,
    reason: 'no-rights',
    detail: 'this role cannot see its size: maxCredits is kept as if it were X-Small',
    remedy: `GRANT MONITOR ON WAREHOUSE ${warehouse} TO ROLE ${role ?? '<role>'}; or set creditsPerHour`,
  };
}
