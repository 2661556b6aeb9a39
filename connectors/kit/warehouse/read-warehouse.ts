import { z } from 'zod';
import { instant, type Clock } from '../../../server/base/clock.ts';
import { isLexlineError } from '../../../server/base/errors.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import type { ReadRequest } from '../../connector.ts';
import { wantedSchemas, type SchemaFilter } from './schema-filter.ts';
import { mapRelationJob, mapWarehouseRelation, mapWarehouseRoutine, warehouseName } from './map-warehouse.ts';
import { forbiddenSchema, type Warehouse, type WarehouseNaming } from './warehouse.ts';

/** Raised when the same rows would make other documents. */
const mapping = 1;

const cursorShape = z.object({
  version: z.literal(mapping),
  database: z.string().nullable(),
  fingerprints: z.record(z.string(), z.string()),
});

export interface ReadWarehouseOptions {
  readonly warehouse: Warehouse;
  readonly naming: WarehouseNaming;
  readonly filter: SchemaFilter;
  /** A name as the dialect quotes it. */
  readonly quote: (name: string) => string;
  /** What to run so that a schema may be read. */
  readonly grant: (schema: string, user: string) => string | null;
  readonly clock: Clock;
}

/**
 * Reads a warehouse schema by schema. One whose fingerprint is the one in the cursor is not begun, so its documents stay; one
 * that is gone since is not among the `scopes`, so its documents go. A schema that may not be read is a gap and retires
 * nothing.
 */
export async function* readWarehouse(
  options: ReadWarehouseOptions,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const { warehouse, naming, filter, grant } = options;
  signal.throwIfAborted();
  const { user } = await warehouse.about(signal);
  const all = await warehouse.schemas(signal);
  const schemas = wantedSchemas(all, filter);
  const scopeOf = (schema: string): string => joinName(naming.database === null ? [schema] : [naming.database, schema]);
  yield { type: 'scopes', scopes: schemas.map(({ schema }) => scopeOf(schema)) };
  const before = readCursor(request, naming);
  const done = new Map<string, string>();
  for (const { schema, fingerprint } of schemas)
    if (fingerprint !== null && before.get(schema) === fingerprint) done.set(schema, fingerprint);
  const cursor = (): Json => ({
    version: mapping,
    database: naming.database,
    fingerprints: Object.fromEntries([...done].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  });
  for (const { schema, fingerprint } of schemas) {
    signal.throwIfAborted();
    if (done.has(schema)) continue;
    const scope = scopeOf(schema);
    yield { type: 'scope-begin', scope };
    try {
      yield* readSchema(options, schema, scope, signal);
    } catch (error) {
      if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
      yield { type: 'gap', scope, gap: forbiddenSchema(schema, user, grant(schema, user)) };
      continue;
    }
    yield { type: 'scope-complete', scope };
    if (fingerprint !== null) done.set(schema, fingerprint);
    yield { type: 'checkpoint', cursor: cursor() };
  }
  yield { type: 'checkpoint', cursor: cursor() };
}

function readCursor(request: ReadRequest, { database }: WarehouseNaming): ReadonlyMap<string, string> {
  const parsed = cursorShape.safeParse(request.cursor?.at);
  if (!parsed.success || parsed.data.database !== database) return new Map();
  return new Map(Object.entries(parsed.data.fingerprints));
}

/** One schema of a database: its relations, their jobs, its routines. The caller begins and completes the scope. */
export async function* readSchema(
  { warehouse, naming, quote, clock }: Pick<ReadWarehouseOptions, 'warehouse' | 'naming' | 'quote' | 'clock'>,
  schema: string,
  scope: string,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const now = instant(clock);
  for await (const page of warehouse.relations(schema, signal)) {
    const names = page.map(({ name }) => name);
    if (names.length === 0) continue;
    const columns = Map.groupBy(await warehouse.columns(schema, names, signal), ({ relation }) => relation);
    const keys = Map.groupBy(await warehouse.keys(schema, names, signal), ({ relation }) => relation);
    for (const relation of page) {
      signal.throwIfAborted();
      const own = columns.get(relation.name) ?? [];
      const document = mapWarehouseRelation(schema, relation, own, keys.get(relation.name) ?? [], naming);
      yield { type: 'document', scope, document };
      const { job, gap } = mapRelationJob(schema, relation, own, naming, quote);
      if (job !== null) yield { type: 'document', scope, document: job };
      if (gap !== null) yield { type: 'gap', scope, gap };
      if (relation.gap !== undefined) yield { type: 'gap', scope, gap: relation.gap };
      const { rows } = relation;
      if (typeof rows === 'number' && rows >= 0) {
        const name = warehouseName(naming, schema, relation.name);
        const at = { measure: 'row-estimate', day: now.slice(0, 10), count: 1, last: now };
        yield { type: 'observation', kind: 'dataset', name, ...at, body: { rows: Math.round(rows) } };
      }
    }
  }
  if (warehouse.routines === undefined) return;
  for await (const page of warehouse.routines(schema, signal))
    for (const routine of page) {
      const { job, gap } = mapWarehouseRoutine(schema, routine, naming);
      yield { type: 'document', scope, document: job };
      if (gap !== null) yield { type: 'gap', scope, gap };
    }
}
