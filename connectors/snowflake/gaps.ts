import type { Gap } from '../../server/model/provenance.ts';
import type { StatementRefused } from './failure.ts';
import { path, quote } from './names.ts';

/** A part of a schema that the role cannot list, while the rest of it can be read. */
export function unlisted(what: string, schema: string, refusal: StatementRefused, remedy: string | null): Gap {
  return {
    what: `${what} of ${schema}`,
    reason: refusal.code === 'CONNECTOR_MISSING_RIGHTS' ? 'no-rights' : 'unsupported',
    detail: `the account does not list them to this role${ofNumber(refusal)}`,
    remedy:
      remedy ??
      (refusal.code === 'CONNECTOR_MISSING_RIGHTS'
        ? 'give the role a right on them (OWNERSHIP, MONITOR or USAGE), or a role that has it'
        : 'look whether this account and its edition have them; nothing is known of them here'),
  };
}

/** A routine in another language than SQL. */
export function otherLanguage(kind: string, name: string, language: string): Gap {
  return {
    what: `${kind} ${name}`,
    reason: 'unsupported',
    detail: `it is written in ${language}: what it moves shows in the history of its statements only`,
    remedy: 'read the history of statements (history: true), or state its flow by OpenLineage events',
  };
}

/** SHOW lists no more, and the rest was asked for table by table. */
export function tooManyKeys(schema: string): Gap {
  return {
    what: `keys of ${schema}`,
    reason: 'not-read',
    detail: 'more than 10,000 rows: SHOW lists no further, and the tables of one page hold more still',
    remedy: 'lower pageSize',
  };
}

/** SHOW lists no more than 10,000 rows. */
export function listedInPart(what: string): Gap {
  return {
    what,
    reason: 'not-read',
    detail: 'there are 10,000 or more, and SHOW lists no further: the others are not known',
    remedy: 'split what is in one schema over several, or read parts of it as sources of their own',
  };
}

/** The catalog of a database may not be listed. */
export function grantDatabase(database: string, schema: string | null, role: string): string {
  const to = `TO ROLE ${quote(role)};`;
  if (schema === null) return `GRANT USAGE ON DATABASE ${quote(database)} ${to}`;
  const where = path(database, schema);
  return [
    `GRANT USAGE ON DATABASE ${quote(database)} ${to}`,
    `GRANT USAGE ON SCHEMA ${where} ${to}`,
    `GRANT REFERENCES ON ALL TABLES IN SCHEMA ${where} ${to}`,
    `GRANT REFERENCES ON ALL VIEWS IN SCHEMA ${where} ${to}`,
  ].join(' ');
}

/** Too much for one question to INFORMATION_SCHEMA. */
export function tooMuch(where: string): Gap {
  return {
    what: where,
    reason: 'not-read',
    detail: 'its INFORMATION_SCHEMA refuses to answer over so many things',
    remedy: `set "structure: account-usage" on the source`,
  };
}

export function ofNumber({ number }: Pick<StatementRefused, 'number'>): string {
  return number === '' ? '' : ` (${number})`;
}

/** The configuration names a database that is not shown. */
export function hiddenDatabase(pattern: string, role: string | null): Gap {
  return {
    what: `database ${pattern}`,
    reason: 'no-rights',
    detail:
      'the configuration names it, and the account does not show it to this role; what was known of it before stays',
    remedy: `GRANT USAGE ON DATABASE ${quote(pattern)} TO ROLE ${role === null ? '<role>' : quote(role)}; or take it out of databases.include`,
  };
}
