import type { z } from 'zod';
import type { Gap } from '../../server/model/provenance.ts';
import { isLexlineError } from '../../server/base/errors.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { carriersOf, isTakenOff, outOfSight, vanished, type Carriers } from './carriers.ts';
import { isRefused } from './failure.ts';
import { notAnyMore, unreadPart, type Part } from './gaps.ts';
import { noGovernance, type GovernanceRows } from './governance.ts';
import { policiesOn, type Policy } from './policies.ts';
import { grantRow, keyRow, parseRows, procedureRow, shownRow, tagRow } from './rows.ts';
import type { Session } from './session.ts';
import { grantsSql, keysSql, proceduresSql, shownSql, tagsSql } from './sql.ts';

/** What answered to an earlier read, and what does to this one. */
export interface Shown {
  readonly before: ReadonlySet<string>;
  readonly now: Set<string>;
  /** Which schemas carried tags, keys and grants then, and which do now or are out of sight. */
  readonly carriedBefore: readonly Carriers[];
  readonly carriedNow: Carriers[];
  /** Catalogs of which that was asked. */
  readonly lookedAt: Set<string>;
}

/** Asks for what hangs on the things of catalogs and schemas. */
export interface GovernanceLoader {
  catalog(catalog: string, signal: AbortSignal): Promise<GovernanceRows>;
  /** Policies that are defined on a schema itself. */
  schemaPolicies(catalog: string, schema: string, signal: AbortSignal): Promise<readonly Policy[]>;
}

/**
 * Asks for tags, keys, grants and policies, catalog by catalog. What is refused is a gap, and empty; a part that was shown to an
 * earlier read of the catalog and is refused now costs the catalog: its things without their tags would say that the tags are
 * gone. Unity Catalog refuses little: it leaves out what is not to be seen, so a schema of which nothing is told any more is
 * looked at again, and not read where that comes of a lost right.
 */
export function governanceLoader(session: Session, shown: Shown): GovernanceLoader {
  const { port, config } = session;

  async function asked<T>(part: Part, scope: string, work: () => Promise<readonly T[]>): Promise<readonly T[]> {
    const mark = `${part} ${scope}`;
    try {
      const found = await work();
      shown.now.add(mark);
      return found;
    } catch (error) {
      if (!isLexlineError(error)) throw error;
      const isMissing = ['CONNECTOR_MISSING_RIGHTS', 'NOT_FOUND'].includes(error.code);
      if (!isRefused(error) && !isMissing && error.code !== 'CONNECTOR_TIMEOUT') throw error;
      const reason = isRefused(error) ? error.reason : '';
      const gap = unreadPart(part, { code: error.code, reason }, port.who);
      if (error.code === 'CONNECTOR_TIMEOUT' || shown.before.has(mark)) throw new UnreadPart(notAnyMore(gap));
      session.note(gap);
      return [];
    }
  }

  const rowsOf = <T>(part: Part, shape: z.ZodType<T>, sql: string, catalog: string, signal: AbortSignal) =>
    asked(part, catalog, async () => parseRows(part, shape, await session.all(sql, { catalog }, signal)));

  /** Names that information_schema shows, by schema; null where it does not even tell that. */
  async function shownTables(catalog: string, signal: AbortSignal) {
    try {
      const rows = await session.all(shownSql(catalog), { catalog }, signal);
      const tables = parseRows('tables', shownRow, rows);
      return new Map(
        [...Map.groupBy(tables, ({ table_schema: schema }) => schema.toLowerCase())].map(([schema, own]) => [
          schema,
          new Set(own.map(({ table_name: table }) => table.toLowerCase())),
        ]),
      );
    } catch (error) {
      if (isRefused(error)) return null;
      throw error;
    }
  }

  async function hidden(catalog: string, rows: GovernanceRows, signal: AbortSignal): Promise<ReadonlyMap<string, Gap>> {
    const now = carriersOf(catalog, rows);
    shown.lookedAt.add(catalog);
    shown.carriedNow.push(...now);
    const asked = (part: Carriers['part']): boolean => (part === 'grants' ? config.grants : config.governance);
    const before = shown.carriedBefore.filter((one) => one.catalog === catalog && asked(one.part));
    const gone = vanished(before, now);
    if (gone.length === 0) return new Map();
    const visible = await shownTables(catalog, signal);
    const lost = gone.filter((one) => visible === null || !isTakenOff(one, visible));
    shown.carriedNow.push(...lost);
    return new Map(lost.map((one) => [one.schema, outOfSight(one, port.who)]));
  }

  return {
    async catalog(catalog, signal) {
      const governed = config.governance && port.hasWarehouse;
      const rows: GovernanceRows = {
        ...noGovernance,
        ...(governed
          ? {
              tags: await rowsOf('tags', tagRow, tagsSql(catalog), catalog, signal),
              keys: await rowsOf('keys', keyRow, keysSql(catalog), catalog, signal),
              procedures: await rowsOf('procedures', procedureRow, proceduresSql(catalog), catalog, signal),
              policies: await asked('policies', catalog, () => policiesOn(port, 'CATALOG', catalog, signal)),
            }
          : {}),
        ...(config.grants && port.hasWarehouse
          ? { grants: await rowsOf('grants', grantRow, grantsSql(catalog), catalog, signal) }
          : {}),
      };
      return port.hasWarehouse ? { ...rows, outOfSight: await hidden(catalog, rows, signal) } : rows;
    },
    async schemaPolicies(catalog, schema, signal) {
      if (!config.governance || !port.hasWarehouse) return [];
      return asked('policies', `${catalog}.${schema}`, () =>
        policiesOn(port, 'SCHEMA', `${catalog}.${schema}`, signal),
      );
    },
  };
}
