import type { LexlineError } from '../../server/base/errors.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import type { StatementRefused } from './failure.ts';
import { path, quote } from './names.ts';

/** Parts of what is known that come from beside the listings of Unity Catalog. */
export type Part = 'tags' | 'keys' | 'procedures' | 'grants' | 'policies' | 'lineage' | 'history';

/** What each part holds, and what lets it be read. */
const parts: Readonly<
  Record<Part, { readonly holds: string; readonly where: string; readonly grant: (to: string) => string }>
> = {
  tags: { holds: 'tags', where: 'information_schema', grant: browse },
  keys: { holds: 'primary and foreign keys', where: 'information_schema', grant: browse },
  procedures: { holds: 'procedures', where: 'information_schema.routines', grant: browse },
  grants: { holds: 'who may read what', where: 'information_schema.table_privileges', grant: browse },
  policies: {
    holds: 'policies that mask or filter by tag',
    where: 'the list of policies',
    grant: (to) => `GRANT MANAGE ON CATALOG <catalog> TO ${to}; (or READ METADATA, where the account has it)`,
  },
  lineage: {
    holds: 'what jobs, notebooks and pipelines read and wrote, column by column',
    where: 'system.access',
    grant: (to) =>
      `GRANT USE CATALOG ON CATALOG system TO ${to}; GRANT USE SCHEMA, SELECT ON SCHEMA system.access TO ${to};`,
  },
  history: {
    holds: 'the statements that ran',
    where: 'system.query.history',
    grant: (to) =>
      `GRANT USE CATALOG ON CATALOG system TO ${to}; GRANT USE SCHEMA, SELECT ON SCHEMA system.query TO ${to};`,
  },
};

function browse(to: string): string {
  return `GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG <catalog> TO ${to}; (or BROWSE, where names are enough)`;
}

const reasons: Readonly<Record<string, Gap['reason']>> = {
  CONNECTOR_MISSING_RIGHTS: 'no-rights',
  CONNECTOR_TIMEOUT: 'source-failed',
};

/** A part that the principal may not see, or that is not switched on: not known, which is not none. */
export function unreadPart(part: Part, refusal: { readonly code: string; readonly reason?: string }, who: string): Gap {
  const { holds, where, grant } = parts[part];
  const reason = refusal.reason ?? '';
  return {
    what: `${holds} (${where})`,
    reason: reasons[refusal.code] ?? 'unsupported',
    detail:
      refusal.code === 'CONNECTOR_TIMEOUT'
        ? 'the warehouse did not answer in time, and the statement was cancelled'
        : `"${who}" may not see it, or it is not switched on${reason === '' ? '' : ` (${reason})`}`,
    remedy:
      refusal.code === 'CONNECTOR_TIMEOUT'
        ? 'raise statementTimeoutSeconds, or take a larger warehouse.'
        : grant(quote(who)),
  };
}

/** A part that must be read, because what is known rests on it. */
export function notAnyMore(gap: Gap): Gap {
  return {
    ...gap,
    detail: `${gap.detail}; nothing of the catalog was read, so that what an earlier read was shown of its tags, keys, policies and grants stays`,
    remedy: `${gap.remedy} Or read without it: "governance: false" or "grants: false".`,
  };
}

/** Nothing that needs SQL can be told. */
export const noWarehouse: Gap = {
  what: 'tags, keys, grants, lineage and the history of statements',
  reason: 'not-connected',
  detail: 'no SQL warehouse is set: tables, views, columns, masks and volumes are read without one, these are not',
  remedy: 'set warehouseId to the id of a SQL warehouse (2X-Small is enough)',
};

/** The catalog from before Unity Catalog. */
export function legacyMetastore(schemas: number | null): Gap {
  return {
    what: 'catalog hive_metastore',
    reason: 'unsupported',
    detail:
      schemas === null
        ? 'it is not in Unity Catalog and was not read; whether it holds tables cannot be told without a warehouse'
        : `it holds ${schemas} schemas that are not in Unity Catalog: none of them was read`,
    remedy: 'move its tables to Unity Catalog (SYNC SCHEMA), or read that metastore as a source of its own',
  };
}

/** A function or procedure in another language than SQL. */
export function otherLanguage(kind: 'function' | 'procedure', name: string, language: string): Gap {
  const isFunction = kind === 'function';
  return {
    what: `${kind} ${name}`,
    reason: 'unsupported',
    detail: `it is written in ${language}: what it ${isFunction ? 'does to a value' : 'moves'} is not known from its text`,
    remedy: isFunction ? 'vouch for it, if it hides what it is given' : 'look for its runs in the lineage of jobs',
  };
}

/** BROWSE alone shows that it is there, and not what it is made of. */
export function browsedOnly(name: string, who: string): Gap {
  return {
    what: `columns of ${name}`,
    reason: 'no-rights',
    detail: `"${who}" is shown that it is there, and none of its columns`,
    remedy: `GRANT SELECT ON TABLE ${name} TO ${quote(who)};`,
  };
}

/** Another system stands behind a catalog and does not answer, or a part of a catalog is broken. */
export function broken(what: string, error: LexlineError): Gap {
  return {
    what,
    reason: 'source-failed',
    detail: `${error.message}; what was known of it stays`,
    remedy: 'look at it in the catalog explorer, or leave it out with catalogs.exclude',
  };
}

/** A schema or catalog went away while it was read. */
export function wentAway(what: string): Gap {
  return {
    what,
    reason: 'source-failed',
    detail: 'it went away while it was read; what was known of it stays until the next sync',
    remedy: 'sync again',
  };
}

/** A view whose definition is a model of measures and no SQL. */
export function metricView(name: string): Gap {
  return {
    what: `definition of metric view ${name}`,
    reason: 'unsupported',
    detail: 'it is written in YAML: what it is made from is known table by table, not column by column',
    remedy: 'state its columns by OpenLineage events, or decide its fields in the review',
  };
}

/** Policies whose conditions cannot be evaluated. */
export function unknownPolicies(schema: string, names: readonly string[]): Gap {
  return {
    what: `masks by policy in ${schema}`,
    reason: 'unsupported',
    detail: `whether they are in force cannot be told from their conditions: ${names.join(', ')}`,
    remedy: 'look at the policies in the workspace by hand, and vouch for their functions',
  };
}

/** The configuration names a catalog that is not shown. */
export function hiddenCatalog(pattern: string, who: string): Gap {
  return {
    what: `catalog ${pattern}`,
    reason: 'no-rights',
    detail:
      'the configuration names it, and the metastore does not show it to this principal; what was known of it stays',
    remedy: `GRANT BROWSE ON CATALOG ${quote(pattern)} TO ${quote(who)}; or take it out of catalogs.include`,
  };
}

/** What lets a schema (null: a whole catalog) be read. */
export function grantOn(catalog: string, schema: string | null, who: string): string {
  const to = `TO ${quote(who)};`;
  if (schema === null) return `GRANT USE CATALOG, BROWSE ON CATALOG ${path(catalog)} ${to}`;
  return `GRANT USE CATALOG ON CATALOG ${path(catalog)} ${to} GRANT USE SCHEMA, SELECT, EXECUTE, READ VOLUME ON SCHEMA ${path(catalog, schema)} ${to}`;
}

/** More than was asked for. */
export function tooMany(what: string, limit: number, setting: string): Gap {
  return {
    what,
    reason: 'not-read',
    detail: `more than ${limit}: the latest were taken, the others of this span are not read again`,
    remedy: `raise ${setting}, or sync more often`,
  };
}

/** A statement that was refused or did not end in time costs what it asks, not the read. */
export function unanswered(what: string, error: StatementRefused): Gap {
  const reason = error.code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'source-failed';
  return { what, reason, detail: error.message, remedy: error.remedy ?? 'sync again' };
}

/** A schema as gaps name it: `main.sales`. */
export function schemaName(catalog: string, schema: string): string {
  return joinName([catalog, schema]);
}
