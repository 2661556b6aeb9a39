import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import { parseRows } from '../kit/parse-rows.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import type { Warehouse } from '../kit/warehouse/warehouse.ts';
import type { TrinoConfig } from './config.ts';
import { columnsOf, relationOf, type SchemaNotes } from './map.ts';
import type { TrinoPort } from './port.ts';
import * as shapes from './shapes.ts';
import * as sql from './sql.ts';

/** A catalog of a coordinator, and the connector behind it. */
export interface TrinoCatalog {
  readonly name: string;
  readonly connector: string | null;
}

/** The catalogs that the user may see. */
export async function listCatalogs(port: TrinoPort, signal: AbortSignal): Promise<readonly TrinoCatalog[]> {
  const rows = await port.query(sql.catalogsSql, 'catalogs', signal).catch((error: unknown) => {
    if (!(error instanceof UnreadPart)) throw error;
    throw new LexlineError('CONNECTOR_UNEXPECTED', `[connectors/trino] catalogs: ${error.gap.detail}`);
  });
  return parseRows('trino', 'catalogs', shapes.catalogRow, rows).map((row) => ({
    name: row.catalog_name,
    connector: row.connector_name,
  }));
}

/** One catalog, through a port. */
export function trinoWarehouse(port: TrinoPort, catalog: TrinoCatalog, config: TrinoConfig): Warehouse {
  const { name } = catalog;
  /** What there is in each schema, so that nothing is asked for that is not there. */
  const parts = new Map<string, ReadonlySet<string>>();
  let noted: { readonly schema: string; readonly notes: SchemaNotes } | null = null;

  async function notesOf(schema: string, signal: AbortSignal): Promise<SchemaNotes> {
    if (noted?.schema === schema) return noted.notes;
    const has = parts.get(schema) ?? new Set();
    const ask = async <T>(of: string, what: string, shape: z.ZodType<T>, text: string): Promise<readonly T[]> =>
      has.has(of) ? parseRows('trino', what, shape, await port.query(text, `schema ${name}.${schema}`, signal)) : [];
    const comments = await ask('d', 'comments', shapes.commentRow, sql.commentsSql(name, schema));
    const columns = await ask('r', 'comments of columns', shapes.columnCommentRow, sql.columnCommentsSql(name, schema));
    const views = await ask('m', 'materialized views', shapes.materializedRow, sql.materializedSql(name, schema));
    const privileges = await ask('g', 'privileges', shapes.privilegeRow, sql.privilegesSql(name, schema));
    const notes: SchemaNotes = {
      comments: new Map(comments.map((row) => [row.name, row.comment])),
      materialized: new Map(views.map((row) => [row.name, row])),
      columnComments: new Map(
        [...Map.groupBy(columns, ({ relation }) => relation)].map(([relation, rows]) => [
          relation,
          new Map(rows.map((row) => [row.name, row.comment])),
        ]),
      ),
      privileges: Map.groupBy(privileges, ({ relation }) => relation),
    };
    noted = { schema, notes };
    return notes;
  }

  return {
    async about(signal) {
      return { system: `Trino ${await port.version(signal)}`, database: name, user: config.username };
    },
    async schemas(signal) {
      const part = `catalog ${name}`;
      const listed = parseRows(
        'trino',
        'schemas',
        shapes.nameRow,
        await port.query(sql.schemasSql(name), part, signal),
      );
      const rows = await port.query(sql.digestsSql(name, config.grants), part, signal);
      const digests = Map.groupBy(
        parseRows('trino', 'digests', shapes.digestRow, rows),
        ({ schema_name: schema }) => schema,
      );
      for (const [schema, found] of digests) parts.set(schema, new Set(found.map(({ part: of }) => of)));
      return listed.map(({ schema_name: schema }) => ({
        schema,
        fingerprint: (digests.get(schema) ?? [])
          .map(({ part: of, n, digest }) => `${of}${n}:${digest ?? ''}`)
          .toSorted()
          .join(' '),
      }));
    },
    async *relations(schema, signal) {
      if (parts.get(schema)?.has('t') !== true) return;
      const notes = await notesOf(schema, signal);
      let after = '';
      for (;;) {
        const text = sql.relationsSql(name, schema, after, config.pageSize);
        const rows = await port.query(text, `schema ${name}.${schema}`, signal);
        const page = parseRows('trino', 'relations', shapes.relationRow, rows);
        if (page.length > 0) yield page.map((row) => relationOf(row, catalog.connector, notes));
        const last = page.at(-1)?.name ?? '';
        if (page.length < config.pageSize) return;
        if (last === after)
          throw new LexlineError(
            'CONNECTOR_UNEXPECTED',
            `[connectors/trino] the tables of ${name}.${schema} come again and again`,
          );
        after = last;
      }
    },
    async columns(schema, relations, signal) {
      const notes = await notesOf(schema, signal);
      const rows = await port.query(sql.columnsSql(name, schema, relations), `schema ${name}.${schema}`, signal);
      return parseRows('trino', 'columns', shapes.columnRow, rows).flatMap((row) => columnsOf(row, notes));
    },
    keys: async () => [],
    close: async () => port.close(),
  };
}
