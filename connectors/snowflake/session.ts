import type { Clock } from '../../server/base/clock.ts';
import { lazily } from '../../server/base/lazily.ts';
import { createGapNotes, type GapNotes } from '../kit/warehouse/gap-notes.ts';
import type { SnowflakeConfig } from './config.ts';
import { isRefused, type StatementRefused } from './failure.ts';
import { parseRows, versionRow, whoRow } from './rows.ts';
import { meteredPort, type Cost } from './metered-port.ts';
import type { StatementPort } from './port.ts';
import { versionSql, whoSql } from './sql.ts';

/** Who answered and as whom. */
export interface About {
  readonly system: string;
  /** `AWS_EU_CENTRAL_1`, without the group of regions that may stand before it. */
  readonly region: string | null;
  readonly user: string;
  readonly role: string;
  /** The account's own clock when it answered, less ours. */
  readonly skewMs: number;
}

/** One use of an account: what its parts share. */
export interface Session extends GapNotes<StatementRefused> {
  readonly port: StatementPort;
  readonly config: SnowflakeConfig;
  readonly namespace: string;
  readonly clock: Clock;
  about(signal: AbortSignal): Promise<About>;
  /** What this use may have cost so far. */
  readonly cost: Cost;
}

export function createSession(given: {
  readonly port: StatementPort;
  readonly config: SnowflakeConfig;
  readonly namespace: string;
  readonly clock: Clock;
  readonly source: string;
}): Session {
  const { port, cost } = meteredPort(given);
  const parts = { port, cost, config: given.config, namespace: given.namespace, clock: given.clock };
  return {
    ...parts,
    ...createGapNotes(isRefused),
    about: lazily((signal: AbortSignal) => ask(parts, signal)),
  };
}

/** A refusal of the second question costs the region, not the read. */
async function ask(
  { port, config, clock }: Pick<Session, 'port' | 'config' | 'clock'>,
  signal: AbortSignal,
): Promise<About> {
  const [first] = parseRows('its version', versionRow, await port.query(versionSql, [], signal));
  const [row] = await port.query(whoSql, [], signal).then(
    (rows) => parseRows('who asks', whoRow, rows),
    (error: unknown) => {
      if (isRefused(error)) return [];
      throw error;
    },
  );
  return {
    system: `Snowflake ${first?.version ?? ''}`.trim(),
    region: row?.region?.split('.').at(-1) ?? null,
    user: row?.user_name ?? port.who,
    role: row?.role_name ?? config.role ?? '',
    skewMs: row?.now_ms === null || row?.now_ms === undefined ? 0 : row.now_ms - clock.now(),
  };
}
