import { GraphQLError, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Viewer } from '../access/viewer.ts';
import { introspectionDepth, type Limits } from './limits.ts';
import { measureOperation, type Measure } from './measure.ts';
import { checkRights } from './permissions.ts';

/** An operation that was parsed and validated. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Looks at an operation before it is run and refuses what goes beyond the limits, with QUERY_TOO_COSTLY and status 400, and
 * what the viewer has no right to, with NOT_ALLOWED and 403. Every route that runs operations asks this one function first,
 * whatever carries them.
 */
export type Prepare = (operation: Operation, viewer: Viewer) => Measure;

export function createPrepare(schema: GraphQLSchema, limits: Limits): Prepare {
  return ({ document, operation, variables }, viewer) => {
    checkRights(schema, { document, operation }, viewer);
    const measure = measureOperation(schema, document, operation, variables);
    if (measure.depth > limits.depth) throw tooCostly(`is ${measure.depth} fields deep; the limit is ${limits.depth}`);
    if (measure.introspectionDepth > introspectionDepth)
      throw tooCostly(`asks ${measure.introspectionDepth} deep about the schema; the limit is ${introspectionDepth}`);
    if (measure.aliases > limits.aliases)
      throw tooCostly(`has ${measure.aliases} aliases; the limit is ${limits.aliases}`);
    if (measure.cost > limits.cost)
      throw tooCostly(`would cost ${measure.cost}; the limit is ${limits.cost}: ask for shorter pages`);
    return measure;
  };
}

function tooCostly(what: string): GraphQLError {
  return new GraphQLError(`The operation ${what}.`, {
    extensions: { code: 'QUERY_TOO_COSTLY', http: { status: 400 } },
  });
}
