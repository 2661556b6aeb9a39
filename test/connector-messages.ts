import type { ReadRequest, SourceConnection } from '../connectors/connector.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../server/model/document.ts';
import type { Json } from '../server/model/json.ts';
import type { Gap } from '../server/model/provenance.ts';

type Messages = readonly SourceMessage[];

/** The signal of work that nobody calls off. */
export const never = new AbortController().signal;

/** Messages of one read up to an error, and the error; closes the connection. */
export async function readUntilError(
  connection: SourceConnection,
  cursor: ReadRequest['cursor'] = null,
): Promise<{ readonly messages: Messages; readonly error: unknown }> {
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

/** All messages of one read; closes the connection. */
export async function readAll(connection: SourceConnection, cursor: ReadRequest['cursor'] = null): Promise<Messages> {
  const { messages, error } = await readUntilError(connection, cursor);
  if (error !== null) throw error;
  return messages;
}

/** The messages of one type. */
export function messagesOf<K extends SourceMessage['type']>(
  type: K,
  messages: Messages,
): readonly Extract<SourceMessage, { type: K }>[] {
  return messages.filter((message): message is Extract<SourceMessage, { type: K }> => message.type === type);
}

export function datasetsOf(messages: Messages): readonly DatasetDocument[] {
  return messagesOf('document', messages).flatMap(({ document }) => (document.type === 'dataset' ? [document] : []));
}

export function datasetsByName(messages: Messages): ReadonlyMap<string, DatasetDocument> {
  return new Map(datasetsOf(messages).map((dataset) => [dataset.name, dataset]));
}

export function jobsOf(messages: Messages): readonly JobDocument[] {
  return messagesOf('document', messages).flatMap(({ document }) => (document.type === 'job' ? [document] : []));
}

export function jobsByName(messages: Messages): ReadonlyMap<string, JobDocument> {
  return new Map(jobsOf(messages).map((job) => [job.name, job]));
}

export function gapsOf(messages: Messages): readonly Gap[] {
  return messagesOf('gap', messages).map(({ gap }) => gap);
}

/** Gaps in a line each: scope, reason, what. */
export function gapLines(messages: Messages): readonly string[] {
  return messagesOf('gap', messages).map(({ scope, gap }) => `${scope}: ${gap.reason} ${gap.what}`);
}

/** Scopes that were completed, in the order of the read. */
export function completed(messages: Messages): readonly string[] {
  return messagesOf('scope-complete', messages).map(({ scope }) => scope);
}

/** Scopes that were begun, in the order of the read. */
export function begun(messages: Messages): readonly string[] {
  return messagesOf('scope-begin', messages).map(({ scope }) => scope);
}

export function lastCursor(messages: Messages): Json {
  return messages.findLast((message) => message.type === 'checkpoint')?.cursor ?? null;
}
