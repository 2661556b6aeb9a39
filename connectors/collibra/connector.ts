import { LexlineError } from '../../server/base/errors.ts';
import type { SourceMessage } from '../../server/model/document.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import { z } from 'zod';
import type { Connector, SourceConnection } from '../connector.ts';
import { createHttp } from '../kit/http.ts';
import { usualRetry } from '../kit/retry.ts';
import { createCollibraClient, type CollibraClient } from './client.ts';
import { collibraConfig, type CollibraConfig } from './config.ts';
import { readInventory, typeQuery } from './inventory.ts';
import { signInOf } from './sign-in.ts';
import { countColumns, looseColumns, mapInventory, type DomainDocuments } from './map.ts';

/** Raised when the same assets would make other documents. */
const mapping = 1;
const scopeOfAll = 'Collibra';
const cursorShape = z.object({ version: z.literal(1), stamps: z.record(z.string(), z.string()) });

/** Collibra by its REST interface 2.0: tables, views, columns, descriptions, tags, owners, lineage between columns. Reads only. */
export const collibra: Connector<CollibraConfig> = {
  name: 'collibra',
  configSchema: collibraConfig,
  capabilities: { mode: 'snapshot', incremental: true, profile: [], accept: false, write: false },
  connect(config, context) {
    const signIn = signInOf(config, context);
    const http = createHttp({
      connector: 'collibra',
      source: context.source,
      baseUrl: config.url.replace(/\/+$/u, ''),
      headers: {},
      signIn,
      user: signIn.who,
      timeoutMs: config.timeoutMs,
      retry: { ...usualRetry, attempts: config.retries + 1 },
    });
    return connectThrough(createCollibraClient(context.source, http, config.pageSize), config, context.source);
  },
};

/** The connection over any client: a real environment's, or one of made-up answers. */
export function connectThrough(client: CollibraClient, config: CollibraConfig, source: string): SourceConnection {
  return {
    async check(signal) {
      const version = await client.version(signal);
      const { table, view, column } = config.types;
      const tables = await client.count('/assets', typeQuery([...table, ...view]), signal);
      const columns = await client.count('/assets', typeQuery(column), signal);
      const notes = [`${tables ?? 'some'} tables and views with ${columns ?? 'some'} columns may be seen`];
      return { system: `Collibra ${version}`, gaps: [], notes };
    },
    async *read(request, signal) {
      signal.throwIfAborted();
      const inventory = await readInventory(client, config, signal);
      const loose = looseColumns(inventory);
      if (loose > 0 && loose === countColumns(inventory)) throw noTables(source);
      const domains = mapInventory(inventory, config);
      const parsed = cursorShape.safeParse(request.cursor?.at);
      yield* messages(
        domains,
        general(inventory.unknownAttributes, loose),
        parsed.success ? parsed.data.stamps : {},
        signal,
      );
    },
    close: async () => client.close(),
  };
}

function* messages(
  domains: readonly DomainDocuments[],
  gaps: DomainDocuments['gaps'],
  before: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Iterable<SourceMessage> {
  const all = [...domains, { scope: scopeOfAll, documents: [], gaps }];
  const stamps = new Map<string, string>();
  const cursor = (): Json => ({ version: 1, stamps: Object.fromEntries(stamps) });
  const stampOf = ({ documents, gaps: own }: DomainDocuments): string => digestOf([mapping, documents, own]);
  for (const domain of all) if (before[domain.scope] === stampOf(domain)) stamps.set(domain.scope, stampOf(domain));
  yield { type: 'scopes', scopes: all.map(({ scope }) => scope) };
  for (const domain of all) {
    const { scope } = domain;
    if (stamps.has(scope)) continue;
    yield { type: 'scope-begin', scope };
    for (const document of domain.documents) {
      signal.throwIfAborted();
      yield { type: 'document', scope, document };
    }
    for (const gap of domain.gaps) yield { type: 'gap', scope, gap };
    yield { type: 'scope-complete', scope };
    stamps.set(scope, stampOf(domain));
    yield { type: 'checkpoint', cursor: cursor() };
  }
  yield { type: 'checkpoint', cursor: cursor() };
}

/** Columns and no table that any of them is part of: the relations are hidden, and every column would look gone. */
function noTables(source: string): LexlineError {
  return new LexlineError(
    'CONNECTOR_UNEXPECTED',
    `[connectors/collibra] source "${source}": no column is part of any table; nothing was retired`,
    { remedy: 'let the user view relations, or look whether columns are related to tables in another way there' },
  );
}

/** Gaps that belong to no domain. */
function general(unknownAttributes: readonly string[], loose: number): DomainDocuments['gaps'] {
  const unknown = unknownAttributes.map((name) => ({
    what: `attribute ${name}`,
    reason: 'not-read' as const,
    detail: 'Collibra knows no attribute type of that name',
    remedy: 'correct the name in tagAttributes, or take it out there',
  }));
  if (loose === 0) return unknown;
  return [
    ...unknown,
    {
      what: `${loose} ${loose === 1 ? 'column' : 'columns'} of no table`,
      reason: 'unresolved-name',
      detail: 'no relation says which table they are part of: they are not in the graph',
      remedy: 'relate them to their Table in Collibra (Column is part of Table)',
    },
  ];
}
