import {
  getNamedType,
  printSchema,
  lexicographicSortSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphqlSchema, readSdl } from '../../../server/graphql/build-schema.ts';

const schema = buildGraphqlSchema();
const own = Object.values(schema.getTypeMap()).filter((type) => !type.name.startsWith('__'));

describe('the schema', () => {
  it('describes every type, field, argument, input and enum value', () => {
    const silent: string[] = [];
    const look = (name: string, thing: { readonly description?: string | null | undefined }) => {
      if (thing.description === null || thing.description === undefined || thing.description.trim() === '')
        silent.push(name);
    };
    for (const type of own) {
      look(type.name, type);
      if (isObjectType(type) || isInterfaceType(type))
        for (const field of Object.values(type.getFields())) {
          look(`${type.name}.${field.name}`, field);
          for (const arg of field.args) look(`${type.name}.${field.name}(${arg.name})`, arg);
        }
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
      if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    }
    expect(own.length).toBeGreaterThan(60);
    expect(silent).toEqual([]);
  });

  it('spells names as the house does', () => {
    for (const type of own) {
      expect(type.name).toMatch(/^[A-Z][A-Za-z0-9]*$/u);
      if (isEnumType(type)) for (const { name } of type.getValues()) expect(name).toMatch(/^[A-Z][A-Z0-9_]*$/u);
      if (isObjectType(type))
        for (const name of Object.keys(type.getFields())) expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/u);
    }
  });

  it('has lists of things that are there, and never a list that may be null', () => {
    for (const type of own)
      if (isObjectType(type))
        for (const field of Object.values(type.getFields())) {
          const text = String(field.type);
          if (text.includes('[')) expect(`${type.name}.${field.name}: ${text}`).toMatch(/: \[.+!\]!$/u);
        }
  });

  it('gives every connection the same shape', () => {
    const connections = own.filter((type) => isObjectType(type) && type.name.endsWith('Connection'));
    expect(connections.length).toBeGreaterThan(5);
    for (const type of connections) {
      if (!isObjectType(type)) continue;
      const fields = type.getFields();
      expect(String(fields['pageInfo']?.type), type.name).toBe('PageInfo!');
      expect(String(fields['edges']?.type), type.name).toBe(`[${type.name.replace('Connection', 'Edge')}!]!`);
    }
  });

  it('lets every question of the root be asked as of a time, unless it is about runs or has its own times', () => {
    const timeless = [
      'changes',
      'diff',
      'ledgerEntries',
      'policies',
      'previewReview',
      'provision',
      'provisions',
      'regulation',
      'regulations',
      'report',
      'reportKinds',
      'reports',
      'reviewQueue',
      'source',
      'sources',
      'syncRequest',
      'syncRuns',
      'writeBackChanges',
    ];
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {}))
      expect([field.name, field.args.some(({ name }) => name === 'asOf')]).toEqual([
        field.name,
        !timeless.includes(field.name),
      ]);
  });

  it('lets every mutation be sent twice with a key and be done once', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const input = getNamedType(field.args[0]?.type);
      expect(isInputObjectType(input) ? Object.keys(input.getFields()) : [], field.name).toContain('idempotencyKey');
    }
  });

  it('gives every mutation one input and one answer with its mistakes', () => {
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const name = field.name.charAt(0).toUpperCase() + field.name.slice(1);
      expect(field.args.map((arg) => `${arg.name}: ${String(arg.type)}`)).toEqual([`input: ${name}Input!`]);
      const payload = schema.getType(`${name}Payload`);
      expect(isObjectType(payload) && Object.keys(payload.getFields())).toEqual(['result', 'userErrors']);
    }
  });

  it('is what was agreed: a change is seen here first', async () => {
    await expect(`${printSchema(lexicographicSortSchema(schema))}\n`).toMatchFileSnapshot('./schema.snap');
  });

  it('is read from every file of schema/', () => {
    for (const type of [
      'DatasetSummary',
      'FieldConnection',
      'Explanation',
      'Lineage',
      'SearchResult',
      'SyncRun',
      'Change',
      'PageInfo',
    ])
      expect(readSdl()).toContain(type);
  });
});
