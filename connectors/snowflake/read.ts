import { z } from 'zod';
import type { SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { ReadRequest } from '../connector.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { matchesGlob, wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { snowflakeDatabase } from './client.ts';
import { grantDatabase, hiddenDatabase } from './gaps.ts';
import { governanceOf } from './governance.ts';
import { readHistory } from './history.ts';
import { governanceLoader, viewsAsked } from './load-governance.ts';
import { quote } from './names.ts';
import { databaseRow, parseRows } from './rows.ts';
import type { Session } from './session.ts';
import { databasesSql } from './sql.ts';
import { unreadOf } from './unread.ts';

/** Databases that Snowflake puts into every account. */
const ownDatabases: ReadonlySet<string> = new Set(['SNOWFLAKE', 'SNOWFLAKE_SAMPLE_DATA', 'SNOWFLAKE_LEARNING_DB']);
/** What is known of the account as a whole; no schema is named so, because its database stands before a dot. */
export const accountScope = ':account';
const otherKinds = /APPLICATION|PERSONAL/iu;

/** What is kept of the account between reads: how far its history was read, and which views it showed. */
const windowCursor = z.object({ through: z.number().nullable(), shown: z.array(z.string()) }).nullable();
const accountCursor = z.object({ window: windowCursor });

/**
 * The databases that the configuration asks for, in the order of their names. One that it names and that is not shown is a gap
 * (`areAllShown` false): whether it is gone or hidden cannot be told.
 */
export async function databasesOf(
  session: Session,
  signal: AbortSignal,
): Promise<{ readonly names: readonly string[]; readonly areAllShown: boolean }> {
  const { include, exclude } = session.config.databases;
  const rows = parseRows('databases', databaseRow, await session.port.query(databasesSql, [], signal));
  const usual = (row: (typeof rows)[number]): boolean =>
    include !== undefined || (!ownDatabases.has(row.name) && !otherKinds.test(row.kind ?? ''));
  const named = rows.filter((row) => usual(row)).map(({ name }) => ({ schema: name }));
  const hidden = (include ?? []).filter((pattern) => !named.some(({ schema }) => matchesGlob(schema, [pattern])));
  for (const pattern of hidden) session.note(hiddenDatabase(pattern, session.config.role ?? null));
  const names = wantedSchemas(named, {
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
  });
  return { names: names.map(({ schema }) => schema).toSorted(), areAllShown: hidden.length === 0 };
}

/** Reads an account: its databases schema by schema, then what is known of the account as a whole. */
export async function* readAccount(
  session: Session,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const { namespace, clock, config } = session;
  const before = accountCursor.safeParse(request.cursor?.at);
  const shown = new Set<string>();
  const relied = new Set(before.success ? (before.data.window?.shown ?? []) : []);
  // What was shown once is relied on until it is not asked for any more.
  for (const view of viewsAsked(config)) if (relied.has(view)) shown.add(view);
  const load = governanceLoader(session, { before: relied, shown }, signal);
  let canTellScopes = true;
  const messages = readDatabases(
    {
      namespace,
      databases: async () => {
        const { names, areAllShown } = await databasesOf(session, signal);
        canTellScopes = areAllShown;
        return names.map((database) => ({
          warehouse: snowflakeDatabase(session, database, async () => governanceOf(namespace, await load(database))),
          naming: { namespace, platform: 'snowflake', dialect: 'snowflake', database },
        }));
      },
      filter: config.schemas,
      quote,
      grant: grantDatabase,
      clock,
      window: {
        scope: accountScope,
        read: (after) => readAccountWide(session, after, shown, signal),
      },
    },
    request,
    signal,
  );
  for await (const message of messages) {
    // Without all the databases that are named, nothing that is missing counts as gone.
    if (message.type === 'scopes' && !canTellScopes) continue;
    // What could not be listed belongs to the schema that is being read, so that it stands while that schema stays unread.
    if (message.type === 'scope-begin') yield* notesFor(session, accountScope);
    if (message.type === 'scope-complete') yield* notesFor(session, message.scope);
    yield message;
  }
}

/** What is known of the account beside its schemas. */
async function* readAccountWide(
  session: Session,
  after: Json | null,
  shown: ReadonlySet<string>,
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, Json> {
  yield { type: 'scope-begin', scope: accountScope };
  const earlier = windowCursor.safeParse(after);
  let through = earlier.success ? (earlier.data?.through ?? null) : null;
  try {
    if (session.config.history) through = yield* readHistory(session, through, accountScope, signal);
  } catch (error) {
    const unread = unreadOf('the history of statements', error);
    if (!(unread instanceof UnreadPart)) throw error;
    yield { type: 'gap', scope: accountScope, gap: unread.gap };
  }
  const cost = session.cost.said();
  if (cost !== null) {
    yield { type: 'note', text: cost.text };
    if (cost.gap !== null) session.note(cost.gap);
  }
  yield* notesFor(session, accountScope);
  return { through, shown: [...shown].toSorted() };
}

function* notesFor(session: Session, scope: string): Iterable<SourceMessage> {
  for (const gap of session.takeNotes()) yield { type: 'gap', scope, gap };
}
