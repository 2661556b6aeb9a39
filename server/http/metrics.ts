import type { Query } from '../query/query.ts';
import { isLexlineError } from '../base/errors.ts';

/** Upper ends of the buckets of answer times, in seconds. */
const buckets = [0.005, 0.025, 0.1, 0.5, 2.5, 10] as const;

/** Counts requests; `route` is one of a few fixed names, never a path of a caller. */
export interface RequestMeter {
  add(route: string, status: number, seconds: number): void;
  lines(): readonly string[];
}

export function createRequestMeter(): RequestMeter {
  const counts = new Map<string, number>();
  const times = new Map<string, { sum: number; count: number; readonly below: number[] }>();
  return {
    add(route, status, seconds) {
      const key = `route="${route}",status="${status}"`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const time = times.get(route) ?? { sum: 0, count: 0, below: buckets.map(() => 0) };
      time.sum += seconds;
      time.count += 1;
      for (const [index, bucket] of buckets.entries())
        if (seconds <= bucket) time.below[index] = (time.below[index] ?? 0) + 1;
      times.set(route, time);
    },
    lines: () => [
      ...metric('lexline_http_requests_total', 'counter', 'Requests answered.'),
      ...sorted(counts).map(([labels, count]) => `lexline_http_requests_total{${labels}} ${count}`),
      ...metric('lexline_http_request_seconds', 'histogram', 'Time to answer.'),
      ...sorted(times).flatMap(([route, { sum, count, below }]) => [
        ...buckets.map(
          (bucket, index) =>
            `lexline_http_request_seconds_bucket{route="${route}",le="${bucket}"} ${below[index] ?? 0}`,
        ),
        `lexline_http_request_seconds_bucket{route="${route}",le="+Inf"} ${count}`,
        `lexline_http_request_seconds_sum{route="${route}"} ${sum}`,
        `lexline_http_request_seconds_count{route="${route}"} ${count}`,
      ]),
    ],
  };
}

/** What the graph and its sources are at, in Prometheus' text form. Before the first revision the revision is 0. */
export async function graphLines(query: Query): Promise<readonly string[]> {
  const lines: string[] = [];
  const revision = await query.at().catch((error: unknown) => {
    if (isLexlineError(error) && error.code === 'ASOF_BEFORE_FIRST_REVISION') return null;
    throw error;
  });
  lines.push(
    ...metric('lexline_revision', 'gauge', 'The newest published revision.'),
    `lexline_revision ${revision?.n ?? 0}`,
    ...metric('lexline_revision_published_seconds', 'gauge', 'When it was published, since 1970.'),
    `lexline_revision_published_seconds ${revision === null ? 0 : Date.parse(revision.publishedAt) / 1000}`,
    ...metric(
      'lexline_source_synced_seconds',
      'gauge',
      'When a source was last read with success, since 1970; 0: never.',
    ),
  );
  const sources = await query.sources();
  const each = await Promise.all(
    sources.map(async ({ name }) => ({ label: `source="${escapeLabel(name)}"`, ...(await query.freshness([name])) })),
  );
  for (const { label, lastSyncedAt } of each)
    lines.push(
      `lexline_source_synced_seconds{${label}} ${lastSyncedAt === null ? 0 : Date.parse(lastSyncedAt) / 1000}`,
    );
  lines.push(...metric('lexline_source_stale', 'gauge', '1: never read, failed, or too long ago.'));
  for (const { label, stale } of each) lines.push(`lexline_source_stale{${label}} ${stale ? 1 : 0}`);
  return lines;
}

/** What the process takes. */
export function processLines(): readonly string[] {
  return [
    ...metric('process_resident_memory_bytes', 'gauge', 'Resident memory.'),
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    ...metric('process_cpu_seconds_total', 'counter', 'Processor time taken, all threads.'),
    `process_cpu_seconds_total ${cpuSeconds()}`,
    ...metric('process_uptime_seconds', 'gauge', 'Time since the start.'),
    `process_uptime_seconds ${process.uptime()}`,
  ];
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The head of one metric. */
export function metric(name: string, type: 'counter' | 'gauge' | 'histogram', help: string): readonly string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`];
}

function sorted<T>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** A text as the value of a label. */
export function escapeLabel(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}
