import { z } from 'zod';
import type { Clock } from '../../../server/base/clock.ts';
import { joinName } from '../../../server/model/dataset-name.ts';
import type { SourceMessage } from '../../../server/model/document.ts';
import type { Json } from '../../../server/model/json.ts';
import type { Gap } from '../../../server/model/provenance.ts';
import type { ReadRequest } from '../../connector.ts';
import { readSchema } from './read-warehouse.ts';
import { wantedSchemas, type SchemaFilter } from './schema-filter.ts';
import { gapOfPart } from './unread-part.ts';
import { forbiddenSchema, type Warehouse, type WarehouseNaming } from './warehouse.ts';

/** Raised when the same rows would make other documents. */
const mapping = 1;

const cursorShape = z.object({
  version: z.literal(mapping),
  namespace: z.string(),
  /** By scope: the fingerprint of what was read; null where none can be told. */
  schemas: z.record(z.string(), z.string().nullable()),
  window: z.json(),
});

/** One database (catalog) of a source that has several. */
export interface WarehousePart {
  readonly warehouse: Warehouse;
  readonly naming: WarehouseNaming;
}

/** Something beside the schemas that is read from where the last read ended: a query history. */
export interface ReadingWindow {
  readonly scope: string;
  /** Begins the scope by itself, never completes it, and returns where it ended. `after` null: from the beginning. */
  read(after: Json | null, signal: AbortSignal): AsyncGenerator<SourceMessage, Json>;
}

export interface ReadDatabasesOptions {
  /** OpenLineage namespace of the source as a whole: a cursor of another one is not used. */
  readonly namespace: string;
  /** The databases that are to be read, found when reading begins. */
  readonly databases: (signal: AbortSignal) => Promise<readonly WarehousePart[]>;
  readonly filter: SchemaFilter;
  readonly quote: (name: string) => string;
  /** What to run so that a schema (null: the whole database) may be read; null where no statement helps. */
  readonly grant: (database: string, schema: string | null, user: string) => string | null;
  readonly clock: Clock;
  readonly window?: ReadingWindow;
}

/** A schema on its way: listed, wanted, with the database it belongs to. */
interface Listed {
  readonly part: WarehousePart;
  readonly schema: string;
  readonly scope: string;
  readonly fingerprint: string | null;
}

/**
 * Reads a source of several databases, schema by schema, as {@link readWarehouse} reads one. A database whose schemas cannot
 * be listed is a gap; no scopes are named then, because it cannot be told which of them are gone.
 */
export async function* readDatabases(
  options: ReadDatabasesOptions,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const { namespace, quote, clock, grant, window } = options;
  signal.throwIfAborted();
  const parts = await options.databases(signal);
  const { listed, gaps } = await listSchemas(options, parts, signal);
  if (gaps.length === 0)
    yield {
      type: 'scopes',
      scopes: [...listed.map(({ scope }) => scope), ...(window === undefined ? [] : [window.scope])],
    };
  for (const { scope, gap } of gaps) yield { type: 'gap', scope, gap };
  const before = readCursor(request, namespace);
  const done = new Map<string, string | null>();
  for (const { scope, fingerprint } of listed)
    if (isDone(before.schemas, request, scope, fingerprint)) done.set(scope, fingerprint);
  const cursor = (position: Json): Json => ({
    version: mapping,
    namespace,
    schemas: Object.fromEntries([...done].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    window: position,
  });
  for (const { part, schema, scope, fingerprint } of listed) {
    signal.throwIfAborted();
    if (done.has(scope)) continue;
    const { warehouse, naming } = part;
    yield { type: 'scope-begin', scope };
    try {
      yield* readSchema({ warehouse, naming, quote, clock }, schema, scope, signal);
    } catch (error) {
      const { user } = await warehouse.about(signal);
      const gap = gapOfPart(error, () => forbiddenSchema(scope, user, grant(naming.database ?? '', schema, user)));
      if (gap === null) throw error;
      yield { type: 'gap', scope, gap };
      continue;
    }
    yield { type: 'scope-complete', scope };
    done.set(scope, fingerprint);
    yield { type: 'checkpoint', cursor: cursor(before.window) };
  }
  const position = window === undefined ? null : yield* window.read(before.window, signal);
  yield { type: 'checkpoint', cursor: cursor(position) };
}

async function listSchemas(
  { filter, grant }: ReadDatabasesOptions,
  parts: readonly WarehousePart[],
  signal: AbortSignal,
): Promise<{ readonly listed: readonly Listed[]; readonly gaps: readonly { scope: string; gap: Gap }[] }> {
  const listed: Listed[] = [];
  const gaps: { scope: string; gap: Gap }[] = [];
  for (const part of parts) {
    const { warehouse, naming } = part;
    const database = naming.database ?? '';
    try {
      for (const { schema, fingerprint } of wantedSchemas(await warehouse.schemas(signal), filter))
        listed.push({ part, schema, fingerprint, scope: joinName([database, schema]) });
    } catch (error) {
      const { user } = await warehouse.about(signal);
      const gap = gapOfPart(error, () => ({
        what: `database ${database}`,
        reason: 'no-rights',
        detail: `"${user}" may not list its schemas; what was known of it before stays`,
        remedy: grant(database, null, user) ?? `let "${user}" list its schemas, or leave the database out`,
      }));
      if (gap === null) throw error;
      gaps.push({ scope: joinName([database]), gap });
    }
  }
  return { listed, gaps };
}

/** Unchanged since the last read; or, where a killed read goes on, read by it already. */
function isDone(
  before: ReadonlyMap<string, string | null>,
  request: ReadRequest,
  scope: string,
  fingerprint: string | null,
): boolean {
  if (!before.has(scope)) return false;
  return fingerprint === null
    ? request.cursor?.kind === 'resume' && before.get(scope) === null
    : before.get(scope) === fingerprint;
}

function readCursor(
  request: ReadRequest,
  namespace: string,
): { readonly schemas: ReadonlyMap<string, string | null>; readonly window: Json } {
  const parsed = cursorShape.safeParse(request.cursor?.at);
  if (!parsed.success || parsed.data.namespace !== namespace) return { schemas: new Map(), window: null };
  return { schemas: new Map(Object.entries(parsed.data.schemas)), window: parsed.data.window };
}
