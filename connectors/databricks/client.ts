import { digestOf, type Json } from '../../server/model/json.ts';
import { isLexlineError } from '../../server/base/errors.ts';
import { isForbidden } from '../kit/http-failure.ts';
import { wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { Warehouse, WarehouseColumn, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import { isRefused } from './failure.ts';
import { broken, browsedOnly, metricView, otherLanguage, schemaName, unknownPolicies, wentAway } from './gaps.ts';
import { governanceOf, type Governance } from './governance.ts';
import type { GovernanceLoader } from './load-governance.ts';
import { columnsOf, isHidden, isTaggedByRest, procedureOf, relationOf, routineOf, volumeOf } from './map.ts';
import { datasetOf, volumeName } from './names.ts';
import type { Policy } from './policies.ts';
import { ifShown, type Listing } from './port.ts';
import type { Session } from './session.ts';
import { functionItem, schemaItem, tableDetail, tableItem, tableMark, volumeItem, type TableItem } from './shapes.ts';

const api = '/api/2.1/unity-catalog';
/** Schemas that Databricks puts into every catalog. */
const ownSchema = 'information_schema';

/** A catalog as it is listed. `isElsewhere`: another system or another metastore stands behind it. */
export interface ListedCatalog {
  readonly name: string;
  readonly isElsewhere: boolean;
}

/** One catalog of a metastore, through Unity Catalog's REST interface; what hangs on its things comes from the loader. */
export function databricksCatalog(
  session: Session,
  { name: catalog, isElsewhere }: ListedCatalog,
  loader: GovernanceLoader,
): Warehouse {
  const { port, config, namespace } = session;
  let governance: Promise<Governance> | null = null;
  const governed = (signal: AbortSignal): Promise<Governance> =>
    (governance ??= loader.catalog(catalog, signal).then((rows) => governanceOf(catalog, rows)));
  const policies = new Map<string, Promise<readonly Policy[]>>();
  const policiesOf = (schema: string, signal: AbortSignal): Promise<readonly Policy[]> => {
    const known = policies.get(schema) ?? loader.schemaPolicies(catalog, schema, signal);
    policies.set(schema, known);
    return known;
  };
  /** Columns of the page that was given last. */
  let columns = new Map<string, readonly WarehouseColumn[]>();

  const within = (schema: string): Record<string, string> => ({
    catalog_name: catalog,
    schema_name: schema,
    include_browse: 'true',
  });
  const tables = (schema: string): Listing<TableItem> => ({
    path: `${api}/tables`,
    query: within(schema),
    member: 'tables',
    item: tableItem,
  });
  const volumes = (schema: string) =>
    ({ path: `${api}/volumes`, query: within(schema), member: 'volumes', item: volumeItem }) as const;
  const functions = (schema: string) =>
    ({ path: `${api}/functions`, query: within(schema), member: 'functions', item: functionItem }) as const;

  /** What changes with any change in a schema; null where it may not be listed. */
  async function marksOf(schema: string, signal: AbortSignal): Promise<string | null> {
    const marks = {
      path: `${api}/tables`,
      query: { ...within(schema), omit_columns: 'true', omit_properties: 'true' },
      member: 'tables',
      item: tableMark,
    };
    try {
      return digestOf([
        await digestsOf(port.list(marks, signal)),
        await digestsOf(port.list(volumes(schema), signal)),
        await digestsOf(port.list(functions(schema), signal)),
        await policiesOf(schema, signal),
      ]);
    } catch (error) {
      if (isForbidden(error) || costOf(schema, error) instanceof UnreadPart) return null;
      throw error;
    }
  }

  /** What a view is made from whose text is not shown: only the question for the view alone tells. */
  async function inputsOf(schema: string, item: TableItem, signal: AbortSignal) {
    if (!isHidden(item)) return [];
    const path = `${api}/tables/${encodeURIComponent(`${catalog}.${schema}.${item.name}`)}`;
    const detail = await ifShown(port.get(path, { include_browse: 'true' }, tableDetail, signal));
    return (detail?.view_dependencies ?? []).flatMap(({ table }) => {
      const name = table === null ? null : datasetOf(namespace, table.table_full_name);
      return name === null ? [] : [name];
    });
  }

  async function relationFrom(schema: string, item: TableItem, own: Governance, signal: AbortSignal) {
    const byPolicy = await policiesOf(schema, signal);
    const { region } = await session.about(signal);
    const { tags, facet, filters } = own.relation(schema, item.name, byPolicy);
    const unknown = new Set<string>();
    const found = item.columns.flatMap((column, i) => {
      const known = own.column(schema, item.name, column.name, byPolicy);
      for (const name of known.unknown) unknown.add(name);
      return columnsOf(item.name, column, i, {
        tags: known.tags,
        controls: known.controls,
        isTaggedByRest: isTaggedByRest(item),
      });
    });
    columns.set(item.name, found);
    const name = `${schemaName(catalog, schema)}.${item.name}`;
    if (item.table_type === 'METRIC_VIEW') session.note(metricView(name));
    if (item.browse_only && item.columns.length === 0) session.note(browsedOnly(name, port.who));
    if (unknown.size > 0) session.note(unknownPolicies(schemaName(catalog, schema), [...unknown].toSorted()));
    const inputs = await inputsOf(schema, item, signal);
    return relationOf(item, { namespace, region, tags, facet, filters, inputs });
  }

  /** A failure that costs a part of the catalog and not the read, as that part. */
  function costOf(what: string, error: unknown): unknown {
    if (!isLexlineError(error) || error.code === 'CONNECTOR_AUTH_FAILED') return error;
    if (error.code === 'NOT_FOUND') return new UnreadPart(wentAway(what));
    if (isRefused(error) || (isElsewhere && error.code === 'CONNECTOR_UNAVAILABLE'))
      return new UnreadPart(broken(what, error));
    return error;
  }

  /** Pages of a schema; one that is gone by now, or broken, is said, and nothing of it is retired by this read. */
  async function* present<T>(schema: string, pages: AsyncIterable<T>): AsyncIterable<T> {
    try {
      yield* pages;
    } catch (error) {
      throw costOf(`schema ${schemaName(catalog, schema)}`, error);
    }
  }

  const whole: Warehouse = {
    about: async (signal) => ({ system: (await session.about(signal)).system, database: catalog, user: port.who }),
    async schemas(signal) {
      const found = [];
      const listing = {
        path: `${api}/schemas`,
        query: { catalog_name: catalog, include_browse: 'true' },
        member: 'schemas',
        item: schemaItem,
      };
      for await (const page of port.list(listing, signal))
        found.push(...page.map((item) => ({ schema: item.name, item })));
      const unlike = [...new Map(found.map((one) => [one.schema, one])).values()];
      const wanted = wantedSchemas(
        unlike.filter(({ schema }) => schema !== ownSchema),
        config.schemas,
      ).toSorted((a, b) => (a.schema < b.schema ? -1 : 1));
      const own = await governed(signal);
      const { region } = await session.about(signal);
      const marked: { schema: string; fingerprint: string | null }[] = [];
      for (const { schema, item } of wanted) {
        // What is out of sight is looked for at each read, whatever else stays as it was.
        const marks = own.outOfSight(schema) === null ? await marksOf(schema, signal) : null;
        const fingerprint = marks === null ? null : digestOf([item.owner, region, marks, own.fingerprint(schema)]);
        marked.push({ schema, fingerprint });
      }
      return marked;
    },
    async *relations(schema, signal) {
      const own = await governed(signal);
      const missing = own.outOfSight(schema);
      if (missing !== null) throw new UnreadPart(missing);
      const seen = new Set<string>();
      for await (const page of port.list(tables(schema), signal)) {
        // A listing that changes under our hands may give a thing twice.
        const items = page.filter(({ name }) => !seen.has(name) && seen.add(name).size > 0);
        columns = new Map();
        const relations: WarehouseRelation[] = [];
        for (const item of items) relations.push(await relationFrom(schema, item, own, signal));
        if (relations.length > 0) yield relations;
      }
      const { region } = await session.about(signal);
      for await (const page of port.list(volumes(schema), signal)) {
        columns = new Map();
        const items = page.filter(({ name }) => !seen.has(volumeName(name)) && seen.add(volumeName(name)).size > 0);
        const context = { namespace, region, catalog, schema };
        if (items.length > 0)
          yield items.map((item) => volumeOf(item, { ...context, tags: own.volume(schema, item.name) }));
      }
    },
    columns: async (_, relations) => relations.flatMap((relation) => columns.get(relation) ?? []),
    keys: async (schema, relations, signal) => (await governed(signal)).keys(schema, relations),
    async *routines(schema, signal) {
      const seen = new Set<string>();
      for await (const page of port.list(functions(schema), signal)) {
        const routines = [];
        for (const item of page) {
          const name = item.specific_name ?? item.name;
          if (seen.has(name)) continue;
          seen.add(name);
          const routine = routineOf(catalog, schema, item);
          const language = item.external_language ?? 'another language';
          if (routine === null)
            session.note(otherLanguage('function', `${schemaName(catalog, schema)}.${name}`, language));
          else routines.push(routine);
        }
        yield routines;
      }
      const procedures = Map.groupBy((await governed(signal)).procedures(schema), (row) => row.specific_name);
      const routines = [];
      for (const [name, rows] of procedures) {
        const routine = procedureOf(catalog, rows);
        const language = rows[0]?.external_language ?? 'another language';
        if (routine === null)
          session.note(otherLanguage('procedure', `${schemaName(catalog, schema)}.${name}`, language));
        else routines.push(routine);
      }
      if (routines.length > 0) yield routines;
    },
    close: async () => {},
  };
  return {
    ...whole,
    async schemas(signal) {
      try {
        return await whole.schemas(signal);
      } catch (error) {
        throw costOf(`catalog ${catalog}`, error);
      }
    },
    relations: (schema, signal) => present(schema, whole.relations(schema, signal)),
    routines: (schema, signal) => present(schema, whole.routines?.(schema, signal) ?? nothing()),
  };
}

async function* nothing(): AsyncIterable<never> {}

/** By name, so that the order in which things are listed does not count. */
async function digestsOf(
  pages: AsyncIterable<readonly ({ readonly name: string } & Readonly<Record<string, Json>>)[]>,
): Promise<string> {
  const found = new Map<string, string>();
  for await (const page of pages) for (const item of page) found.set(item.name, digestOf(item));
  return digestOf([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
