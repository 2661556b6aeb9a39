import type { z } from 'zod';
import type { Gap } from '../../server/model/provenance.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { accessOf, noAccess } from './access.ts';
import {
  dependencyRow,
  grantRow,
  policyRow,
  roleRow,
  tagPolicyRow,
  tagRow,
  userRow,
  type RoleRow,
  type TagPolicyRow,
  type UserRow,
} from './account-rows.ts';
import { StatementRefused } from './failure.ts';
import { ofNumber } from './gaps.ts';
import { noGovernance, type GovernanceRows } from './governance.ts';
import { quote } from './names.ts';
import { rebuildDays, tagsAfterRebuilds } from './rebuilds.ts';
import { parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { dependenciesSql, grantsSql, policiesSql, rolesSql, tagPoliciesSql, tagsSql, usersSql } from './sql-account.ts';

/** What the account as a whole knows, asked once a read. */
interface AccountWide {
  readonly tagPolicies: readonly TagPolicyRow[];
  readonly roles: readonly RoleRow[];
  readonly users: readonly UserRow[];
}

/**
 * Asks for tags, policies, dependencies and grants, database by database. What the account refuses is a gap, and empty; a view
 * that was shown to an earlier read (`before`) and is refused now costs the database: its things without their tags would say
 * that the tags are gone. `shown`: what answered.
 */
export function governanceLoader(
  session: Session,
  { before, shown }: { readonly before: ReadonlySet<string>; readonly shown: Set<string> },
  signal: AbortSignal,
): (database: string) => Promise<GovernanceRows> {
  const { port, config } = session;
  let wide: Promise<AccountWide> | null = null;
  const isEnterprise = config.edition !== 'standard';

  async function rowsOf<T>(
    view: ViewName,
    shape: z.ZodType<T>,
    sql: string,
    binds: readonly string[],
  ): Promise<readonly T[]> {
    if (!isEnterprise && enterpriseOnly.has(view)) {
      session.note(notInEdition(view));
      return [];
    }
    try {
      const rows = parseRows(view, shape, await port.query(sql, binds, signal));
      shown.add(view);
      return rows;
    } catch (error) {
      if (!(error instanceof StatementRefused) || error.number === '000606') throw error;
      const gap = unreadView(view, error, config.role ?? null);
      if (error.code === 'CONNECTOR_TIMEOUT' || before.has(view)) throw new UnreadPart(notAnyMore(gap, error));
      session.note(gap);
      return [];
    }
  }

  const accountWide = async (): Promise<AccountWide> => ({
    tagPolicies: config.governance ? await rowsOf('POLICY_REFERENCES', tagPolicyRow, tagPoliciesSql, []) : [],
    roles: config.grants ? await rowsOf('GRANTS_TO_ROLES', roleRow, rolesSql, []) : [],
    users: config.grants ? await rowsOf('GRANTS_TO_USERS', userRow, usersSql, []) : [],
  });

  return async (database) => {
    const { tagPolicies, roles, users } = await (wide ??= accountWide());
    const of = [database];
    const both = [database, database];
    const governed = config.governance
      ? {
          tags: await rowsOf('TAG_REFERENCES', tagRow, tagsSql(rebuildDays), both),
          policies: await rowsOf('POLICY_REFERENCES', policyRow, policiesSql, of),
          dependencies: await rowsOf('OBJECT_DEPENDENCIES', dependencyRow, dependenciesSql, of),
        }
      : noGovernance;
    const grants = config.grants ? await rowsOf('GRANTS_TO_ROLES', grantRow, grantsSql, both) : [];
    return {
      ...governed,
      tags: await tagsAfterRebuilds(session, database, { ...governed, tagPolicies }, signal),
      tagPolicies,
      access: grants.length === 0 ? noAccess : accessOf(database, grants, roles, users),
    };
  };
}

/** The views of the account whose answers become part of documents. */
export function viewsAsked({ governance, grants, edition }: Session['config']): readonly ViewName[] {
  const asked: readonly ViewName[] = [
    ...(governance ? (['TAG_REFERENCES', 'POLICY_REFERENCES', 'OBJECT_DEPENDENCIES'] as const) : []),
    ...(grants ? (['GRANTS_TO_ROLES', 'GRANTS_TO_USERS'] as const) : []),
  ];
  return asked.filter((view) => edition !== 'standard' || !enterpriseOnly.has(view));
}

export type ViewName =
  | 'ACCESS_HISTORY'
  | 'GRANTS_TO_ROLES'
  | 'GRANTS_TO_USERS'
  | 'OBJECT_DEPENDENCIES'
  | 'POLICY_REFERENCES'
  | 'QUERY_HISTORY'
  | 'TAG_REFERENCES';

/** Views that an account of the Standard edition does not fill, by Snowflake's documentation. */
const enterpriseOnly: ReadonlySet<ViewName> = new Set(['ACCESS_HISTORY', 'POLICY_REFERENCES', 'TAG_REFERENCES']);

/** Which of Snowflake's database roles shows a view, what it holds, and how late it is. */
const views: Readonly<Record<ViewName, { readonly holds: string; readonly role: string; readonly late: string }>> = {
  ACCESS_HISTORY: {
    holds: 'what statements read and wrote, column by column',
    role: 'GOVERNANCE_VIEWER',
    late: '3 hours',
  },
  GRANTS_TO_ROLES: { holds: 'who may read what', role: 'SECURITY_VIEWER', late: '2 hours' },
  GRANTS_TO_USERS: { holds: 'which users hold which roles', role: 'SECURITY_VIEWER', late: '2 hours' },
  OBJECT_DEPENDENCIES: { holds: 'what views are made from', role: 'OBJECT_VIEWER', late: '3 hours' },
  POLICY_REFERENCES: { holds: 'masking and row access policies', role: 'GOVERNANCE_VIEWER', late: '2 hours' },
  QUERY_HISTORY: { holds: 'the statements that ran', role: 'GOVERNANCE_VIEWER', late: '45 minutes' },
  TAG_REFERENCES: { holds: 'tags', role: 'GOVERNANCE_VIEWER', late: '2 hours' },
};

/** A view of the account that the role may not see, or that this edition does not have: not known, which is not none. */
export function unreadView(view: ViewName, refusal: StatementRefused, role: string | null): Gap {
  const { holds, role: viewer, late } = views[view];
  const edition = enterpriseOnly.has(view) ? '; it is filled from the Enterprise edition on' : '';
  return {
    what: `${holds} (SNOWFLAKE.ACCOUNT_USAGE.${view})`,
    reason: refusal.code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'unsupported',
    detail: `this role may not see the view, or the account has none${ofNumber(refusal)}${edition}; where it can be seen it is up to ${late} late`,
    remedy: `GRANT DATABASE ROLE SNOWFLAKE.${viewer} TO ROLE ${role === null ? '<role>' : quote(role)};${
      enterpriseOnly.has(view) ? ' (or set "edition: standard" on the source)' : ''
    }`,
  };
}

/** A view that must be read, because what is known rests on it. */
function notAnyMore(gap: Gap, refusal: StatementRefused): Gap {
  const isSlow = refusal.code === 'CONNECTOR_TIMEOUT';
  return {
    ...gap,
    reason: isSlow ? 'source-failed' : gap.reason,
    detail: `${isSlow ? 'it did not answer in time' : 'an earlier read was shown it and this one is not'}: nothing of the database was read, so that what is known of its tags, policies and grants stays`,
    remedy: isSlow
      ? 'raise statementTimeoutSeconds, or take a larger warehouse'
      : `${gap.remedy ?? ''} Or read without it: "governance: false" or "grants: false".`.trim(),
  };
}

/** The configuration says that this account has no such view. */
export function notInEdition(view: ViewName): Gap {
  return {
    what: `${views[view].holds} (SNOWFLAKE.ACCOUNT_USAGE.${view})`,
    reason: 'unsupported',
    detail: 'the Standard edition does not have it: nothing is known of it, which does not mean that there is none',
    remedy: 'look at tags and policies in the account by hand, or use an edition that has the view',
  };
}
