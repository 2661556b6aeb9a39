import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DatasetKey } from '../../../server/model/document.ts';
import { shownFacet, type DatasetFacets } from '../../../server/model/facets.ts';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import type { SqlEngine } from '../../../server/sql/sql-lineage.ts';
import { actor, namespace, openHouse, scriptedSource, sqlJob, wholeScope, type House } from './harness.ts';

let house: House;
let engine: SqlEngine;
beforeEach(async () => {
  house = await openHouse();
  engine = createSqlEngine({ workers: 1 });
});
afterEach(async () => {
  await engine.close();
  await house.close();
});

async function run(...texts: readonly string[]): Promise<void> {
  const documents = texts.map((sql, i) => sqlJob(`f${i}`, sql));
  const source = scriptedSource('ddl', () => wholeScope('public', documents));
  await house.sync([source], { sqlEngine: engine }).run({ source: 'ddl', actor });
}

async function keysOf(table: string): Promise<readonly DatasetKey[]> {
  const { graph } = house.stores;
  const [found] = await graph.get(
    [datasetUid({ namespace, name: `shop.public.${table}` })],
    (await graph.head()).published,
  );
  return found === null || found === undefined ? [] : (shownFacet<DatasetFacets, 'keys'>(found, 'keys') ?? []);
}

/** Whether the detectors take a field for one of a person's row. */
async function isRelated(table: string, column: string): Promise<boolean> {
  const { graph } = house.stores;
  const uid = fieldUid({ namespace, name: `shop.public.${table}` }, [column]);
  const verdicts = await graph.verdicts([uid], (await graph.head()).published);
  return verdicts.some(({ evidence }) => evidence.some(({ signal }) => signal === 'relates-to-subject'));
}

const members = 'CREATE TABLE members (id int PRIMARY KEY, dob date, email text);';

describe('keys that files of SQL declare', () => {
  it('stand on the tables that they create, by their joined names', async () => {
    await run(members, 'CREATE TABLE zz_totals (Zref int REFERENCES members (id), total int);');
    expect(await keysOf('members')).toEqual([{ kind: 'primary', fields: [['id']] }]);
    expect(await keysOf('zz_totals')).toEqual([
      {
        kind: 'foreign',
        fields: [['zref']],
        references: { dataset: { namespace, name: 'shop.public.members' }, fields: [['id']] },
      },
    ]);
  });

  it('may be added by another file, and only to columns that are there', async () => {
    await run(
      'ALTER TABLE zz_totals ADD CONSTRAINT fk FOREIGN KEY (zref) REFERENCES members (id), ADD CONSTRAINT no FOREIGN KEY (gone) REFERENCES members (id);',
      members,
      'CREATE TABLE zz_totals (zref int, total int);',
    );
    expect((await keysOf('zz_totals')).map(({ name }) => name)).toEqual(['fk']);
  });

  it('tell the detectors whose rows a table holds', async () => {
    await run(members, 'CREATE TABLE zz_totals (zref int REFERENCES members (id), total int, day date);');
    expect(await isRelated('zz_totals', 'total')).toBe(true);
    await run(members, 'CREATE TABLE zz_totals (zref int, total int, day date);');
    expect(await isRelated('zz_totals', 'total')).toBe(false);
    expect(await keysOf('zz_totals')).toEqual([]);
  });
});
