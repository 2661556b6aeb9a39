import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { atlas } from '../../../connectors/atlas/connector.ts';
import type { WriteBackConfig } from '../../../server/base/config-write-back.ts';
import { systemClock } from '../../../server/base/clock.ts';
import { silentLog } from '../../../server/base/log.ts';
import { fieldUid } from '../../../server/model/ids.ts';
import { loadTaxonomy } from '../../../server/rulebook/taxonomy.ts';
import { createSync } from '../../../server/sync/create-sync.ts';
import type { ConfiguredSource } from '../../../server/sync/source.ts';
import type { Sync } from '../../../server/sync/sync.ts';
import { createWriteBack } from '../../../server/writeback/create-write-back.ts';
import type { WriteBack } from '../../../server/writeback/write-back.ts';
import { createClassifier } from '../../../server/classify/create-classifier.ts';
import { loadPropagationRules } from '../../../server/rulebook/functions.ts';
import { createSqlEngine } from '../../../server/sql/create-sql-engine.ts';
import { createFakeCatalog, type FakeCatalog } from '../../fake/atlas-catalog.ts';
import { startFakeAtlas } from '../../fake/atlas-server.ts';
import { startFaultProxy, type FaultPlan } from '../../fake/fault-proxy.ts';
import type { FakeServer } from '../../fake/replay-server.ts';
import { openHouse, type House } from '../sync/harness.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const sqlEngine = createSqlEngine({ workers: 1 });
let house: House;
let catalog: FakeCatalog;
const servers: FakeServer[] = [];

beforeEach(async () => {
  house = await openHouse();
  catalog = createFakeCatalog({ now: Date.now() - 3_600_000 });
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await house.close();
});
afterAll(() => sqlEngine.close());

/** A catalog behind a proxy, its source, a sync over it and its write-back. */
async function open(
  writeBack: Partial<WriteBackConfig>,
  options: { readonly plan?: FaultPlan; readonly tagMap?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly sync: Sync; readonly writeBack: WriteBack; readonly writes: string[] }> {
  const target = await startFakeAtlas(catalog);
  const writes: string[] = [];
  const proxy = await startFaultProxy(target.url, (request) => {
    const isRead = request.method === 'GET' || request.path.includes('/search/');
    if (!isRead) writes.push(`${request.method} ${request.path} ${request.body}`);
    return options.plan?.(request) ?? null;
  });
  servers.push(proxy, target);
  const config = atlas.configSchema.parse({ url: proxy.url, username: 'u', password: 'p', retries: 0 });
  const source: ConfiguredSource = {
    name: 'atlas',
    connectorName: 'atlas',
    capabilities: atlas.capabilities,
    connection: () => atlas.connect(config, { source: 'atlas', clock: systemClock, log: silentLog }),
    profile: 'none',
    applies: {},
    precedence: 1,
    tagMap: options.tagMap ?? {},
    writeBack: { mode: 'off', threshold: 0.8, maxChanges: 100, tables: false, ...writeBack },
  };
  const taxonomy = loadTaxonomy();
  const { stores } = house;
  return {
    writes,
    sync: createSync({
      stores,
      sources: [source],
      sqlEngine,
      classifier: createClassifier({ taxonomy }),
      taxonomy,
      rules: loadPropagationRules(),
      namespaces: {},
      clock: systemClock,
      log: silentLog,
    }),
    writeBack: createWriteBack({
      stores,
      sources: [
        {
          name: 'atlas',
          tagMap: source.tagMap ?? {},
          writeBack: source.writeBack ?? { mode: 'off', threshold: 1, maxChanges: 1, tables: false },
          connection: source.connection,
        },
      ],
      classesOf: (category) => taxonomy.classesOf(category),
      clock: systemClock,
    }),
  };
}

function tagsOn(qualifiedName: string): readonly string[] {
  const entity = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
  return (entity?.classifications ?? []).map(({ typeName }) => typeName);
}

function find(qualifiedName: string) {
  const found = [...catalog.entities.values()].find((one) => one.attributes['qualifiedName'] === qualifiedName);
  if (found === undefined) throw new Error(`no ${qualifiedName}`);
  return found;
}

describe('write-back to a made-up Atlas', () => {
  it('writes nothing unless the source says so', async () => {
    catalog.table('crm', 'people', ['id', 'email', 'phone']);
    const { sync, writes } = await open({});
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.status).toBe('DONE');
    expect(report.writeBack).toBeUndefined();
    expect(writes).toEqual([]);
  });

  it('proposes, writes when a person says so, and is read back as ours, never as evidence', async () => {
    catalog.table('crm', 'people', ['id', 'email']);
    const { sync, writeBack, writes } = await open({ mode: 'propose' });
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.writeBack).toMatchObject({ mode: 'propose', written: 0 });
    expect(writes).toEqual([]);
    const proposed = await writeBack.list({ status: 'proposed' });
    const [change] = proposed.filter(({ target }) => target.field?.[0] === 'email');
    expect(change).toMatchObject({ action: 'add', tag: 'Lexline_PII', because: { decidedBy: 'detector' } });
    const outcome = await writeBack.apply({ source: 'atlas', ids: [change?.id ?? ''], actor, signal });
    expect(outcome).toMatchObject({ stopped: null, done: [{ status: 'applied', actor }] });
    expect(tagsOn('crm.people.email@c1')).toEqual(['Lexline_PII']);
    expect(
      [...catalog.entities.values()]
        .flatMap(({ classifications }) => classifications)
        .every(({ propagate }) => !propagate),
    ).toBe(true);

    catalog.now += 3_600_000;
    await sync.run({ source: 'atlas', actor, full: true });
    const n = (await house.stores.graph.head()).published;
    const email = fieldUid({ namespace: 'wh://c1', name: 'crm.people' }, ['email']);
    const [field] = await house.stores.graph.get([email], n);
    expect(field?.assertions[0]?.facets['tags']).toEqual([{ name: 'Lexline_PII', setBy: 'lexline' }]);
    expect((await house.stores.graph.verdicts([email], n)).map(({ decider }) => decider)).not.toContain('imported');
    expect((await writeBack.list({ status: 'proposed' })).map(({ target }) => target.field?.[0])).not.toContain(
      'email',
    );
  });

  it('prints exactly what would be sent, and sends nothing', async () => {
    catalog.table('crm', 'people', ['email']);
    const { sync, writeBack, writes } = await open({ mode: 'propose' }, { tagMap: { PII: 'Personal' } });
    await sync.run({ source: 'atlas', actor });
    const plan = await writeBack.preview('atlas', signal);
    const guid = find('crm.people.email@c1').guid;
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
    catalog.table('crm', 'people', ['email', 'phone_number', 'first_name', 'iban']);
    const { sync, writes } = await open({ mode: 'auto', maxChanges: 2, threshold: 0.5 });
    const first = await sync.run({ source: 'atlas', actor });
    expect(first.writeBack).toMatchObject({ mode: 'auto', written: 2, failed: 0, stopped: null });
    expect(first.writeBack?.leftOver).toBeGreaterThan(0);
    expect(writes.filter((write) => write.includes('/classifications'))).toHaveLength(2);
    catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor });
    expect(writes.filter((write) => write.includes('/classifications')).length).toBeGreaterThan(2);
    expect(writes.every((write) => !write.startsWith('DELETE'))).toBe(true);
  });

  it('does nothing more once all is written, however often it is synced', async () => {
    catalog.table('crm', 'people', ['email', 'iban']);
    const { sync, writes } = await open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    const after = writes.length;
    for (let i = 0; i < 3; i++) {
      catalog.now += 60_000;
      await sync.run({ source: 'atlas', actor, full: i === 2 });
    }
    expect(writes).toHaveLength(after);
  });

  it('never touches a tag that people set, and does not put a second one beside it', async () => {
    const people = catalog.table('crm', 'people', ['email', 'note']);
    catalog.classify(find('crm.people.email@c1'), 'Personal');
    catalog.classify(find('crm.people.note@c1'), 'Personal');
    catalog.classify(people, 'Personal');
    const { sync, writes } = await open(
      { mode: 'auto', threshold: 0 },
      { tagMap: { PCI: 'Cards', 'user.contact.email': 'Personal' } },
    );
    await sync.run({ source: 'atlas', actor });
    expect(writes).toEqual([]);
  });

  it('makes a removal wait, names what is bound to the tag, and takes it off when a person agrees', async () => {
    catalog.table('crm', 'people', ['id', 'email']);
    const { sync, writeBack, writes } = await open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    expect(tagsOn('crm.people.email@c1')).toEqual(['Lexline_PII']);

    catalog.now += 60_000;
    const email = find('crm.people.email@c1');
    email.attributes = { ...email.attributes, type: 'boolean', name: 'is_active' };
    email.updateTime = catalog.now;
    const before = writes.length;
    const report = await sync.run({ source: 'atlas', actor, full: true });
    expect(writes).toHaveLength(before);
    expect(report.writeBack).toMatchObject({ written: 0 });
    const removal = (await writeBack.list({ status: 'proposed' })).find(({ action }) => action === 'remove');
    expect(removal).toMatchObject({ tag: 'Lexline_PII', waitsFor: 'removals wait for a person', because: null });
    expect(removal?.policies.map(({ name }) => name).join()).toContain('Ranger');

    const outcome = await writeBack.apply({ source: 'atlas', ids: [removal?.id ?? ''], actor, signal });
    expect(outcome.done).toMatchObject([{ status: 'applied' }]);
    expect(tagsOn('crm.people.email@c1')).toEqual([]);
  });

  it('undoes what it wrote when a person asks, and does not write it again by itself', async () => {
    catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    const [change] = await writeBack.list({ status: 'applied' });
    const undone = await writeBack.undo({ source: 'atlas', ids: [change?.id ?? ''], actor, signal });
    expect(undone.done).toMatchObject([{ status: 'undone', action: 'add' }]);
    expect(tagsOn('crm.people.email@c1')).toEqual([]);
    catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor, full: true });
    expect(tagsOn('crm.people.email@c1')).toEqual([]);
  });

  it('does not argue with somebody who took our tag away: the next proposal waits', async () => {
    catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await open({ mode: 'auto', threshold: 0.5 });
    await sync.run({ source: 'atlas', actor });
    catalog.now += 60_000;
    const email = find('crm.people.email@c1');
    email.classifications = [];
    email.updateTime = catalog.now;
    email.attributes = { ...email.attributes, description: 'touched' };
    await sync.run({ source: 'atlas', actor, full: true });
    expect(tagsOn('crm.people.email@c1')).toEqual([]);
    expect((await writeBack.list({ status: 'proposed' }))[0]?.waitsFor).toContain('somebody took it away');
  });

  it('stops at the first answer that is other than expected, and says so', async () => {
    catalog.table('crm', 'people', ['email', 'phone_number', 'iban']);
    const forget: FaultPlan = ({ method, path }) =>
      method === 'GET' && path.endsWith('/classifications') ? { type: 'edit', edit: () => ({ list: [] }) } : null;
    const { sync, writes, writeBack } = await open({ mode: 'auto', threshold: 0.5 }, { plan: forget });
    const report = await sync.run({ source: 'atlas', actor });
    expect(writes.filter((write) => write.includes('/classifications'))).toHaveLength(1);
    expect(report.writeBack).toMatchObject({ failed: 1, stopped: expect.stringContaining('does not show it') });
    expect(report.status).toBe('PARTIAL');
    expect(report.gaps.map(({ what }) => what)).toContain('tags of atlas');
    expect(await writeBack.list({ status: 'unexpected' })).toHaveLength(1);
  });

  it('keeps what was read and judged when the source refuses to be written', async () => {
    catalog.table('crm', 'people', ['email']);
    const refuse: FaultPlan = ({ method, path }) =>
      method === 'POST' && !path.includes('search') ? { type: 'status', status: 403 } : null;
    const { sync, writeBack } = await open({ mode: 'auto', threshold: 0.5 }, { plan: refuse });
    const report = await sync.run({ source: 'atlas', actor });
    expect(report.error).toBeNull();
    expect(report.fields.sensitive).toBe(1);
    expect(report.writeBack).toMatchObject({ failed: 1 });
    expect(await writeBack.list({ status: 'failed' })).toMatchObject([
      { detail: expect.stringContaining('CONNECTOR_MISSING_RIGHTS') },
    ]);
  });

  it('enters every write and every refusal into the ledger, with who did it', async () => {
    catalog.table('crm', 'people', ['email', 'iban']);
    const { sync, writeBack } = await open({ mode: 'propose' });
    await sync.run({ source: 'atlas', actor });
    const [first, second] = await writeBack.list({ status: 'proposed' });
    await writeBack.decline({ source: 'atlas', ids: [first?.id ?? ''], actor });
    await writeBack.apply({ source: 'atlas', ids: [second?.id ?? ''], actor, signal });
    const { items } = await house.stores.ledger.read({ kind: 'write-back' }, { first: 10 });
    expect(items.map(({ actor: who, body }) => [who.id, (body as { outcome: string }).outcome])).toEqual([
      ['dana', 'declined'],
      ['dana', 'applied'],
    ]);
    catalog.now += 60_000;
    await sync.run({ source: 'atlas', actor, full: true });
    expect((await writeBack.list({})).find(({ id }) => id === first?.id)?.status).toBe('declined');
  });

  it('refuses an id and a source that are not there', async () => {
    catalog.table('crm', 'people', ['email']);
    const { sync, writeBack } = await open({ mode: 'propose' });
    await sync.run({ source: 'atlas', actor });
    await expect(writeBack.apply({ source: 'atlas', ids: ['zzz'], actor, signal })).rejects.toThrow(
      /no planned change zzz/,
    );
    await expect(writeBack.apply({ source: 'nobody', ids: 'all', actor, signal })).rejects.toThrow(
      /configured are atlas/,
    );
  });
});
