import { z } from 'zod';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { ReadRequest } from '../connector.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { matchesGlob, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { databricksCatalog, type ListedCatalog } from './client.ts';
import { StatementRefused } from './failure.ts';
import { grantOn, hiddenCatalog, legacyMetastore, noWarehouse, unanswered, unreadPart } from './gaps.ts';
import { readStatements } from './history.ts';
import { readLineage } from './lineage.ts';
import { governanceLoader, type Shown } from './load-governance.ts';
import { quote } from './names.ts';
import type { Session } from './session.ts';
import { catalogItem } from './shapes.ts';
import { legacySchemasSql } from './sql.ts';
import { probes, type Span } from './sql-system.ts';

/** Catalogs that hold no data of anybody, and the one from before Unity Catalog. */
const ownCatalogs: readonly string[] = ['system', 'samples', '__databricks_internal'];
const legacy = 'hive_metastore';
/** Behind which stands another system, or the metastore of somebody else. */
const elsewhere: ReadonlySet<string> = new Set(['FOREIGN_CATALOG', 'DELTASHARING_CATALOG']);
const dayMs = 86_400_000;
/** What is known of the metastore as a whole; no schema is named so, because its catalog stands before a dot. */
export const metastoreScope = ':metastore';

/** What is kept of the metastore between reads: how far lineage and history were read, and which parts answered. */
const windowCursor = z
  .object({
    lineage: z.number().nullable(),
    history: z.number().nullable(),
    shown: z.array(z.string()),
    carried: z
      .array(
        z.object({
          part: z.enum(['tags', 'keys', 'grants']),
          catalog: z.string(),
          schema: z.string(),
          tables: z.array(z.string()),
        }),
      )
      .default([]),
  })
  .nullable();
const cursorShape = z.object({ window: windowCursor });

/**
 * The catalogs that the configuration asks for, in the order of their names. One that it names and that is not shown is a gap
 * (`areAllShown` false): whether it is gone or hidden cannot be told.
 */
export async function catalogsOf(
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly catalogs: readonly ListedCatalog[]; readonly areAllShown: boolean }> {
  const { port, config } = session;
  const { include, exclude = [] } = config.catalogs;
  const listing = {
    path: '/api/2.1/unity-catalog/catalogs',
    query: { include_browse: 'true' },
    member: 'catalogs',
    item: catalogItem,
  };
  const found = new Map<string, ListedCatalog>();
  for await (const page of port.list(listing, signal))
    for (const { name, catalog_type: type } of page)
      if (name !== legacy && (include !== undefined || type !== 'SYSTEM_CATALOG'))
        found.set(name, { name, isElsewhere: elsewhere.has(type ?? '') });
  const names = [...found.values()].map((catalog) => ({ schema: catalog.name, catalog }));
  const hidden = (include ?? []).filter(
    (pattern) => pattern !== legacy && !names.some(({ schema }) => matchesGlob(schema, [pattern])),
  );
  for (const pattern of hidden) session.note(hiddenCatalog(pattern, port.who));
  const wanted = wantedSchemas(names, {
    ...(include === undefined ? {} : { include }),
    exclude: include === undefined ? [...exclude, ...ownCatalogs] : exclude,
  });
  const catalogs = wanted.map(({ catalog }) => catalog).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { catalogs, areAllShown: hidden.length === 0 };
}

/** Reads a metastore: its catalogs schema by schema, then what is known of it as a whole. */
export async function* readMetastore(
  session: Session,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const { namespace, clock, config } = session;
  const before = cursorShape.safeParse(request.cursor?.at);
  const relied = new Set(before.success ? (before.data.window?.shown ?? []) : []);
  // What was shown once is relied on for as long as it is asked for.
  const shown: Shown = {
    before: relied,
    now: new Set([...relied].filter((mark) => isAsked(session, mark))),
    carriedBefore: before.success ? (before.data.window?.carried ?? []) : [],
    carriedNow: [],
    lookedAt: new Set(),
  };
  const loader = governanceLoader(session, shown);
  let canTellScopes = true;
  const messages = readDatabases(
    {
      namespace,
      databases: async () => {
        const { catalogs, areAllShown } = await catalogsOf(session, signal);
        canTellScopes = areAllShown;
        return catalogs.map((catalog) => ({
          warehouse: databricksCatalog(session, catalog, loader),
          naming: { namespace, platform: 'databricks', dialect: 'databricks', database: catalog.name },
        }));
      },
      filter: config.schemas,
      quote,
      grant: grantOn,
      clock,
      window: { scope: metastoreScope, read: (after) => readWide(session, after, shown, signal) },
    },
    request,
    signal,
  );
  for await (const message of messages) {
    // Without all the catalogs that are named, nothing that is missing counts as gone.
    if (message.type === 'scopes' && !canTellScopes) continue;
    // What could not be told belongs to the schema that is being read, so that it stands while that schema stays unread.
    if (message.type === 'scope-begin') yield* notesFor(session, metastoreScope);
    if (message.type === 'scope-complete') yield* notesFor(session, message.scope);
    yield message;
  }
}

/** Grants and governance can be switched off: then nothing rests on them any more. */
function isAsked({ config, port }: Session, mark: string): boolean {
  return port.hasWarehouse && (mark.startsWith('grants ') ? config.grants : config.governance);
}

/** What is known of the metastore beside its schemas. */
async function* readWide(
  session: Session,
  after: Json | null,
  shown: Shown,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, Json> {
  yield { type: 'scope-begin', scope: metastoreScope };
  const earlier = windowCursor.safeParse(after);
  const place = { lineage: null, history: null, ...(earlier.success ? earlier.data : null) };
  if (session.port.hasWarehouse) {
    const to = await askWarehouse(session, signal);
    if (to === null) {
      yield* notesFor(session, metastoreScope);
      return { lineage: place.lineage, history: place.history, ...told(shown) };
    }
    const history = session.config.history
      ? yield* within(session, 'history', place.history, to, (span) =>
          readStatements(session, span, metastoreScope, signal),
        )
      : { through: place.history, isShown: false };
    const lineage = session.config.lineage
      ? yield* within(session, 'lineage', place.lineage, to, (span) =>
          readLineage(session, span, history.isShown, metastoreScope, signal),
        )
      : { through: place.lineage };
    yield* notesFor(session, metastoreScope);
    return { lineage: lineage.through, history: history.through, ...told(shown) };
  }
  session.note(noWarehouse);
  yield* notesFor(session, metastoreScope);
  return { lineage: place.lineage, history: place.history, ...told(shown) };
}

/** What the next read may rely on. */
function told(shown: Shown): Readonly<Record<'shown' | 'carried', Json>> {
  const untouched = shown.carriedBefore.filter(({ catalog }) => !shown.lookedAt.has(catalog));
  const carried = [...shown.carriedNow, ...untouched].map((one) => ({ ...one, tables: [...one.tables] }));
  return { shown: [...shown.now].toSorted(), carried };
}

/**
 * Looks for a legacy metastore, and says up to when the system tables are taken to be filled, by the warehouse's own clock. Null:
 * the warehouse takes no statement of ours or does not answer, and the gap is noted.
 */
export async function askWarehouse(session: Session, signal: AbortSignal): Promise<number | null> {
  const { config, clock } = session;
  try {
    const { skewMs } = await session.now(signal);
    await noteLegacy(session, signal);
    return clock.now() + skewMs - config.historyLagMinutes * 60_000;
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    session.note(unanswered('what the SQL warehouse would tell', error));
    return null;
  }
}

/** Looks whether the system tables are shown; what is not is noted with what lets it be read. */
export async function probeSystem(session: Session, signal: AbortSignal): Promise<void> {
  const { config, port } = session;
  for (const part of ['history', 'lineage'] as const)
    if (config[part])
      await session.optional(
        () => port.query(probes[part], {}, signal),
        (refusal) => unreadPart(part, refusal, port.who),
      );
}

/** Reads the span since the last read. What is refused or too slow is a gap, and is asked for again by the next read. */
async function* within(
  session: Session,
  part: 'history' | 'lineage',
  through: number | null,
  to: number,
  read: (span: Span) => AsyncGenerator<SourceMessage, boolean>,
): AsyncGenerator<SourceMessage, { readonly through: number | null; readonly isShown: boolean }> {
  const from = Math.max(through ?? 0, to - session.config.historyDays * dayMs);
  if (from >= to) return { through, isShown: true };
  try {
    const isShown = yield* read({ from, to });
    return { through: isShown ? to : through, isShown };
  } catch (error) {
    if (!(error instanceof StatementRefused)) throw error;
    const what = part === 'history' ? 'the history of statements' : 'lineage of jobs, notebooks and pipelines';
    yield { type: 'gap', scope: metastoreScope, gap: unanswered(what, error) };
    return { through, isShown: false };
  }
}

/** Says what stands in the legacy metastore, which Unity Catalog's listings leave out. */
async function noteLegacy(session: Session, signal: AbortSignal): Promise<void> {
  if (matchesGlob(legacy, session.config.catalogs.exclude ?? [])) return;
  const rows = await session.optional(
    () => session.port.query(legacySchemasSql, {}, signal),
    () => legacyMetastore(null),
  );
  // Every workspace has an empty schema `default` there.
  if (rows !== null && rows.length > 1) session.note(legacyMetastore(rows.length));
}

function* notesFor(session: Session, scope: string): Iterable<SourceMessage> {
  for (const gap of session.takeNotes()) yield { type: 'gap', scope, gap };
}
