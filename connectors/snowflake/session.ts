import type { Clock } from '../../server/base/clock.ts';
import type { Gap } from '../../server/model/provenance.ts';
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
export interface Session extends GapNotes {
  readonly port: StatementPort;
  readonly config: SnowflakeConfig;
  readonly namespace: string;
  readonly clock: Clock;
  about(signal: AbortSignal): Promise<About>;
  /** What this use may have cost so far. */
  readonly cost: Cost;
  /** What a statement gives; null where the account refuses it, with the gap that `explain` makes of it noted. */
  optional<T>(work: () => Promise<T>, explain: (refusal: StatementRefused) => Gap): Promise<T | null>;
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
  let known: Promise<About> | null = null;
  const { note, takeNotes } = createGapNotes();
  return {
    ...parts,
    note,
    about(signal) {
      known ??= ask(parts, signal).catch((error: unknown) => {
        known = null;
        throw error;
      });
      return known;
    },
    takeNotes,
    async optional(work, explain) {
      try {
        return await work();
      } catch (error) {
        if (!isRefused(error)) throw error;
        note(explain(error));
        return null;
      }
    },
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
