import {
  columnsSql,
  compositesFingerprintSql,
  compositesSql,
  fingerprintSql,
  keysSql,
  ofRelationsSql,
  pageSql,
  relationsSql,
  routinesSql,
  rowEstimatesSql,
  schemasSql,
  serverSql,
  statementsSql,
} from './catalog-sql.ts';
import { digestOf } from '../../server/model/json.ts';
import { LexlineError } from '../../server/base/errors.ts';
import type { QueryPort } from './query-port.ts';
import {
  columnRow,
  estimateRow,
  hashRow,
  keyRow,
  parseRows,
  relationRow,
  routineRow,
  schemaRow,
  serverRow,
  statementRow,
  type ColumnRow,
  type KeyRow,
  type RelationRow,
  type RoutineRow,
  type ServerRow,
  type StatementRow,
} from './rows.ts';

/** The catalogs of one database as typed questions. */
export interface Catalog {
  readonly server: ServerRow;
  schemas(): Promise<readonly { readonly schema: string; readonly usage: boolean }[]>;
  /** A text a schema that differs when anything that we would read of it differs. */
  fingerprints(schemas: readonly string[]): Promise<ReadonlyMap<string, string>>;
  relations(schema: string, pageSize: number): AsyncIterable<readonly RelationRow[]>;
  columns(schema: string, oids: readonly string[]): Promise<readonly ColumnRow[]>;
  keys(schema: string, oids: readonly string[]): Promise<readonly KeyRow[]>;
  composites(oids: readonly string[]): Promise<readonly ColumnRow[]>;
  routines(schema: string, pageSize: number): AsyncIterable<readonly RoutineRow[]>;
  rowEstimates(
    schemas: readonly string[],
  ): Promise<readonly { schema: string; name: string; rows: number; known: boolean }[]>;
  statements(limit: number): Promise<readonly StatementRow[]>;
}

/** The oldest server whose catalogs have all that is asked. */
const oldest = 120_000;

/** Signs in and asks who answers. Fails with CONNECTOR_UNEXPECTED when it is too old or no PostgreSQL. */
export async function openCatalog(source: string, port: QueryPort, signal: AbortSignal): Promise<Catalog> {
  const rows = await port.query(serverSql, [], signal);
  const server = parseRows('server', serverRow, rows)[0];
  if (server === undefined || server.number < oldest)
    throw new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/postgres] source "${source}": PostgreSQL ${server?.version ?? 'of an unknown version'} answers; 12 or later is needed`,
    );
  const routines = routinesSql(server.number >= 140_000);
  const ask = (sql: string, params: readonly unknown[]) => port.query(sql, params, signal);

  async function* paged(name: string, sql: string, schema: string, pageSize: number) {
    let last = '0';
    for (;;) {
      const page = await ask(pageSql(name, sql), [[schema], last, pageSize]);
      if (page.length === 0) return;
      yield page;
      if (page.length < pageSize) return;
      last = String(page.at(-1)?.['oid']);
    }
  }

  return {
    server,
    schemas: async () => parseRows('schemas', schemaRow, await ask(schemasSql, [])),
    async fingerprints(schemas) {
      const hashes = new Map<string, string[]>(schemas.map((schema) => [schema, []]));
      const shared = parseRows('composites', hashRow, await ask(compositesFingerprintSql, []))[0]?.hash ?? '';
      for (const [name, sql] of Object.entries({
        relations: relationsSql,
        columns: columnsSql,
        keys: keysSql,
        routines,
      })) {
        for (const row of parseRows(name, hashRow, await ask(fingerprintSql(name, sql), [schemas])))
          hashes.get(row.schema ?? '')?.push(`${name}:${row.hash}`);
      }
      return new Map([...hashes].map(([schema, parts]) => [schema, digestOf([...parts, shared])]));
    },
    async *relations(schema, pageSize) {
      for await (const page of paged('relations', relationsSql, schema, pageSize))
        yield parseRows('relations', relationRow, page);
    },
    columns: async (schema, oids) =>
      parseRows(
        'columns',
        columnRow,
        await ask(ofRelationsSql('columns', columnsSql, 'a.attrelid, a.attnum'), [[schema], oids]),
      ),
    keys: async (schema, oids) =>
      parseRows('keys', keyRow, await ask(ofRelationsSql('keys', keysSql, 'k.oid, k.kind, k.name'), [[schema], oids])),
    composites: async (oids) => parseRows('composites', columnRow, await ask(compositesSql, [oids])),
    async *routines(schema, pageSize) {
      for await (const page of paged('routines', routines, schema, pageSize))
        yield parseRows('routines', routineRow, page);
    },
    rowEstimates: async (schemas) => parseRows('row estimates', estimateRow, await ask(rowEstimatesSql, [schemas])),
    async statements(limit) {
      if (server.statistics_schema === null) return [];
      return parseRows('statements', statementRow, await ask(statementsSql(server.statistics_schema), [limit]));
    },
  };
}
