import { GetDatabasesCommand, GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import { GetResourceLFTagsCommand, LakeFormationClient, type Resource } from '@aws-sdk/client-lakeformation';
import type { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';
import type { GlueConfig } from './config.ts';
import { namesOf, toFailure } from './failure.ts';
import { databasePage, resourceTags, tablePage, type GlueTable, type ResourceTags } from './shapes.ts';

export interface GlueDatabase {
  readonly name: string;
  /** The account or catalog it belongs to. */
  readonly catalogId: string | null;
}

/** What the connector asks of Glue and Lake Formation. */
export interface GluePort {
  databases(signal: AbortSignal): Promise<readonly GlueDatabase[]>;
  /** The tables of a database, in pages. Fails with EntityNotFoundException when the database is gone. */
  tables(database: string, signal: AbortSignal): AsyncIterable<readonly GlueTable[]>;
  /** Fails with EntityNotFoundException when the table is gone. */
  tags(database: string, table: string, columns: readonly string[], signal: AbortSignal): Promise<ResourceTags>;
  close(): void;
}

/** The AWS SDK's clients: they sign, page by token, and wait and try again when they are throttled. */
export function createGluePort(source: string, config: GlueConfig): GluePort {
  const settings = clientSettings(config);
  const glue = new GlueClient(settings);
  const lakeFormation = new LakeFormationClient(settings);
  const catalog = config.catalogId === undefined ? {} : { CatalogId: config.catalogId };

  async function asked<S extends z.ZodType>(
    what: string,
    send: (options: { abortSignal: AbortSignal }) => Promise<unknown>,
    shape: S,
    signal: AbortSignal,
  ): Promise<z.output<S>> {
    signal.throwIfAborted();
    let answer: unknown;
    try {
      answer = await send({ abortSignal: signal });
    } catch (error) {
      signal.throwIfAborted();
      throw namesOf(error).includes('EntityNotFoundException') ? error : toFailure(error, source);
    }
    const parsed = shape.safeParse(answer);
    if (parsed.success) return parsed.data;
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw unexpected(`the answer about ${what} is not as Glue gives it, at "${where}"`);
  }

  function unexpected(says: string): LexlineError {
    return new LexlineError('CONNECTOR_UNEXPECTED', `[connectors/glue] source "${source}": ${says}`);
  }

  /** Follows the tokens to the end. A token that was there before would never end. */
  async function* pages<P extends { readonly NextToken: string | null }>(
    what: string,
    ask: (token: { NextToken?: string }) => Promise<P>,
  ): AsyncGenerator<P> {
    const seen = new Set<string>();
    let token: string | null = null;
    do {
      const page: P = await ask(token === null ? {} : { NextToken: token });
      yield page;
      token = page.NextToken === '' ? null : page.NextToken;
      if (token !== null && seen.has(token)) throw unexpected(`the pages of ${what} go in circles`);
      if (token !== null) seen.add(token);
    } while (token !== null);
  }

  return {
    async databases(signal) {
      const found = new Map<string, GlueDatabase>();
      const ask = (token: { NextToken?: string }) =>
        asked(
          'databases',
          (options) => glue.send(new GetDatabasesCommand({ ...catalog, ...token, MaxResults: 100 }), options),
          databasePage,
          signal,
        );
      for await (const { DatabaseList } of pages('databases', ask))
        for (const { Name: name, CatalogId: catalogId } of DatabaseList) found.set(name, { name, catalogId });
      return [...found.values()];
    },
    async *tables(database, signal) {
      const what = `the tables of ${database}`;
      const ask = (token: { NextToken?: string }) =>
        asked(
          what,
          (options) =>
            glue.send(
              new GetTablesCommand({ ...catalog, ...token, DatabaseName: database, MaxResults: config.pageSize }),
              options,
            ),
          tablePage,
          signal,
        );
      for await (const { TableList } of pages(what, ask)) yield TableList;
    },
    async tags(database, table, columns, signal) {
      const of = { ...catalog, DatabaseName: database, Name: table };
      const ask = (Resource: Resource) =>
        asked(
          `the tags of ${database}.${table}`,
          (options) =>
            lakeFormation.send(
              new GetResourceLFTagsCommand({ ...catalog, Resource, ShowAssignedLFTags: true }),
              options,
            ),
          resourceTags,
          signal,
        );
      const whole = await ask({ Table: of });
      if (columns.length === 0) return whole;
      const { LFTagsOnColumns } = await ask({ TableWithColumns: { ...of, ColumnNames: [...columns] } });
      return { ...whole, LFTagsOnColumns };
    },
    close() {
      glue.destroy();
      lakeFormation.destroy();
    },
  };
}

function clientSettings({
  region,
  endpoint,
  accessKeyId,
  secretAccessKey,
  sessionToken,
  retries,
  timeoutMs,
}: GlueConfig) {
  return {
    region,
    maxAttempts: retries + 1,
    requestHandler: { requestTimeout: timeoutMs, connectionTimeout: timeoutMs, throwOnRequestTimeout: true },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : {
          credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
        }),
  };
}
