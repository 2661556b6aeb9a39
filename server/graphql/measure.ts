import {
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { assumedItems, fieldCosts } from './limits.ts';

/** What an operation asks for, before anything of it is done. */
export interface Measure {
  readonly depth: number;
  /** Depth of what it asks about the schema itself, counted apart. */
  readonly introspectionDepth: number;
  readonly aliases: number;
  readonly cost: number;
}

const nothing: Measure = { depth: 0, introspectionDepth: 0, aliases: 0, cost: 0 };

/**
 * Measures a validated operation by its text and variables. A field costs what stands in the table of costs, or one when it
 * leads to an object; what lies below it counts as often as the page is long (`first`, references given, or a few for a list
 * without a size), and a walk also by its depth. A fragment is measured once, however often it is spread.
 */
export function measureOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const root = schema.getRootType(operation.operation) ?? undefined;
  const defaults = Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue === undefined ? [] : [[variable.name.value, plainValue(defaultValue, {})]],
    ),
  );
  const given = Object.entries(variables).filter(([, value]) => value !== undefined);
  const meter = createMeter(schema, fragments, { ...defaults, ...Object.fromEntries(given) });
  return meter(operation.selectionSet, root, false);
}

type Meter = (set: SelectionSetNode, type: GraphQLNamedType | undefined, paged: boolean) => Measure;

function createMeter(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  variables: Readonly<Record<string, unknown>>,
): Meter {
  const measured = new Map<string, Measure>();

  const ofFragment = (name: string, paged: boolean): Measure => {
    const key = `${name} ${String(paged)}`;
    const known = measured.get(key);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    if (fragment === undefined) return nothing;
    measured.set(key, nothing);
    const measure = ofSet(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value), paged);
    measured.set(key, measure);
    return measure;
  };

  /** `paged`: an argument above said how many there are, so lists on the way to them are not counted again. */
  const ofField = (node: FieldNode, type: GraphQLNamedType | undefined, paged: boolean): Measure => {
    const aliases = node.alias === undefined ? 0 : 1;
    const name = node.name.value;
    if (name.startsWith('__')) {
      const below = node.selectionSet === undefined ? 0 : selectionDepth(node.selectionSet, fragments);
      return { depth: 1, introspectionDepth: below, aliases, cost: 0 };
    }
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (field === undefined || node.selectionSet === undefined)
      return { ...nothing, depth: 1, aliases, cost: fieldCosts[`${type?.name ?? ''}.${name}`] ?? 0 };
    const args = argumentsOf(node, field, variables);
    const size = pageSize(field, args, paged);
    const below = ofSet(node.selectionSet, getNamedType(field.type), size.paged);
    const own = fieldCosts[`${type?.name ?? ''}.${name}`] ?? (isCompositeType(getNamedType(field.type)) ? 1 : 0);
    const walk = typeof args['depth'] === 'number' ? Math.max(0, args['depth']) : 0;
    return {
      depth: below.depth + 1,
      introspectionDepth: below.introspectionDepth,
      aliases: aliases + below.aliases,
      cost: own + walk + (typeof args['first'] === 'number' && walk > 0 ? size.times : 0) + size.times * below.cost,
    };
  };

  const ofSet: Meter = (set, type, paged) => {
    let total = nothing;
    for (const node of set.selections) {
      const one =
        node.kind === Kind.FIELD
          ? ofField(node, type, paged)
          : node.kind === Kind.FRAGMENT_SPREAD
            ? ofFragment(node.name.value, paged)
            : ofSet(
                node.selectionSet,
                node.typeCondition === undefined ? type : schema.getType(node.typeCondition.name.value),
                paged,
              );
      total = {
        depth: Math.max(total.depth, one.depth),
        introspectionDepth: Math.max(total.introspectionDepth, one.introspectionDepth),
        aliases: total.aliases + one.aliases,
        cost: total.cost + one.cost,
      };
    }
    return total;
  };
  return ofSet;
}

/** How often what lies below a field is read. */
function pageSize(
  field: GraphQLField<unknown, unknown>,
  args: Readonly<Record<string, unknown>>,
  paged: boolean,
): { readonly times: number; readonly paged: boolean } {
  const { first, refs } = args;
  if (typeof first === 'number') return { times: Math.max(1, first), paged: true };
  if (Array.isArray(refs)) return { times: Math.max(1, refs.length), paged: false };
  const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
  if (!isListType(bare)) return { times: 1, paged };
  return { times: paged ? 1 : assumedItems, paged: false };
}

function argumentsOf(
  node: FieldNode,
  field: GraphQLField<unknown, unknown>,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const args: Record<string, unknown> = {};
  for (const { name, defaultValue } of field.args) {
    const given = node.arguments?.find((argument) => argument.name.value === name);
    const value = given === undefined ? undefined : plainValue(given.value, variables);
    args[name] = value ?? defaultValue;
  }
  return args;
}

/** A value as far as sizes need it: numbers, variables, and how many items a list has. */
function plainValue(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.LIST ? node.values : undefined;
}

/** Depth of a selection, fragments counted where they are spread; cycles are refused before this is asked. */
function selectionDepth(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number {
  const known = new Map<string, number>();
  const ofSet = (one: SelectionSetNode): number =>
    Math.max(
      0,
      ...one.selections.map((node) => {
        if (node.kind === Kind.FIELD) return 1 + (node.selectionSet === undefined ? 0 : ofSet(node.selectionSet));
        if (node.kind === Kind.INLINE_FRAGMENT) return ofSet(node.selectionSet);
        const name = node.name.value;
        const before = known.get(name);
        if (before !== undefined) return before;
        known.set(name, 0);
        const fragment = fragments.get(name);
        const depth = fragment === undefined ? 0 : ofSet(fragment.selectionSet);
        known.set(name, depth);
        return depth;
      }),
    );
  return ofSet(set);
}
