import { describe, expect, it } from 'vitest';
import { createNames } from '../../../server/ingest/names.ts';
import { datasetUid, type QualifiedName } from '../../../server/model/ids.ts';
import type { EntityRecord } from '../../../server/stores/graph/graph-store.ts';

const canonical = 'postgres://db.internal:5432';

describe('names that are asked for before they are joined', () => {
  const own = { namespace: canonical, name: 'a' };
  const name = { namespace: canonical, name: 'b' };
  const another = { namespace: canonical, name: 'c' };
  const entity = (one: QualifiedName, source: string): EntityRecord => ({
    uid: datasetUid(one),
    kind: 'dataset',
    parent: null,
    ...one,
    path: null,
    assertions: [{ source, facets: {} }],
  });
  /** `leads`: where `b` leads by all sources, and by all but this one. */
  const asked = (entities: readonly EntityRecord[], leads: readonly [QualifiedName | null, QualifiedName | null]) =>
    createNames({
      namespaces: {},
      n: 1,
      source: 's',
      graph: {
        resolve: async (batch, _kind, _n, without) =>
          batch.map((one) => {
            const to = one.name === 'b' ? leads[without === undefined ? 0 : 1] : null;
            return to === null || to === undefined ? null : datasetUid(to);
          }),
        get: async (uids) => uids.map((uid) => entities.find((one) => one.uid === uid) ?? null),
      },
    });

  it('are known elsewhere where another source describes them, or gives them to one of its own', async () => {
    const ours = asked([entity(name, 's')], [name, name]);
    expect(await ours.known([name, own])).toEqual([
      { name, elsewhere: false },
      { name: own, elsewhere: false },
    ]);
    const described = asked([entity(name, 'other')], [name, name]);
    expect(await described.known([name])).toEqual([{ name, elsewhere: true }]);
    const given = asked([entity(another, 'other')], [another, another]);
    expect(await given.known([name])).toEqual([{ name: another, elsewhere: true }]);
  });

  it('stay what they were while their own source describes them', async () => {
    const joined = asked([], [null, null]);
    joined.alias(name, []);
    expect(await joined.known([name])).toEqual([{ name, elsewhere: false }]);
  });

  it('are not taken from the dataset to which another source gives them', async () => {
    for (const leads of [another, null]) {
      const joined = asked([entity(another, 'other'), entity(own, 's')], [leads, another]);
      await joined.learn([own, name], [name]);
      joined.alias(own, [name]);
      expect(joined.dataset(name)).toEqual(another);
      expect(joined.gaps).toHaveLength(1);
    }
  });
});
