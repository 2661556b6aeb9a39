import { loopbackViewer } from '../../../server/access/viewer.ts';
import { parse, Kind } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildGraphqlSchema } from '../../../server/graphql/build-schema.ts';
import { defaultLimits } from '../../../server/graphql/limits.ts';
import { measureOperation } from '../../../server/graphql/measure.ts';
import { createPrepare } from '../../../server/graphql/prepare.ts';
import { screens } from '../../integration/api/screen-queries.ts';

const schema = buildGraphqlSchema();

function operationOf(text: string) {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operation === undefined) throw new Error('the text has no operation');
  return { document, operation };
}

function measure(text: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { document, operation } = operationOf(text);
  return measureOperation(schema, document, operation, variables);
}

const costOf = (text: string, variables: Readonly<Record<string, unknown>> = {}) => measure(text, variables).cost;

describe('the cost of an operation', () => {
  it('grows with the page that is asked for, by value, by variable and by default', () => {
    const list = (args: string) => `{ datasets${args} { nodes { sources { name } } } }`;
    expect(costOf(list('(first: 100)'))).toBe(2 * costOf(list('')) - 1);
    const byVariable = 'query Q($first: Int! = 100) { datasets(first: $first) { nodes { sources { name } } } }';
    expect(costOf(byVariable)).toBe(costOf(list('(first: 100)')));
    expect(costOf(byVariable, { first: 50 })).toBe(costOf(list('')));
  });

  it('grows with the references given', () => {
    const text = 'query Q($refs: [Ref!]!) { datasetsByRef(refs: $refs) { dataset { summary { label } } } }';
    const refs = (count: number) => ({ refs: Array.from({ length: count }, () => ({ text: 'a' })) });
    expect(costOf(text, refs(50)) - 1).toBe(50 * (costOf(text, refs(1)) - 1));
  });

  it('grows with the depth of a walk and with its nodes', () => {
    const walk = (depth: number, first: number) =>
      costOf(`{ field(id: "x") { lineage(depth: ${depth}, first: ${first}) { nodes { field { id } } } } }`);
    expect(walk(20, 100) - walk(10, 100)).toBe(10);
    expect(walk(3, 200)).toBeGreaterThan(walk(3, 100) * 1.8);
  });

  it('multiplies lists in lists', () => {
    const inner = costOf('{ dataset(id: "x") { fields(first: 100) { nodes { dataset { id } } } } }');
    const outer = costOf('{ datasets(first: 100) { nodes { fields(first: 100) { nodes { dataset { id } } } } } }');
    expect(outer).toBeGreaterThan(inner * 90);
    expect(outer).toBeGreaterThan(defaultLimits.cost);
  });

  it('counts a fragment wherever it is spread, but measures it once', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`).join(
      '\n',
    );
    const { cost } = measure(`{ ...F0 } ${doubling} fragment F40 on Query { revision { number } }`);
    expect(cost).toBe(2 ** 40);
  });

  it('sees through inline fragments and abstract types', () => {
    const text =
      '{ search(text: "a", first: 10) { nodes { ... on Dataset { summary { label } } ... on Field { label } } } }';
    expect(costOf(text)).toBeGreaterThanOrEqual(10 * 5);
  });
});

describe('depth and aliases', () => {
  it('are counted through fragments', () => {
    expect(measure('{ revision { number } }')).toMatchObject({ depth: 2, aliases: 0 });
    expect(measure('{ ...A } fragment A on Query { a: revision { b: number } }')).toMatchObject({
      depth: 2,
      aliases: 2,
    });
  });

  it('leave the usual question of tools about the schema alone', () => {
    const asked = measure('{ __schema { types { fields { type { ofType { ofType { ofType { name } } } } } } } }');
    expect(asked).toMatchObject({ depth: 1, introspectionDepth: 7, cost: 0 });
  });
});

describe('the limits', () => {
  const prepare = createPrepare(schema, defaultLimits);
  const refuse = (text: string) => () => prepare({ ...operationOf(text), variables: {} }, loopbackViewer);

  it('let every screen of a catalog through, the badges of 250 rows as well', () => {
    const variables = { refs: Array.from({ length: 250 }, () => ({ text: 'a' })) };
    for (const text of Object.values(screens)) {
      const { cost } = prepare({ ...operationOf(text), variables }, loopbackViewer);
      expect(cost).toBeLessThanOrEqual(defaultLimits.cost);
    }
  });

  it('refuse what goes beyond them, each by its name', () => {
    expect(refuse(`{ ${Array.from({ length: 16 }, (_, i) => `a${i}: __typename`).join(' ')} }`)).toThrow(
      /16 aliases; the limit is 15/u,
    );
    expect(
      refuse(`{ dataset(id: "x") { ${'fields(first: 1) { nodes { dataset { '.repeat(4)} id ${'} } }'.repeat(4)} } }`),
    ).toThrow(/deep; the limit is 12/u);
    expect(refuse('{ datasets(first: 250) { nodes { fields(first: 500) { nodes { dataset { id } } } } } }')).toThrow(
      /would cost \d+; the limit is 20000/u,
    );
    expect(refuse(`{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} }'.repeat(9)} } } }`)).toThrow(
      /deep about the schema/u,
    );
  });
});
