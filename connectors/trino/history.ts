import { z } from 'zod';
import { joinName } from '../../server/model/dataset-name.ts';
import type { JobDocument, SourceMessage, StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { digestOf } from '../../server/model/json.ts';
import { parseRows } from '../kit/parse-rows.ts';
import { queryShape } from '../kit/query-shape.ts';
import type { ReadingWindow } from '../kit/warehouse/read-databases.ts';
import { matchesGlob } from '../kit/warehouse/schema-filter.ts';
import { gapOfPart } from '../kit/warehouse/unread-part.ts';
import type { TrinoConfig } from './config.ts';
import type { TrinoPort } from './port.ts';
import { queryRow, type QueryInfo } from './shapes.ts';
import { queriesSql } from './sql.ts';

/** The last query that was read. */
const place = z.object({ ended: z.iso.datetime({ offset: true }), id: z.string().max(200) });

const historyPart = 'the history of queries';
export const historyScope = 'queries';

/** Catalogs that hold no data of anybody. */
export const ownCatalogs: readonly string[] = ['system', 'jmx', 'tpch', 'tpcds'];

/**
 * What the coordinator remembers of finished queries (the last 100 and those of the last 15 minutes, unless it is configured
 * otherwise): a window, never completed. Queries that write are jobs; reading is counted by dataset and day.
 */
export function historyWindow(port: TrinoPort, namespace: string, config: TrinoConfig): ReadingWindow {
  return {
    scope: historyScope,
    async *read(after, signal) {
      const parsed = place.safeParse(after);
      const since = parsed.success ? parsed.data : null;
      const text = queriesSql(since, config.maxQueries);
      let listed: Awaited<ReturnType<TrinoPort['query']>>;
      try {
        listed = await port.query(text, historyPart, signal);
      } catch (error) {
        // What catalogs told does not depend on it.
        const gap = gapOfPart(error, () => forbiddenGap(config.username));
        if (gap === null) throw error;
        yield { type: 'gap', scope: historyScope, gap };
        return since;
      }
      const queries = parseRows('trino', 'queries', queryRow, listed);
      yield { type: 'scope-begin', scope: historyScope };
      const jobs = new Map<string, JobDocument>();
      const seen: SourceMessage[] = [];
      let hidden = 0;
      for (const { query_id: id } of queries) {
        signal.throwIfAborted();
        const info = await port.queryInfo(id, signal);
        if (info === null) {
          hidden += 1;
          continue;
        }
        const job = jobOf(info, namespace);
        if (job !== null) jobs.set(job.name, job);
        seen.push(...observationsOf(id, info, job, namespace));
      }
      for (const document of jobs.values()) yield { type: 'document', scope: historyScope, document };
      yield* seen;
      if (hidden > 0) yield { type: 'gap', scope: historyScope, gap: hiddenGap(hidden, config.username) };
      const last = queries.at(-1);
      return last === undefined ? since : { ended: last.ended, id: last.query_id };
    },
  };
}

interface Place {
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
}

function nameOf(namespace: string, { catalog, schema, table }: Place): QualifiedName {
  return { namespace, name: joinName([catalog, schema, table]) };
}

function isData({ catalog, schema }: Place): boolean {
  return !matchesGlob(catalog, ownCatalogs) && schema !== 'information_schema';
}

/** A query that writes what it reads elsewhere, named by what it writes and by its text without literals, so that the same load is one job. */
function jobOf(info: QueryInfo, namespace: string): JobDocument | null {
  const { output, session, query } = info;
  // A view is read with its schema.
  if (output === null || /\bVIEW$/u.test(info.updateType ?? '')) return null;
  const place = { catalog: output.catalogName, schema: output.schema, table: output.table };
  if (!isData(place) || !info.referencedTables.some(isData)) return null;
  const target = nameOf(namespace, place);
  const shape = digestOf(queryShape(query)).slice(0, 16);
  const name = joinName([place.catalog, place.schema, `query:${place.table}:${shape}`]);
  return {
    type: 'job',
    kind: 'query',
    platform: 'trino',
    namespace,
    name,
    native: { id: name },
    inputs: [],
    outputs: [target],
    flows: 'stated',
    edges: edgesOf(info, target, namespace),
    statements: [
      {
        dialect: 'trino',
        sql: query,
        namespace,
        ...(session.catalog === null ? {} : { defaultDatabase: session.catalog }),
        ...(session.schema === null ? {} : { defaultSchema: session.schema }),
      },
    ],
  };
}

/** The coordinator's own lineage says which column arrives and not what was done to it: it counts where the text is not understood. */
function edgesOf(
  { output, referencedTables }: QueryInfo,
  target: QualifiedName,
  namespace: string,
): readonly StatedEdge[] {
  const places = new Map(
    referencedTables.filter(isData).map((one) => [`${one.catalog}.${one.schema}.${one.table}`, one]),
  );
  const direct = referencedTables.filter((one) => one.directlyReferenced && isData(one));
  const tables = direct.map((one): StatedEdge => ({
    from: { dataset: nameOf(namespace, one), field: null },
    to: { dataset: target, field: null },
    kind: 'DATASET',
    weak: true,
  }));
  const columns = (output?.columns ?? []).flatMap(({ column, sourceColumns }) =>
    sourceColumns.flatMap(({ tableName, columnName }): readonly StatedEdge[] => {
      const place = places.get(tableName);
      if (place === undefined) return [];
      const from = { dataset: nameOf(namespace, place), field: [columnName] };
      return [
        { from, to: { dataset: target, field: [column] }, kind: 'TRANSFORMATION', effect: 'unknown', weak: true },
      ];
    }),
  );
  return [...tables, ...columns];
}

function observationsOf(
  id: string,
  info: QueryInfo,
  job: JobDocument | null,
  namespace: string,
): readonly SourceMessage[] {
  const ended = Date.parse(info.queryStats.endTime ?? '');
  if (Number.isNaN(ended)) return [];
  const last = new Date(ended).toISOString();
  const base = { type: 'observation', day: last.slice(0, 10), count: 1, last, event: id } as const;
  const read = info.referencedTables.filter((one) => one.directlyReferenced && isData(one));
  const names = new Map(read.map((one) => nameOf(namespace, one)).map((name) => [name.name, name]));
  return [
    ...[...names.values()].map((name): SourceMessage => ({ ...base, kind: 'dataset', name, measure: 'read' })),
    ...(job === null ? [] : [{ ...base, kind: 'job', name: { namespace, name: job.name }, measure: 'runs' } as const]),
  ];
}

function forbiddenGap(user: string) {
  return {
    what: historyPart,
    reason: 'no-rights',
    detail: `"${user}" may not read system.runtime.queries`,
    remedy: 'allow SELECT on system.runtime.queries, or set queries: false on the source',
  } as const;
}

function hiddenGap(count: number, user: string) {
  return {
    what: `${count} queries in the history`,
    reason: 'no-rights',
    detail: `"${user}" may not see them, or the coordinator has forgotten them meanwhile`,
    remedy: 'allow "view" on queries of other users in the system access control (`queries` rule), and sync more often',
  } as const;
}
