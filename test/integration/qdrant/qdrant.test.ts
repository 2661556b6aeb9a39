import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openQdrantIndex } from '../../../server/stores/qdrant/open-index.ts';
import { describeVectorIndex } from '../../conformance/vector-index.ts';
import { startLoopbackQdrant } from './loopback-qdrant.ts';

const realUrl = process.env['QDRANT_URL'];
const key = process.env['QDRANT_KEY'];

describeVectorIndex('Qdrant, on a server that holds requests to the published shapes', {
  async create() {
    const server = await startLoopbackQdrant();
    const vectors = openQdrantIndex({ url: server.url });
    return {
      vectors,
      close: async () => {
        await vectors.close();
        await server.close();
      },
    };
  },
});

if (realUrl === undefined) {
  describe.skip('Qdrant, on a real server (needs QDRANT_URL)', () => {
    it('is not run', () => {});
  });
} else
  describeVectorIndex(`Qdrant, on the server at ${new URL(realUrl).host}`, {
    async create() {
      const vectors = openQdrantIndex({ url: realUrl, apiKey: key, prefix: `test-${randomUUID().slice(0, 8)}` });
      await vectors.collections();
      return {
        vectors,
        close: async () => {
          for (const { name } of await vectors.collections()) await vectors.drop(name);
          await vectors.close();
        },
      };
    },
  });

describe('what Qdrant is asked', () => {
  const passage = {
    id: 'p',
    regulation: 'gdpr',
    provision: 'GDPR:9(1)',
    edition: 'e',
    language: 'en',
    from: null,
    to: null,
    kind: 'official' as const,
    text: 'card',
    searchText: '',
    vector: [1, 0],
    payload: {},
  };

  it('is one fused query over words and meaning, filtered on the server, and one switch of an alias', async () => {
    const server = await startLoopbackQdrant('secret');
    try {
      const vectors = openQdrantIndex({ url: server.url, apiKey: 'secret', quantisation: 'scalar' });
      await vectors.create('c1', 2);
      await vectors.put('c1', [passage]);
      await vectors.publish('live', 'c1');
      const filter = { regulations: ['gdpr'], asOf: '2026-01-02' };
      expect(
        await vectors.search('live', { terms: [{ term: 'cards', weight: 1 }], vector: [1, 0], filter, k: 3 }),
      ).toHaveLength(1);
      const bodies = (route: string) => server.requests.filter((one) => one.route === route).map(({ body }) => body);
      expect(bodies('PUT /collections/{name}')).toMatchObject([{ quantization_config: { scalar: { type: 'int8' } } }]);
      expect(bodies('POST /collections/{name}/points/query')).toMatchObject([
        {
          query: { fusion: 'rrf' },
          prefetch: [
            {
              using: 'words',
              filter: {
                must: [
                  { key: 'regulation' },
                  { key: 'from', range: { lte: 20_260_102 } },
                  { key: 'to', range: { gt: 20_260_102 } },
                ],
              },
            },
            { using: 'meaning', query: [1, 0] },
          ],
          limit: 3,
        },
      ]);
      expect(bodies('POST /collections/aliases')).toHaveLength(1);
      expect(server.requests.every(({ apiKey }) => apiKey === 'secret')).toBe(true);
      expect(
        server.requests
          .filter(({ route }) => route.startsWith('PUT') && route.endsWith('points'))
          .every(({ query }) => query.includes('wait=true')),
      ).toBe(true);
    } finally {
      await server.close();
    }
  });

  it('is answered for with our own errors: a refused key, a server that is not there', async () => {
    const server = await startLoopbackQdrant('secret');
    const refused = openQdrantIndex({ url: server.url, apiKey: 'wrong' });
    await expect(refused.collections()).rejects.toMatchObject({ code: 'STORE_AUTH_FAILED' });
    await server.close();
    const error = await refused.collections().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(JSON.stringify(error)).not.toContain('wrong');
  });
});
