import { describe, expect, it } from 'vitest';
import { typeDefs } from '../../../../connectors/atlas/shapes.ts';
import { typeRoles } from '../../../../connectors/atlas/type-roles.ts';

const end = (type: string, name: string, isContainer = false) => ({ type, name, isContainer });
const entityDefs = [
  { name: 'DataSet', superTypes: [] },
  { name: 'Process', superTypes: [] },
  { name: 'wh_store', superTypes: ['DataSet'] },
  { name: 'wh_table', superTypes: ['DataSet'] },
  { name: 'wh_view', superTypes: ['wh_table'] },
  { name: 'wh_column', superTypes: ['DataSet'], serviceType: 'wh' },
  { name: 'our_column', superTypes: ['wh_column'] },
  { name: 'wh_index', superTypes: ['DataSet'] },
  { name: 'our_file', superTypes: ['DataSet'] },
  { name: 'our_record', superTypes: [] },
  { name: 'wh_job', superTypes: ['Process'] },
  { name: 'wh_column_lineage', superTypes: ['Process'] },
];
const relationshipDefs = [
  {
    name: 'a',
    relationshipCategory: 'COMPOSITION',
    endDef1: end('wh_store', 'tables', true),
    endDef2: end('wh_table', 'store'),
  },
  {
    name: 'b',
    relationshipCategory: 'COMPOSITION',
    endDef1: end('wh_table', 'columns', true),
    endDef2: end('wh_column', 'table'),
  },
  {
    name: 'c',
    relationshipCategory: 'COMPOSITION',
    endDef1: end('wh_table', 'indexes', true),
    endDef2: end('wh_index', 'table'),
  },
  {
    name: 'd',
    relationshipCategory: 'COMPOSITION',
    endDef1: end('wh_column_lineage', 'query'),
    endDef2: end('wh_job', 'columnLineages', true),
  },
  {
    name: 'e',
    relationshipCategory: 'COMPOSITION',
    endDef1: end('our_record', 'fields', true),
    endDef2: end('our_column', 'record'),
  },
];
const roles = (wanted = {}, defs = { entityDefs, relationshipDefs }) => typeRoles(typeDefs.parse(defs), wanted);

describe('the roles of types', () => {
  it('are told from what descends from what and what contains what', () => {
    const known = roles();
    const told = entityDefs.map(({ name }) => [name, known.role(name)]);
    expect(Object.fromEntries(told)).toEqual({
      DataSet: 'other',
      Process: 'other',
      wh_store: 'other',
      wh_table: 'dataset',
      wh_view: 'dataset',
      wh_column: 'column',
      our_column: 'column',
      wh_index: 'other',
      our_file: 'dataset',
      our_record: 'dataset',
      wh_job: 'process',
      wh_column_lineage: 'column-process',
    });
    expect(known.role('never_heard_of')).toBe('other');
  });

  it('say under which members columns and lineage hang, for subtypes too', () => {
    expect(roles().columnsOf('wh_view')).toEqual(['columns']);
    expect(roles().ownersOf('our_column').toSorted()).toEqual(['record', 'table']);
    expect(roles().lineagesOf('wh_job')).toEqual(['columnLineages']);
  });

  it('leave out what the settings leave out', () => {
    expect(roles({ exclude: ['our_file'] }).datasets).not.toContain('our_file');
    expect(roles({ include: ['wh_table'] }).datasets).toEqual(['wh_table']);
  });

  it('do not depend on the order in which types are sent, but on the types', () => {
    const turned = { entityDefs: entityDefs.toReversed(), relationshipDefs: relationshipDefs.toReversed() };
    expect(roles({}, turned).digest).toBe(roles().digest);
    expect(roles({}, { entityDefs: entityDefs.slice(1), relationshipDefs }).digest).not.toBe(roles().digest);
  });

  it('do not run in circles where types descend from each other', () => {
    const circle = {
      entityDefs: [
        { name: 'a', superTypes: ['b'] },
        { name: 'b', superTypes: ['a'] },
      ],
      relationshipDefs: [],
    };
    expect(roles({}, circle).role('a')).toBe('other');
  });
});
