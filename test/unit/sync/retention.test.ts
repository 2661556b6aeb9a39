import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { retentionSetting, type RetentionPolicy } from '../../../server/base/config-retention.ts';
import { silentLog } from '../../../server/base/log.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { createRetention } from '../../../server/sync/retention/create-retention.ts';
import { planRetention, type RestingReport } from '../../../server/sync/retention/plan-retention.ts';

const actor = { kind: 'process', id: 'test' } as const;
const now = Date.parse('2026-11-21T08:00:00Z');
const policyOf = (given: object): RetentionPolicy => {
  const policy = retentionSetting.parse(given);
  if (policy === undefined) throw new Error('no policy');
  return policy;
};

/** Revisions 1, 2, 3 … published at these times. */
const published = (...times: readonly string[]) =>
  times.map((at, i) => ({ n: i + 1, publishedAt: `${at}:00.000Z`, run: 'r', cause: 'c', actor }));

const planned = (
  policy: object,
  times: readonly string[],
  more: {
    readonly reports?: readonly RestingReport[];
    readonly head?: { readonly floor: number; readonly kept: readonly { first: number; last: number }[] };
    readonly timezone?: string;
  } = {},
) =>
  planRetention({
    policy: policyOf(policy),
    revisions: published(...times),
    head: { published: times.length, ...(more.head ?? { floor: 0, kept: [] }) },
    reports: more.reports ?? [],
    now,
    timezone: more.timezone ?? 'UTC',
  });

const year = [
  '2026-01-10T00:00',
  '2026-01-31T23:30',
  '2026-03-05T00:00',
  '2026-06-30T12:00',
  '2026-07-01T00:00',
  '2026-11-01T00:00',
  '2026-11-20T00:00',
];

describe('a plan of retention', () => {
  it('keeps every revision of the last days, and what was known when they begin', () => {
    expect(planned({ everything: 30 }, year)).toEqual({
      floor: 5,
      kept: [],
      gone: [{ first: 1, last: 4 }],
      goneRevisions: 4,
    });
    expect(planned({ everything: 20 }, year).floor).toBe(6);
    expect(planned({ everything: 21 }, year).floor).toBe(5);
  });

  it('lets go of nothing while the first revision is younger than that', () => {
    expect(planned({ everything: 400 }, year)).toMatchObject({ floor: 0, gone: [], goneRevisions: 0 });
    expect(planned({ everything: 1 }, [])).toMatchObject({ floor: 0, gone: [] });
  });

  it('keeps what was known at the end of each month, by the clock of the time zone', () => {
    const { kept, gone } = planned({ everything: 30, monthEnds: 10 }, year);
    expect(kept.map(({ first, last }) => [first, last])).toContainEqual([2, 2]);
    // Nothing was published in February: what was known at its end is the last of January.
    expect(kept.filter(({ first }) => first === 2).map(({ why }) => why)).toEqual([
      'the end of 2026-02',
      'the end of 2026-01',
    ]);
    expect(gone).toEqual([{ first: 1, last: 1 }]);
    // In Berlin revision 2 was published in February already.
    const berlin = planned({ everything: 30, monthEnds: 10 }, year, { timezone: 'Europe/Berlin' });
    expect(berlin.kept.filter(({ first }) => first === 1).map(({ why }) => why)).toEqual(['the end of 2026-01']);
    expect(berlin.gone).toEqual([]);
  });

  it('keeps what a hold names until the hold is over', () => {
    const hold = { name: 'matter 7', from: '2026-02-01', to: '2026-03-31', reason: 'litigation' };
    expect(planned({ everything: 30, holds: [hold] }, year)).toMatchObject({
      kept: [{ first: 2, last: 3, why: 'the hold "matter 7"' }],
      gone: [
        { first: 1, last: 1 },
        { first: 4, last: 4 },
      ],
    });
    expect(planned({ everything: 30, holds: [{ ...hold, until: '2026-11-21' }] }, year).goneRevisions).toBe(2);
    expect(planned({ everything: 30, holds: [{ ...hold, until: '2026-11-20' }] }, year).goneRevisions).toBe(4);
    const open = { name: 'all since', from: '2026-02-01', reason: 'audit' };
    expect(planned({ everything: 30, holds: [open] }, year).gone).toEqual([{ first: 1, last: 1 }]);
  });

  it('keeps a revision that a report rests on, for good or for so many days', () => {
    const reports = [{ what: 'gdpr-30-1, exported on 2026-03-06', n: 3, at: '2026-03-06T00:00:00.000Z' }];
    expect(planned({ everything: 30 }, year, { reports }).kept).toEqual([
      { first: 3, last: 3, why: 'gdpr-30-1, exported on 2026-03-06' },
    ]);
    expect(planned({ everything: 30, reports: 300 }, year, { reports }).kept).toHaveLength(1);
    expect(planned({ everything: 30, reports: 200 }, year, { reports }).kept).toEqual([]);
  });

  it('says nothing of what is gone already, and never lowers the floor', () => {
    const head = { floor: 4, kept: [{ first: 2, last: 2 }] };
    expect(planned({ everything: 400, monthEnds: 24 }, year, { head })).toMatchObject({ floor: 4 });
    const { kept, gone } = planned({ everything: 30 }, year, { head });
    expect([kept, gone]).toEqual([
      [],
      [
        { first: 2, last: 2 },
        { first: 4, last: 4 },
      ],
    ]);
  });

  it.each([
    ['no days', {}],
    [
      'a hold that ends before it begins',
      { everything: 1, holds: [{ name: 'x', from: '2026-02-01', to: '2026-01-01', reason: 'y' }] },
    ],
    ['a schedule that is none', { everything: 1, schedule: 'at night' }],
    ['an unknown member', { everything: 1, weekEnds: 3 }],
  ])('is refused for %s', (_, given) => {
    expect(retentionSetting.safeParse(given).success).toBe(false);
  });
});

describe('applied retention', () => {
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it('purges by the policy, says so in the ledger, and keeps what an exported report rests on', async () => {
    const path = mkdtempSync(join(tmpdir(), 'lexline-retention-'));
    folders.push(path);
    let time = Date.parse('2026-01-01T00:00:00Z');
    const clock = { now: () => time };
    const stores = await openSqliteStores({ path, log: silentLog, clock });
    const { graph, ledger, state } = stores;
    for (let n = 1; n <= 5; n++) {
      const lease = await graph.lease('test', 60_000);
      if (lease === null) throw new Error('no lease');
      const open = await graph.open(lease, { run: `run ${n}`, cause: 'test', actor });
      await graph.publish(open, []);
      await graph.release(lease);
      time += 10 * 24 * 60 * 60 * 1000;
    }
    await ledger.append([
      {
        kind: 'report-exported',
        actor,
        at: new Date(time).toISOString(),
        subject: null,
        body: { name: 'inventory', revision: 2 },
      },
    ]);
    const policy = policyOf({ everything: 15 });
    const retention = createRetention({ graph, ledger, state, clock, policy, timezone: 'UTC' });
    expect(await retention.plan()).toMatchObject({ floor: 4, goneRevisions: 2 });
    expect((await graph.head()).floor).toBe(0);

    const { plan } = await retention.apply({ actor });
    expect(plan.kept).toMatchObject([{ first: 2, last: 2 }]);
    expect(await graph.head()).toMatchObject({ floor: 4, kept: [{ first: 2, last: 2 }] });
    await expect(graph.totals(3)).rejects.toMatchObject({ code: 'ASOF_BELOW_RETENTION' });
    await expect(graph.totals(2)).resolves.toBeDefined();
    const said = await ledger.read({ kind: 'revisions-purged' }, { first: 10 });
    expect(said.items.map(({ body }) => body)).toMatchObject([
      {
        floor: 4,
        gone: [
          [1, 1],
          [3, 3],
        ],
      },
    ]);

    // Done again there is nothing to do and nothing to say.
    await retention.apply({ actor });
    expect((await ledger.read({ kind: 'revisions-purged' }, { first: 10 })).items).toHaveLength(1);
    await stores.close();
  });

  it('needs a policy', async () => {
    const stub = {} as never;
    const retention = createRetention({
      graph: stub,
      ledger: stub,
      state: stub,
      clock: { now: () => now },
      policy: null,
      timezone: 'UTC',
    });
    await expect(retention.plan()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  });
});
