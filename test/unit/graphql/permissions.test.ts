import { getNamedType, isObjectType, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { describe, expect, it } from 'vitest';
import { rights, rightsOfRole, type Role } from '../../../server/access/rights.ts';
import { loopbackViewer, type Viewer } from '../../../server/access/viewer.ts';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { checkRights, neededRights, rootRights, typeRights } from '../../../server/graphql/permissions.ts';

const schema = buildGraphqlSchema();
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
  (type) => type !== null && type !== undefined,
);
const rootFields = roots.flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));
const roles: readonly Role[] = ['viewer', 'reviewer', 'steward', 'auditor', 'admin', 'ingest'];

const viewerOf = (role: Role): Viewer => ({ ...loopbackViewer, role, rights: rightsOfRole(role), signedIn: true });

function operationOf(text: string) {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('the text has no operation');
  return { document, operation };
}

const isAllowed = (text: string, role: Role): boolean => {
  try {
    checkRights(schema, operationOf(text), viewerOf(role));
    return true;
  } catch {
    return false;
  }
};

describe('the table of rights', () => {
  it('knows every root field of the schema and no other', () => {
    expect(Object.keys(rootRights).toSorted()).toEqual(rootFields.toSorted());
  });

  it('names types that there are, and rights that there are', () => {
    for (const type of Object.keys(typeRights)) expect(isObjectType(schema.getType(type)), type).toBe(true);
    for (const right of [...Object.values(rootRights), ...Object.values(typeRights)]) expect(rights).toContain(right);
  });

  it('lets nothing be changed with the right to read alone', () => {
    for (const field of rootFields.filter((name) => name.startsWith('Mutation.')))
      expect(rootRights[field], field).not.toBe('read');
  });
});

describe('every root field for every role', () => {
  const cases = rootFields.flatMap((field) => roles.map((role) => [field, role] as const));
  it.each(cases)('%s as %s', (field, role) => {
    const [type = '', name = ''] = field.split('.');
    const keyword = type === 'Query' ? 'query' : type.toLowerCase();
    const leaf = getNamedType(schema.getType(type) === undefined ? undefined : fieldType(type, name));
    const text = `${keyword} { ${name}${isObjectType(leaf) ? ' { __typename }' : ''} }`;
    const right = rootRights[field];
    const needed = [right, isObjectType(leaf) ? typeRights[leaf.name] : undefined].filter((one) => one !== undefined);
    expect(isAllowed(text, role)).toBe(needed.every((one) => rightsOfRole(role).has(one)));
  });

  function fieldType(type: string, name: string) {
    const object = schema.getType(type);
    return isObjectType(object) ? object.getFields()[name]?.type : undefined;
  }
});

describe('what is open to whom', () => {
  const readers = ['viewer', 'reviewer', 'steward', 'auditor', 'admin'];
  const auditors = ['steward', 'auditor', 'admin'];
  it.each([
    ['Query.search', readers],
    ['Query.regulations', readers],
    ['Query.regulation', readers],
    ['Query.provisions', readers],
    ['Query.provision', readers],
    ['Query.policies', auditors],
    ['Query.policyFindings', auditors],
    ['Query.ledgerEntries', auditors],
  ] as const)('%s is open to these roles and no other', (field, open) => {
    const right = rootRights[field];
    expect(roles.filter((role) => right !== undefined && rightsOfRole(role).has(right))).toEqual(open);
  });
});

describe('an operation', () => {
  it('is refused as a whole when one part of it is, however it is wrapped', () => {
    expect(isAllowed('mutation { a: syncSource(input: { source: "s" }) { result { id } } }', 'viewer')).toBe(false);
    const fragment =
      'mutation { ...f } fragment f on Mutation { syncSource(input: { source: "s" }) { result { id } } }';
    expect(isAllowed(fragment, 'viewer')).toBe(false);
    expect(isAllowed(fragment, 'steward')).toBe(true);
    expect(
      isAllowed('mutation { ... on Mutation { syncSource(input: { source: "s" }) { result { id } } } }', 'auditor'),
    ).toBe(false);
  });

  it('counts another operation of the same text for nothing', () => {
    const document = parse(
      'query A { revision { number } } mutation B { syncSource(input: { source: "s" }) { result { id } } }',
    );
    const [first] = document.definitions;
    expect(neededRights(schema, document, first as OperationDefinitionNode).map(({ right }) => right)).toEqual([
      'read',
    ]);
  });

  it('may ask about the schema without a right of its own', () => {
    expect(isAllowed('{ __schema { queryType { name } } __typename }', 'ingest')).toBe(true);
    expect(isAllowed('{ revision { number } }', 'ingest')).toBe(false);
  });

  it('may ask why a field is judged as it is with the right to read, and without it not', () => {
    const why =
      '{ field(id: "x") { verdicts { classes alternatives { category } citations { quote } } dataset { subject { evidence { detail } } } } }';
    const readers = ['viewer', 'reviewer', 'steward', 'auditor', 'admin'];
    expect(roles.filter((role) => isAllowed(why, role))).toEqual(readers);
  });

  it('is told which right it lacks', () => {
    expect(() =>
      checkRights(
        schema,
        operationOf('mutation { syncSource(input: { source: "s" }) { result { id } } }'),
        viewerOf('viewer'),
      ),
    ).toThrow('Mutation.syncSource needs the right "operate", which the role viewer has not.');
  });
});
