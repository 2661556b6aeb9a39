import { atlas } from '../../../../connectors/atlas/connector.ts';
import type { SourceConnection } from '../../../../connectors/connector.ts';
import { silentLog } from '../../../../server/base/log.ts';
import type { SourceMessage } from '../../../../server/model/document.ts';
import type { Json } from '../../../../server/model/json.ts';
import { createFakeCatalog, type FakeCatalog } from '../../../fake/atlas-catalog.ts';

export const password = 'canary-password-7Q';

/** A connection to a made-up or recorded Atlas, with waits cut short. */
export function connectTo(
  url: string,
  settings: Readonly<Record<string, unknown>> = {},
  now = Date.UTC(2026, 0, 2),
): SourceConnection {
  const config = atlas.configSchema.parse({ url, username: 'reader', password, retries: 2, ...settings });
  return atlas.connect(config, { source: 'catalog', clock: { now: () => now }, log: silentLog });
}

/** All messages of one read. */
export async function readAll(
  connection: SourceConnection,
  cursor: { readonly kind: 'since' | 'resume'; readonly at: Json } | null = null,
): Promise<readonly SourceMessage[]> {
  const messages: SourceMessage[] = [];
  try {
    for await (const message of connection.read({ cursor }, new AbortController().signal)) messages.push(message);
  } finally {
    await connection.close();
  }
  return messages;
}

/** Messages up to an error, and the error. */
export async function readUntilError(
  connection: SourceConnection,
): Promise<{ readonly messages: readonly SourceMessage[]; readonly error: unknown }> {
  const messages: SourceMessage[] = [];
  try {
    for await (const message of connection.read({ cursor: null }, new AbortController().signal)) messages.push(message);
    return { messages, error: null };
  } catch (error) {
    return { messages, error };
  } finally {
    await connection.close();
  }
}

export function lastCursor(messages: readonly SourceMessage[]): Json {
  return messages.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
}

export function completed(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) => (message.type === 'scope-complete' ? [message.scope] : []));
}

export function gapsOf(messages: readonly SourceMessage[]): readonly string[] {
  return messages.flatMap((message) =>
    message.type === 'gap' ? [`${message.scope}: ${message.gap.reason} ${message.gap.what}`] : [],
  );
}

export function datasetsOf(messages: readonly SourceMessage[]) {
  return messages.flatMap((message) =>
    message.type === 'document' && message.document.type === 'dataset' ? [message.document] : [],
  );
}

export function jobsOf(messages: readonly SourceMessage[]) {
  return messages.flatMap((message) =>
    message.type === 'document' && message.document.type === 'job' ? [message.document] : [],
  );
}

/** Two databases, a job between two tables of the first, a tag that is propagated along it. */
export function smallCatalog(): FakeCatalog {
  const catalog = createFakeCatalog();
  const people = catalog.table('crm', 'people', ['id', 'email', 'name']);
  const letters = catalog.table('crm', 'letters', ['address', 'sent']);
  catalog.table('hr', 'staff', ['id', 'iban']);
  catalog.process(
    'fill_letters',
    people,
    letters,
    [['email', 'address']],
    "insert into crm.letters select email from crm.people where name <> 'canary-7Q'",
  );
  const email = columnOf(catalog, 'crm.people.email@c1');
  catalog.classify(email, 'Personal', { propagate: true, attributes: { level: 'high' } });
  catalog.now += 3_600_000;
  return catalog;
}

export function columnOf(catalog: FakeCatalog, qualifiedName: string) {
  const found = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
  if (found === undefined) throw new Error(`no ${qualifiedName}`);
  return found;
}
