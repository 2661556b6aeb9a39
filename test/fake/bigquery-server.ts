import { answerOf, boundIn } from './bigquery-answers.ts';
import { cells } from './bigquery-cells.ts';
import { policyRoutes } from './bigquery-policies.ts';
import type { FakeCloud, FakeField, FakeTable } from './bigquery-project.ts';
import { badRequest, notFound, queryMembers, refuse, type Refusal, type Route } from './bigquery-routes.ts';
import { listen, textOf, type FakeServer } from './replay-server.ts';

export interface FakeBigQueryOptions {
  readonly token?: string;
  /** Rows of a query's answer at a time, however many were asked for. */
  readonly rowsPerPage?: number;
  /** Queries first answer that they still run. */
  readonly slow?: boolean;
  /** Before the n-th change of a table arrives, somebody else may have changed it. */
  readonly beforePatch?: (n: number) => void;
  /** Such queries never end. */
  readonly neverEnds?: boolean;
  /** Queries are on capacity: nothing is billed by the byte. */
  readonly capacity?: boolean;
}

/** What a server was asked to change. */
export interface FakeBigQuery extends FakeServer {
  readonly patches: { readonly path: string; readonly body: unknown; readonly ifMatch: string | undefined }[];
  readonly queries: { readonly sql: string; readonly body: Record<string, unknown> }[];
  readonly cancelled: string[];
}

/**
 * BigQuery's REST interface v2 with those of Data Catalog v1 (policy tags) and Data Policy v2 beside it, over a cloud in memory. What the
 * discovery documents do not know — a path, a parameter, a member of a request — is refused.
 */
export async function startFakeBigQuery(cloud: FakeCloud, options: FakeBigQueryOptions = {}): Promise<FakeBigQuery> {
  const patches: FakeBigQuery['patches'] = [];
  const queries: FakeBigQuery['queries'] = [];
  const cancelled: string[] = [];
  let asked = 0;
  const results = new Map<string, { rows: readonly unknown[]; bytes: number }>();
  const requestIds = new Map<string, string>();

  const routes: readonly Route[] = [
    [
      'GET',
      /^\/bigquery\/v2\/projects$/u,
      ['maxResults', 'pageToken'],
      () => ({ projects: [...cloud.projects.keys()].map((id) => ({ id, projectReference: { projectId: id } })) }),
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets$/u,
      ['maxResults', 'pageToken', 'all', 'filter'],
      ([project = ''], { query }) => listDatasets(project, query),
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets\/([^/]+)$/u,
      ['accessPolicyVersion', 'datasetView'],
      ([project = '', name = '']) => {
        const dataset = cloud.projects.get(project)?.get(name);
        if (dataset === undefined) return notFound;
        if (cloud.refused.has('datasets.get')) return refuse(403, 'accessDenied');
        const { tables: _, routines: __, ...whole } = dataset;
        return { ...whole, datasetReference: { projectId: project, datasetId: name } };
      },
    ],
    [
      'POST',
      /^\/bigquery\/v2\/projects\/([^/]+)\/queries$/u,
      [],
      ([project = ''], { body }) => runQuery(project, body),
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/queries\/([^/]+)$/u,
      [
        'location',
        'maxResults',
        'pageToken',
        'startIndex',
        'timeoutMs',
        'formatOptions.useInt64Timestamp',
        'formatOptions.timestampOutputFormat',
      ],
      ([project = '', id = ''], { query }) =>
        pageOf(project, id, Number(query.get('pageToken') ?? 0), Number(query.get('maxResults') ?? 1000)),
    ],
    [
      'POST',
      /^\/bigquery\/v2\/projects\/([^/]+)\/jobs\/([^/]+)\/cancel$/u,
      ['location'],
      ([, id = '']) => {
        cancelled.push(id);
        return { kind: 'bigquery#jobCancelResponse' };
      },
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/jobs\/([^/]+)$/u,
      ['location'],
      ([project = '', id = '']) => {
        const own = results.get(id);
        if (own !== undefined)
          return { statistics: { query: options.capacity === true ? {} : { totalBytesBilled: String(own.bytes) } } };
        const job = cloud.jobs.get(project)?.find((one) => one.id === id);
        return job === undefined ? notFound : { configuration: job.configuration ?? { query: {} } };
      },
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)\/rowAccessPolicies$/u,
      ['pageSize', 'pageToken'],
      ([project = '', dataset = '', name = '']) => {
        if (cloud.refused.has('rowAccessPolicies')) return refuse(403, 'accessDenied');
        const table = tableAt(project, dataset, name);
        if (table === undefined) return notFound;
        return table.rowPolicies.length === 0
          ? {}
          : {
              rowAccessPolicies: table.rowPolicies.map((policyId) => ({
                rowAccessPolicyReference: { policyId },
                filterPredicate: 'region = "canary-7Q"',
              })),
            };
      },
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)\/data$/u,
      [
        'maxResults',
        'pageToken',
        'selectedFields',
        'startIndex',
        'formatOptions.useInt64Timestamp',
        'formatOptions.timestampOutputFormat',
      ],
      ([project = '', dataset = '', name = ''], { query }) => {
        const table = tableAt(project, dataset, name);
        if (table === undefined) return notFound;
        if (table.type === 'VIEW' || table.type === 'EXTERNAL') return badRequest;
        if (cloud.refused.has(`rows:${name}`)) return refuse(403, 'accessDenied');
        const start = Number(query.get('startIndex') ?? 0);
        const selected = (query.get('selectedFields') ?? '').split(',').map((path) => path.split('.'));
        const rows = table.rows.slice(start, start + Number(query.get('maxResults') ?? 1000));
        return {
          totalRows: String(table.rows.length),
          ...(rows.length === 0 ? {} : { rows: rows.map((row) => cells(table.fields, selected, row)) }),
        };
      },
    ],
    [
      'GET',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/u,
      ['selectedFields', 'view'],
      ([project = '', dataset = '', name = ''], { query }) => {
        const table = tableAt(project, dataset, name);
        if (table === undefined) return notFound;
        const { fields, type, labels, description, etag } = table;
        return {
          kind: 'bigquery#table',
          etag: `"${etag}"`,
          type,
          location: cloud.projects.get(project)?.get(dataset)?.location,
          schema: { fields },
          ...(Object.keys(labels).length === 0 ? {} : { labels }),
          ...(description === undefined ? {} : { description }),
          ...(query.get('view') === 'BASIC' ? {} : { numRows: String(table.rows.length) }),
        };
      },
    ],
    [
      'PATCH',
      /^\/bigquery\/v2\/projects\/([^/]+)\/datasets\/([^/]+)\/tables\/([^/]+)$/u,
      ['autodetect_schema'],
      ([project = '', dataset = '', name = ''], { body, request, path }) => {
        const table = tableAt(project, dataset, name);
        if (table === undefined) return notFound;
        options.beforePatch?.((asked += 1));
        const ifMatch = request.headers['if-match'];
        if (ifMatch !== undefined && ifMatch !== `"${table.etag}"`) return refuse(412, 'conditionNotMet');
        const change = body as { schema?: { fields: FakeField[] }; labels?: Record<string, string | null> };
        if (Object.keys(change).some((member) => !['schema', 'labels', 'description'].includes(member)))
          return badRequest;
        patches.push({ path, body, ifMatch });
        table.etag += 1;
        if (change.schema !== undefined) table.fields = change.schema.fields;
        for (const [key, value] of Object.entries(change.labels ?? {}))
          if (value === null) delete table.labels[key];
          else table.labels[key] = value;
        return { kind: 'bigquery#table' };
      },
    ],
    ...policyRoutes(cloud),
  ];

  const tableAt = (project: string, dataset: string, name: string): FakeTable | undefined =>
    cloud.projects.get(project)?.get(dataset)?.tables.get(name);

  function listDatasets(project: string, query: URLSearchParams): unknown {
    const datasets = cloud.projects.get(project);
    if (datasets === undefined) return notFound;
    if (cloud.refused.has(`project:${project}`)) return refuse(403, 'accessDenied');
    const all = [...datasets].map(([datasetId, { location, labels }]) => ({
      datasetReference: { datasetId, projectId: project },
      location,
      labels,
    }));
    const size = Number(query.get('maxResults') ?? 50);
    const from = Number(query.get('pageToken') ?? 0);
    return {
      ...(all.length === 0 ? {} : { datasets: all.slice(from, from + size) }),
      ...(from + size < all.length ? { nextPageToken: String(from + size) } : {}),
      ...(cloud.unreachable.length === 0 ? {} : { unreachable: cloud.unreachable }),
    };
  }

  function runQuery(project: string, body: unknown): unknown {
    const request = body as Record<string, unknown>;
    if (Object.keys(request).some((member) => !queryMembers.has(member))) return badRequest;
    if (cloud.refused.has('jobs.create')) return refuse(403, 'accessDenied');
    // Left out, a query is in legacy SQL.
    if (request['useLegacySql'] !== false || typeof request['query'] !== 'string') return refuse(400, 'invalidQuery');
    if (typeof request['maximumBytesBilled'] !== 'string' || typeof request['location'] !== 'string') return badRequest;
    const before = requestIds.get(String(request['requestId']));
    if (before !== undefined) return pageOf(project, before, 0, Number(request['maxResults']));
    queries.push({ sql: request['query'], body: request });
    const answer = answerOf(cloud, request['query'], request['location'], boundIn(request['queryParameters']));
    if ('refused' in answer) return refuse(answer.status, answer.refused);
    if (answer.bytes > Number(request['maximumBytesBilled'])) return refuse(400, 'bytesBilledLimitExceeded');
    const id = `job_${results.size + 1}`;
    results.set(id, answer);
    requestIds.set(String(request['requestId']), id);
    if (options.slow === true) return { jobComplete: false, jobReference: referenceOf(project, id) };
    return {
      ...pageOf(project, id, 0, Number(request['maxResults'])),
      ...(options.capacity === true ? {} : { totalBytesBilled: String(answer.bytes) }),
    };
  }

  const referenceOf = (project: string, jobId: string) => ({ projectId: project, jobId, location: 'EU' });

  function pageOf(project: string, id: string, from: number, asked: number): object {
    if (options.neverEnds === true) return { jobComplete: false, jobReference: referenceOf(project, id) };
    const rows = results.get(id)?.rows ?? [];
    const size = Math.min(asked, options.rowsPerPage ?? asked);
    const page = rows.slice(from, from + size);
    return {
      kind: 'bigquery#queryResponse',
      jobComplete: true,
      jobReference: referenceOf(project, id),
      totalRows: String(rows.length),
      ...(page.length === 0 ? {} : { rows: page.map((row) => ({ f: [{ v: JSON.stringify(row) }] })) }),
      ...(from + size < rows.length ? { pageToken: String(from + size) } : {}),
    };
  }

  const server = await listen(async (request, response) => {
    const send = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const sendRefusal = ({ status, reason }: Refusal): void =>
      send(status, {
        error: {
          code: status,
          message: 'value canary-7Q of a row',
          errors: [{ message: 'canary-7Q', domain: 'global', reason }],
          ...(reason === reason.toUpperCase() ? { status: reason } : {}),
        },
      });
    const text = await textOf(request);
    const url = new URL(request.url ?? '', 'http://fake');
    if (options.token !== undefined && request.headers.authorization !== `Bearer ${options.token}`)
      return sendRefusal(refuse(401, 'authError'));
    for (const [method, pattern, known, handle] of routes) {
      const match = request.method === method ? pattern.exec(url.pathname) : null;
      if (match === null) continue;
      if ([...url.searchParams.keys()].some((parameter) => !known.includes(parameter))) return sendRefusal(badRequest);
      const body: unknown = text === '' ? null : JSON.parse(text);
      const answer = handle(match.slice(1).map(decodeURIComponent), {
        query: url.searchParams,
        body,
        request,
        path: url.pathname,
      });
      if (typeof answer === 'object' && answer !== null && 'reason' in answer && 'status' in answer)
        return sendRefusal(answer as Refusal);
      return send(200, answer);
    }
    return sendRefusal(refuse(404, 'unknownPath'));
  });
  return Object.assign(server, { patches, queries, cancelled });
}
