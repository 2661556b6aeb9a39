import { instant, type Clock } from '../../server/base/clock.ts';
import { isLexlineError } from '../../server/base/errors.ts';
import { joinName } from '../../server/model/dataset-name.ts';
import type { ReadRequest } from '../connector.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { Catalog } from './client.ts';
import { wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import type { PostgresConfig } from './config.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { quote, mapRelation, mapRelationJob, relationName, type Naming } from './map.ts';
import { mapRoutine } from './map-routine.ts';
import { readQueryLog } from './query-log.ts';
import type { ColumnRow, KeyRow } from './rows.ts';

/**
 * Reads a database schema by schema. A schema whose fingerprint is the one in the cursor is not begun, so its documents
 * stay; one that is gone since is not among the `scopes`, so its documents go. A schema that may not be read is a gap.
 */
export async function* readDatabase(
  catalog: Catalog,
  config: PostgresConfig,
  naming: Naming,
  clock: Clock,
  request: ReadRequest,
): AsyncIterable<SourceMessage> {
  const { database, role } = catalog.server;
  const schemas = wanted(await catalog.schemas(), config);
  const scopeOf = (schema: string) => joinName([database, schema]);
  const queryScope = `${joinName([database])}:queries`;
  yield { type: 'scopes', scopes: [...schemas.map(scopeOf), ...(config.queries ? [queryScope] : [])] };

  const before = readCursor(request.cursor?.at, database);
  const now = await catalog.fingerprints(schemas);
  const seen = new Map([...now].filter(([schema, fingerprint]) => before.get(schema) === fingerprint));
  for (const schema of schemas) {
    if (seen.has(schema)) continue;
    const scope = scopeOf(schema);
    yield { type: 'scope-begin', scope };
    try {
      yield* readSchema(catalog, config, naming, schema, scope);
    } catch (error) {
      if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
      yield { type: 'gap', scope, gap: forbidden(schema, role) };
      continue;
    }
    yield { type: 'scope-complete', scope };
    seen.set(schema, now.get(schema) ?? '');
    yield { type: 'checkpoint', cursor: writeCursor(database, seen) };
  }
  yield* readEstimates(catalog, schemas, naming, clock);
  if (config.queries) yield* readQueryLog(catalog, config, naming, clock, queryScope);
  yield { type: 'checkpoint', cursor: writeCursor(database, seen) };
}

/** The schemas that the configuration asks for. */
export function wanted(
  schemas: readonly { readonly schema: string }[],
  config: Pick<PostgresConfig, 'schemas'>,
): readonly string[] {
  return wantedSchemas(schemas, config.schemas).map(({ schema }) => schema);
}

async function* readSchema(
  catalog: Catalog,
  config: PostgresConfig,
  naming: Naming,
  schema: string,
  scope: string,
): AsyncIterable<SourceMessage> {
  for await (const page of catalog.relations(schema, config.pageSize)) {
    const oids = page.map(({ oid }) => oid);
    const columns = byRelation(await catalog.columns(schema, oids));
    const keys = byRelation(await catalog.keys(schema, oids));
    const composites = await followComposites(catalog, [...columns.values()].flat());
    for (const relation of page) {
      const own = columns.get(relation.oid) ?? [];
      yield {
        type: 'document',
        scope,
        document: mapRelation(relation, own, keys.get(relation.oid) ?? [], composites, naming),
      };
      const { documents, gaps } = mapRelationJob(relation, own, naming);
      for (const document of documents) yield { type: 'document', scope, document };
      for (const gap of gaps) yield { type: 'gap', scope, gap };
    }
  }
  for await (const page of catalog.routines(schema, config.pageSize)) {
    for (const routine of page) {
      const { documents, gaps } = mapRoutine(routine, naming);
      for (const document of documents) yield { type: 'document', scope, document };
      for (const gap of gaps) yield { type: 'gap', scope, gap };
    }
  }
}

/** Fetches the members of composite types, and of theirs, until no new one turns up. */
async function followComposites(
  catalog: Catalog,
  columns: readonly ColumnRow[],
): Promise<ReadonlyMap<string, readonly ColumnRow[]>> {
  const found = new Map<string, readonly ColumnRow[]>();
  let frontier = compositesOf(columns);
  while (frontier.length > 0) {
    const members = await catalog.composites(frontier);
    for (const oid of frontier) found.set(oid, []);
    for (const [oid, own] of byRelation(members)) found.set(oid, own);
    frontier = compositesOf(members).filter((oid) => !found.has(oid));
  }
  return found;
}

function compositesOf(columns: readonly ColumnRow[]): readonly string[] {
  return [...new Set(columns.flatMap(({ composite }) => (composite === null ? [] : [composite])))];
}

function byRelation<R extends ColumnRow | KeyRow>(rows: readonly R[]): ReadonlyMap<string, R[]> {
  const grouped = new Map<string, R[]>();
  for (const row of rows) {
    const own = grouped.get(row.oid);
    if (own === undefined) grouped.set(row.oid, [row]);
    else own.push(row);
  }
  return grouped;
}

async function* readEstimates(
  catalog: Catalog,
  schemas: readonly string[],
  naming: Naming,
  clock: Clock,
): AsyncIterable<SourceMessage> {
  const last = instant(clock);
  for (const { schema, name, rows, known } of await catalog.rowEstimates(schemas)) {
    if (!known) continue;
    yield {
      type: 'observation',
      kind: 'dataset',
      name: relationName(naming, schema, name),
      measure: 'row-estimate',
      day: last.slice(0, 10),
      count: 1,
      last,
      body: { rows: Math.round(rows) },
    };
  }
}

function forbidden(schema: string, role: string): Gap {
  return {
    what: `schema ${schema}`,
    reason: 'no-rights',
    detail: `role ${role} may not read a system catalog that every role reads by default; nothing of the schema was changed`,
    remedy: `GRANT USAGE ON SCHEMA pg_catalog TO ${quote(role)}; GRANT SELECT ON ALL TABLES IN SCHEMA pg_catalog TO ${quote(role)}; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pg_catalog TO ${quote(role)};`,
  };
}
