import { z } from 'zod';
import { instant, type Clock } from '../../server/base/clock.ts';
import { LexlineError, isLexlineError } from '../../server/base/errors.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import type { ReadRequest } from '../connector.ts';
import type { AmundsenClient } from './client.ts';
import type { AmundsenConfig } from './config.ts';
import { mapLineage, mapTable } from './map.ts';
import type { SchemaRow } from './shapes.ts';

/** Raised when the same graph would make other documents. */
const mapping = 1;

const cursorShape = z.object({ version: z.literal(1), digest: z.string(), stamps: z.record(z.string(), z.string()) });

/** Reads schema by schema. One whose stamp is that of the cursor is not begun; one that is gone is not among the scopes. */
export async function* readGraph(
  client: AmundsenClient,
  config: AmundsenConfig,
  clock: Clock,
  request: ReadRequest,
  source: string,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  signal.throwIfAborted();
  const { include, exclude } = config.schemas;
  const schemas = (await client.schemas(signal)).filter(
    ({ key }) => (include === undefined || include.includes(key)) && exclude?.includes(key) !== true,
  );
  const digest = digestOf([mapping, config.url, config.schemas, config.usage]);
  const parsed = cursorShape.safeParse(request.cursor?.at);
  const before = parsed.success && parsed.data.digest === digest ? parsed.data.stamps : {};
  const seen = new Map(schemas.flatMap(({ key, stamp }) => (before[key] === stamp ? [[key, stamp] as const] : [])));
  const cursor = (): Json => ({
    version: 1,
    digest,
    stamps: Object.fromEntries([...seen].sort(([a], [b]) => (a < b ? -1 : 1))),
  });

  yield { type: 'scopes', scopes: schemas.map(({ key }) => key) };
  for (const schema of schemas) {
    if (seen.has(schema.key)) continue;
    yield { type: 'scope-begin', scope: schema.key };
    try {
      yield* readSchema(client, config, clock, schema, source, signal);
    } catch (error) {
      if (!isLexlineError(error) || error.code !== 'CONNECTOR_MISSING_RIGHTS') throw error;
      const gap = {
        what: `schema ${schema.key}`,
        reason: 'no-rights',
        detail: 'the database refused to show it; what was known of it stays',
        remedy: error.remedy ?? `let the user of Amundsen's database read it, or leave it out of schemas`,
      } as const;
      yield { type: 'gap', scope: schema.key, gap };
      continue;
    }
    yield { type: 'scope-complete', scope: schema.key };
    seen.set(schema.key, schema.stamp);
    yield { type: 'checkpoint', cursor: cursor() };
  }
  yield { type: 'checkpoint', cursor: cursor() };
}

async function* readSchema(
  client: AmundsenClient,
  config: AmundsenConfig,
  clock: Clock,
  schema: SchemaRow,
  source: string,
  signal: AbortSignal,
): AsyncIterable<SourceMessage> {
  const scope = schema.key;
  const last = instant(clock);
  let after = '';
  let unknown = 0;
  for (;;) {
    const page = await client.tables(schema.key, after, config.pageSize, signal);
    const end = page.at(-1);
    if (end === undefined) break;
    if (end.key <= after) throw looping(source, schema.key);
    const edges = await client.lineage(
      page.map(({ key }) => key),
      signal,
    );
    const intoTable = Map.groupBy(edges.tables, ({ to }) => to);
    const intoColumn = Map.groupBy(edges.columns, ({ to }) => to);
    for (const table of page) {
      const document = mapTable(table, schema);
      yield { type: 'document', scope, document };
      const target = { namespace: document.namespace, name: document.name };
      const lineage = mapLineage(table, target, {
        tables: intoTable.get(table.key) ?? [],
        columns: table.columns.flatMap(({ key }) => intoColumn.get(key) ?? []),
      });
      unknown += lineage.unknown;
      if (lineage.document !== null) yield { type: 'document', scope, document: lineage.document };
      if (config.usage && (table.readers ?? 0) > 0)
        yield {
          type: 'observation',
          kind: 'dataset',
          name: target,
          measure: 'usage',
          day: last.slice(0, 10),
          count: 1,
          last,
          body: { reads: table.reads ?? 0, readers: table.readers ?? 0 },
        };
    }
    if (page.length < config.pageSize) break;
    after = end.key;
  }
  if (unknown > 0)
    yield {
      type: 'gap',
      scope,
      gap: {
        what: `${unknown} ${unknown === 1 ? 'end' : 'ends'} of lineage into ${schema.key}`,
        reason: 'unresolved-name',
        detail: 'their keys are not as Amundsen makes them; those edges are missing',
        remedy: 'let what writes this lineage to Amundsen make keys like database://cluster.schema/table',
      },
    };
}

function looping(source: string, schema: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/amundsen] source "${source}": listing ${schema} gives the same page again; nothing of it was retired`,
  );
}
