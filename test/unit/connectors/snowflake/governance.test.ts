import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../../connectors/snowflake/access.ts';
import type {
  GrantRow,
  PolicyRow,
  RoleRow,
  TagPolicyRow,
  TagRow,
} from '../../../../connectors/snowflake/account-rows.ts';
import { governanceOf, noGovernance } from '../../../../connectors/snowflake/governance.ts';

const tag = (more: Partial<TagRow>): TagRow => ({
  tag_database: 'GOV',
  tag_schema: 'TAGS',
  tag_name: 'PRIVACY',
  tag_value: 'pii',
  object_schema: 'SALES',
  object_name: 'CUSTOMERS',
  domain: 'COLUMN',
  column_name: 'EMAIL',
  apply_method: 'MANUAL',
  deleted_ms: null,
  ...more,
});
const policy = (more: Partial<PolicyRow>): PolicyRow => ({
  policy_db: 'GOV',
  policy_schema: 'POLICIES',
  policy_name: 'MASK',
  policy_kind: 'MASKING_POLICY',
  ref_schema_name: 'SALES',
  ref_entity_name: 'CUSTOMERS',
  ref_column_name: 'EMAIL',
  policy_status: 'ACTIVE',
  ...more,
});
const tagPolicy = (more: Partial<TagPolicyRow> = {}): TagPolicyRow => ({
  policy_db: 'GOV',
  policy_schema: 'POLICIES',
  policy_name: 'MASK_TEXT',
  policy_kind: 'MASKING_POLICY',
  tag_database: 'GOV',
  tag_schema: 'TAGS',
  tag_name: 'PRIVACY',
  policy_signature: '(VAL VARCHAR)',
  ...more,
});
const of = (rows: Partial<typeof noGovernance>) => governanceOf('snowflake://acme', { ...noGovernance, ...rows });

describe('tags', () => {
  it.each([
    ['MANUAL', 'PRIVACY', 'person'],
    [null, 'PRIVACY', 'person'],
    ['NONE', 'PRIVACY', 'person'],
    ['CLASSIFIED', 'PRIVACY', 'source'],
    ['PROPAGATED', 'PRIVACY', 'propagated'],
    ['INHERITED', 'PRIVACY', 'propagated'],
    ['MANUAL', 'LEXLINE_PII', 'lexline'],
  ] as const)('of method %s named %s were set by %s', (method, name, setBy) => {
    const { tags } = of({ tags: [tag({ apply_method: method, tag_name: name })] }).column(
      'SALES',
      'CUSTOMERS',
      'EMAIL',
      'TEXT',
    );
    expect(tags).toEqual([{ name: `GOV.TAGS.${name}`, value: 'pii', setBy }]);
  });

  it('go down from database and schema to relations, and the nearest counts', () => {
    const governance = of({
      tags: [
        tag({ domain: 'DATABASE', object_schema: null, object_name: 'SHOP', column_name: null, tag_value: 'far' }),
        tag({ domain: 'DATABASE', object_schema: null, object_name: 'SHOP', column_name: null, tag_name: 'ZONE' }),
        tag({ domain: 'SCHEMA', object_schema: null, object_name: 'SALES', column_name: null, tag_value: 'near' }),
        tag({ domain: 'TABLE', object_name: 'ORDERS', column_name: null, tag_value: 'own' }),
      ],
    });
    expect(governance.relation('SALES', 'CUSTOMERS').tags).toEqual([
      { name: 'GOV.TAGS.PRIVACY', value: 'near', setBy: 'propagated' },
      { name: 'GOV.TAGS.ZONE', value: 'pii', setBy: 'propagated' },
    ]);
    expect(governance.relation('SALES', 'ORDERS').tags[0]).toEqual({
      name: 'GOV.TAGS.PRIVACY',
      value: 'own',
      setBy: 'person',
    });
    expect(governance.relation('HR', 'STAFF').tags[0]).toMatchObject({ value: 'far' });
  });

  it('of a table that was dropped are not taken for those of its successor', () => {
    const governance = of({ tags: [tag({ deleted_ms: 1 })] });
    expect(governance.column('SALES', 'CUSTOMERS', 'EMAIL', 'TEXT').tags).toEqual([]);
  });
});

describe('policies', () => {
  it('on a column and on a relation restrict what they hang on, and one that is not in force restricts nothing', () => {
    const governance = of({
      policies: [
        policy({}),
        policy({ ref_column_name: 'PHONE', policy_status: 'MULTIPLE_MASKING_POLICY_ASSIGNED_TO_THE_COLUMN' }),
        policy({ ref_column_name: null, policy_kind: 'ROW_ACCESS_POLICY', policy_name: 'OWN_REGION' }),
      ],
    });
    expect(governance.column('SALES', 'CUSTOMERS', 'EMAIL', 'TEXT').controls).toEqual([
      { kind: 'MASKING_POLICY', name: 'GOV.POLICIES.MASK' },
    ]);
    expect(governance.column('SALES', 'CUSTOMERS', 'PHONE', 'TEXT').controls).toEqual([]);
    expect(governance.relation('SALES', 'CUSTOMERS').facet).toEqual({
      policies: [{ kind: 'ROW_ACCESS_POLICY', name: 'GOV.POLICIES.OWN_REGION' }],
    });
  });

  it.each([
    ['TEXT', '(VAL VARCHAR)', true],
    ['TEXT', '(VAL STRING, REGION STRING)', true],
    ['NUMBER', '(VAL INTEGER)', true],
    ['NUMBER', '(VAL VARCHAR)', false],
    ['DATE', '(VAL TIMESTAMP_NTZ)', false],
    ['TEXT', null, false],
    ['TEXT', '', false],
  ])('on a tag mask a column of type %s by a policy over %s: %s', (type, signature, isMasked) => {
    const governance = of({ tags: [tag({})], tagPolicies: [tagPolicy({ policy_signature: signature })] });
    expect(governance.column('SALES', 'CUSTOMERS', 'EMAIL', type).controls).toEqual(
      isMasked ? [{ kind: 'MASKING_POLICY', name: 'GOV.POLICIES.MASK_TEXT by tag GOV.TAGS.PRIVACY' }] : [],
    );
  });

  it('on a tag mask the columns of a table, schema or database that carries it', () => {
    const tags = [tag({ domain: 'SCHEMA', object_schema: null, object_name: 'SALES', column_name: null })];
    const governance = of({ tags, tagPolicies: [tagPolicy()] });
    expect(governance.column('SALES', 'CUSTOMERS', 'NAME', 'TEXT').controls).toHaveLength(1);
    expect(governance.column('HR', 'STAFF', 'NAME', 'TEXT').controls).toEqual([]);
  });

  it('on a tag give way to one on the column itself', () => {
    const governance = of({ tags: [tag({})], tagPolicies: [tagPolicy()], policies: [policy({})] });
    expect(governance.column('SALES', 'CUSTOMERS', 'EMAIL', 'TEXT').controls).toEqual([
      { kind: 'MASKING_POLICY', name: 'GOV.POLICIES.MASK' },
    ]);
  });
});

describe('fingerprints', () => {
  it('differ for the schema in which something differs, and for all when a policy is put on a tag', () => {
    const before = of({ tags: [tag({})] });
    const after = of({ tags: [tag({ tag_value: 'public' })] });
    expect(after.fingerprint('SALES')).not.toBe(before.fingerprint('SALES'));
    expect(after.fingerprint('HR')).toBe(before.fingerprint('HR'));
    expect(of({ tagPolicies: [tagPolicy()] }).fingerprint('HR')).not.toBe(of({}).fingerprint('HR'));
  });
});

describe('effective grants', () => {
  const grant = (granted_on: string, name: string, privilege: string, grantee: string, to = 'ROLE'): GrantRow => ({
    privilege,
    granted_on,
    name,
    table_schema: granted_on === 'DATABASE' ? null : 'SALES',
    granted_to: to,
    grantee_name: grantee,
  });
  const stands = (name: string, inRole: string): RoleRow => ({
    granted_on: 'ROLE',
    name,
    table_catalog: null,
    granted_to: 'ROLE',
    grantee_name: inRole,
  });
  const usable = [grant('DATABASE', 'SHOP', 'USAGE', 'READER'), grant('SCHEMA', 'SALES', 'USAGE', 'READER')];
  const users = [
    { role: 'ANALYST', grantee_name: 'ADA' },
    { role: 'READER', grantee_name: 'ADA' },
    { role: 'READER', grantee_name: 'BOB' },
    { role: 'OTHER', grantee_name: 'EVE' },
  ];

  it('reach every role that stands above, and count each user once', () => {
    const access = accessOf(
      'SHOP',
      [...usable, grant('TABLE', 'CUSTOMERS', 'SELECT', 'READER')],
      [stands('READER', 'ANALYST'), stands('ANALYST', 'SYSADMIN')],
      users,
    );
    expect(access.of('SALES', 'CUSTOMERS')).toEqual({
      access: { read: ['ANALYST', 'READER', 'SYSADMIN'], change: [], usersWhoRead: 2 },
    });
    expect(access.of('SALES', 'ORDERS')).toEqual({});
  });

  it('end at the schema or database that the role may not use', () => {
    const rows = [...usable, grant('TABLE', 'CUSTOMERS', 'SELECT', 'OTHER')];
    expect(accessOf('SHOP', rows, [], users).of('SALES', 'CUSTOMERS')).toEqual({
      access: { read: [], change: [], usersWhoRead: 0 },
    });
    const joined = accessOf('SHOP', rows, [stands('OTHER', 'BOTH'), stands('READER', 'BOTH')], users);
    expect(joined.of('SALES', 'CUSTOMERS')).toMatchObject({ access: { read: ['BOTH'] } });
  });

  it('tell reading from changing, and take an owner for both', () => {
    const access = accessOf(
      'SHOP',
      [...usable, grant('TABLE', 'A', 'INSERT', 'READER'), grant('TABLE', 'B', 'OWNERSHIP', 'READER')],
      [],
      [],
    );
    expect(access.of('SALES', 'A')).toMatchObject({ access: { read: [], change: ['READER'] } });
    expect(access.of('SALES', 'B')).toMatchObject({ access: { read: ['READER'], change: ['READER'] } });
  });

  it('end where roles stand in each other', () => {
    const access = accessOf(
      'SHOP',
      [...usable, grant('TABLE', 'A', 'SELECT', 'READER')],
      [stands('READER', 'X'), stands('X', 'READER')],
      [],
    );
    expect(access.of('SALES', 'A')).toMatchObject({ access: { read: ['READER', 'X'] } });
  });

  it('go through database roles, which are told by their database', () => {
    const access = accessOf(
      'SHOP',
      [
        grant('DATABASE', 'SHOP', 'USAGE', 'VIEWERS', 'DATABASE_ROLE'),
        grant('SCHEMA', 'SALES', 'USAGE', 'VIEWERS', 'DATABASE_ROLE'),
        grant('TABLE', 'A', 'SELECT', 'VIEWERS', 'DATABASE_ROLE'),
      ],
      [
        {
          granted_on: 'DATABASE_ROLE',
          name: 'VIEWERS',
          table_catalog: 'SHOP',
          granted_to: 'ROLE',
          grantee_name: 'ANALYST',
        },
      ],
      users,
    );
    expect(access.of('SALES', 'A')).toEqual({
      access: { read: ['ANALYST', 'SHOP.VIEWERS'], change: [], usersWhoRead: 1 },
    });
  });
});
