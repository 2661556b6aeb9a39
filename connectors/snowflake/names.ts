import { joinName, splitName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';

/** A name as Snowflake quotes it: its case is kept, whatever it is. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"DB"."SCHEMA"."T"`. */
export function path(...parts: readonly string[]): string {
  return parts.map((part) => quote(part)).join('.');
}

/** A text as a SQL literal: for table functions and SHOW, which take no bound values. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** `DB.SCHEMA."my table"` of ACCESS_HISTORY as a dataset's name; null for anything that is no such name. */
export function datasetOf(namespace: string, objectName: string): QualifiedName | null {
  const parts = splitName(objectName);
  return parts.length === 3 && parts.every((part) => part !== '') ? { namespace, name: joinName(parts) } : null;
}

/** The OpenLineage namespace of an account. */
export function namespaceOf(account: string): string {
  return `snowflake://${account.toLowerCase()}`;
}

/** Host names know no underscore; certificates are made for the hyphen. */
export function urlOf(account: string): string {
  return `https://${account.toLowerCase().replaceAll('_', '-')}.snowflakecomputing.com`;
}
