import { describe, expect } from 'vitest';
import { onFresh, type Suite } from './suite.ts';
import type { Passage, PassageQuery, VectorIndex } from '../../server/stores/vectors/vector-index.ts';

export interface VectorIndexUnderTest {
  readonly vectors: VectorIndex;
}

function passage(id: string, text: string, more: Partial<Passage> = {}): Passage {
  return {
    id,
    regulation: 'gdpr',
    provision: id,
    edition: 'e1',
    language: 'en',
    from: null,
    to: null,
    kind: 'own-words',
    text,
    searchText: '',
    vector: null,
    payload: {},
    ...more,
  };
}

function ask(...terms: readonly string[]): PassageQuery {
  return { terms: terms.map((term) => ({ term, weight: 1 })), vector: null, filter: {}, k: 5 };
}

/** The vectors contract. */
export function describeVectorIndex(name: string, suite: Suite<VectorIndexUnderTest>): void {
  const fresh = onFresh(suite);
  const onIndex = (title: string, body: (vectors: VectorIndex) => Promise<void>) =>
    fresh(title, (under) => body(under.vectors));
  const ids = async (vectors: VectorIndex, query: PassageQuery) =>
    (await vectors.search('live', query)).map((hit) => hit.passage.id);
  describe(`${name} as a vector index`, () => {
    onIndex('finds passages by their words, stemmed, the better match first', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [
        passage('a', 'Storing cards and keeping cards'),
        passage('b', 'A health record'),
        passage('c', 'One card among many other words in a long sentence'),
      ]);
      await vectors.publish('live', 'c1');
      expect(await ids(vectors, ask('card'))).toEqual(['a', 'c']);
      expect(await ids(vectors, ask('nothing'))).toEqual([]);
      expect(await ids(vectors, ask('"); --'))).toEqual([]);
    });

    onIndex('weighs terms and searches the words that are never shown', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [
        passage('a', 'first', { searchText: 'fingerprint' }),
        passage('b', 'second', { searchText: 'iris' }),
      ]);
      await vectors.publish('live', 'c1');
      const query = (fingerprint: number, iris: number): PassageQuery => ({
        ...ask(),
        terms: [
          { term: 'fingerprint', weight: fingerprint },
          { term: 'iris', weight: iris },
        ],
      });
      expect(await ids(vectors, query(2, 1))).toEqual(['a', 'b']);
      expect(await ids(vectors, query(1, 2))).toEqual(['b', 'a']);
    });

    onIndex('filters by regulation, edition, language, kind and day', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [
        passage('old', 'card', { to: '2024-01-01' }),
        passage('new', 'card', { from: '2024-01-01', edition: 'e2' }),
        passage('pci', 'card', { regulation: 'pci-dss' }),
        passage('de', 'card', { language: 'de', kind: 'official' }),
      ]);
      await vectors.publish('live', 'c1');
      const found = async (filter: PassageQuery['filter']) => (await ids(vectors, { ...ask('card'), filter })).sort();
      expect(await found({ regulations: ['pci-dss'] })).toEqual(['pci']);
      expect(await found({ editions: ['e2'] })).toEqual(['new']);
      expect(await found({ languages: ['de'] })).toEqual(['de']);
      expect(await found({ kind: 'official' })).toEqual(['de']);
      expect(await found({ asOf: '2023-06-01', regulations: ['gdpr'] })).toEqual(['de', 'old']);
      expect(await found({ asOf: '2024-01-01', regulations: ['gdpr'] })).toEqual(['de', 'new']);
      expect(await found({ regulations: [] })).toEqual([]);
    });

    onIndex('switches readers to a new collection at once', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [passage('a', 'card')]);
      await vectors.publish('live', 'c1');
      await vectors.create('c2', null);
      await vectors.put('c2', [passage('b', 'card')]);
      expect(await ids(vectors, ask('card'))).toEqual(['a']);
      await vectors.publish('live', 'c2');
      expect(await ids(vectors, ask('card'))).toEqual(['b']);
      await vectors.drop('c1');
      expect(
        (await vectors.collections()).map((collection) => [collection.name, collection.passages, collection.aliases]),
      ).toEqual([['c2', 1, ['live']]]);
    });

    onIndex('replaces a passage put again and removes by filter', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [passage('a', 'card'), passage('b', 'card', { edition: 'e2' })]);
      await vectors.put('c1', [passage('a', 'token')]);
      await vectors.publish('live', 'c1');
      expect(await ids(vectors, ask('card'))).toEqual(['b']);
      await vectors.removeWhere('c1', { editions: ['e2'] });
      expect(await ids(vectors, ask('card'))).toEqual([]);
    });

    onIndex('finds by meaning where vectors are kept, fused with words', async (vectors) => {
      if (!vectors.capabilities.dense) return;
      await vectors.create('c1', 2);
      await vectors.put('c1', [
        passage('near', 'alpha', { vector: [1, 0] }),
        passage('far', 'beta', { vector: [0, 1] }),
      ]);
      await vectors.publish('live', 'c1');
      expect(await ids(vectors, { ...ask(), vector: [0.9, 0.1] })).toEqual(['near', 'far']);
      expect((await ids(vectors, { ...ask('beta'), vector: [0.6, 0.5] }))[0]).toBe('far');
      await expect(vectors.put('c1', [passage('bad', 'x', { vector: [1, 2, 3] })])).rejects.toMatchObject({
        code: 'INPUT_INVALID',
      });
    });

    onIndex('gives passages by id and all of them in pages', async (vectors) => {
      expect(await vectors.get('live', ['a'])).toEqual([]);
      expect(await vectors.page('live', null, 10)).toEqual([]);
      await vectors.create('c1', 2);
      const all = [
        passage('gdpr/e/en/GDPR:9(1)', 'nine', { payload: { page: 3, title: 'Özel', none: null, flag: true } }),
        passage('b', 'bee', { vector: [1, 0], from: '2020-01-01' }),
        passage('c', 'sea'),
      ];
      await vectors.put('c1', all);
      await vectors.publish('live', 'c1');
      expect(await vectors.get('live', ['gdpr/e/en/GDPR:9(1)', 'missing'])).toEqual([all[0]]);
      const first = await vectors.page('live', null, 2);
      const rest = await vectors.page('live', first.at(-1)?.id ?? null, 2);
      expect([...first, ...rest].map((one) => one.id).toSorted()).toEqual(all.map((one) => one.id).toSorted());
      expect(first).toHaveLength(2);
      expect([...first, ...rest]).toEqual(expect.arrayContaining(all));
    });

    onIndex('says that nothing was indexed yet', async (vectors) => {
      await expect(vectors.search('live', ask('card'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    });

    onIndex(
      'refuses a query of other dimensions than the collection, and collections that are not there',
      async (vectors) => {
        await vectors.create('c1', 2);
        await vectors.publish('live', 'c1');
        if (vectors.capabilities.dense)
          await expect(vectors.search('live', { ...ask('x'), vector: [1, 2, 3] })).rejects.toMatchObject({
            code: 'INPUT_INVALID',
          });
        await expect(vectors.put('c2', [passage('a', 'card')])).rejects.toMatchObject({ code: 'NOT_FOUND' });
        await expect(vectors.publish('live', 'c2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
        // The alias stands as it was.
        await vectors.put('c1', [passage('a', 'card')]);
        expect(await ids(vectors, ask('card'))).toEqual(['a']);
      },
    );

    onIndex('gives as many as asked for, and makes a collection anew', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put(
        'c1',
        Array.from({ length: 9 }, (_, i) => passage(`p${i}`, 'card')),
      );
      await vectors.publish('live', 'c1');
      expect(await ids(vectors, { ...ask('card'), k: 4 })).toHaveLength(4);
      const [hit] = await vectors.search('live', ask('card'));
      expect(hit?.passage).toEqual(passage(hit?.passage.id ?? '', 'card'));
      await vectors.create('c1', null);
      expect(await ids(vectors, ask('card'))).toEqual([]);
    });

    onIndex('finds words of other scripts and with or without their accents', async (vectors) => {
      await vectors.create('c1', null);
      await vectors.put('c1', [
        passage('fr', 'données à caractère personnel', { language: 'fr' }),
        passage('el', 'δεδομένα υγείας', { language: 'el' }),
      ]);
      await vectors.publish('live', 'c1');
      expect(await ids(vectors, ask('donnees'))).toEqual(['fr']);
      expect(await ids(vectors, ask('υγείας'))).toEqual(['el']);
    });
  });
}
