import { randomUUID } from 'node:crypto';
import type { Connector, ConnectorContext, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import { localPath } from '../kit/local-path.ts';
import { usualRetry } from '../kit/retry.ts';
import { createBudget, type Budget } from './budget.ts';
import { bigqueryConfig, type BigQueryConfig } from './config.ts';
import { datasetsOf, projectsOf } from './datasets.ts';
import { isBusy, reasonIn } from './failure.ts';
import { createPort, type BigQueryPort, type Service } from './port.ts';
import { profileFields } from './profile.ts';
import { readProjects, whoAsks } from './read.ts';
import { createSession } from './session.ts';
import { createSignIn } from './sign-in.ts';
import { bigqueryWriter } from './write.ts';

/** BigQuery through its REST interface: structure, policy tags, masking, row policies, the jobs that ran; never a row unless profiling is on. */
export const bigquery: Connector<BigQueryConfig> = {
  name: 'bigquery',
  configSchema: bigqueryConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: ['sample'], accept: false, write: true },
  connect(config, context) {
    const { source, clock } = context;
    const budget = budgetOf(config, source);
    const signIn = createSignIn(config, { source, fileAt: (path) => localPath(context, path) });
    const addresses: Readonly<Record<Service, string>> = {
      bigquery: config.endpoint.replace(/\/+$/u, ''),
      dataCatalog: config.dataCatalogEndpoint.replace(/\/+$/u, ''),
      dataPolicy: config.dataPolicyEndpoint.replace(/\/+$/u, ''),
    };
    const client = (baseUrl: string) =>
      createHttp({
        connector: 'bigquery',
        source,
        baseUrl,
        headers: { 'user-agent': 'lexline' },
        signIn,
        user: signIn.who,
        timeoutMs: config.timeoutMs,
        retry: { ...usualRetry, attempts: config.retries + 1 },
        maxBytes: 256 * 1024 * 1024,
        codeIn: reasonIn,
        isBusy,
      });
    const http = {
      bigquery: client(addresses.bigquery),
      dataCatalog: client(addresses.dataCatalog),
      dataPolicy: client(addresses.dataPolicy),
    };
    const asked = (service: Service) => ({ source, origin: new URL(addresses[service]).origin, who: signIn.who });
    const port = createPort({ http, config, budget, clock, asked, requestId: randomUUID });
    return connectThrough(port, config, context, budget);
  },
};

function budgetOf({ maxGigabytesBilled, maxGigabytesPerQuery }: BigQueryConfig, source: string): Budget {
  return createBudget({ maxGigabytes: maxGigabytesBilled, perQuery: maxGigabytesPerQuery, source });
}

/** The connection over any port: the real service, or one that fails on purpose. */
export function connectThrough(
  port: BigQueryPort,
  config: BigQueryConfig,
  { clock, source }: ConnectorContext,
  budget: Budget = budgetOf(config, source),
): SourceConnection {
  const session = createSession({ port, config, clock, source, budget });
  return {
    async check(signal) {
      const { user } = await whoAsks(session, signal);
      const { names } = await projectsOf(session, signal);
      const notes: string[] = [];
      for (const project of names) {
        const listed = await session.optional(
          () => datasetsOf(session, project, signal),
          (refusal) => ({
            what: `project ${project}`,
            reason: 'no-rights',
            detail: `its datasets may not be listed (${refusal.reason === '' ? String(refusal.status) : refusal.reason})`,
            remedy: `gcloud projects add-iam-policy-binding ${project} --member=serviceAccount:${user} --role=roles/bigquery.metadataViewer`,
          }),
        );
        if (listed !== null) notes.push(`${listed.datasets.length} datasets of project ${project} are read as ${user}`);
      }
      const cost = session.budget.said();
      return { system: 'BigQuery', gaps: session.takeNotes(), notes: cost === null ? notes : [...notes, cost] };
    },
    read: (request, signal) => readProjects(session, request, signal),
    profile: (requests, profiler, options, signal) => profileFields(session, requests, profiler, options, signal),
    write: bigqueryWriter(session),
    close: async () => port.close(),
  };
}
