import type { z } from 'zod';
import { isLexlineError } from '../../server/base/errors.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { isRefused } from './failure.ts';
import { notAnyMore, unreadPart, type Part } from './gaps.ts';
import { noGovernance, type GovernanceRows } from './governance.ts';
import { policiesOn, type Policy } from './policies.ts';
import { grantRow, keyRow, parseRows, procedureRow, tagRow } from './rows.ts';
import type { Session } from './session.ts';
import { grantsSql, keysSql, proceduresSql, tagsSql } from './sql.ts';

/** What answered to an earlier read, and what does to this one. */
export interface Shown {
  readonly before: ReadonlySet<string>;
  readonly now: Set<string>;
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
 * gone.
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

  return {
    async catalog(catalog, signal) {
      const governed = config.governance && port.hasWarehouse;
      return {
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
    },
    async schemaPolicies(catalog, schema, signal) {
      if (!config.governance || !port.hasWarehouse) return [];
      return asked('policies', `${catalog}.${schema}`, () =>
        policiesOn(port, 'SCHEMA', `${catalog}.${schema}`, signal),
      );
    },
  };
}
