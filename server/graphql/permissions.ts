import {
  getNamedType,
  GraphQLError,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Right } from '../access/rights.ts';
import type { Viewer } from '../access/viewer.ts';

/**
 * What a caller needs for each root field, by `Type.field`. Everything below a root field needs no more, but for the types of
 * {@link typeRights}. A test holds this table against the schema: a new field without a line fails.
 */
export const rootRights: Readonly<Record<string, Right>> = {
  'Query.changes': 'read',
  'Query.classification': 'read',
  'Query.coverage': 'read',
  'Query.dataset': 'read',
  'Query.datasets': 'read',
  'Query.datasetsByRef': 'read',
  'Query.diff': 'audit',
  'Query.field': 'read',
  'Query.fieldByRef': 'read',
  'Query.fields': 'read',
  'Query.governanceObjects': 'audit',
  'Query.jointIdentifications': 'read',
  'Query.lineagePath': 'read',
  'Query.ledgerEntries': 'audit',
  'Query.node': 'read',
  'Query.policies': 'audit',
  'Query.policyFindings': 'audit',
  'Query.previewReview': 'review',
  'Query.provision': 'read',
  'Query.provisions': 'read',
  'Query.regulation': 'read',
  'Query.regulations': 'read',
  'Query.report': 'audit',
  'Query.reportKinds': 'read',
  'Query.reports': 'audit',
  'Query.reviewQueue': 'review',
  'Query.revision': 'read',
  'Query.search': 'read',
  'Query.source': 'read',
  'Query.sources': 'read',
  'Query.stops': 'audit',
  'Query.syncRequest': 'read',
  'Query.syncRuns': 'read',
  'Query.writeBackChanges': 'audit',
  'Mutation.applyWriteBack': 'steward',
  'Mutation.confirmReport': 'steward',
  'Mutation.createReport': 'steward',
  'Mutation.decideReview': 'review',
  'Mutation.declineWriteBack': 'steward',
  'Mutation.endGovernanceObject': 'steward',
  'Mutation.endStop': 'steward',
  'Mutation.putGovernanceObject': 'steward',
  'Mutation.setStop': 'steward',
  'Mutation.syncSource': 'operate',
  'Mutation.undoWriteBack': 'steward',
  'Subscription.fieldChanges': 'read',
  'Subscription.reportProgress': 'audit',
  'Subscription.revisionPublished': 'read',
};

/** Types that need a right of their own wherever they are asked for, `node(id:)` included. */
export const typeRights: Readonly<Record<string, Right>> = { Report: 'audit' };

/** A right that an operation needs, and the first thing in it that does. Null: a right that nobody has. */
export interface NeededRight {
  readonly right: Right | null;
  readonly for: string;
}

/** The rights that a validated operation needs. A root field that the table does not know needs a right that nobody has. */
export function neededRights(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): readonly NeededRight[] {
  const root = schema.getRootType(operation.operation)?.name;
  const needed = new Map<string, NeededRight>();
  const need = (right: Right | null, what: string): void => {
    const key = right ?? what;
    if (!needed.has(key)) needed.set(key, { right, for: what });
  };
  const info = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(info, {
      OperationDefinition: (node) => (node === operation ? undefined : false),
      Field(node) {
        const parent = info.getParentType()?.name;
        const name = node.name.value;
        if (parent !== undefined && parent === root && !name.startsWith('__')) {
          const field = `${parent}.${name}`;
          need(Object.hasOwn(rootRights, field) ? (rootRights[field] ?? null) : null, field);
        }
        needOfType(getNamedType(info.getType())?.name, need);
      },
      InlineFragment: (node) => needOfType(node.typeCondition?.name.value, need),
      FragmentDefinition: (node) => needOfType(node.typeCondition.name.value, need),
    }),
  );
  return [...needed.values()];
}

function needOfType(type: string | undefined, need: (right: Right, what: string) => void): undefined {
  const right = type !== undefined && Object.hasOwn(typeRights, type) ? typeRights[type] : undefined;
  if (type !== undefined && right !== undefined) need(right, type);
  return undefined;
}

/** Refuses the whole operation, with NOT_ALLOWED and status 403, when the viewer lacks a right that a part of it needs. */
export function checkRights(
  schema: GraphQLSchema,
  { document, operation }: { readonly document: DocumentNode; readonly operation: OperationDefinitionNode },
  viewer: Viewer,
): void {
  const missing = neededRights(schema, document, operation).find(
    ({ right }) => right === null || !viewer.rights.has(right),
  );
  if (missing === undefined) return;
  const words =
    missing.right === null
      ? `${missing.for} is open to nobody.`
      : `${missing.for} needs the right "${missing.right}", which the role ${viewer.role} has not.`;
  throw new GraphQLError(words, { extensions: { code: 'NOT_ALLOWED', http: { status: 403 } } });
}
