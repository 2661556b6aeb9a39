import { createHttp } from '../../../connectors/kit/http.ts';
import { HttpRefusal } from '../../../connectors/kit/http-failure.ts';
import { targetFingerprint, type EmitTarget } from '../emitter.ts';

/** Posts events one by one, as every receiver of OpenLineage takes them: Marquez, DataHub, Dataplex behind a proxy. */
export function httpTarget(
  options: Pick<EmitTarget, 'name' | 'events'> & {
    readonly url: string;
    readonly apiKey?: string;
    readonly timeoutMs: number;
  },
): EmitTarget {
  const { name, events, url, apiKey, timeoutMs } = options;
  const at = new URL(url);
  const path = `${at.pathname}${at.search}`;
  const http = createHttp({
    connector: 'emit',
    source: name,
    baseUrl: at.origin,
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    user: 'the key of emit',
    timeoutMs,
  });
  return {
    name,
    events,
    fingerprint: targetFingerprint(['http', url, events]),
    async send(outgoing, signal) {
      let refused = 0;
      for (const body of outgoing) {
        try {
          await http.ask({ method: 'POST', path, body }, signal);
        } catch (error) {
          // One event that the receiver does not like holds up no other; one that nobody may send does.
          if (!(error instanceof HttpRefusal) || error.status === 401 || error.status === 403) throw error;
          refused += 1;
        }
      }
      return { refused };
    },
    close: async () => http.close(),
  };
}
