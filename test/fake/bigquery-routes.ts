import type { IncomingMessage } from 'node:http';

/** What went wrong with a request, as Google says it. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

export const refuse = (status: number, reason: string): Refusal => ({ status, reason });
export const badRequest = refuse(400, 'invalid');
export const notFound = refuse(404, 'notFound');

/** What a request asked, beside the parts of its path. */
export type Handler = (
  parts: readonly string[],
  given: {
    readonly query: URLSearchParams;
    readonly body: unknown;
    readonly request: IncomingMessage;
    readonly path: string;
  },
) => unknown;

/** Method, path, the parameters that it knows, and what answers. */
export type Route = readonly [method: string, path: RegExp, parameters: readonly string[], handle: Handler];

/** Members of a request to `jobs.query`, by the discovery document of revision 2026-11. */
export const queryMembers = new Set(
  'connectionProperties continuous createSession defaultDataset destinationEncryptionConfiguration dryRun formatOptions jobCreationMode jobTimeoutMs kind labels location maxResults maximumBytesBilled parameterMode preserveNulls query queryParameters queryResultsFormat requestId reservation timeoutMs useLegacySql useQueryCache'.split(
    ' ',
  ),
);
