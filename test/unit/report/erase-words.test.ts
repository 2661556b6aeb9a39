import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../../server/base/log.ts';
import { keptConfirmations } from '../../../server/report/confirmations.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { createWordEraser, erasedName } from '../../../server/report/erase-words.ts';
import { createReportDesk } from '../../../server/report/report-desk.ts';
import { openSqliteStores } from '../../../server/stores/sqlite/open-stores.ts';
import { clinicGovernance, clinicWorld } from './clinic-world.ts';
import { queryOver } from './query-double.ts';

const actor = { kind: 'person', id: 'user@host' } as const;
const clock = { now: () => Date.parse('2026-11-21T12:00:00Z') };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A ledger in which a report was confirmed by two people and exported for a reason. */
async function told() {
  const path = mkdtempSync(join(tmpdir(), 'lexline-erase-'));
  const stores = await openSqliteStores({ path, log: silentLog });
  open.push(async () => {
    await stores.close();
    rmSync(path, { recursive: true, force: true });
  });
  const { state: memory, ledger } = stores;
  const confirmations = keptConfirmations(memory);
  const reports = createReports({
    query: queryOver(clinicWorld),
    version: '0.1.0',
    governance: () => Promise.resolve(clinicGovernance),
    confirmations,
  });
  const desk = createReportDesk({ memory, ledger, clock });
  const reviewed = await reports.review({ name: 'gdpr-30-1' });
  const openItems = reviewed.open.count;
  await desk.confirm(reviewed, { name: 'Jo Example', openItems, actor });
  const other = await reports.review({ name: 'inventory' });
  await desk.confirm(other, { name: 'Kim Example', openItems: other.open.count, actor });
  const file = { name: 'inventory', id: 'x', revision: 7, format: 'pdf', sha256: 'y', actor };
  await desk.exported({ ...file, why: 'for Jo Example' });
  await desk.exported({ ...file, why: null });
  const { items } = await ledger.read({}, { first: 10 });
  return {
    stores,
    memory,
    ledger,
    confirmations,
    reviewed,
    before: items,
    eraser: createWordEraser({ memory, ledger, clock }),
  };
}

describe('words that stand beside the ledger', () => {
  it('are erased by name wherever they were entered, and nobody else’s are', async () => {
    const { eraser, memory, ledger, confirmations, reviewed, before } = await told();
    const found = await eraser.find({ words: ' jo example' });
    expect(found).toMatchObject([{ kind: 'report-confirmed', report: 'gdpr-30-1', member: 'by' }]);
    await eraser.erase(found, actor);
    expect((await confirmations.of(reviewed.key)).map(({ by }) => by)).toEqual([erasedName]);
    const kept = JSON.stringify([
      await memory.list('said', { first: 100 }),
      await memory.list('report-confirmation', { first: 100 }),
    ]);
    expect(kept).not.toContain('"Jo Example"');
    expect(kept).toContain('"Kim Example"');
    expect(kept).toContain('for Jo Example');
    // The entries are as they were, their chain holds, and one more says what was erased, without the words.
    const { items } = await ledger.read({}, { first: 10 });
    expect(items.slice(0, before.length)).toEqual(before);
    expect(items.slice(before.length)).toMatchObject([
      { kind: 'words-erased', actor, body: { entries: [{ seq: found[0]?.seq, member: 'by' }] } },
    ]);
    expect(JSON.stringify(items)).not.toContain('Jo Example');
    expect(await ledger.verify()).toMatchObject({ intact: true });
  });

  it('are erased by the number of the entry, once', async () => {
    const { eraser, memory, before } = await told();
    const exported = before.filter(({ kind }) => kind === 'report-exported').map(({ seq }) => seq);
    const [withReason = 0, without = 0] = exported;
    const found = await eraser.find({ entries: [withReason] });
    expect(found).toMatchObject([{ seq: withReason, member: 'why' }]);
    await eraser.erase(found, actor);
    expect(JSON.stringify(await memory.list('said', { first: 100 }))).not.toContain('for Jo Example');
    for (const seq of [withReason, without, 99])
      await expect(eraser.find({ entries: [seq] })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });

  it('leave the jobs that made the report as well, and what was remarked with them', async () => {
    const { eraser, memory } = await told();
    const job = (name: string, by: string) => ({
      id: `${name} ${by}`,
      name,
      updatedAt: new Date().toISOString(),
      confirmation: { by, at: '2026-11-21T12:00:00.000Z', remark: `said by ${by}` },
    });
    const jobs = [job('gdpr-30-1', 'Jo Example'), job('gdpr-30-1', 'Kim Example'), job('inventory', 'Kim Example')];
    for (const one of jobs) await memory.put('report-job', one.id, one);
    await memory.put('report-job', 'running', { name: 'gdpr-30-1', updatedAt: '2026-11-21', confirmation: null });
    await eraser.erase(await eraser.find({ words: 'Jo Example' }), actor);
    const left = jobs.map(async ({ id }) => (await memory.get('report-job', id)) as { confirmation: unknown });
    expect((await Promise.all(left)).map(({ confirmation }) => confirmation)).toEqual([
      { by: erasedName, at: '2026-11-21T12:00:00.000Z', remark: null },
      jobs[1]?.confirmation,
      jobs[2]?.confirmation,
    ]);
    expect(await memory.get('report-job', 'running')).toMatchObject({ confirmation: null });
  });

  it('are found whole only: a part of a name erases nothing', async () => {
    const { eraser } = await told();
    await expect(eraser.find({ words: 'Jo' })).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});
