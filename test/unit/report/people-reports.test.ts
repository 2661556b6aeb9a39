import { describe, expect, it } from 'vitest';
import { noGovernance, type Governance } from '../../../server/governance/objects.ts';
import type { LineageGraph } from '../../../server/model/lineage-graph.ts';
import type { LineageRequest } from '../../../server/query/query.ts';
import { createReports } from '../../../server/report/create-reports.ts';
import { subjectSql } from '../../../server/report/reports/people/subject-sql.ts';
import { clinicGovernance, clinicPolicies, clinicWorld } from './clinic-world.ts';
import { classification, dataset, queryOver, sensitive, type World } from './query-double.ts';

type Row = Readonly<Record<string, string | number | null | readonly string[]>>;

async function read(
  name: string,
  world: World,
  governance: Governance,
  parameters: Readonly<Record<string, string>> = {},
  seesEverything = true,
): Promise<Readonly<Record<string, readonly Row[]>>> {
  const made = createReports({
    query: queryOver(world),
    version: '0.1.0',
    governance: () => Promise.resolve(governance),
    policies: () => Promise.resolve(clinicPolicies),
    seesEverything,
  });
  let text = '';
  for await (const chunk of (await made.open({ name, format: 'json', parameters })).chunks) text += String(chunk);
  return (JSON.parse(text) as { sections: Readonly<Record<string, readonly Row[]>> }).sections;
}

const foreign = (field: string, to: string, key: string) => ({
  kind: 'foreign' as const,
  fields: [[field]],
  references: { dataset: { namespace: 'postgres://db.example:5432', name: to }, fields: [[key]] },
});
const mail = () => classification('user.contact.email', 'E-mail address');
const customers = dataset('dw.shop.customers');
const orders = dataset('dw.shop.orders', { keys: [foreign('customer_id', 'dw.shop.customers', 'id')] });
const items = dataset('dw.shop.items', { keys: [foreign('order_id', 'dw.shop.orders', 'id')] });
const shops = dataset('dw.shop.shops');
const shop: World = {
  datasets: [customers, orders, items, shops],
  fields: [
    sensitive(customers, 'email', mail()),
    sensitive(orders, 'ship_to', classification('user.contact.address', 'Street address')),
    sensitive(items, 'note', classification('user.content.message', 'Message content')),
    sensitive(shops, 'owner', mail()),
  ],
  lineage: clinicWorld.lineage,
};

/** A value that goes on as it is. */
const copied = {
  kind: 'DIRECT',
  transformation: 'IDENTITY',
  fn: '',
  effect: 'keep',
  masking: false,
  confidence: 1,
  job: null,
  assertedBy: 'warehouse',
} as const;

/** An answer with one field, after which there is more or not; beside it a field that may not be seen. */
const copyOf = (of: typeof orders, path: string, endCursor: string | null) => ({
  nodes: [
    { key: `${of.name}.${path}`, depth: 1, hidden: false, dataset: of, path, label: null, state: 'SENSITIVE' as const },
  ],
  truncated: endCursor === null ? null : ({ reason: 'FIRST', remaining: 1 } as const),
  hiddenNodes: 1,
  endCursor,
});

describe('the locator of one person', () => {
  it('follows keys step by step, children before parents, with SQL that leads back to the identifier', async () => {
    const places = (await read('subject-locator', shop, noGovernance, { field: 'customers.email' }))['places'] ?? [];
    expect(places.map(({ step, dataset: name }) => [step, name])).toEqual([
      [1, 'dw.shop.items'],
      [2, 'dw.shop.orders'],
      [3, 'dw.shop.customers'],
    ]);
    expect(places[0]?.['countSql']).toBe(
      'SELECT COUNT(*) FROM "dw"."shop"."items" WHERE "order_id" IN (SELECT "id" FROM "dw"."shop"."orders" WHERE "customer_id" IN (SELECT "id" FROM "dw"."shop"."customers" WHERE "email" = $1))',
    );
    expect(places[2]?.['eraseSql']).toBe('DELETE FROM "dw"."shop"."customers" WHERE "email" = $1');
  });

  it('shows duties to keep against erasure', async () => {
    const places =
      (await read('subject-locator', clinicWorld, clinicGovernance, { field: 'patients.email' }))['places'] ?? [];
    expect(places[0]).toMatchObject({
      dataset: 'shop.clinic.patients',
      against: ['keep at least P10Y from end of treatment (medical law)'],
    });
  });

  it('reads lineage answer by answer, and says where it was not followed to its end', async () => {
    const answers = [copyOf(orders, 'ship_to', 'next'), copyOf(items, 'note', null)];
    const asked: (string | undefined)[] = [];
    const lineage = (origin: string, { direction, after }: LineageRequest): LineageGraph => {
      const nothing = { ...clinicWorld.lineage(origin), direction };
      if (direction === 'UPSTREAM') return { ...nothing, truncated: { reason: 'DEPTH', remaining: null } };
      asked.push(after);
      const answer = answers[after === undefined ? 0 : 1];
      const start = { key: origin, depth: 0, hidden: false, dataset: null, path: null, label: null, state: null };
      const nodes = [...(after === undefined ? [start] : []), ...(answer?.nodes ?? [])];
      return { ...nothing, ...answer, nodes, edges: [{ ...copied, from: origin, to: answer?.nodes[0]?.key ?? '' }] };
    };
    const made = await read('subject-locator', { ...shop, lineage }, noGovernance, { field: 'customers.email' });
    expect(asked).toEqual([undefined, 'next']);
    const carriedTo = (made['places'] ?? []).filter(({ how }) => how === 'carries the identifier along lineage');
    expect(carriedTo.map(({ dataset: name }) => String(name)).toSorted()).toEqual(['dw.shop.items', 'dw.shop.orders']);
    expect(made['notFollowed']).toEqual([
      expect.objectContaining({ direction: 'upstream', why: expect.stringContaining('deeper than a hundred steps') }),
      expect.objectContaining({ direction: 'both', why: '2 fields on the way may not be seen' }),
    ]);
    const whole = await read('subject-locator', shop, noGovernance, { field: 'customers.email' });
    expect(whole['notFollowed']).toEqual([]);
  });

  it('takes a field and nothing else: what is no field is refused without being repeated', async () => {
    const value = 'jo@example.com';
    const answer = read('subject-locator', shop, noGovernance, { field: value });
    await expect(answer).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await answer.catch((error: unknown) => expect(String(error)).not.toContain(value));
    await expect(read('subject-locator', shop, noGovernance)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    await expect(read('inventory', shop, noGovernance, { field: 'x' })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
    });
  });

  it.each([
    ['bigquery', 'SELECT COUNT(*) FROM `a`.`b`.`c` WHERE `d``e` = @subject'],
    ['mssql', 'SELECT COUNT(*) FROM [a].[b].[c] WHERE [d`e] = @subject'],
    ['mysql', 'SELECT COUNT(*) FROM `a`.`b`.`c` WHERE `d``e` = ?'],
    ['kafka', null],
  ])('writes the SQL of %s', (dialect, expected) => {
    expect(subjectSql(dialect, { dataset: 'a.b.c', column: 'd`e', through: null })?.count ?? null).toBe(expected);
  });
});

describe('the exposure sheet', () => {
  it('says what a system held, in which form, where it went and which duties to look at', async () => {
    const sheet = await read('exposure', clinicWorld, clinicGovernance, { system: 'Payments' });
    expect(sheet['categories']).toMatchObject([
      { label: 'Card CVV', form: 'in clear' },
      { label: 'Card number', form: 'in clear', fields: 1 },
    ]);
    expect(sheet['surroundings']).toContainEqual(
      expect.objectContaining({ direction: 'goes to', place: 'shop.marketing.export' }),
    );
    expect((sheet['duties'] ?? []).map(({ regulation }) => regulation)).toEqual(['gdpr', 'pci-dss', 'as entered']);
    await expect(read('exposure', clinicWorld, clinicGovernance, { system: 'paymnets' })).rejects.toThrow(
      /did you mean "payments"/u,
    );
  });

  it('names to who does not see everything no system of which they see nothing', async () => {
    const clinic = (of: string): boolean => of.startsWith('shop.clinic.');
    const world: World = {
      ...clinicWorld,
      datasets: clinicWorld.datasets.filter(({ name }) => clinic(name)),
      fields: clinicWorld.fields.filter(({ dataset: uid }) =>
        clinicWorld.datasets.some((one) => one.uid === uid && clinic(one.name)),
      ),
    };
    const refusal = (system: string, seesEverything: boolean): Promise<string> =>
      read('exposure', world, clinicGovernance, { system }, seesEverything).then(
        () => 'made',
        (error: unknown) => String(error),
      );
    const none = await refusal('nosuchthing', false);
    expect(none).toContain('clinic');
    expect(none).not.toMatch(/payments|marketing|books/u);
    expect(await refusal('payments', false)).toBe(none.replace('nosuchthing', 'payments'));
    expect(await refusal('Payments', false)).toBe(none.replace('nosuchthing', 'Payments'));
    expect(await refusal('clinic', false)).toBe('made');
    expect(await refusal('nosuchthing', true)).toContain('payments');
    expect(await refusal('payments', true)).toBe('made');
  });
});

describe('copies that nobody reads', () => {
  it('lists what is made from others and leads nowhere, and leaves out what a report outside reads', async () => {
    const unread = await read('unread-copies', { ...clinicWorld, exposures: [] }, clinicGovernance);
    expect(unread['copies']).toMatchObject([
      { dataset: 'shop.marketing.export', madeFrom: ['shop.payments.card_vault'], clear: 1, fields: 2 },
    ]);
    expect((await read('unread-copies', clinicWorld, clinicGovernance))['copies']).toEqual([]);
  });
});

describe('the record of Art. 30(2)', () => {
  it('has a row for each controller with its letters, and says what is missing', async () => {
    const [row] = (await read('gdpr-30-2', clinicWorld, clinicGovernance))['processing'] ?? [];
    expect(row).toMatchObject({
      activity: 'Hosting for others',
      controller: 'Example Customer AG',
      controllerContact: 'x@example.com',
      controllerRepresentative: 'none entered; established in AT',
      controllerDpo: null,
      processor: ['Example Clinic GmbH', 'Beispielweg 1', 'privacy@example.com'],
      categories: ['storing patient lists'],
      measures: null,
      contract: null,
    });
    expect(row?.['provenance']).toContain('missing: controllerDpo, measures, contract');
  });
});

describe('the report of policies', () => {
  it('shows what is violated with the way, and what arrives in an allowed form', async () => {
    const made = await read('policies', clinicWorld, clinicGovernance);
    expect(made['violations']).toMatchObject([
      {
        severity: 'critical',
        place: 'shop.marketing.export.customer_ref',
        form: 'clear',
        way: ['shop.payments.card_vault.pan -> shop.marketing.export.customer_ref (keep; nightly)'],
      },
    ]);
    expect(made['met']).toMatchObject([{ place: 'shop.marketing.export.card_hash', form: 'hashed' }]);
    expect(made['policies']).toMatchObject([{ id: 'cards', violations: 1, gaps: 0, waived: 0 }]);
  });
});

describe('pages for git', () => {
  it('show owners with what they answer for, and what belongs to nobody', async () => {
    const pages = (await read('role-pages', clinicWorld, clinicGovernance))['roles'] ?? [];
    expect(pages).toContainEqual(
      expect.objectContaining({ owner: 'payments team', dataset: 'shop.payments.card_vault' }),
    );
    expect(pages).toContainEqual(
      expect.objectContaining({ owner: 'nobody', dataset: 'shop.old.customers', todo: 'name a processing activity' }),
    );
  });
});
