import { describe, expect, it } from 'vitest';
import { fieldUid } from '../../../server/model/ids.ts';
import { everyPage } from '../../../server/stores/every-page.ts';
import type { LedgerEntry } from '../../../server/stores/ledger/ledger.ts';
import { fakeTable, fakeView, schemaOf, tagged, type FakeRow } from '../../fake/databricks-metastore.ts';
import { metastoreWorld, namespace } from './metastore-world.ts';

const actor = { kind: 'person', id: 'dana' } as const;
const signal = new AbortController().signal;
const world = metastoreWorld();
const uid = (name: string, field: string) => fieldUid({ namespace, name }, [field]);
const tagsOn = (column: string): readonly string[] =>
  world.metastore.tags.filter((tag) => tag.column_name === column).map((tag) => `${tag.tag_name}=${tag.tag_value}`);
const writes = (): readonly string[] => world.server.statements.filter((sql) => sql.startsWith('ALTER'));

function people(): void {
  schemaOf(world.metastore, 'main', 'crm').tables.push(fakeTable('people', ['id', 'email', 'phone', 'iban']));
}

async function categoriesOf(name: string, field: string): Promise<readonly string[]> {
  const { graph } = world.house.stores;
  const n = (await graph.head()).published;
  return (await graph.derived([uid(name, field)], n)).map(({ category }) => category);
}

describe('a metastore in the graph', () => {
  it('carries what a column holds by the text of views and statements, else by what the lineage tables saw', async () => {
    people();
    schemaOf(world.metastore, 'main', 'mart').tables.push(
      fakeView('mailing', ['mail', 'hidden'], 'SELECT lower(email), sha2(email, 256) FROM people', {
        properties: {
          'view.catalogAndNamespace.numParts': '2',
          'view.catalogAndNamespace.part.0': 'main',
          'view.catalogAndNamespace.part.1': 'crm',
        },
      }),
      ...['letters', 'calls', 'payments'].map((name) => fakeTable(name, ['a', 'b'])),
    );
    const at = world.metastore.now - 5 * 3_600_000;
    const statement = (statement_id: string, text: string): FakeRow => ({
      statement_id,
      text,
      day: Math.floor(at / 86_400_000),
      ended_ms: at,
      runs: 1,
    });
    const way = (target: string, from: string, more: FakeRow): FakeRow => ({
      entity_type: null,
      entity_id: null,
      statement_id: null,
      source_name: 'main.crm.people',
      source_path: null,
      source_column: from,
      target_name: target,
      target_path: null,
      target_column: 'a',
      first_ms: at,
      last_ms: at,
      ...more,
    });
    world.metastore.answers = [
      {
        holds: /^SELECT statement_id, text/u,
        rows: [
          statement(
            's1',
            "INSERT INTO main.mart.letters (a) SELECT upper(email) FROM main.crm.people WHERE phone = 'canary-7Q'",
          ),
          statement('s2', 'SOMETHING canary-7Q ((('),
        ],
      },
      { holds: /^SELECT count/u, rows: [{ n: 0 }] },
      {
        holds: /^SELECT entity_type, entity_id, statement_id/u,
        rows: [
          way('main.mart.letters', 'phone', { statement_id: 's1' }),
          way('main.mart.calls', 'phone', { statement_id: 's2' }),
        ],
      },
      {
        holds: /^SELECT entity_type, entity_id, CAST/u,
        rows: [way('main.mart.payments', 'iban', { entity_type: 'JOB', entity_id: '417' })],
      },
    ];
    const { sync } = await world.open({});
    const report = await sync.run({ source: 'lake', actor });
    expect(report.error).toBeNull();
    expect(await categoriesOf('main.mart.mailing', 'mail')).toEqual(['user.contact.email']);
    // The text is understood in full: what was seen beside it does not count.
    expect(await categoriesOf('main.mart.letters', 'a')).toEqual(['user.contact.email']);
    expect(await categoriesOf('main.mart.calls', 'a')).toEqual(['user.contact.phone']);
    expect(await categoriesOf('main.mart.payments', 'a')).toHaveLength(1);
    const { graph } = world.house.stores;
    const n = (await graph.head()).published;
    const kept: unknown[] = [];
    for await (const job of everyPage((page) => graph.list({ kind: 'job' }, n, page))) kept.push(job);
    expect(kept).toHaveLength(4);
    expect(JSON.stringify([kept, report])).not.toContain('canary');
  });

  it('takes what was tagged by people for evidence, and what was tagged by us for none', async () => {
    schemaOf(world.metastore, 'main', 'crm').tables.push(fakeTable('odd', ['c1', 'c2']));
    world.metastore.tags.push(
      tagged('main.crm.odd.c1', 'privacy', 'mail'),
      tagged('main.crm.odd.c2', 'lexline_pii', 'true'),
    );
    const { sync } = await world.open({}, { 'user.contact.email': 'privacy=mail', PII: 'lexline_pii' });
    await sync.run({ source: 'lake', actor });
    const { graph } = world.house.stores;
    const n = (await graph.head()).published;
    const verdicts = await graph.verdicts([uid('main.crm.odd', 'c1'), uid('main.crm.odd', 'c2')], n);
    const imported = verdicts.filter(({ decider }) => decider === 'imported');
    expect(imported.map(({ category }) => category)).toEqual(['user.contact.email']);
  });

  it('retires what is gone, and nothing of a schema that may not be listed', async () => {
    people();
    schemaOf(world.metastore, 'main', 'mart').tables.push(fakeTable('letters', ['a']));
    const { sync } = await world.open({});
    await sync.run({ source: 'lake', actor });
    const names = async (): Promise<readonly string[]> => {
      const { graph } = world.house.stores;
      const n = (await graph.head()).published;
      const found: string[] = [];
      for await (const record of everyPage((page) => graph.list({ kind: 'dataset' }, n, page))) found.push(record.name);
      return found.toSorted();
    };
    schemaOf(world.metastore, 'main', 'crm').forbidden = true;
    await sync.run({ source: 'lake', actor });
    expect(await names()).toEqual(['main.crm.people', 'main.mart.letters']);
    schemaOf(world.metastore, 'main', 'crm').forbidden = false;
    schemaOf(world.metastore, 'main', 'mart').tables = [];
    await sync.run({ source: 'lake', actor, allowShrink: true });
    expect(await names()).toEqual(['main.crm.people']);
  });
});

describe('write-back to a metastore', () => {
  it('writes nothing where nobody asked for it', async () => {
    people();
    const { sync } = await world.open({});
    await sync.run({ source: 'lake', actor });
    expect([writes(), world.metastore.tags]).toEqual([[], []]);
  });

  it('proposes, prints the DDL, writes it when a person says so, reads it back, and takes it for ours', async () => {
    people();
    const { sync, writeBack } = await world.open({ mode: 'propose' });
    await sync.run({ source: 'lake', actor });
    const plan = await writeBack.preview('lake', signal);
    const email = plan.changes.find(({ change }) => change.target.field?.[0] === 'email');
    expect(email?.steps).toEqual([
      "ALTER TABLE `main`.`crm`.`people` ALTER COLUMN `email` SET TAGS ('lexline_pii' = 'true')",
    ]);
    expect(writes()).toEqual([]);
    const outcome = await writeBack.apply({ source: 'lake', ids: [email?.change.id ?? ''], actor, signal });
    expect(outcome).toMatchObject({ stopped: null, done: [{ status: 'applied' }] });
    expect(writes()).toEqual(email?.steps);
    expect(tagsOn('email')).toEqual(['lexline_pii=true']);

    await sync.run({ source: 'lake', actor });
    const n = (await world.house.stores.graph.head()).published;
    const [field] = await world.house.stores.graph.get([uid('main.crm.people', 'email')], n);
    expect(field?.assertions[0]?.facets['tags']).toEqual([{ name: 'lexline_pii', value: 'true', setBy: 'lexline' }]);
  });

  it('lets a removal wait for a person, with the policy that it would switch off', async () => {
    people();
    world.metastore.policies['CATALOG main'] = [
      {
        name: 'hide',
        policy_type: 'POLICY_TYPE_COLUMN_MASK',
        on_securable_fullname: 'main',
        match_columns: [{ alias: 'c', condition: "hasTagValue('privacy', 'personal')" }],
        column_mask: { function_name: 'main.crm.hide', on_column: 'c' },
      },
    ];
    const { sync, writeBack } = await world.open({ mode: 'auto' }, { PII: 'privacy=personal' });
    await sync.run({ source: 'lake', actor });
    const [written] = await writeBack.list({ status: 'applied' });
    expect(written?.policies).toEqual([{ kind: 'masking', name: 'hide on main' }]);
    expect(tagsOn('email')).toEqual(['privacy=personal']);

    const crm = schemaOf(world.metastore, 'main', 'crm');
    crm.tables = [
      fakeTable('people', [
        'id',
        { name: 'email', type_text: 'boolean' },
        { name: 'phone', type_text: 'boolean' },
        { name: 'iban', type_text: 'boolean' },
      ]),
    ];
    await sync.run({ source: 'lake', actor, full: true });
    const removal = (await writeBack.list({ status: 'proposed' })).find(
      ({ action, target }) => action === 'remove' && target.field?.[0] === 'email',
    );
    expect(removal).toMatchObject({
      waitsFor: 'removals wait for a person',
      policies: [{ kind: 'masking', name: 'hide on main' }],
    });
    expect(tagsOn('email')).toEqual(['privacy=personal']);
    const { done } = await writeBack.apply({ source: 'lake', ids: [removal?.id ?? ''], actor, signal });
    expect(done).toMatchObject([{ status: 'applied', action: 'remove' }]);
    expect(tagsOn('email')).toEqual([]);
  });

  it('tries what a member of a structure refuses once, and again after a week or when something is said otherwise of it', async () => {
    const contact = (comment: string): void => {
      schemaOf(world.metastore, 'main', 'crm').tables = [
        fakeTable('people', [
          { name: 'contact', type_text: 'struct<email:string>', type_json: structOf(comment) },
          'phone',
        ]),
      ];
    };
    const refusals = async (): Promise<number> => {
      const entries: LedgerEntry[] = [];
      for await (const entry of everyPage((page) => world.house.stores.ledger.read({ kind: 'write-back' }, page)))
        entries.push(entry);
      return entries.filter(({ body }) => (body as { outcome: string }).outcome === 'failed').length;
    };
    contact('where letters go');
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead };
    const { sync, writeBack } = await world.open({ mode: 'auto', threshold: 0.5 }, undefined, clock);
    const first = await sync.run({ source: 'lake', actor });
    expect(first.writeBack).toMatchObject({ written: 1, failed: 1, refused: 0, stopped: null });
    expect(await refusals()).toBe(1);

    schemaOf(world.metastore, 'main', 'crm').tables.push(fakeTable('other', ['iban']));
    const second = await sync.run({ source: 'lake', actor });
    expect(second.writeBack).toMatchObject({ written: 1, failed: 0, refused: 1 });
    expect(await refusals()).toBe(1);
    const { left } = await writeBack.preview('lake', signal);
    expect(left).toEqual([
      expect.stringMatching(/^add lexline_pii to main\.crm\.people\.contact\.email: .+not tried/u),
    ]);

    contact('where mail goes');
    const third = await sync.run({ source: 'lake', actor });
    expect(third.writeBack).toMatchObject({ failed: 1, refused: 0 });
    expect(await refusals()).toBe(2);

    ahead = 6 * 86_400_000;
    expect((await sync.run({ source: 'lake', actor })).writeBack).toMatchObject({ failed: 0, refused: 1 });
    ahead = 8 * 86_400_000;
    expect((await sync.run({ source: 'lake', actor })).writeBack).toMatchObject({ failed: 1, refused: 0 });
    expect(await refusals()).toBe(3);
  });
});

/** The type of a structure with an address in it, as a listing gives it. */
function structOf(comment: string): string {
  const fields = [{ name: 'email', type: 'string', nullable: true, metadata: { comment } }];
  return JSON.stringify({ name: 'contact', type: { type: 'struct', fields }, nullable: true, metadata: {} });
}
