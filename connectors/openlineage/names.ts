import type { QualifiedName } from '../../server/model/ids.ts';
import type { DatasetKind } from '../../server/model/document.ts';

/** Kinds of storage whose datasets are files, by the scheme of their namespace. */
const fileSchemes: ReadonlySet<string> = new Set([
  'file',
  's3',
  's3a',
  's3n',
  'gs',
  'gcs',
  'abfs',
  'abfss',
  'wasb',
  'wasbs',
  'hdfs',
  'dbfs',
  'oss',
  'inmemory',
]);
const topicSchemes: ReadonlySet<string> = new Set(['kafka', 'pubsub', 'pulsar', 'kinesis', 'sqs', 'eventhub']);
const sameAs: Readonly<Record<string, string>> = {
  postgresql: 'postgres',
  s3a: 's3',
  s3n: 's3',
  gcs: 'gs',
  awsglue: 'glue',
};

/** What a dataset lives on, as its namespace says it by the naming specification: `postgres://…` postgres, `file` file. */
export function platformOf(namespace: string): string {
  const scheme = /^([a-z][a-z0-9+-]*)(?::\/\/|:|$)/iu.exec(namespace)?.[1]?.toLowerCase() ?? 'openlineage';
  if (scheme === 'arn') return 'glue';
  return sameAs[scheme] ?? scheme;
}

/** Files and folders are not what the tables of a SQL text are called. */
export function isStorage({ namespace }: Pick<QualifiedName, 'namespace'>): boolean {
  const platform = platformOf(namespace);
  return fileSchemes.has(platform) || topicSchemes.has(platform);
}

const stated: Readonly<Record<string, DatasetKind>> = {
  TABLE: 'table',
  VIEW: 'view',
  MATERIALIZED_VIEW: 'materialized-view',
  MATERIALIZED: 'materialized-view',
  FILE: 'file',
  TOPIC: 'topic',
  STREAM: 'topic',
  DASHBOARD: 'report',
  REPORT: 'report',
  EXTERNAL: 'foreign-table',
  PARTITION: 'partition',
};

/** The kind of a dataset: what its `datasetType` says, else what its namespace lets expect. */
export function kindOf(namespace: string, type: string | null, subType: string | null): DatasetKind {
  for (const word of [subType, type]) {
    const kind = word === null ? undefined : stated[word.toUpperCase()];
    if (kind !== undefined) return kind;
  }
  const platform = platformOf(namespace);
  if (topicSchemes.has(platform)) return 'topic';
  return fileSchemes.has(platform) ? 'file' : 'table';
}
