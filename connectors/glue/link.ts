import { joinName } from '../../server/model/dataset-name.ts';
import type { WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import type { GlueTable } from './shapes.ts';

/** Where a catalog stands: links lead within it, or out of it. */
export interface CatalogPlace {
  readonly region: string;
  /** The account (catalog) of the database; null where Glue does not say. */
  readonly account: string | null;
}

/**
 * What a resource link shows: all of its target, as a view would. Null for a table that is no link. A target in another
 * account or region is in no catalog that is read here: a gap that names it.
 */
export function linked(
  table: GlueTable,
  { region, account }: CatalogPlace,
): Pick<WarehouseRelation, 'query' | 'gap' | 'partial'> | null {
  const { TargetTable: target } = table;
  if (target === null) return null;
  const { CatalogId: catalog, DatabaseName: database, Name: name, Region: elsewhere } = target;
  const partial = table.StorageDescriptor.Columns.length === 0 ? { partial: true } : {};
  const isHere = (catalog === null || catalog === account) && (elsewhere === null || elsewhere === region);
  if (isHere && database !== null && name !== null)
    return { ...partial, query: `SELECT * FROM ${quoted(database)}.${quoted(name)}` };
  const link = joinName([table.DatabaseName ?? '', table.Name]);
  const whole = [database, name].map((part) => part ?? '?').join('.');
  const place = `account ${catalog ?? account ?? '?'}, region ${elsewhere ?? region}`;
  return {
    ...partial,
    gap: {
      what: `resource link ${link}`,
      reason: 'unsupported',
      detail: `it leads to ${whole} (${place}), which is not in this catalog: nothing flows from there to what reads the link`,
      remedy: 'let somebody who knows both say what the link shows: an OpenLineage event with the target as its input',
    },
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
