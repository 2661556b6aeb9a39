import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
} from 'graphql';

/** What made-up questions are drawn from: numbers of a seed, and ids that there are. */
export interface Source {
  readonly random: () => number;
  readonly ids: readonly string[];
}

/** Numbers in [0, 1) that a seed makes the same again (mulberry32, public domain). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts = [
  '',
  ' ',
  'shop',
  'email',
  '%',
  '_',
  '"',
  "'",
  '\\',
  '\u0000',
  '\u202E',
  'a'.repeat(5000),
  '../../etc/passwd',
  '${env}',
  "'; drop table x; --",
  '{"$ne":1}',
  'null',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '2026-11-21',
  '9999-99-99',
  '2026-11-21T00:00:00Z',
  '2999-01-01',
  'P10Y',
  '{"id":"a","name":"b"}',
  '[]',
  '🦊',
  'Ω'.repeat(300),
  'OR 1=1',
  '*',
  'a*b*c*d*e*f*g*h*',
];
const whole = [0, 1, -1, 2, 50, 250, 251, 1000, 2_147_483_647, -2_147_483_648];

/** One of a list. */
export function pick<T>(random: () => number, list: readonly T[]): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
}

/** A value of a type as GraphQL writes it: right in form, and odd in content. */
function literal(from: Source, type: GraphQLInputType, depth = 0): string {
  const { random } = from;
  if (isNonNullType(type)) return literal(from, type.ofType, depth);
  if (isListType(type)) {
    const count = depth > 3 ? 0 : pick(random, [0, 1, 2, 30]);
    return `[${Array.from({ length: count }, () => literal(from, type.ofType, depth + 1)).join(' ')}]`;
  }
  if (isEnumType(type)) return pick(random, type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const chosen = type.isOneOf
      ? [pick(random, fields)]
      : fields.filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || random() < 0.5);
    return `{ ${chosen.map((field) => `${field.name}: ${literal(from, field.type, depth + 1)}`).join(' ')} }`;
  }
  switch (type.name) {
    case 'Int':
      return String(pick(random, whole));
    case 'Float':
      return pick(random, ['0.5', '-1e300', '3']);
    case 'Boolean':
      return pick(random, ['true', 'false']);
    case 'ID':
      return JSON.stringify(random() < 0.6 ? pick(random, from.ids) : pick(random, texts));
    default:
      return JSON.stringify(pick(random, texts));
  }
}

/** A field with made-up arguments and members, at most so deep. */
export function fieldText(from: Source, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { random } = from;
  const given = field.args.filter(
    (arg) => (isNonNullType(arg.type) && arg.defaultValue === undefined) || random() < 0.4,
  );
  const args = given.map((arg) => `${arg.name}: ${literal(from, arg.type)}`).join(' ');
  return `${field.name}${args === '' ? '' : `(${args})`}${selection(from, getNamedType(field.type), depth)}`;
}

function selection(from: Source, type: GraphQLNamedType, depth: number): string {
  const { random } = from;
  if (isUnionType(type))
    return ` { __typename ${type
      .getTypes()
      .map((one) => `... on ${one.name}${selection(from, one, depth)}`)
      .join(' ')} }`;
  if (!isObjectType(type) && !isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields()).filter(
    (field) =>
      depth > 0 ||
      (!isObjectType(getNamedType(field.type)) &&
        !isUnionType(getNamedType(field.type)) &&
        !isInterfaceType(getNamedType(field.type))),
  );
  const chosen = fields.filter(() => random() < 0.35).slice(0, 8);
  return ` { __typename ${chosen.map((field) => fieldText(from, field, depth - 1)).join(' ')} }`;
}
