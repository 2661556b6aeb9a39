import { describe, expect, it } from 'vitest';
import { renamedDatasets, renamedFields } from '../../../../server/query/diff/renames.ts';
import type { EntityRecord } from '../../../../server/stores/graph/graph-store.ts';

/** A field as a source describes it; `id`: the source's own number of it. */
function field(name: string, type: string, ordinal: number, more: { parent?: string; id?: string } = {}): EntityRecord {
  const { parent = 'people', id } = more;
  const facets = { core: { type, ordinal }, ...(id === undefined ? {} : { 'atlas.column': { guid: id } }) };
  return {
    uid: `${parent}.${name}`,
    kind: 'field',
    parent,
    namespace: 'postgres://db.example:5432',
    name: parent,
    path: [name],
    assertions: [{ source: 'shop', facets }],
  } as unknown as EntityRecord;
}

function dataset(name: string): EntityRecord {
  return { ...field(name, '', 0), uid: name, kind: 'dataset', parent: null, path: null };
}

const names = (found: ReturnType<typeof renamedFields>): readonly string[] =>
  found.map(({ from, to, sure }) => `${from.uid} > ${to.uid}${sure ? '' : ' ?'}`);

describe('a field that bears another name', () => {
  it('is known by the id of its source, wherever it now stands', () => {
    const found = renamedFields([field('mail', 'text', 2, { id: 'a' })], [field('email', 'varchar', 5, { id: 'a' })]);
    expect(names(found)).toEqual(['people.mail > people.email']);
  });

  it('looks like it at the same place with the same type', () => {
    expect(names(renamedFields([field('mail', 'text', 2)], [field('email', 'text', 2)]))).toEqual([
      'people.mail > people.email ?',
    ]);
  });

  it.each([
    ['of another type', [field('mail', 'text', 2)], [field('born', 'date', 2)]],
    ['at another place', [field('mail', 'text', 2)], [field('email', 'text', 3)]],
    ['in another dataset', [field('mail', 'text', 2)], [field('mail', 'text', 2, { parent: 'orders' })]],
    ['with another id', [field('mail', 'text', 2, { id: 'a' })], [field('email', 'text', 2, { id: 'b' })]],
    ['of which there are two', [field('a', 'text', 2)], [field('b', 'text', 2), field('c', 'text', 2)]],
  ])('is not one %s', (_, gone, come) => {
    expect(names(renamedFields(gone, come))).toEqual([]);
  });
});

describe('a dataset that bears another name', () => {
  const fieldsOf =
    (fields: Readonly<Record<string, readonly string[]>>) =>
    (uid: string): readonly EntityRecord[] =>
      (fields[uid] ?? []).map((name, at) => field(name, 'text', at, { parent: uid }));

  it('has the very same fields', () => {
    const fields = fieldsOf({ people: ['id', 'mail'], customers: ['id', 'mail'] });
    expect(names(renamedDatasets([dataset('people')], [dataset('customers')], fields))).toEqual([
      'people > customers ?',
    ]);
  });

  it.each<readonly [string, readonly string[], Readonly<Record<string, readonly string[]>>]>([
    ['with one field more', ['customers'], { people: ['id', 'mail'], customers: ['id', 'mail', 'city'] }],
    ['with a single field', ['customers'], { people: ['id'], customers: ['id'] }],
    ['of which there are two', ['b', 'c'], { people: ['id', 'mail'], b: ['id', 'mail'], c: ['id', 'mail'] }],
  ])('is not one %s', (_, come, fields) => {
    expect(names(renamedDatasets([dataset('people')], come.map(dataset), fieldsOf(fields)))).toEqual([]);
  });
});
