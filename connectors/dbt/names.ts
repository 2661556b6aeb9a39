import { joinName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Manifest } from './parse.ts';
import type { CatalogNode, DbtNode } from './shapes.ts';

/** What every name in one project is made with. */
export interface Naming {
  /** Of the datasets in the warehouse. */
  readonly warehouse: string;
  /** Of dbt's own things: jobs and exposures. */
  readonly project: string;
  readonly adapter: string;
  readonly dialect: string;
}

const dialects: Readonly<Record<string, string>> = {
  sqlserver: 'tsql',
  synapse: 'tsql',
  fabric: 'tsql',
  impala: 'hive',
  glue: 'spark',
};

/** How an engine stores a name that is not in quotes. */
const folds: Readonly<Record<string, (name: string) => string>> = {
  snowflake: (name) => name.toUpperCase(),
  oracle: (name) => name.toUpperCase(),
  postgres: (name) => name.toLowerCase(),
  redshift: (name) => name.toLowerCase(),
};

/** Names for a manifest; the warehouse's namespace is the configured one, or made from the project where there is none. */
export function namingOf(manifest: Manifest, namespace: string | undefined): Naming {
  const adapter = manifest.metadata.adapter_type || 'dbt';
  const project = `dbt://${manifest.metadata.project_name || 'project'}`;
  const own = adapter === 'bigquery' ? 'bigquery' : `${adapter}://${manifest.metadata.project_name || 'project'}`;
  return { warehouse: namespace ?? own, project, adapter, dialect: dialects[adapter] ?? adapter };
}

/** A job's or exposure's name: dbt's unique id. */
export function jobName(naming: Naming, id: string): QualifiedName {
  return { namespace: naming.project, name: id };
}

/** Resource types that become a dataset in the warehouse. */
const stored = new Set(['model', 'seed', 'snapshot', 'source']);

/** Models that are only text inside others. */
export function isEphemeral(node: DbtNode): boolean {
  return node.config?.materialized === 'ephemeral';
}

/**
 * The dataset that a node is in the warehouse, spelled as the warehouse stores it: as the catalog saw it, else by
 * `relation_name` and the engine's folding, else as the manifest says. Null for what is no dataset.
 */
export function datasetName(node: DbtNode, seen: CatalogNode | undefined, naming: Naming): QualifiedName | null {
  const parts = nameParts(node, seen, naming);
  return parts === null ? null : { namespace: naming.warehouse, name: joinName(parts) };
}

/** Database, schema and table of a node, as {@link datasetName} spells them. */
export function nameParts(node: DbtNode, seen: CatalogNode | undefined, naming: Naming): readonly string[] | null {
  if (!stored.has(node.resource_type) || isEphemeral(node)) return null;
  const database = seen?.metadata.database || node.database;
  if (seen !== undefined && !isOfOtherTarget(node, seen, naming.adapter))
    return [database, seen.metadata.schema, seen.metadata.name].filter((part) => part !== '');
  const relation = relationParts(node.relation_name, naming.adapter);
  if (relation !== null) return relation;
  return [database, node.schema, node.identifier || node.alias || node.name].filter((part) => part !== '');
}

/**
 * That the catalog saw a relation elsewhere than the manifest has it: the two were written for different targets. SQL in the
 * manifest says the manifest's names. Letters' case differs where names are not in quotes.
 */
export function isOfOtherTarget(node: DbtNode, seen: CatalogNode | undefined, adapter: string): boolean {
  if (seen === undefined) return false;
  const relation = relationParts(node.relation_name, adapter) ?? [];
  const differ = (one: string, other: string): boolean =>
    one !== '' && other !== '' && one.toLowerCase() !== other.toLowerCase();
  return (
    differ(seen.metadata.schema, relation.at(-2) ?? node.schema) ||
    differ(seen.metadata.database, relation.at(-3) ?? node.database)
  );
}

/** Cuts `"shop"."main"."orders"` or `` `project`.`set`.`table` `` into its parts; unquoted parts are folded. */
export function relationParts(relation: string, adapter: string): readonly string[] | null {
  const parts: string[] = [];
  const fold = folds[adapter] ?? ((name: string) => name);
  const token = /\s*(?:"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^."`[\]\s]+))\s*(?:\.|$)/y;
  while (token.lastIndex < relation.length) {
    const match = token.exec(relation);
    if (match === null) return null;
    const [, double, backtick, bracket, plain] = match;
    if (double !== undefined) parts.push(double.replaceAll('""', '"'));
    else if (backtick !== undefined) parts.push(...backtick.split('.'));
    else parts.push(bracket ?? fold(plain ?? ''));
  }
  return parts.length === 0 ? null : parts;
}
