import { describe, expect, it } from 'vitest';
import type { Json } from '../../../server/model/json.ts';
import { keptConfirmations, newestSample } from '../../../server/report/confirmations.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { createReportDesk } from '../../../server/report/report-desk.ts';
import type { LedgerEntry } from '../../../server/stores/ledger/ledger.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { queryOver, type World } from './query-double.ts';

function desk() {
  const kept = new Map<string, Json>();
  const written: LedgerEntry[] = [];
  const memory = {
    put: (kind: string, key: string, body: Json) => Promise.resolve(void kept.set(`${kind} ${key}`, body)),
    list: (kind: string, { prefix = '' }: { readonly prefix?: string }) =>
      Promise.resolve({
        items: [...kept].filter(([key]) => key.startsWith(`${kind} ${prefix}`)).map(([, body]) => ({ body })),
      }),
  };
  const ledger = {
    append: (entries: readonly LedgerEntry[]) => {
      written.push(...entries);
      return Promise.resolve({
        batch: 1,
        at: '',
        firstSeq: 1,
        lastSeq: 1,
        root: '',
        previousHash: '',
        hash: '',
        revision: null,
      });
    },
  };
  const clock = { now: () => Date.parse('2026-11-21T12:00:00Z') };
  const reportsOver = (world: World) =>
    createReports({
      query: queryOver(world),
      version: '0.1.0',
      governance: () => Promise.resolve(clinicGovernance),
      confirmations: keptConfirmations(memory),
    });
  return { reportsOver, desk: createReportDesk({ memory, ledger, clock }), written, kept };
}

const actor = { kind: 'person', id: 'user@host' } as const;

describe('a report is a draft', () => {
  it('until a named person confirms it with the number of its open items in view', async () => {
    const { reportsOver, desk: keeper } = desk();
    const reports = reportsOver(clinicWorld);
    const reviewed = await reports.review({ name: 'gdpr-30-1' });
    expect(reviewed.open.count).toBeGreaterThan(5);
    const by = { name: 'Jo Example', actor };
    await expect(keeper.confirm(reviewed, { ...by, openItems: 0 })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    expect((await reports.open({ name: 'gdpr-30-1', format: 'json' })).status).toBe('draft');
    await keeper.confirm(reviewed, { ...by, openItems: reviewed.open.count });
    expect(await reports.open({ name: 'gdpr-30-1', format: 'pdf' })).toMatchObject({
      status: 'confirmed',
      confirmation: { by: 'Jo Example', openItems: reviewed.open.count, content: reviewed.content },
    });
    expect((await reports.open({ name: 'gdpr-30-1', format: 'json', source: 'shop' })).status).toBe('draft');
  });

  it('again when its content is another one', async () => {
    const { reportsOver, desk: keeper } = desk();
    const reviewed = await reportsOver(clinicWorld).review({ name: 'gdpr-30-1' });
    await keeper.confirm(reviewed, { name: 'Jo Example', openItems: reviewed.open.count, actor });
    const less = { ...clinicWorld, fields: clinicWorld.fields.slice(1) };
    expect((await reportsOver(less).open({ name: 'gdpr-30-1', format: 'json' })).status).toBe('draft');
  });

  it('whose confirmation stands in the ledger without the person’s name, which can be erased', async () => {
    const { reportsOver, desk: keeper, written, kept } = desk();
    const reviewed = await reportsOver(clinicWorld).review({ name: 'gdpr-30-1' });
    await keeper.confirm(reviewed, { name: 'Jo Example', openItems: reviewed.open.count, actor });
    await keeper.exported({
      name: 'gdpr-30-1',
      id: 'x',
      revision: 7,
      format: 'pdf',
      sha256: 'ab',
      actor,
      why: 'for the auditor',
    });
    expect(written.map(({ kind }) => kind)).toEqual(['report-confirmed', 'report-exported']);
    expect(JSON.stringify(written)).not.toMatch(/Jo Example|for the auditor/u);
    expect(JSON.stringify([...kept.values()])).toMatch(/Jo Example.*for the auditor/u);
  });
});

describe('a report that somebody stands for', () => {
  const other = { kind: 'person', id: 'other@host' } as const;

  it('is not confirmed over their head: the first confirmation stays as it was', async () => {
    const { reportsOver, desk: keeper, written, kept } = desk();
    const reviewed = await reportsOver(clinicWorld).review({ name: 'gdpr-30-1' });
    const openItems = reviewed.open.count;
    await keeper.confirm(reviewed, { name: 'Jo Example', openItems, actor });
    const before = JSON.stringify([written, [...kept]]);
    for (const by of [
      { name: 'Kim Example', openItems, actor: other },
      { name: 'Kim Example', openItems, actor },
      { name: 'Jo Example', openItems, actor: other },
    ]) {
      const refused = await keeper.confirm(reviewed, by).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'REVIEW_CHANGED' });
      expect(String(refused)).not.toContain('Example');
    }
    await keeper.confirm(reviewed, { name: 'Jo Example', openItems, actor });
    expect(JSON.stringify([written, [...kept]])).toBe(before);
  });

  it('is confirmed by one of two who do it at once', async () => {
    const { reportsOver, desk: keeper, written } = desk();
    const reviewed = await reportsOver(clinicWorld).review({ name: 'gdpr-30-1' });
    const openItems = reviewed.open.count;
    const both = await Promise.allSettled([
      keeper.confirm(reviewed, { name: 'Jo Example', openItems, actor }),
      keeper.confirm(reviewed, { name: 'Kim Example', openItems, actor: other }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(written).toHaveLength(1);
  });

  it('is confirmed anew by somebody else when its content is another one', async () => {
    const { reportsOver, desk: keeper, written } = desk();
    const reviewed = await reportsOver(clinicWorld).review({ name: 'gdpr-30-1' });
    await keeper.confirm(reviewed, { name: 'Jo Example', openItems: reviewed.open.count, actor });
    const less = await reportsOver({ ...clinicWorld, fields: clinicWorld.fields.slice(1) }).review({
      name: 'gdpr-30-1',
    });
    await keeper.confirm(less, { name: 'Kim Example', openItems: less.open.count, actor: other });
    expect(written).toHaveLength(2);
  });
});

describe('the precision in a report', () => {
  const kept = {
    sample: 's1',
    at: '2026-11-20T09:00:00.000Z',
    revision: 5,
    judged: 40,
    precision: { share: 0.95, low: 0.83, high: 0.99, judged: 30 },
    missRate: null,
    strata: [],
    couldNotTell: 1,
  };

  it('is that of the newest scored sample with its interval, and not measured without one', async () => {
    const memory = { get: () => Promise.resolve(kept) };
    const methodOf = async (sample: typeof memory | null): Promise<string> => {
      const reports = createReports({
        query: queryOver(clinicWorld),
        version: '0.1.0',
        ...(sample === null ? {} : { sample: (n: number) => newestSample(sample, n) }),
      });
      let text = '';
      for await (const chunk of (await reports.open({ name: 'inventory', format: 'json' })).chunks)
        text += String(chunk);
      return text;
    };
    const measured = await methodOf(memory);
    expect(measured).toContain('"95 % (95 % interval 83 % to 99 %)"');
    expect(measured).toContain('"not measured: none of it was judged"');
    expect(await methodOf(null)).toContain('not measured: no random sample was reviewed');
    expect(await newestSample(memory, 4)).toBeNull();
  });
});
