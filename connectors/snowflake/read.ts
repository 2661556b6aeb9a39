import type { SourceMessage } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import type { ReadRequest } from '../connector.ts';
import { readDatabases } from '../kit/warehouse/read-databases.ts';
import { UnreadPart } from '../kit/warehouse/unread-part.ts';
import { wantedSchemas } from '../kit/warehouse/schema-filter.ts';
import { snowflakeDatabase } from './client.ts';
import { grantDatabase } from './gaps.ts';
import { governanceOf } from './governance.ts';
import { readHistory } from './history.ts';
import { governanceLoader } from './load-governance.ts';
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

/** The databases that the configuration asks for, in the order of their names. */
export async function databasesOf(session: Session, signal: AbortSignal): Promise<readonly string[]> {
  const { include, exclude } = session.config.databases;
  const rows = parseRows('databases', databaseRow, await session.port.query(databasesSql, [], signal));
  const usual = (row: (typeof rows)[number]): boolean =>
    include !== undefined || (!ownDatabases.has(row.name) && !otherKinds.test(row.kind ?? ''));
  const named = rows.filter((row) => usual(row)).map(({ name }) => ({ schema: name }));
  return wantedSchemas(named, {
    ...(include === undefined ? {} : { include }),
    ...(exclude === undefined ? {} : { exclude }),
  })
    .map(({ schema }) => schema)
    .toSorted();
}

/** Reads an account: its databases schema by schema, then what is known of the account as a whole. */
export async function* readAccount(
  session: Session,
  request: ReadRequest,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const { namespace, clock, config } = session;
  const load = governanceLoader(session, signal);
  const messages = readDatabases(
    {
      namespace,
      databases: async () =>
        (await databasesOf(session, signal)).map((database) => ({
          warehouse: snowflakeDatabase(session, database, async () => governanceOf(namespace, await load(database))),
          naming: { namespace, platform: 'snowflake', dialect: 'snowflake', database },
        })),
      filter: config.schemas,
      quote,
      grant: grantDatabase,
      clock,
      window: {
        scope: accountScope,
        read: (after) => readAccountWide(session, after, signal),
      },
    },
    request,
    signal,
  );
  for await (const message of messages) {
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
  signal: AbortSignal,
): AsyncGenerator<SourceMessage, Json | null> {
  yield { type: 'scope-begin', scope: accountScope };
  let through = after;
  try {
    if (session.config.history) through = yield* readHistory(session, after, accountScope, signal);
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
  return through;
}

function* notesFor(session: Session, scope: string): Iterable<SourceMessage> {
  for (const gap of session.takeNotes()) yield { type: 'gap', scope, gap };
}
