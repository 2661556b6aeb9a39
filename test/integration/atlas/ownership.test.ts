import { describe, expect, it } from 'vitest';
import { datasetUid } from '../../../server/model/ids.ts';
import type { Fault } from '../../fake/fault-proxy.ts';
import { writeBackWorld } from './write-back-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const world = writeBackWorld();

/** A catalog that was synced once, behind a proxy whose faults begin when the test says so. */
async function synced() {
  const { catalog } = world;
  const people = catalog.table('crm', 'people', ['id', 'email']);
  const letters = catalog.table('crm', 'letters', ['address']);
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) catalog.table('crm', name, ['id']);
  catalog.table('hr', 'staff', ['iban']);
  catalog.process('fill', people, letters, [['email', 'address']]);
  let fault: ((path: string, body: string) => Fault | null) | null = null;
  const { sync } = await world.open({}, { plan: ({ path, body }) => fault?.(path, body) ?? null });
  const first = await sync.run({ source: 'atlas', actor });
  expect(first).toMatchObject({ status: 'DONE', gaps: [] });
  return {
    people,
    letters,
    sync: () => sync.run({ source: 'atlas', actor, full: true }),
    breaks: (how: (path: string, body: string) => Fault | null): void => {
      fault = how;
    },
  };
}

async function isAlive(name: string): Promise<boolean> {
  const { graph } = world.house.stores;
  const [record] = await graph.get([datasetUid({ namespace: 'wh://c1', name })], (await graph.head()).published);
  return (record?.assertions.length ?? 0) > 0;
}

describe('what the graph keeps while Atlas cannot be read', () => {
  it('is all of a table that may not be seen any more, and the report names it', async () => {
    const { letters, sync, breaks } = await synced();
    breaks((path) => (path.includes(`guid=${letters.guid}`) ? { type: 'status', status: 403 } : null));
    const report = await sync();
    expect(report).toMatchObject({ error: null, documents: { retired: 0 } });
    expect(report.gaps.map(({ what, reason }) => `${reason} ${what}`)).toContain('no-rights crm.letters');
    expect(await isAlive('crm.letters')).toBe(true);
  });

  it('is all of a type that may not be searched any more', async () => {
    const { sync, breaks } = await synced();
    breaks((path, body) =>
      path.includes('search') && body.includes('"wh_table"') ? { type: 'status', status: 403 } : null,
    );
    const report = await sync();
    expect(report).toMatchObject({ documents: { retired: 0 } });
    expect(report.gaps.map(({ what }) => what)).toContain('type wh_table');
    expect([await isAlive('crm.people'), await isAlive('hr.staff')]).toEqual([true, true]);
  });

  it.each([
    ['a refused sign-in', { type: 'status', status: 401 }, 'CONNECTOR_AUTH_FAILED'],
    ['a failing server', { type: 'status', status: 500 }, 'CONNECTOR_UNAVAILABLE'],
    ['half an answer', { type: 'half' }, 'CONNECTOR_UNAVAILABLE'],
    ['a sign-in page', { type: 'html' }, 'CONNECTOR_UNEXPECTED'],
  ] as const)('is everything after %s', async (_, fault, code) => {
    const { sync, breaks } = await synced();
    world.catalog.remove(world.find('hr.staff@c1'));
    breaks((path) => (path.includes('bulk') ? fault : null));
    const report = await sync();
    expect(report).toMatchObject({ status: 'FAILED', error: { code } });
    expect([await isAlive('crm.people'), await isAlive('hr.staff')]).toEqual([true, true]);
  });

  it('is not what the catalog itself no longer has, once it is read whole', async () => {
    const { sync } = await synced();
    world.catalog.remove(world.find('crm.f@c1'));
    const report = await sync();
    expect(report.documents.retired).toBe(1);
    expect(report.drift?.datasets.noLongerSeen).toBe(1);
    expect([await isAlive('crm.f'), await isAlive('crm.people')]).toEqual([false, true]);
  });

  it('is a scope that loses more than a fifth, until a person agrees', async () => {
    const { sync } = await synced();
    for (const name of ['a', 'b', 'c', 'd']) world.catalog.remove(world.find(`crm.${name}@c1`));
    const report = await sync();
    expect(report.documents.retired).toBe(0);
    expect(report.gaps.map(({ remedy }) => remedy).join()).toContain('--allow-shrink');
    expect(await isAlive('crm.a')).toBe(true);
  });
});
