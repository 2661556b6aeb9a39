import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectorCapabilities, ReadRequest, SourceConnection } from '../../../connectors/connector.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import type { DatasetDocument, JobDocument, SourceMessage } from '../../../server/model/document.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { SqlEngine } from '../../../server/sql/sql-lineage.ts';
import { openSqliteStores, type SqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { createSync, type SyncOptions } from '../../../server/sync/create-sync.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { Sync } from '../../../server/sync/sync.ts';

export const actor = { kind: 'process', id: 'test' } as const;

/** A source whose stream is whatever the test says. */
export interface ScriptedSource {
  readonly source: ConfiguredSource;
  messages: (request: ReadRequest) => Iterable<unknown> | AsyncIterable<unknown>;
  /** Cursors that reads were asked to begin with. */
  readonly cursors: unknown[];
}

const snapshot: ConnectorCapabilities = {
  mode: 'snapshot',
  incremental: false,
  profile: [],
  accept: false,
  write: false,
};

export function scriptedSource(
  name: string,
  messages: (request: ReadRequest) => Iterable<unknown> | AsyncIterable<unknown>,
  options: Partial<Omit<ConfiguredSource, 'name' | 'connection'>> & {
    readonly check?: SourceConnection['check'];
    readonly looksAtValues?: SourceConnection['profile'];
  } = {},
): ScriptedSource {
  const { check, looksAtValues, ...settings } = options;
  const scripted: ScriptedSource = {
    messages,
    cursors: [],
    source: {
      name,
      connectorName: 'scripted',
      capabilities: snapshot,
      profile: 'none',
      applies: {},
      precedence: 1,
      ...settings,
      connection: () => ({
        check: check ?? (async () => ({ system: 'scripted', gaps: [], notes: [] })),
        async *read(request, signal) {
          scripted.cursors.push(request.cursor);
          for await (const message of scripted.messages(request)) {
            signal.throwIfAborted();
            yield message as SourceMessage;
          }
        },
        ...(looksAtValues === undefined ? {} : { profile: looksAtValues }),
        close: async () => {},
      }),
    },
  };
  return scripted;
}

/** A scope that is read whole. */
export function* wholeScope(scope: string, documents: readonly unknown[]): Iterable<unknown> {
  yield { type: 'scope-begin', scope };
  for (const document of documents) yield { type: 'document', scope, document };
  yield { type: 'scope-complete', scope };
}

export const namespace = 'postgres://db.example.com:5432';

/** A table with columns `name type`. */
export function table(name: string, columns: readonly string[], more: Partial<DatasetDocument> = {}): DatasetDocument {
  return {
    type: 'dataset',
    namespace,
    name,
    kind: 'table',
    platform: 'postgres',
    fields: columns.map((column, i) => {
      const [field = '', type = 'text'] = column.split(' ');
      return { path: [field], type, ordinal: i + 1 };
    }),
    ...more,
  };
}

/** A job that runs one SQL text. */
export function sqlJob(name: string, sql: string, more: Partial<JobDocument> = {}): JobDocument {
  return {
    type: 'job',
    namespace,
    name,
    kind: 'view',
    platform: 'postgres',
    inputs: [],
    outputs: [],
    statements: [{ dialect: 'postgres', sql, namespace, defaultDatabase: 'shop', defaultSchema: 'public' }],
    ...more,
  };
}

export interface House {
  readonly stores: SqliteStores;
  readonly path: string;
  sync(sources: readonly ScriptedSource[], options?: Partial<SyncOptions>): Sync;
  close(): Promise<void>;
}

/** Real stores in a directory of their own, the real SQL room and the real detectors. */
export async function openHouse(): Promise<House> {
  const path = mkdtempSync(join(tmpdir(), 'lexline-sync-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  const sqlEngine: SqlEngine = createSqlEngine({ workers: 1 });
  return {
    stores,
    path,
    sync: (sources, options = {}) =>
      createSync({
        stores,
        sources: sources.map(({ source }) => source),
        sqlEngine,
        classifier: createClassifier({ taxonomy: loadTaxonomy() }),
        taxonomy: loadTaxonomy(),
        rules: loadPropagationRules(),
        namespaces: {},
        clock: systemClock,
        log: silentLog,
        leaseMs: 60_000,
        ...options,
      }),
    async close() {
      await sqlEngine.close();
      await stores.close();
      rmSync(path, { recursive: true, force: true });
    },
  };
}
