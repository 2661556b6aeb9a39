import type { ProfileMessage, ProfileOptions, ReadRequest, SourceConnection } from '../connectors/connector.ts';
import { createClassifier } from '../server/classify/create-classifier.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../server/model/document.ts';
import type { Json } from '../server/model/json.ts';
import type { Gap } from '../server/model/provenance.ts';

import type { ProfileRequest, Profiler } from '../server/model/profile.ts';
import { loadTaxonomy } from '../server/rulebook/taxonomy.ts';

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

/** All messages of one read since a place that an earlier read told (`lastCursor`); closes the connection. */
export async function readSince(connection: SourceConnection, at: Json): Promise<Messages> {
  return readAll(connection, { kind: 'since', at });
}

/** All messages of one look at values, with the shipped detectors where no profiler is given; closes the connection. */
export async function profileAll(
  connection: SourceConnection,
  requests: readonly ProfileRequest[],
  { profiler, ...options }: Partial<ProfileOptions> & { readonly profiler?: Profiler } = {},
): Promise<readonly ProfileMessage[]> {
  if (connection.profile === undefined) throw new Error('this connection looks at no values');
  const looks = profiler ?? createClassifier({ taxonomy: loadTaxonomy() }).profiler();
  const messages: ProfileMessage[] = [];
  try {
    const told = connection.profile(requests, looks, { mode: 'sample', maxRows: 100, seed: 1, ...options }, never);
    for await (const message of told) messages.push(message);
    return messages;
  } finally {
    await connection.close();
  }
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
