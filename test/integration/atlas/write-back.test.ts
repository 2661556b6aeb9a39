import { describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import type { FaultPlan } from '../../fake/fault-proxy.ts';
import { writeBackWorld } from './write-back-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const world = writeBackWorld();

describe('write-back to a made-up Atlas', () => {
  it('writes nothing unless the source says so', async () => {
    world.catalog.table('crm', 'people', ['id', 'email', 'phone']);
    const { sync, writes } = await world.open({});
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.status).toBe('DONE');
    expect(report.writeBack).toBeUndefined();
    expect(writes).toEqual([]);
  });

  it('proposes, writes when a person says so, and is read back as ours, never as evidence', async () => {
    world.catalog.table('crm', 'people', ['id', 'email']);
    const { sync, writeBack, writes } = await world.open({ mode: 'propose' });
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.writeBack).toMatchObject({ mode: 'propose', written: 0 });
    expect(writes).toEqual([]);
    const proposed = await writeBack.list({ status: 'proposed' });
    const [change] = proposed.filter(({ target }) => target.field?.[0] === 'email');
    expect(change).toMatchObject({ action: 'add', tag: 'Lexline_PII', because: { decidedBy: 'detector' } });
    const outcome = await writeBack.apply({ source: 'atlas', ids: [change?.id ?? ''], actor, signal });
    expect(outcome).toMatchObject({ stopped: null, done: [{ status: 'applied', actor }] });
    expect(world.tagsOn('crm.people.email@c1')).toEqual(['Lexline_PII']);
    expect(
      [...world.catalog.entities.values()]
        .flatMap(({ classifications }) => classifications)
        .every(({ propagate }) => !propagate),
    ).toBe(true);

    world.catalog.now += 3_600_000;
    await sync.run({ source: 'atlas', actor, full: true });
    const n = (await world.house.stores.graph.head()).published;
    const email = fieldUid({ namespace: 'wh://c1', name: 'crm.people' }, ['email']);
    const [field] = await world.house.stores.graph.get([email], n);
    expect(field?.assertions[0]?.facets['tags']).toEqual([{ name: 'Lexline_PII', setBy: 'lexline' }]);
    expect((await world.house.stores.graph.verdicts([email], n)).map(({ decider }) => decider)).not.toContain(
      'imported',
    );
    expect((await writeBack.list({ status: 'proposed' })).map(({ target }) => target.field?.[0])).not.toContain(
      'email',
    );
  });

  it('prints exactly what would be sent, and sends nothing', async () => {
    world.catalog.table('crm', 'people', ['email']);
    const { sync, writeBack, writes } = await world.open({ mode: 'propose' }, { tagMap: { PII: 'Personal' } });
    await sync.run({ source: 'atlas', actor });
    const plan = await writeBack.preview('atlas', signal);
    const guid = world.find('crm.people.email@c1').guid;
    expect(plan.changes.map(({ steps }) => steps)).toEqual([
      [
        expect.stringContaining('POST /api/atlas/v2/types/typedefs {"classificationDefs":[{"name":"Personal"'),
        `POST /api/atlas/v2/entity/guid/${guid}/classifications [{"typeName":"Personal","propagate":false}]`,
      ],
    ]);
    expect(writes).toEqual([]);
    await writeBack.apply({ source: 'atlas', ids: 'all', actor, signal });
    expect(writes).toHaveLength(2);
    expect(writes[1]).toBe(plan.changes[0]?.steps[1]);
  });

  it('adds by itself what is sure, up to the cap, and the rest with the next sync', async () => {
    world.catalog.table('crm', 'people', ['email', 'phone_number', 'first_name', 'iban']);
    const { sync, writes } = await world.open({ mode: 'auto', maxChanges: 2, threshold: 0.5 });
    const first = await sync.run({ source: 'atlas', actor });
    expect(first.writeBack).toMatchObject({ mode: 'auto', written: 2, failed: 0, stopped: null });
    expect(first.writeBack?.leftOver).toBeGreaterThan(0);
    expect(writes.filter((write) => write.includes('/classifications'))).toHaveLength(2);
    world.catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor });
    expect(writes.filter((write) => write.includes('/classifications')).length).toBeGreaterThan(2);
    expect(writes.every((write) => !write.startsWith('DELETE'))).toBe(true);
  });

  it('does nothing more once all is written, however often it is synced', async () => {
    world.catalog.table('crm', 'people', ['email', 'iban']);
    const { sync, writes } = await world.open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    const after = writes.length;
    for (let i = 0; i < 3; i++) {
      world.catalog.now += 60_000;
      await sync.run({ source: 'atlas', actor, full: i === 2 });
    }
    expect(writes).toHaveLength(after);
  });

  it('never touches a tag that people set, and does not put a second one beside it', async () => {
    const people = world.catalog.table('crm', 'people', ['email', 'note']);
    world.catalog.classify(world.find('crm.people.email@c1'), 'Personal');
    world.catalog.classify(world.find('crm.people.note@c1'), 'Personal');
    world.catalog.classify(people, 'Personal');
    const { sync, writes } = await world.open(
      { mode: 'auto', threshold: 0 },
      { tagMap: { PCI: 'Cards', 'user.contact.email': 'Personal' } },
    );
    await sync.run({ source: 'atlas', actor });
    expect(writes).toEqual([]);
  });

  it('makes a removal wait, names what is bound to the tag, and takes it off when a person agrees', async () => {
    world.catalog.table('crm', 'people', ['id', 'email']);
    const { sync, writeBack, writes } = await world.open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    expect(world.tagsOn('crm.people.email@c1')).toEqual(['Lexline_PII']);

    world.catalog.now += 60_000;
    const email = world.find('crm.people.email@c1');
    email.attributes = { ...email.attributes, type: 'boolean', name: 'is_active' };
    email.updateTime = world.catalog.now;
    const before = writes.length;
    const report = await sync.run({ source: 'atlas', actor, full: true });
    expect(writes).toHaveLength(before);
    expect(report.writeBack).toMatchObject({ written: 0 });
    const removal = (await writeBack.list({ status: 'proposed' })).find(({ action }) => action === 'remove');
    expect(removal).toMatchObject({ tag: 'Lexline_PII', waitsFor: 'removals wait for a person', because: null });
    expect(removal?.policies.map(({ name }) => name).join()).toContain('Ranger');

    const outcome = await writeBack.apply({ source: 'atlas', ids: [removal?.id ?? ''], actor, signal });
    expect(outcome.done).toMatchObject([{ status: 'applied' }]);
    expect(world.tagsOn('crm.people.email@c1')).toEqual([]);
  });

  it('undoes what it wrote when a person asks, and does not write it again by itself', async () => {
    world.catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await world.open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    const [change] = await writeBack.list({ status: 'applied' });
    const undone = await writeBack.undo({ source: 'atlas', ids: [change?.id ?? ''], actor, signal });
    expect(undone.done).toMatchObject([{ status: 'undone', action: 'add' }]);
    expect(world.tagsOn('crm.people.email@c1')).toEqual([]);
    world.catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor, full: true });
    expect(world.tagsOn('crm.people.email@c1')).toEqual([]);
  });

  it('does not argue with somebody who took our tag away: the next proposal waits', async () => {
    world.catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await world.open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    world.catalog.now += 60_000;
    const email = world.find('crm.people.email@c1');
    email.classifications = [];
    email.updateTime = world.catalog.now;
    email.attributes = { ...email.attributes, description: 'touched' };
    await sync.run({ source: 'atlas', actor, full: true });
    expect(world.tagsOn('crm.people.email@c1')).toEqual([]);
    expect((await writeBack.list({ status: 'proposed' }))[0]?.waitsFor).toContain('somebody took it away');
  });

  it('stops at the first answer that is other than expected, and says so', async () => {
    world.catalog.table('crm', 'people', ['email', 'phone_number', 'iban']);
    const forget: FaultPlan = ({ method, path }) =>
      method === 'GET' && path.endsWith('/classifications') ? { type: 'edit', edit: () => ({ list: [] }) } : null;
    const { sync, writes, writeBack } = await world.open({ mode: 'auto', threshold: 0.5 }, { plan: forget });
    const report = await sync.run({ source: 'atlas', actor });
    expect(writes.filter((write) => write.includes('/classifications'))).toHaveLength(1);
    expect(report.writeBack).toMatchObject({ failed: 1, stopped: expect.stringContaining('does not show it') });
    expect(report.status).toBe('PARTIAL');
    expect(report.gaps.map(({ what }) => what)).toContain('tags of atlas');
    expect(await writeBack.list({ status: 'unexpected' })).toHaveLength(1);
  });

  it('keeps what was read and judged when the source refuses to be written', async () => {
    world.catalog.table('crm', 'people', ['email']);
    const refuse: FaultPlan = ({ method, path }) =>
      method === 'POST' && !path.includes('search') ? { type: 'status', status: 403 } : null;
    const { sync, writeBack } = await world.open({ mode: 'auto', threshold: 0.5 }, { plan: refuse });
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.error).toBeNull();
    expect(report.fields.sensitive).toBe(1);
    expect(report.writeBack).toMatchObject({ failed: 1 });
    expect(await writeBack.list({ status: 'failed' })).toMatchObject([
      { detail: expect.stringContaining('CONNECTOR_MISSING_RIGHTS') },
    ]);
  });

  it('enters every write and every refusal into the ledger, with who did it', async () => {
    world.catalog.table('crm', 'people', ['email', 'iban']);
    const { sync, writeBack } = await world.open({ mode: 'propose' });
    await sync.run({ source: 'atlas', actor });
    const [first, second] = await writeBack.list({ status: 'proposed' });
    await writeBack.decline({ source: 'atlas', ids: [first?.id ?? ''], actor });
    await writeBack.apply({ source: 'atlas', ids: [second?.id ?? ''], actor, signal });
    const { items } = await world.house.stores.ledger.read({ kind: 'write-back' }, { first: 10 });
    expect(items.map(({ actor: who, body }) => [who.id, (body as { outcome: string }).outcome])).toEqual([
      ['dana', 'declined'],
      ['dana', 'applied'],
    ]);
    world.catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor, full: true });
    expect((await writeBack.list({})).find(({ id }) => id === first?.id)?.status).toBe('declined');
  });

  it('refuses an id and a source that are not there', async () => {
    world.catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await world.open({ mode: 'propose' });
    await sync.run({ source: 'atlas', actor });
    await expect(writeBack.apply({ source: 'atlas', ids: ['zzz'], actor, signal })).rejects.toThrow(
      /no planned change zzz/,
    );
    await expect(writeBack.apply({ source: 'nobody', ids: 'all', actor, signal })).rejects.toThrow(
      /configured are atlas/,
    );
  });
});
