import { parseRows } from '../kit/parse-rows.ts';
import type { Warehouse, WarehouseRelation } from '../kit/warehouse/warehouse.ts';
import { columnsOf, keyOf, macroOf, relationOf, unqualified } from './map.ts';
import type { QueryPort } from './port.ts';
import { aboutRow, columnRow, keyRow, macroRow, namedRow, relationRow, schemaRow } from './rows.ts';
import { aboutSql, columnsSql, keysSql, macrosSql, namedSql, relationsSql, schemasSql } from './sql.ts';

const main = 'main';

/** One database of a DuckDB, through a port. */
export function duckdbWarehouse(port: QueryPort, database: string, pageSize: number): Warehouse {
  const rows = <T>(...[what, schema, found]: [string, Parameters<typeof parseRows<T>>[2], readonly unknown[]]) =>
    parseRows('duckdb', what, schema, found);
  /** The CREATE TABLE of each table of the page at hand. */
  let texts: ReadonlyMap<string, string | null> = new Map();

  /** Says of a view outside of `main` where its unqualified names are: in its own schema, or in `main`. */
  async function withSchemas(
    schema: string,
    relations: readonly WarehouseRelation[],
    signal: AbortSignal,
  ): Promise<readonly WarehouseRelation[]> {
    const views = relations.filter(({ query }) => typeof query === 'string');
    const printed = await port.tableNames(
      views.map(({ query }) => query ?? ''),
      signal,
    );
    const names = new Map(
      views.map(({ name }, i) => [name, (printed[i] ?? []).flatMap((one) => unqualified(one) ?? [])]),
    );
    const asked = [...new Set([...names.values()].flat())];
    if (asked.length === 0) return relations;
    const found = rows(
      'names of views',
      namedRow,
      await port.query(namedSql(asked.length), [database, schema, ...asked], signal),
    );
    const inSchema = (where: string, name: string): boolean =>
      found.some((row) => row.schema_name === where && row.name === name);
    return relations.map((relation) => {
      const used = names.get(relation.name) ?? [];
      const elsewhere = used.filter((name) => !inSchema(schema, name) && inSchema(main, name)).length;
      const own = used.filter((name) => inSchema(schema, name)).length;
      return elsewhere > own ? { ...relation, queryIn: { ...relation.queryIn, schema: main } } : relation;
    });
  }

  return {
    async about(signal) {
      const [row] = rows('its version', aboutRow, await port.query(aboutSql, [], signal));
      return { system: `DuckDB ${(row?.version ?? '').replace(/^v/u, '')}`, database, user: 'this process' };
    },
    async schemas(signal) {
      const found = rows('schemas', schemaRow, await port.query(schemasSql, [database], signal));
      return found.map(({ name, version, digest }) => ({ schema: name, fingerprint: `${version} ${digest}` }));
    },
    async *relations(schema, signal) {
      let after = '';
      for (;;) {
        const params = [database, schema, after, pageSize];
        const page = rows('relations', relationRow, await port.query(relationsSql, params, signal));
        texts = new Map(page.map(({ name, kind, sql }) => [name, kind === 'table' ? sql : null]));
        const relations = page.map(relationOf);
        if (page.length > 0) yield schema === main ? relations : await withSchemas(schema, relations, signal);
        after = page.at(-1)?.name ?? '';
        if (page.length < pageSize) return;
      }
    },
    async columns(schema, relations, signal) {
      const found = await port.query(columnsSql(relations.length), [database, schema, ...relations], signal);
      return rows('columns', columnRow, found).flatMap((row) => columnsOf(row, texts.get(row.relation) ?? null));
    },
    async keys(schema, relations, signal) {
      const found = await port.query(keysSql(relations.length), [database, schema, ...relations], signal);
      return rows('keys', keyRow, found).map((row) => keyOf(schema, row));
    },
    async *routines(schema, signal) {
      yield rows('macros', macroRow, await port.query(macrosSql, [database, schema], signal)).map(macroOf);
    },
    close: () => port.close(),
  };
}
