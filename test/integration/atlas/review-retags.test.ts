import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../server/base/clock.ts';
import { datasetUid, fieldUid } from '../../../server/model/ids.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createReviewDesk } from '../../../server/sync/create-review-desk.ts';
import type { DecideRequest, ReviewDesk } from '../../../server/sync/review-desk.ts';
import type { Retags } from '../../../server/sync/review-retags.ts';
import { rememberWritten } from '../../../server/writeback/written-tags.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import { writeBackWorld } from './write-back-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const world = writeBackWorld();
type Opened = Awaited<ReturnType<typeof world.open>>;

function deskOver(writeBack: WriteBack | undefined): ReviewDesk {
  const { graph, state, ledger } = world.house.stores;
  return createReviewDesk({
    graph,
    state,
    ledger,
    taxonomy: loadTaxonomy(),
    rules: loadPropagationRules(),
    clock: systemClock,
    retagsMs: 600_000,
    ...(writeBack === undefined ? {} : { retags: (...asked) => writeBack.retags(...asked) }),
  });
}

/** A table with a column that nobody can tell, and a table that it is copied into. */
async function synced(mode: 'off' | 'propose' | 'auto'): Promise<Opened> {
  const people = world.catalog.table('crm', 'people', ['qz_bgv', 'email']);
  const copy = world.catalog.table('crm', 'people_copy', ['qz_copied']);
  world.catalog.process('copies', people, copy, [['qz_bgv', 'qz_copied']]);
  const opened = await world.open({ mode });
  expect((await opened.sync.run({ source: 'atlas', actor })).error).toBeNull();
  return opened;
}

async function group(desk: ReviewDesk, called: string): Promise<string> {
  const { groups } = await desk.queue({ first: 50 });
  const found = groups.find((one) => one.called === called);
  if (found === undefined) throw new Error(`no group ${called} among ${groups.map((one) => one.called).join()}`);
  return found.id;
}

let keys = 0;
function asked(id: string, patch: Partial<DecideRequest>): DecideRequest {
  keys += 1;
  return {
    group: id,
    kind: 'correct',
    category: 'user.contact.email',
    comment: null,
    validUntil: null,
    idempotencyKey: `retags-${keys}`,
    retags: true,
    actor,
    signal,
    ...patch,
  };
}

const planned = async (writeBack: WriteBack): Promise<readonly string[]> =>
  (await writeBack.preview('atlas', signal)).changes.map(
    ({ change }) => `${change.action} ${change.tag} ${change.target.dataset.name}.${String(change.target.field)}`,
  );

const listed = ({ sources }: Retags): readonly string[] =>
  sources.flatMap(({ changes }) =>
    changes.map(({ action, tag, dataset, path }) => `${action} ${tag} ${dataset}.${String(path)}`),
  );

describe('the tags that a decision would set and take off', () => {
  it('are what the dry run of write-back says more once it is made, where its values flow to as well', async () => {
    const { writeBack } = await synced('propose');
    const desk = deskOver(writeBack);
    const id = await group(desk, 'qz_bgv');
    const before = await planned(writeBack);
    const preview = await desk.preview(asked(id, {}));
    expect(preview).toMatchObject({ fields: 1, lowers: [], retags: { incompleteBecause: [] } });
    expect(await planned(writeBack)).toEqual(before);

    const { retags } = await desk.decide(asked(id, {}));
    const after = await planned(writeBack);
    const more = after.filter((one) => !before.includes(one));
    expect(more.toSorted()).toEqual(['add Lexline_PII crm.people.qz_bgv', 'add Lexline_PII crm.people_copy.qz_copied']);
    expect(listed(preview.retags).toSorted()).toEqual(more.toSorted());
    expect(retags).toEqual(preview.retags);
    expect(retags?.sources).toMatchObject([{ source: 'atlas', mode: 'propose', adds: 2, removes: 0, withdraws: 0 }]);
  });

  it('are the same when the same key is used again, whatever was written since', async () => {
    const { writeBack } = await synced('propose');
    const desk = deskOver(writeBack);
    const request = asked(await group(desk, 'qz_bgv'), {});
    const first = await desk.decide(request);
    expect(await desk.decide(request)).toEqual(first);
  });

  it('tell which of our tags nothing would ask for any more', async () => {
    const { sync, writeBack } = await synced('propose');
    const uid = fieldUid({ namespace: 'wh://c1', name: 'crm.people' }, ['qz_bgv']);
    const { state } = world.house.stores;
    await rememberWritten(state, uid, {
      source: 'atlas',
      tag: 'Lexline_PII',
      change: 'old',
      at: '2026-11-01T00:00:00Z',
    });
    world.catalog.classify(world.find('crm.people.qz_bgv@c1'), 'Lexline_PII');
    world.catalog.now += 3_600_000;
    await sync.run({ source: 'atlas', actor, full: true });
    const desk = deskOver(writeBack);
    const nothing = asked(await group(desk, 'qz_bgv'), { category: 'none' });
    const { retags } = await desk.preview(nothing);
    expect(listed(retags)).toEqual(['remove Lexline_PII crm.people.qz_bgv']);
    expect(retags.sources[0]?.changes[0]?.waitsFor).toBe('removals wait for a person');
    await desk.decide(nothing);
    expect(await planned(writeBack)).toContain('remove Lexline_PII crm.people.qz_bgv');
  });

  it('are told of no source that is not written, and of none that may not be seen', async () => {
    const off = await synced('off');
    const desk = deskOver(off.writeBack);
    const { retags } = await desk.preview(asked(await group(desk, 'qz_bgv'), {}));
    expect(retags.sources).toMatchObject([{ source: 'atlas', mode: 'off', adds: 0, unknown: null }]);
    const blind = await desk.queue({ first: 50, seen: ['another'] });
    expect(blind.groups).toEqual([]);
  });

  it('are not known where the source is away, which fails no decision', async () => {
    const { writeBack } = await synced('propose');
    const { graph } = world.house.stores;
    const { published: n } = await graph.head();
    const datasets = new Set([datasetUid({ namespace: 'wh://c1', name: 'crm.people' })]);
    const away = AbortSignal.abort();
    const [told] = await writeBack.retags({ before: graph, after: graph, n, datasets }, 'all', away);
    expect(told).toMatchObject({ source: 'atlas', adds: [], unknown: 'the source did not answer in time' });
  });
});
