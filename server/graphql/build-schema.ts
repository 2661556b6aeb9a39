import { readdirSync, readFileSync } from 'node:fs';
import {
  assertValidSchema,
  buildSchema,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { dataFile } from '../base/data-files.ts';
import { invariant } from '../base/errors.ts';
import type { GraphqlContext } from './context.ts';
import { resolverParts } from './resolvers.ts';
import { subscriptions } from './resolvers/subscription.ts';

/** The SDL of all domains, as it stands in `schema/`. */
export function readSdl(): string {
  const directory = dataFile('schema');
  return readdirSync(directory)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => readFileSync(`${directory}/${file}`, 'utf8'))
    .join('\n');
}

/** The schema with its resolvers. Fails with INTERNAL when a resolver is there for nothing. */
export function buildGraphqlSchema(): GraphQLSchema {
  const schema = buildSchema(readSdl());
  for (const part of resolverParts) for (const [name, resolver] of Object.entries(part)) attach(schema, name, resolver);
  for (const [name, { subscribe, resolve }] of Object.entries(subscriptions)) {
    const field = schema.getSubscriptionType()?.getFields()[name];
    invariant(field !== undefined, `the resolvers name a subscription ${name} that schema/ has not`);
    field.subscribe = subscribe as GraphQLFieldResolver<unknown, GraphqlContext>;
    field.resolve = resolve as GraphQLFieldResolver<unknown, GraphqlContext>;
  }
  assertValidSchema(schema);
  return schema;
}

function attach(schema: GraphQLSchema, name: string, resolver: unknown): void {
  const type = schema.getType(name);
  invariant(type !== undefined, `the resolvers name a type ${name} that schema/ has not`);
  if (isScalarType(type)) {
    invariant(isScalarType(resolver), `the resolver of ${name} is not a scalar`);
    type.serialize = resolver.serialize;
    type.parseValue = resolver.parseValue;
    type.parseLiteral = resolver.parseLiteral;
    return;
  }
  for (const [member, resolve] of Object.entries(resolver as Record<string, unknown>)) {
    invariant(typeof resolve === 'function', `the resolver ${name}.${member} is not a function`);
    if (member === '__resolveType' && (isInterfaceType(type) || isUnionType(type))) {
      type.resolveType = resolve as NonNullable<typeof type.resolveType>;
      continue;
    }
    const field = isObjectType(type) ? type.getFields()[member] : undefined;
    invariant(field !== undefined, `the resolvers name a field ${name}.${member} that schema/ has not`);
    field.resolve = resolve as GraphQLFieldResolver<unknown, GraphqlContext>;
  }
}
