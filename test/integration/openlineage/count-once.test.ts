import { afterEach, describe, expect, it } from 'vitest';
import { openlineageConfig } from '../../../connectors/openlineage/config.ts';
import { openlineage } from '../../../connectors/openlineage/connector.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { datasetUid, jobUid } from '../../../server/model/ids.ts';
import { createEventRoom, eventCleaners } from '../../../server/sync/event-room.ts';
import { inboxKind } from '../../../server/sync/inbox.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import { dataset, receivedAt, runEvent, warehouse } from '../../unit/connectors/openlineage/events.ts';
import { actor, openHouse, type House } from '../sync/harness.ts';

const name = 'lineage';
const houses: House[] = [];
afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
});

async function newHouse(): Promise<House> {
  const house = await openHouse();
  houses.push(house);
  return house;
}

/** Events as the inbox keeps them, `place` in the order of their keys. */
async function arrive(house: House, events: readonly { readonly place: number; readonly run: string }[]) {
  const config = openlineageConfig.parse({});
  const entries = events.map(({ place, run }) => {
    const payload = runEvent({ run, inputs: [dataset('raw')], outputs: [dataset('mart')] });
    const accepted = openlineage.accept?.(payload, { receivedAt, clean: eventCleaners }, config);
    if (accepted?.type !== 'event') throw new Error('the event was not taken');
    return { key: String(place).padStart(6, '0'), body: JSON.stringify(accepted.event) };
  });
  await house.stores.state.putAll(inboxKind(name), entries);
}

/** Calls that change something in the stores. */
const writes: ReadonlySet<string> = new Set(
  'stage unstage put putAll remove removeAll observe forgetBatches open apply publish rollback putSource append'.split(
    ' ',
  ),
);

/** Stores of a process that is killed at the `at`th write, when that is done and nobody has heard of it. */
function mortal(house: House, at: number) {
  const life = { writes: 0, dead: false };
  const wrap = <T extends object>(store: T): T =>
    new Proxy(store, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        const call = (args: readonly unknown[]): unknown => Reflect.apply(member, target, args);
        // Leases of the dead run out; that is not waited for.
        if (key === 'release') return (...args: readonly unknown[]) => call(args);
        if (typeof key !== 'string' || !writes.has(key))
          return (...args: readonly unknown[]) => {
            if (life.dead) throw new Error('killed');
            return call(args);
          };
        return async (...args: readonly unknown[]) => {
          if (life.dead) throw new Error('killed');
          life.writes += 1;
          life.dead = life.writes === at;
          const answer = await call(args);
          if (life.writes >= at) throw new Error('killed');
          return answer;
        };
      },
    });
  const { graph, ledger, state } = house.stores;
  return { life, stores: { graph: wrap(graph), ledger: wrap(ledger), state: wrap(state) } };
}

/** One process that reads what waits, on the stores as they are or through ones that fail. */
async function readOn(house: House, stores: ReturnType<typeof mortal>['stores'] | House['stores']) {
  const { graph, ledger, state } = stores;
  const room = createEventRoom({
    source: name,
    state,
    deadLetters: { put: () => Promise.reject(new Error('no event is dead')) },
    clock: systemClock,
  });
  const source: ConfiguredSource = {
    name,
    connectorName: 'openlineage',
    capabilities: openlineage.capabilities,
    profile: 'none',
    applies: {},
    precedence: 1,
    connection: () =>
      openlineage.connect(openlineageConfig.parse({}), {
        source: name,
        clock: systemClock,
        log: silentLog,
        events: room,
      }),
    settle: () => room.settle(),
  };
  const sync = house.sync([{ source, cursors: [], messages: () => [] }], {
    stores: { graph, ledger, state },
    leaseMs: 2000,
  });
  return sync.run({ source: name, actor }).catch(() => null);
}

async function untilEmpty(house: House): Promise<void> {
  for (let i = 0; i < 5; i++) {
    const report = await readOn(house, house.stores);
    expect(report?.error ?? null).toBeNull();
    if ((await house.stores.state.count(inboxKind(name))) === 0) return;
  }
  throw new Error('events wait on');
}

async function counts(house: House) {
  const { state } = house.stores;
  const sum = async (uid: string, measure: string): Promise<number> =>
    (await state.observations([uid], measure)).reduce((all, { count }) => all + count, 0);
  return {
    runs: await sum(jobUid({ namespace: 'etl', name: 'load' }), 'runs'),
    read: await sum(datasetUid({ namespace: warehouse, name: 'raw' }), 'read'),
    written: await sum(datasetUid({ namespace: warehouse, name: 'mart' }), 'written'),
  };
}

const runs = (from: number, to: number): { place: number; run: string }[] =>
  Array.from({ length: to - from }, (_, i) => ({ place: (from + i) * 10, run: `run-${from + i}` }));

describe('runs of pushed events', () => {
  it('are counted once, whichever write of the process was its last', { timeout: 600_000 }, async () => {
    let steps = 0;
    for (let at = 1; ; at++) {
      const house = await openHouse();
      try {
        await arrive(house, runs(0, 5));
        const { life, stores } = mortal(house, at);
        await readOn(house, stores);
        if (!life.dead) break;
        steps = at;
        // Others came meanwhile, one of them with an earlier place and one of them a second time.
        await arrive(house, [{ place: 5, run: 'run-early' }, { place: 15, run: 'run-3' }, ...runs(5, 8)]);
        await untilEmpty(house);
        expect({ at, ...(await counts(house)) }).toEqual({ at, runs: 9, read: 9, written: 9 });
      } finally {
        await house.close();
      }
    }
    expect(steps).toBeGreaterThan(10);
  });

  it('are counted once when more than are remembered of a job ended before a kill', async () => {
    const house = await newHouse();
    await arrive(house, runs(0, 300));
    const { state } = house.stores;
    const failing = new Proxy(state, {
      get: (target, key) =>
        key === 'removeAll' ? () => Promise.reject(new Error('killed')) : (Reflect.get(target, key) as unknown),
    });
    for (let i = 0; i < 3; i++) await readOn(house, { ...house.stores, state: failing });
    expect(await state.count(inboxKind(name))).toBe(300);
    await untilEmpty(house);
    expect(await counts(house)).toEqual({ runs: 300, read: 300, written: 300 });
  });

  it('leave nothing behind by which they were told apart, once they were let go of', async () => {
    const house = await newHouse();
    const told: string[] = [];
    const forgotten: string[] = [];
    const { state } = house.stores;
    const listening = new Proxy(state, {
      get(target, key) {
        if (key === 'observe')
          return (batches: Parameters<typeof state.observe>[0]) => {
            told.push(...batches.map(({ id }) => id));
            return target.observe(batches);
          };
        if (key === 'forgetBatches')
          return (ids: readonly string[]) => {
            forgotten.push(...ids);
            return target.forgetBatches(ids);
          };
        return Reflect.get(target, key) as unknown;
      },
    });
    await arrive(house, runs(0, 20));
    await readOn(house, { ...house.stores, state: listening });
    expect(told).toHaveLength(20);
    expect(forgotten.toSorted()).toEqual(told.toSorted());
    expect(await state.count(inboxKind(name))).toBe(0);
    // The same runs, told again much later: the pictures of their jobs know them.
    await arrive(
      house,
      runs(0, 20).map(({ run, place }) => ({ run, place: place + 5000 })),
    );
    await untilEmpty(house);
    expect(await counts(house)).toEqual({ runs: 20, read: 20, written: 20 });
  });
});
