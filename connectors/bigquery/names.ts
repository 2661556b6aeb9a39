import { joinName, splitName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';

/** A name, or a path of names, between backticks. */
export function quote(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}

/** `` `project`.`dataset`.`table` ``. */
export function path(...parts: readonly string[]): string {
  return parts.map((part) => quote(part)).join('.');
}

/** A table of a job or reference. */
export interface TableReference {
  readonly projectId: string;
  readonly datasetId: string;
  readonly tableId: string;
}

const shard = /^(.+)_(?:19|20)\d{6}$/su;
const foldedShard = /^(.+)_yyyymmdd$/su;

/** `events_20240131` is one of the daily tables `events_yyyymmdd`, as statements over them are read, too. */
export function foldShard(table: string): string {
  const base = shard.exec(table)?.[1];
  return base === undefined ? table : `${base}_yyyymmdd`;
}

/** What the daily tables behind a folded name begin with: `events_`; null for a name that stands for one table. */
export function shardPrefix(table: string): string | null {
  const base = foldedShard.exec(table)?.[1];
  return base === undefined ? null : `${base}_`;
}

/** Datasets that BigQuery makes for results and scripts: nobody's data lives there. */
export function isHidden(dataset: string): boolean {
  return dataset.startsWith('_');
}

/** A table as a dataset's name: without a decorator, daily tables folded; null for results that nobody keeps. */
export function datasetOf(namespace: string, { projectId, datasetId, tableId }: TableReference): QualifiedName | null {
  const table = foldShard(tableId.replace(/\$.*$/su, ''));
  if (projectId === '' || datasetId === '' || table === '' || isHidden(datasetId)) return null;
  if (/^INFORMATION_SCHEMA(?:\.|$)/iu.test(tableId) || /^region-/iu.test(datasetId)) return null;
  return { namespace, name: joinName([projectId, datasetId, table]) };
}

/** The parts of a dataset's name; null for a name that is no table of BigQuery. */
export function placeOf(
  name: string,
): { readonly project: string; readonly dataset: string; readonly table: string } | null {
  const [project, dataset, table, ...rest] = splitName(name);
  if (project === undefined || dataset === undefined || table === undefined || rest.length > 0) return null;
  return { project, dataset, table };
}

/** `europe-west3` and `EU` as INFORMATION_SCHEMA takes them: `region-eu`. */
export function regionOf(location: string): string {
  return `region-${location.toLowerCase()}`;
}
