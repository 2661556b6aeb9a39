import { snowflake } from '../../../../connectors/snowflake/connector.ts';
import type { ReadRequest, SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../../server/model/document.ts';
import type { Json } from '../../../../server/model/json.ts';
import { createFakeAccount, type FakeAccount } from '../../../fake/snowflake-account.ts';

export const never = new AbortController().signal;
export const token = 'canary-token-7Q';

/** A small account: a table, a view of it, a table of letters. */
export function smallAccount(): FakeAccount {
  const account = createFakeAccount();
  account.table(
    'SALES',
    'CUSTOMERS',
    [{ name: 'ID', type: 'NUMBER' }, { name: 'EMAIL', comment: 'Where invoices go' }, 'NAME'],
    {
      comment: 'People who buy',
    },
  );
  account.table('SALES', 'ORDERS', [{ name: 'ID', type: 'NUMBER' }, 'CARD']);
  account.table('MART', 'MAILING', ['MAIL'], {
    type: 'VIEW',
    definition: "create or replace view MAILING comment = 'as is' as select lower(EMAIL) as MAIL from SALES.CUSTOMERS",
  });
  return account;
}

export function connectTo(
  url: string,
  settings: object = {},
  clock = { now: () => Date.UTC(2026, 10, 21, 12) },
): SourceConnection {
  const config = {
    account: 'acme-shop',
    url,
    token,
    warehouse: 'LEXLINE_WH',
    role: 'LEXLINE',
    retries: 0,
    ...settings,
  };
  return snowflake.connect(snowflake.configSchema.parse(config), { source: 'wh', clock, log: silentLog });
}

export async function readAll(
  connection: SourceConnection,
  cursor: ReadRequest['cursor'] = null,
): Promise<readonly SourceMessage[]> {
  const { messages, error } = await readUntilError(connection, cursor);
  if (error !== null) throw error;
  return messages;
}

export async function readUntilError(
  connection: SourceConnection,
  cursor: ReadRequest['cursor'] = null,
): Promise<{ readonly messages: readonly SourceMessage[]; readonly error: unknown }> {
  const messages: SourceMessage[] = [];
  try {
    for await (const message of connection.read({ cursor }, never)) messages.push(message);
    return { messages, error: null };
  } catch (error) {
    return { messages, error };
  } finally {
    await connection.close();
  }
}

export function datasetsOf(messages: readonly SourceMessage[]): readonly DatasetDocument[] {
  return messages.flatMap((message) =>
    message.type === 'document' && message.document.type === 'dataset' ? [message.document] : [],
  );
}

export function jobsOf(messages: readonly SourceMessage[]): readonly JobDocument[] {
  return messages.flatMap((message) =>
    message.type === 'document' && message.document.type === 'job' ? [message.document] : [],
  );
}

export function gapsOf(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) =>
    message.type === 'gap' ? [`${message.scope}: ${message.gap.reason} ${message.gap.what}`] : [],
  );
}

export function completed(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) => (message.type === 'scope-complete' ? [message.scope] : [])).toSorted();
}

export function begun(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) => (message.type === 'scope-begin' ? [message.scope] : [])).toSorted();
}

export function lastCursor(messages: readonly SourceMessage[]): Json {
  return messages.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
}
