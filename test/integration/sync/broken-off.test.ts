import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { datasetUid } from '../../../server/model/ids.ts';
import type { JobDocument } from '../../../server/model/document.ts';
import { actor, namespace, openHouse, scriptedSource, wholeScope, type House } from './harness.ts';

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

function file(name: string, sql: string): JobDocument {
  const statement = { dialect: 'postgres', sql, namespace, defaultDatabase: 'shop', defaultSchema: 'public' };
  const plain = { kind: 'process', platform: 'postgres', inputs: [], outputs: [], mayBreakOff: true } as const;
  return { type: 'job', namespace, name, ...plain, statements: [statement] };
}

async function sync(sql: string, request: object = {}) {
  const documents = [file('users.sql', sql), file('other.sql', 'CREATE TABLE other (id int);')];
  const source = scriptedSource('ddl', () => wholeScope('all', documents));
  return house.sync([source]).run({ source: 'ddl', actor, ...request });
}

/** What stands in the graph: the columns of three tables, and how much there is of everything. */
async function standing() {
  const { graph } = house.stores;
  const n = (await graph.head()).published;
  const uids = ['users', 'mails', 'late'].map((name) => datasetUid({ namespace, name: `shop.public.${name}` }));
  const fields = await graph.fieldsOf(uids, n);
  return { fields: fields.map((own) => own.map(({ path }) => path?.join('.') ?? '')), totals: await graph.totals(n) };
}

const users = 'CREATE TABLE users (id int primary key, email text, ssn text);';
const mails = 'CREATE TABLE mails AS SELECT email, ssn FROM users;';
const late = 'CREATE TABLE late (id int);';

describe('a file of SQL that is not understood to its end', () => {
  it.each([
    ['in its first statement', 'CREATE TABLE users (id int primary key, email text, ss'],
    ['in a later statement', `${users} CREATE TABLE mails AS SELECT email, ssn FROM`],
    ['in a word', `${users} CREA`],
    ['before anything was written', ''],
  ])('keeps what it told before when it is cut off %s', async (_, cut) => {
    await sync(`${users} ${mails} ${late}`);
    const before = await standing();
    const report = await sync(cut);
    expect(await standing()).toEqual(before);
    expect(report.gaps).toContainEqual(expect.objectContaining({ what: 'SQL of users.sql', reason: 'not-read' }));
    const whole = await sync(`${users} ${late}`);
    expect(whole.gaps).toEqual([]);
    expect((await standing()).fields[1]).toEqual([]);
  });

  it('counts as it is the first time, and when a person says so', async () => {
    await sync(`${users} ${mails} CREATE TABLE la`);
    expect((await standing()).fields).toMatchObject([{ length: 3 }, { length: 2 }, []]);
    await sync(`${users} CREATE TABLE la`, { allowShrink: true });
    expect((await standing()).fields).toMatchObject([{ length: 3 }, [], []]);
  });

  it('is no file in whose middle something is not understood', async () => {
    await sync(`${users} ${mails} ${late}`);
    await sync(`${users} BLORB; ${late}`);
    expect((await standing()).fields).toMatchObject([{ length: 3 }, [], { length: 1 }]);
  });
});
