import { describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import { accountWorld } from './account-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const namespace = 'snowflake://acme-shop';
const world = accountWorld();

const writes = (): readonly string[] => world.account.asked.filter((sql) => /^(?:ALTER|CREATE)/u.test(sql));
const tagsOn = (column: string): readonly string[] =>
  world.account.references
    .filter((one) => one.deletedMs === null && one.column === column)
    .map(({ tag, value }) => `${tag}=${value}`);

describe('write-back to an account of Snowflake', () => {
  it('proposes, prints the DDL, writes it when a person says so, reads it back, and takes it for ours', async () => {
    world.account.table('CRM', 'PEOPLE', ['ID', 'EMAIL']);
    const { sync, writeBack } = await world.open({ mode: 'propose' });
    await sync.run({ source: 'wh', actor });
    const plan = await writeBack.preview('wh', signal);
    const email = plan.changes.find(({ change }) => change.target.field?.[0] === 'EMAIL');
    expect(email?.steps).toEqual([
      `CREATE TAG IF NOT EXISTS "GOV"."TAGS"."LEXLINE_PII" COMMENT = 'Made by Lexline'`,
      `ALTER TABLE "SHOP"."CRM"."PEOPLE" MODIFY COLUMN "EMAIL" SET TAG "GOV"."TAGS"."LEXLINE_PII" = 'true'`,
    ]);
    expect(writes()).toEqual([]);
    const outcome = await writeBack.apply({ source: 'wh', ids: [email?.change.id ?? ''], actor, signal });
    expect(outcome).toMatchObject({ stopped: null, done: [{ status: 'applied' }] });
    expect(writes()).toEqual(email?.steps);
    expect(tagsOn('EMAIL')).toEqual(['GOV.TAGS.LEXLINE_PII=true']);

    world.account.catchUp();
    await sync.run({ source: 'wh', actor });
    const n = (await world.house.stores.graph.head()).published;
    const uid = fieldUid({ namespace, name: 'SHOP.CRM.PEOPLE' }, ['EMAIL']);
    const [field] = await world.house.stores.graph.get([uid], n);
    expect(field?.assertions[0]?.facets['tags']).toEqual([
      { name: 'GOV.TAGS.LEXLINE_PII', value: 'true', setBy: 'lexline' },
    ]);
    expect((await world.house.stores.graph.verdicts([uid], n)).map(({ decider }) => decider)).not.toContain('imported');
  });

  it('takes a tag of the company with its value, and recognises it when met again', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    world.account.tags.add('GOV.TAGS.PRIVACY');
    const { sync } = await world.open({ mode: 'auto' }, { tagMap: { PII: 'GOV.TAGS.PRIVACY=personal' } });
    await sync.run({ source: 'wh', actor });
    expect(tagsOn('EMAIL')).toEqual(['GOV.TAGS.PRIVACY=personal']);
    expect(writes().some((sql) => sql.startsWith('CREATE TAG'))).toBe(false);
    world.account.catchUp();
    const before = writes().length;
    await sync.run({ source: 'wh', actor, full: true });
    expect(writes()).toHaveLength(before);
    const n = (await world.house.stores.graph.head()).published;
    const uid = fieldUid({ namespace, name: 'SHOP.CRM.PEOPLE' }, ['EMAIL']);
    const [field] = await world.house.stores.graph.get([uid], n);
    expect(field?.assertions[0]?.facets['tags']).toMatchObject([{ name: 'GOV.TAGS.PRIVACY', setBy: 'lexline' }]);
    expect((await world.house.stores.graph.verdicts([uid], n)).map(({ decider }) => decider)).not.toContain('imported');
  });

  it('puts no value in the place of one that people set', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    world.account.tag('GOV.TAGS.PRIVACY', 'public', 'CRM', 'PEOPLE', 'EMAIL');
    world.account.catchUp();
    const { sync } = await world.open({ mode: 'auto' }, { tagMap: { PII: 'GOV.TAGS.PRIVACY=personal' } });
    await sync.run({ source: 'wh', actor });
    expect([writes(), tagsOn('EMAIL')]).toEqual([[], ['GOV.TAGS.PRIVACY=public']]);
  });

  it('puts no value in the place of one that people set since the account was read', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    world.account.tags.add('GOV.TAGS.PRIVACY');
    const { sync, writeBack } = await world.open({ mode: 'propose' }, { tagMap: { PII: 'GOV.TAGS.PRIVACY=personal' } });
    await sync.run({ source: 'wh', actor });
    world.account.tag('GOV.TAGS.PRIVACY', 'public', 'CRM', 'PEOPLE', 'EMAIL');
    const { done } = await writeBack.apply({ source: 'wh', ids: 'all', actor, signal });
    expect(done).toMatchObject([{ status: 'found', detail: expect.stringContaining('with another value') as string }]);
    expect([writes(), tagsOn('EMAIL')]).toEqual([[], ['GOV.TAGS.PRIVACY=public']]);
  });

  it('puts no value beside one that the column inherits from its table: ours would count there', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    world.account.tag('GOV.TAGS.PRIVACY', 'restricted', 'CRM', 'PEOPLE', null);
    world.account.catchUp();
    const { sync, writeBack } = await world.open({ mode: 'auto' }, { tagMap: { PII: 'GOV.TAGS.PRIVACY=personal' } });
    const report = await sync.run({ source: 'wh', actor });
    expect([writes(), report.writeBack?.stopped]).toEqual([[], null]);
    expect(await writeBack.list({ status: 'found' })).toMatchObject([
      { detail: 'GOV.TAGS.PRIVACY is there with another value, set by propagated; it was not changed' },
    ]);
  });

  it('names the masking policies that a tag switches on, and those that its removal would switch off', async () => {
    world.account.table('CRM', 'PEOPLE', ['ID', 'EMAIL']);
    world.account.tags.add('GOV.TAGS.PRIVACY');
    world.account.usage.set('POLICY_REFERENCES', [
      {
        policy_db: 'GOV',
        policy_schema: 'POLICIES',
        policy_name: 'MASK_TEXT',
        policy_kind: 'MASKING_POLICY',
        tag_database: 'GOV',
        tag_schema: 'TAGS',
        tag_name: 'PRIVACY',
        policy_signature: '(VAL VARCHAR)',
      },
    ]);
    const { sync, writeBack } = await world.open({ mode: 'auto' }, { tagMap: { PII: 'GOV.TAGS.PRIVACY=personal' } });
    await sync.run({ source: 'wh', actor });
    const [written] = await writeBack.list({ status: 'applied' });
    expect(written?.policies).toEqual([{ kind: 'masking', name: 'GOV.POLICIES.MASK_TEXT' }]);

    world.account.table('CRM', 'PEOPLE', ['ID', { name: 'EMAIL', type: 'BOOLEAN' }]);
    world.account.catchUp();
    await sync.run({ source: 'wh', actor, full: true });
    const removal = (await writeBack.list({ status: 'proposed' })).find(({ action }) => action === 'remove');
    expect(removal).toMatchObject({
      waitsFor: 'removals wait for a person',
      policies: [{ kind: 'masking', name: 'GOV.POLICIES.MASK_TEXT' }],
    });
    expect(tagsOn('EMAIL')).toEqual(['GOV.TAGS.PRIVACY=personal']);
    const { done } = await writeBack.apply({ source: 'wh', ids: [removal?.id ?? ''], actor, signal });
    expect(done).toMatchObject([{ status: 'applied', action: 'remove' }]);
    expect(writes().at(-1)).toBe(
      'ALTER TABLE "SHOP"."CRM"."PEOPLE" MODIFY COLUMN "EMAIL" UNSET TAG "GOV"."TAGS"."PRIVACY"',
    );
    expect(tagsOn('EMAIL')).toEqual([]);
  });

  it('undoes what it wrote when a person asks, and does not write it again by itself', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    const { sync, writeBack } = await world.open({ mode: 'auto' });
    await sync.run({ source: 'wh', actor });
    const [change] = await writeBack.list({ status: 'applied' });
    const undone = await writeBack.undo({ source: 'wh', ids: [change?.id ?? ''], actor, signal });
    expect(undone.done).toMatchObject([{ status: 'undone' }]);
    expect(tagsOn('EMAIL')).toEqual([]);
    world.account.catchUp();
    await sync.run({ source: 'wh', actor, full: true });
    expect(tagsOn('EMAIL')).toEqual([]);
  });

  it('alters views as views, and names with quotes and dots as they are', async () => {
    world.account.table('C"R.M', 'x.people', ['E-mail "privat"'], {
      type: 'VIEW',
      definition: 'create view v as select 1 as x',
    });
    const { sync } = await world.open({ mode: 'auto' });
    await sync.run({ source: 'wh', actor });
    expect(writes().filter((sql) => sql.startsWith('ALTER'))).toEqual([
      'ALTER VIEW "SHOP"."C""R.M"."x.people" MODIFY COLUMN "E-mail ""privat""" SET TAG "GOV"."TAGS"."LEXLINE_PII" = \'true\'',
    ]);
    expect(tagsOn('E-mail "privat"')).toEqual(['GOV.TAGS.LEXLINE_PII=true']);
  });

  it('writes nothing and says what to set where nobody said which tags to write', async () => {
    world.account.table('CRM', 'PEOPLE', ['EMAIL']);
    const { sync } = await world.open({ mode: 'auto' }, {});
    const report = await sync.run({ source: 'wh', actor });
    expect(report.status).toBe('PARTIAL');
    expect(report.gaps.map(({ what, detail }) => `${what}: ${detail}`).join('\n')).toMatch(
      /tags of wh: .*which tags to write/u,
    );
    expect(writes()).toEqual([]);
  });

  it('reports a table that was made anew without its tags, with the masking that went with them, until it is mended', async () => {
    world.account.table('CRM', 'PEOPLE', ['ID', 'EMAIL']);
    world.account.usage.set('POLICY_REFERENCES', [
      {
        policy_db: 'GOV',
        policy_schema: 'POLICIES',
        policy_name: 'MASK_TEXT',
        policy_kind: 'MASKING_POLICY',
        tag_database: 'GOV',
        tag_schema: 'TAGS',
        tag_name: 'LEXLINE_PII',
        policy_signature: '(VAL VARCHAR)',
      },
    ]);
    const { sync, writeBack } = await world.open({ mode: 'auto' });
    await sync.run({ source: 'wh', actor });
    world.account.catchUp();
    await sync.run({ source: 'wh', actor });
    world.account.rebuild('CRM', 'PEOPLE');
    // TAG_REFERENCES still shows the tag of the table that is gone: it is hours late.
    const report = await sync.run({ source: 'wh', actor });
    const gap = report.gaps.find(({ what }) => what === 'protection of SHOP.CRM.PEOPLE');
    expect(gap?.detail).toContain(
      'EMAIL lost GOV.TAGS.LEXLINE_PII (with it GOV.POLICIES.MASK_TEXT no longer works there)',
    );
    expect(gap?.remedy).toContain('COPY TAGS');
    expect(gap?.remedy).toContain(`MODIFY COLUMN "EMAIL" SET TAG "GOV"."TAGS"."LEXLINE_PII" = 'true';`);
    expect(tagsOn('EMAIL')).toEqual([]);
    // The view has caught up; nothing changed in the world.account.
    world.account.catchUp();
    const later = await sync.run({ source: 'wh', actor });
    expect(later.gaps.map(({ what }) => what)).toContain('protection of SHOP.CRM.PEOPLE');

    const again = (await writeBack.list({ status: 'proposed' })).find(({ target }) => target.field?.[0] === 'EMAIL');
    expect(again?.waitsFor).toContain('somebody took it away');
    await writeBack.apply({ source: 'wh', ids: [again?.id ?? ''], actor, signal });
    const mended = await sync.run({ source: 'wh', actor });
    expect(mended.gaps.map(({ what }) => what)).not.toContain('protection of SHOP.CRM.PEOPLE');
  });

  it('reports nothing of a table that was made anew with its tags, or lost the column', async () => {
    world.account.table('CRM', 'PEOPLE', ['ID', 'EMAIL', 'PHONE']);
    const { sync } = await world.open({ mode: 'auto' });
    await sync.run({ source: 'wh', actor });
    world.account.rebuild('CRM', 'PEOPLE');
    world.account.table('CRM', 'PEOPLE', ['ID', 'EMAIL'], { createdMs: world.account.now });
    world.account.tag('GOV.TAGS.LEXLINE_PII', 'true', 'CRM', 'PEOPLE', 'EMAIL');
    world.account.catchUp();
    const report = await sync.run({ source: 'wh', actor });
    expect(report.gaps.map(({ what }) => what)).not.toContain('protection of SHOP.CRM.PEOPLE');
  });
});
