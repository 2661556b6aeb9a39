import { z } from 'zod';
import type { Clock } from '../../server/base/clock.ts';
import { lazily } from '../../server/base/lazily.ts';
import { rowNumber } from '../kit/parse-rows.ts';
import { createGapNotes, type GapNotes } from '../kit/warehouse/gap-notes.ts';
import type { DatabricksConfig } from './config.ts';
import { isRefused, type StatementRefused } from './failure.ts';
import { ifShown, type DatabricksPort, type Row } from './port.ts';
import { parseRows } from './rows.ts';
import { metastoreSummary } from './shapes.ts';
import { clockSql, part } from './sql.ts';

/** Who answered. */
export interface About {
  readonly system: string;
  /** `us-west-2`; null where it is not told. */
  readonly region: string | null;
}

/** Who asks by SQL, and when it is there. */
interface Now {
  readonly user: string;
  /** The warehouse's clock less ours. */
  readonly skewMs: number;
}

/** One use of a workspace: what its parts share. */
export interface Session extends GapNotes<StatementRefused> {
  readonly port: DatabricksPort;
  readonly config: DatabricksConfig;
  readonly namespace: string;
  readonly clock: Clock;
  about(signal: AbortSignal): Promise<About>;
  now(signal: AbortSignal): Promise<Now>;
  /** All rows of a statement whose order stands, asked for in parts where they are many; at most `rows`. */
  all(
    sql: string,
    parameters: Readonly<Record<string, string>>,
    signal: AbortSignal,
    most?: { readonly rows: number; readonly atOnce: number },
  ): Promise<readonly Row[]>;
}

const nowRow = z.object({ now_ms: rowNumber, user_name: z.string().nullish() });
/** Rows asked for at once: far below the 25 MiB that a result may have. */
export const partSize = 20_000;

/** Begins a use of a workspace: nothing is asked yet. */
export function createSession(given: {
  readonly port: DatabricksPort;
  readonly config: DatabricksConfig;
  readonly namespace: string;
  readonly clock: Clock;
}): Session {
  const { port, clock } = given;
  const about = lazily((signal: AbortSignal) => askAbout(port, signal));
  const now = lazily(async (signal: AbortSignal) => {
    const [row] = parseRows('the time', nowRow, await port.query(clockSql, {}, signal));
    return { user: row?.user_name ?? port.who, skewMs: row === undefined ? 0 : row.now_ms - clock.now() };
  });
  return {
    ...given,
    ...createGapNotes(isRefused),
    about,
    now,
    async all(sql, parameters, signal, { rows: most, atOnce } = { rows: Number.POSITIVE_INFINITY, atOnce: partSize }) {
      const rows: Row[] = [];
      for (;;) {
        const size = Math.min(atOnce, most - rows.length);
        const some = await port.query(part(sql, size, rows.length), parameters, signal);
        for (const row of some) rows.push(row);
        if (some.length < size || rows.length >= most) return rows;
      }
    },
  };
}

async function askAbout(port: DatabricksPort, signal: AbortSignal): Promise<About> {
  const summary = await ifShown(port.get('/api/2.1/unity-catalog/metastore_summary', {}, metastoreSummary, signal));
  const where = [summary?.cloud, summary?.region].filter((one) => (one ?? '') !== '').join(' ');
  const name = summary?.name ?? '';
  return {
    system: `Databricks Unity Catalog${name === '' ? '' : `, metastore ${name}`}${where === '' ? '' : ` (${where})`}`,
    region: summary?.region ?? null,
  };
}
