import { digestOf, type Json } from '../../server/model/json.ts';
import type { FakeCloud, FakeDataset, FakeField, FakeTable } from './bigquery-project.ts';

/** What a query gives, or why it is refused. */
export type FakeAnswer =
  | { readonly rows: readonly unknown[]; readonly bytes: number }
  | { readonly refused: string; readonly status: number };

/** Bound values by name. */
export type Bound = Readonly<Record<string, string | readonly string[]>>;

/** The values that a request binds. */
export function boundIn(parameters: unknown): Bound {
  const list = (parameters ?? []) as readonly {
    name: string;
    parameterValue: { value?: string; arrayValues?: readonly { value: string }[] };
  }[];
  return Object.fromEntries(
    list.map(({ name, parameterValue }) => [
      name,
      parameterValue.value ?? (parameterValue.arrayValues ?? []).map(({ value }) => value),
    ]),
  );
}

const tenMegabytes = 10 * 1024 * 1024;
const place = /`([^`]+)`\.`([^`]+)`\.INFORMATION_SCHEMA\.([A-Z_]+)/gu;

/** Answers the connector's statements out of a cloud in memory: by which views they read, and where. */
export function answerOf(cloud: FakeCloud, sql: string, location: string, bound: Bound): FakeAnswer {
  const views = [...sql.matchAll(place)];
  const [first] = views;
  if (first === undefined) {
    if (sql.includes('SESSION_USER()'))
      return { rows: [{ user: 'lexline@acme-shop.iam.gserviceaccount.com', now_ms: cloud.nowMs }], bytes: 0 };
    return sampled(cloud, sql);
  }
  const [, project = '', where = ''] = first;
  const names = new Set(views.map((match) => match[3] ?? ''));
  for (const name of names) if (cloud.refused.has(name)) return { refused: 'accessDenied', status: 403 };
  const answered = (rows: readonly unknown[]): FakeAnswer => ({ rows, bytes: names.size * tenMegabytes });
  if (names.has('JOBS_BY_PROJECT')) {
    if (where !== `region-${location.toLowerCase()}`) return { refused: 'notFound', status: 404 };
    return answered(
      sql.includes('user_email, j.end_time') || sql.includes('readers')
        ? readsOf(cloud, project, sql, location)
        : jobsOf(cloud, project, sql, location),
    );
  }
  const dataset = cloud.projects.get(project)?.get(where);
  if (cloud.refused.has(`dataset:${where}`)) return { refused: 'accessDenied', status: 403 };
  if (dataset === undefined || dataset.location !== location) return { refused: 'notFound', status: 404 };
  if (names.has('ROUTINES')) {
    const rows = dataset.routines.map((one) => ({ language: null, comment: null, ...one }));
    return answered(sql.includes('MD5') ? rows.map((row) => ({ name: row.name, digest: digestOf(row) })) : rows);
  }
  if (names.has('PARTITIONS'))
    return answered(
      (bound['tables'] as readonly string[]).flatMap((name) => {
        const table = dataset.tables.get(name);
        return table === undefined ? [] : [{ name, row_count: String(table.rows.length) }];
      }),
    );
  if (bound['prefix'] !== undefined) {
    const shards = [...dataset.tables.keys()].filter((name) => name.startsWith(String(bound['prefix'])));
    return answered([{ latest: shards.toSorted().at(-1) ?? null }]);
  }
  const rows = relationsOf(dataset);
  if (!sql.includes('MD5')) return answered(rows);
  return answered(
    rows.map(({ latest, told }) => ({
      name: told.name,
      latest,
      type: told.type,
      digest: digestOf(told),
      policy_tags: [...new Set(told.fields.flatMap((field) => field.policy_tags))],
      data_policies: [...new Set(told.fields.flatMap((field) => field.data_policies ?? []))],
    })),
  );
}

const types: Readonly<Record<FakeTable['type'], string>> = {
  TABLE: 'BASE TABLE',
  VIEW: 'VIEW',
  EXTERNAL: 'EXTERNAL',
  MATERIALIZED_VIEW: 'MATERIALIZED VIEW',
  SNAPSHOT: 'SNAPSHOT',
};

function relationsOf(dataset: FakeDataset) {
  const folded = Map.groupBy([...dataset.tables.keys()].toSorted(), (name) =>
    name.replace(/_(?:19|20)\d{6}$/u, '_yyyymmdd'),
  );
  return [...folded]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, own]) => {
      const latest = own.at(-1) ?? name;
      const table = dataset.tables.get(latest);
      if (table === undefined) return [];
      const options = {
        ...table.options,
        ...(table.description === undefined ? {} : { description: JSON.stringify(table.description) }),
        ...(Object.keys(table.labels).length === 0
          ? {}
          : {
              labels: `[${Object.entries(table.labels)
                .map(([key, value]) => `STRUCT("${key}", "${value}")`)
                .join(', ')}]`,
            }),
      };
      return [
        {
          latest,
          told: {
            name,
            is_sharded: name !== latest,
            type: types[table.type],
            ddl:
              table.type === 'MATERIALIZED_VIEW'
                ? `CREATE MATERIALIZED VIEW \`x.y.${name}\`\nAS ${table.query ?? ''};`
                : null,
            has_connection: table.hasConnection === true,
            base_project: table.base?.[0] ?? null,
            base_dataset: table.base?.[1] ?? null,
            base_table: table.base?.[2] ?? null,
            query: table.type === 'VIEW' ? (table.query ?? null) : null,
            is_standard: table.type === 'VIEW' ? table.isLegacy !== true : null,
            fields: table.fields.flatMap((field, i) => fieldRows(table, field, [], i + 1)),
            options: Object.entries(options).map(([key, value]) => ({ name: key, value })),
            keys: table.keys.map((key) => ({ position: 1, dataset: null, relation: null, other: null, ...key })),
          },
        },
      ];
    });
}

interface FieldAnswer {
  readonly path: string;
  readonly policy_tags: readonly string[];
  readonly data_policies: string | null;
  readonly [other: string]: Json;
}

function fieldRows(
  table: FakeTable,
  field: FakeField,
  above: readonly string[],
  ordinal: number,
): readonly FieldAnswer[] {
  const path = [...above, field.name];
  return [
    {
      path: path.join('.'),
      type: typeOf(field),
      comment: field.description ?? null,
      ordinal: String(ordinal),
      nullable: field.mode === 'REQUIRED' ? 'NO' : 'YES',
      generated: table.generated[path.join('.')] ?? null,
      is_partitioning: table.partitionedBy === path[0],
      clustering: table.clusteredBy.includes(path[0] ?? '')
        ? String(table.clusteredBy.indexOf(path[0] ?? '') + 1)
        : null,
      has_default: false,
      policy_tags: field.policyTags?.names ?? [],
      data_policies: field.dataPolicies === undefined ? null : JSON.stringify(field.dataPolicies),
    },
    ...(field.fields ?? []).flatMap((member) => fieldRows(table, member, path, ordinal)),
  ];
}

function typeOf({ type, mode, fields = [] }: FakeField): string {
  const own =
    type === 'RECORD' ? `STRUCT<${fields.map((field) => `${field.name} ${typeOf(field)}`).join(', ')}>` : type;
  return mode === 'REPEATED' ? `ARRAY<${own}>` : own;
}

function spanIn(sql: string): readonly [number, number] {
  const found = [...sql.matchAll(/end_time (?:>=|<) TIMESTAMP_MILLIS\((\d+)\)/gu)].map((match) => Number(match[1]));
  return [found[0] ?? 0, found[1] ?? 0];
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const tableOf = ([project_id = '', dataset_id = '', table_id = '']: readonly string[]) => ({
  project_id,
  dataset_id,
  table_id,
});

function jobsOf(cloud: FakeCloud, project: string, sql: string, location: string) {
  const [from, to] = spanIn(sql);
  const limit = Number(/LIMIT (\d+)/u.exec(sql)?.[1] ?? 0);
  return (cloud.jobs.get(project) ?? [])
    .filter((job) => job.location === location && job.endedMs >= from && job.endedMs < to)
    .toSorted((a, b) => b.endedMs - a.endedMs)
    .slice(0, limit)
    .map((job) => ({
      job_id: job.id,
      type: job.type ?? 'QUERY',
      statement_type: job.statement ?? '',
      query: job.query ?? '',
      shape: job.shape,
      day: dayOf(job.endedMs),
      ended_ms: job.endedMs,
      runs: job.runs ?? 1,
      moves: [
        JSON.stringify({
          target: job.target === undefined ? null : tableOf(job.target),
          tables: job.read === undefined ? null : job.read.map(tableOf),
        }),
      ],
    }));
}

function readsOf(cloud: FakeCloud, project: string, sql: string, location: string) {
  const [from, to] = spanIn(sql);
  return (cloud.reads.get(project) ?? [])
    .filter((read) => read.location === location && read.lastMs >= from && read.lastMs < to)
    .map(({ table, day, reads, readers, lastMs }) => ({ ...tableOf(table), day, reads, readers, last_ms: lastMs }));
}

/** `SELECT TO_JSON_STRING(STRUCT(…)) AS json FROM table … LIMIT n` of the profiler. */
function sampled(cloud: FakeCloud, sql: string): FakeAnswer {
  const [, project = '', dataset = '', name = ''] = /FROM `([^`]+)`\.`([^`]+)`\.`([^`]+)`/u.exec(sql) ?? [];
  const table = cloud.projects.get(project)?.get(dataset)?.tables.get(name);
  if (table === undefined) return { refused: 'notFound', status: 404 };
  const columns = [...sql.matchAll(/CAST\(`([^`]+)` AS STRING\), \d+\) AS c(\d+)/gu)];
  const limit = Number(/LIMIT (\d+)$/u.exec(sql)?.[1] ?? 0);
  const rows = table.rows
    .slice(0, limit)
    .map((row) => Object.fromEntries(columns.map(([, column = '', i = '']) => [`c${i}`, row[column] ?? null])));
  return { rows, bytes: tenMegabytes };
}
