import { joinName } from '../../server/model/dataset-name.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { SchemaRow } from './shapes.ts';

/** The name of a table: `hive://gold` and `sales.orders`. */
export function tableName(
  { database, cluster, name }: Pick<SchemaRow, 'database' | 'cluster' | 'name'>,
  table: string,
): QualifiedName {
  return { namespace: `${database}://${cluster}`, name: joinName([name, table]) };
}

/**
 * Reads a table's key, `hive://gold.sales/orders`. The cluster ends at the first dot; the key marks no dots inside names, so
 * a schema may hold some. Null for what is no key of a table.
 */
export function parseTableKey(key: string): QualifiedName | null {
  const match = /^([^:/]+):\/\/([^./]+)\.([^/]+)\/(.+)$/su.exec(key);
  if (match === null) return null;
  const [, database = '', cluster = '', schema = '', table = ''] = match;
  return tableName({ database, cluster, name: schema }, table);
}
