import { joinName, splitName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';

/** A name as Databricks quotes it. */
export function quote(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** `` `catalog`.`schema`.`table` ``. */
export function path(...parts: readonly string[]): string {
  return parts.map((part) => quote(part)).join('.');
}

/** A text as a SQL literal, for statements that take no parameters there. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;
}

/** The address as it is pasted from a browser, `?o=…` and slashes left out. */
export function baseOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/u, '')}`;
}

/** The OpenLineage namespace of a workspace, as dbt and Spark write it. */
export function namespaceOf(url: string): string {
  return `databricks://${new URL(url).host.toLowerCase()}`;
}

/**
 * `catalog.schema.table` of the REST interface and the system tables as a dataset's name; null for anything that is none. Names
 * of Unity Catalog hold neither dots nor spaces; those of other catalogs behind it may come in backticks.
 */
export function datasetOf(namespace: string, fullName: string): QualifiedName | null {
  const parts = splitName(fullName.replaceAll('`', '"'));
  return parts.length === 3 && parts.every((part) => part !== '') ? { namespace, name: joinName(parts) } : null;
}

/** The name of a volume among the relations of its schema. */
export function volumeName(name: string): string {
  return `volume:${name}`;
}

/** `/Volumes/catalog/schema/volume/…`: all that lies in a volume is that volume. */
const inVolume = /^(?:dbfs:)?\/Volumes\/([^/]+)\/([^/]+)\/([^/]+)/u;

/** Schemes of object stores, as the OpenLineage naming specification writes their namespaces: bucket or container first. */
const stores = /^(s3|s3a|s3n|gs|abfss?|wasbs?|r2):\/\/([^/]+)\/*(.*)$/isu;

/** `s3://bucket/a/b` as OpenLineage names it: bucket and key apart; a place in a volume as that volume. Null for others. */
export function storedAt(namespace: string, location: string): QualifiedName | null {
  const [, scheme = '', bucket = '', key = ''] = stores.exec(shownLocation(location)) ?? [];
  const trimmed = key.replace(/\/+$/u, '');
  if (bucket !== '') {
    const plain = scheme.toLowerCase().replace(/^s3[an]$/u, 's3');
    return { namespace: `${plain}://${bucket}`, name: trimmed === '' ? '/' : trimmed };
  }
  const [, catalog, schema, volume] = inVolume.exec(location) ?? [];
  return catalog === undefined || schema === undefined || volume === undefined
    ? null
    : { namespace, name: joinName([catalog, schema, volumeName(volume)]) };
}

/** A location without a query: signatures stand there. Users before the host are containers of Azure and stay. */
export function shownLocation(location: string): string {
  return location.replace(/[?#].*$/su, '');
}
