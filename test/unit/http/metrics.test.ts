import { describe, expect, it } from 'vitest';
import { createRequestMeter, graphLines } from '../../../server/http/metrics.ts';
import { LexlineError } from '../../../server/base/errors.ts';
import type { Query } from '../../../server/query/query.ts';

describe('the meter of requests', () => {
  it('counts by route and status, and fills every bucket above a time', () => {
    const meter = createRequestMeter();
    meter.add('/graphql', 200, 0.02);
    meter.add('/graphql', 200, 0.3);
    meter.add('/graphql', 500, 20);
    const lines = meter.lines();
    expect(lines).toContain('lexline_http_requests_total{route="/graphql",status="200"} 2');
    expect(lines).toContain('lexline_http_request_seconds_bucket{route="/graphql",le="0.025"} 1');
    expect(lines).toContain('lexline_http_request_seconds_bucket{route="/graphql",le="0.5"} 2');
    expect(lines).toContain('lexline_http_request_seconds_bucket{route="/graphql",le="10"} 2');
    expect(lines).toContain('lexline_http_request_seconds_bucket{route="/graphql",le="+Inf"} 3');
    expect(lines).toContain('lexline_http_request_seconds_count{route="/graphql"} 3');
  });
});

describe('the figures of the graph', () => {
  const sources = [{ name: 'we"ird\\one', connector: 'x', mode: 'snapshot', precedence: 1, managed: true }] as const;
  const query = (at: Query['at']): Query =>
    ({
      at,
      sources: () => Promise.resolve(sources),
      freshness: () => Promise.resolve({ lastSyncedAt: null, stale: true }),
    }) as unknown as Query;

  it('escape what a label may not hold, and say 0 for never', async () => {
    const never = query(() => Promise.reject(new LexlineError('ASOF_BEFORE_FIRST_REVISION', 'nothing yet')));
    const lines = await graphLines(never);
    expect(lines).toContain('lexline_revision 0');
    expect(lines).toContain(String.raw`lexline_source_synced_seconds{source="we\"ird\\one"} 0`);
    expect(lines).toContain(String.raw`lexline_source_stale{source="we\"ird\\one"} 1`);
  });

  it('do not hide that the store cannot be read', async () => {
    await expect(
      graphLines(query(() => Promise.reject(new LexlineError('STORE_UNAVAILABLE', 'gone')))),
    ).rejects.toThrow('gone');
  });
});
