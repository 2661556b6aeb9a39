import { describe, expect, it } from 'vitest';
import { holds, questionsOf } from '../../../../connectors/databricks/tag-condition.ts';
import type { FakeItem } from '../../../fake/databricks-metastore.ts';
import { datasetsByName, gapsOf } from '../../../connector-messages.ts';
import { readOf, smallMetastore } from './session.ts';

const tags = [{ name: 'pii', value: 'email' }, { name: 'EU' }];

describe('conditions of policies', () => {
  it.each([
    ["hasTag('pii')", true],
    ["has_tag('PII')", true],
    ["hasTag('phi')", false],
    ["hasTagValue('pii', 'email')", true],
    ["has_tag_value('pii','ssn')", false],
    ["hasTagValue('eu', '')", true],
    ["hasTag('phi') OR hasTag('pii')", true],
    ["hasTag('phi') AND hasTag('pii')", false],
    ["NOT hasTag('phi') and (hasTag('eu') or FALSE)", true],
    ['TRUE', true],
    ['!(true)', false],
    ["hasTag('a''b') OR hasTag(\"pii\")", true],
  ])('%s is %s', (condition, expected) => {
    expect(holds(condition, tags)).toBe(expected);
  });

  it.each([
    "hasTag('pii') AND current_user() = 'x'",
    "hasTag('pii'",
    "hasTag('pii') hasTag('eu')",
    'hasTag(pii)',
    "hasTagValue('pii')",
    '',
    "hasTag('pii') OR",
    '1 = 1',
  ])('%s cannot be told', (condition) => {
    expect(holds(condition, tags)).toBeNull();
    expect(questionsOf(condition)).toBeNull();
  });

  it('name the tags that they ask for, on both sides of OR and AND', () => {
    expect(questionsOf("hasTag('A') OR (hasTagValue('b', 'c') AND NOT hasTag('d'))")).toEqual([
      { key: 'a', value: null },
      { key: 'b', value: 'c' },
      { key: 'd', value: null },
    ]);
  });
});

describe('policies that mask by tag', () => {
  const mask = (name: string, condition: string, more: object = {}): FakeItem => ({
    name,
    policy_type: 'POLICY_TYPE_COLUMN_MASK',
    on_securable_fullname: 'main',
    match_columns: [{ alias: 'c', condition }],
    column_mask: { function_name: 'main.sales.hide', on_column: 'c' },
    ...more,
  });

  async function controlsOf(policy: FakeItem, on = 'CATALOG main') {
    const metastore = smallMetastore();
    metastore.policies[on] = [policy];
    const messages = await readOf(metastore);
    const [id, email] = datasetsByName(messages).get('main.sales.customers')?.fields ?? [];
    return { messages, id: id?.facets?.['controls'], email: email?.facets?.['controls'] };
  }
  const own = { kind: 'COLUMN_MASK', name: 'main.sales.hide_email' };
  const byPolicy = { kind: 'COLUMN_MASK', name: 'main.sales.hide by policy p on main' };

  it.each(['CATALOG main', 'SCHEMA main.sales'])(
    'are controls of the columns that carry the tag, on %s',
    async (on) => {
      const { id, email } = await controlsOf(mask('p', "hasTagValue('pii', 'email')"), on);
      expect(email).toEqual([own, byPolicy]);
      expect(id).toBeUndefined();
    },
  );

  it.each([
    ["hasTag('tier')", true],
    ["hasTag('domain')", true],
    ["hasTag('nothing')", false],
  ])('hold where the table carries what their condition asks: %s', async (when, expected) => {
    const { email } = await controlsOf(mask('p', "hasTag('pii')", { when_condition: when }));
    expect(email).toEqual(expected ? [own, byPolicy] : [own]);
  });

  it('are a gap, and no protection, where it cannot be told whether they hold', async () => {
    const { messages, email } = await controlsOf(mask('p', 'some_function(3)'));
    expect(email).toEqual([own]);
    expect(gapsOf(messages)).toContainEqual(
      expect.objectContaining({
        what: 'masks by policy in main.sales',
        detail: expect.stringContaining('p on main') as string,
      }),
    );
  });

  it('filter rows of the tables that they match', async () => {
    const metastore = smallMetastore();
    const filter = {
      policy_type: 'POLICY_TYPE_ROW_FILTER',
      on_securable_fullname: 'main',
      row_filter: { function_name: 'main.sales.own' },
    };
    metastore.policies['CATALOG main'] = [
      { name: 'gold', ...filter, when_condition: "hasTag('tier')" },
      { name: 'mails', ...filter, match_columns: [{ alias: 'c', condition: "hasTag('pii')" }] },
    ];
    const found = datasetsByName(await readOf(metastore));
    const policies = (name: string) =>
      Reflect.get(Object(found.get(name)?.facets?.['databricks.relation']), 'policies');
    expect(policies('main.sales.customers')).toMatchObject([
      { name: 'main.sales.own_region' },
      { name: 'main.sales.own by policy gold on main' },
      { name: 'main.sales.own by policy mails on main' },
    ]);
    expect(policies('main.sales.orders')).toBeUndefined();
  });
});
