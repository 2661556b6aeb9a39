import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { datasetUid } from '../../../server/model/ids.ts';
import { createQuery } from '../../../server/query/create-query.ts';
import type { FieldView, Query } from '../../../server/query/query.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { actor, namespace, openHouse, scriptedSource, table, wholeScope, type House } from './harness.ts';

let house: House;
let query: Query;
let n: number;
beforeEach(async () => {
  house = await openHouse();
  const { graph, state } = house.stores;
  const keys = [
    {
      kind: 'foreign' as const,
      fields: [['zref']],
      references: { dataset: { namespace, name: 'shop.public.members' }, fields: [['id']] },
    },
  ];
  const tables = [
    table('shop.public.members', ['id int', 'dob date', 'zip', 'sex', 'points int']),
    table('shop.public.vault', ['pan_sha256', 'pan_last4', 'amount int']),
    table('shop.public.zz_totals', ['zref int', 'total int', 'day date'], { keys }),
    table('shop.public.lamps', ['id int', 'watt int', 'socket']),
  ];
  await house.sync([scriptedSource('s', () => wholeScope('public', tables))]).run({ source: 's', actor });
  query = createQuery({
    graph,
    state,
    taxonomy: loadTaxonomy(),
    appliesOf: () => ({}),
    clock: systemClock,
    timezone: 'UTC',
  });
  n = (await graph.head()).published;
});
afterEach(() => house.close());

async function fieldOf(dataset: string, path: string): Promise<FieldView> {
  const found = await query.fieldByPath(datasetUid({ namespace, name: `shop.public.${dataset}` }), path, n);
  if (found === null) throw new Error(`no field ${path}`);
  return found;
}

const signalsOf = ({ classifications }: FieldView): string[] =>
  classifications.flatMap(({ evidence }) => evidence.map(({ signal }) => signal));

describe('what only columns together tell, from the sync to the answer', () => {
  it('marks birth date, postal code and sex of one row as identifying together', async () => {
    for (const path of ['dob', 'zip', 'sex'])
      expect(signalsOf(await fieldOf('members', path)), path).toContain('quasi-identifier');
  });

  it('marks a hash and a truncation of one card number side by side', async () => {
    expect(signalsOf(await fieldOf('vault', 'pan_sha256'))).toContain('hash-beside-truncation');
    expect(signalsOf(await fieldOf('vault', 'pan_last4'))).toContain('hash-beside-truncation');
  });

  it('says whose rows they are, by a name or by a foreign key, and which fields relate to them', async () => {
    const uids = ['members', 'zz_totals', 'lamps'].map((name) =>
      datasetUid({ namespace, name: `shop.public.${name}` }),
    );
    const subjects = await query.subjects(uids, n);
    expect(subjects.map((subject) => subject?.kind ?? null)).toEqual(['person', 'person', null]);
    expect(subjects[1]?.evidence).toContainEqual(expect.objectContaining({ signal: 'foreign-key' }));
    expect(await fieldOf('members', 'points')).toMatchObject({ relatesToSubject: true, classifications: [] });
    expect(await fieldOf('zz_totals', 'total')).toMatchObject({ relatesToSubject: true, classifications: [] });
    expect(await fieldOf('lamps', 'watt')).toMatchObject({ relatesToSubject: false });
  });
});
