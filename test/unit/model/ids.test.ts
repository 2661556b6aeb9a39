import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetUid, fieldUid, jobUid, parsePath, printPath } from '../../../server/model/ids.ts';

const orders = { namespace: 'postgres://db.example.com:5432', name: 'shop.public.orders' };

describe('an identity', () => {
  it('is 32 hex digits of the name, and the same every time', () => {
    expect(datasetUid(orders)).toMatch(/^[0-9a-f]{32}$/u);
    expect(datasetUid({ ...orders })).toBe(datasetUid(orders));
  });

  it('differs by kind, namespace, name and path', () => {
    const all = [
      datasetUid(orders),
      jobUid(orders),
      datasetUid({ ...orders, namespace: 'postgres://other:5432' }),
      datasetUid({ ...orders, name: 'shop.public.order' }),
      fieldUid(orders, ['a', 'b']),
      fieldUid(orders, ['a.b']),
      fieldUid(orders, ['a']),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('does not mix namespace and name up', () => {
    expect(datasetUid({ namespace: 'a', name: 'b.c' })).not.toBe(datasetUid({ namespace: 'a.b', name: 'c' }));
  });
});

describe('a printed path', () => {
  it.each([
    [['email'], 'email'],
    [['address', 'city'], 'address.city'],
    [['a.b'], String.raw`a\.b`],
    [['a\\', 'b'], String.raw`a\\.b`],
    [[''], ''],
  ])('of %j is %s', (path, printed) => {
    expect(printPath(path)).toBe(printed);
  });

  it('is read back as it was, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }), (path) => {
        expect(parsePath(printPath(path))).toEqual(path);
      }),
      { seed: 20_261_121 },
    );
  });
});
