import { isLexlineError } from '../../server/base/errors.ts';
import { digestOf } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { Warehouse, WarehouseColumn, WarehouseNaming } from '../kit/warehouse/warehouse.ts';
import type { GlueConfig } from './config.ts';
import { namesOf } from './failure.ts';
import type { CatalogPlace } from './link.ts';
import { columnsOf, relationOf } from './map.ts';
import type { GlueDatabase, GluePort } from './port.ts';
import type { GlueTable, ResourceTags } from './shapes.ts';

/** Columns of listed tables that are kept for the reading that follows; databases beyond it are asked for again. */
const maxKept = 200_000;

/**
 * A catalog of Glue through a port. Glue tells of no change: to know which database has one, its tables are listed and
 * digested; what was listed is used when the database is read.
 */
export function glueWarehouse(
  port: GluePort,
  databases: readonly GlueDatabase[],
  naming: WarehouseNaming,
  config: GlueConfig,
): Warehouse {
  const listed = new Map<string, readonly (readonly GlueTable[])[]>();
  const accounts = new Map(databases.map(({ name, catalogId }) => [name, catalogId]));
  const placeOf = (database: string): CatalogPlace => ({
    region: config.region,
    account: accounts.get(database) ?? config.catalogId ?? null,
  });
  let kept = 0;
  let page: ReadonlyMap<string, readonly WarehouseColumn[]> = new Map();

  async function* pagesOf(database: string, signal: AbortSignal): AsyncIterable<readonly GlueTable[]> {
    const before = listed.get(database);
    listed.delete(database);
    if (before !== undefined) {
      yield* before;
      return;
    }
    try {
      for await (const tables of port.tables(database, signal)) yield ordered(tables);
    } catch (error) {
      throw namesOf(error).includes('EntityNotFoundException')
        ? new UnreadPart(goneGap(`database ${database}`))
        : error;
    }
  }

  async function digest(database: string, signal: AbortSignal): Promise<string | null> {
    // LF-Tags change without a trace in the table.
    if (config.lfTags) return null;
    const pages: (readonly GlueTable[])[] = [];
    const digests: string[] = [];
    let size = 0;
    try {
      for await (const tables of pagesOf(database, signal)) {
        for (const table of tables) {
          const told = [relationOf(table, placeOf(database), naming, null), columnsOf(table, null)];
          digests.push(digestOf(told));
          size += table.StorageDescriptor.Columns.length + table.PartitionKeys.length + 1;
        }
        if (kept + size <= maxKept) pages.push(tables);
        else pages.length = 0;
      }
    } catch (error) {
      // What may not be listed, or is gone meanwhile, says so when it is read.
      if (error instanceof UnreadPart || (isLexlineError(error) && error.code === 'CONNECTOR_MISSING_RIGHTS'))
        return null;
      throw error;
    }
    if (kept + size <= maxKept) {
      kept += size;
      listed.set(database, pages);
    }
    return digestOf(digests.toSorted());
  }

  /** Tags that may not be read make a gap of their database: without them its documents would be wrong. */
  async function tagsOf(database: string, table: GlueTable, signal: AbortSignal): Promise<ResourceTags> {
    const columns = [...table.StorageDescriptor.Columns, ...table.PartitionKeys].map(({ Name }) => Name);
    try {
      return await port.tags(database, table.Name, columns, signal);
    } catch (error) {
      throw namesOf(error).includes('EntityNotFoundException')
        ? new UnreadPart(goneGap(`table ${database}.${table.Name}`))
        : error;
    }
  }

  return {
    about: async () => ({ system: 'AWS Glue', database: null, user: 'the credentials of the source' }),
    async schemas(signal) {
      const found: { schema: string; fingerprint: string | null }[] = [];
      for (const { name: schema } of databases) found.push({ schema, fingerprint: await digest(schema, signal) });
      return found;
    },
    async *relations(database, signal) {
      for await (const tables of pagesOf(database, signal)) {
        const tags = new Map<string, ResourceTags | null>();
        if (config.lfTags) for (const table of tables) tags.set(table.Name, await tagsOf(database, table, signal));
        page = new Map(tables.map((table) => [table.Name, columnsOf(table, tags.get(table.Name) ?? null)]));
        yield tables.map((table) =>
          relationOf({ ...table, DatabaseName: database }, placeOf(database), naming, tags.get(table.Name) ?? null),
        );
      }
    },
    columns: async (_, relations) => relations.flatMap((name) => page.get(name) ?? []),
    keys: async () => [],
    close: async () => port.close(),
  };
}

function ordered(tables: readonly GlueTable[]): readonly GlueTable[] {
  return tables.toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
}

function goneGap(what: string): Gap {
  return {
    what,
    reason: 'not-read',
    detail: 'it was listed and is not there any more; the next sync sees whether it is gone',
    remedy: 'sync this source again',
  };
}
