import { z } from 'zod';
import { parseJson } from '../../server/base/parse-json.ts';
import type { StatedEdge } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Json } from '../../server/model/json.ts';
import { datasetOf } from './names.ts';

/** What ACCESS_HISTORY saw of one statement. */
export interface Seen {
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  readonly edges: readonly StatedEdge[];
  /** Policies in force when it ran, by what they restrict. */
  readonly policies: readonly Json[];
  /** A part of what it saw is not as documented. */
  readonly isPartial: boolean;
}

const source = z.object({
  objectDomain: z.string().optional(),
  objectName: z.string(),
  columnName: z.string().optional(),
});
type Source = z.output<typeof source>;
const modifiedShape = z.array(
  z.object({
    objectDomain: z.string().optional(),
    objectName: z.string().optional(),
    columns: z
      .array(
        z.object({
          columnName: z.string(),
          directSources: z.array(source).default([]),
          baseSources: z.array(source).default([]),
        }),
      )
      .default([]),
  }),
);
const accessedShape = z.array(z.object({ objectDomain: z.string().optional(), objectName: z.string().optional() }));
const policy = z.object({ policyName: z.string(), policyKind: z.string().optional() });
const policiesShape = z.array(
  z.object({
    objectName: z.string().optional(),
    policies: z.array(policy).default([]),
    columns: z.array(z.object({ columnName: z.string(), policies: z.array(policy).default([]) })).default([]),
  }),
);

const holdsRows = /TABLE|VIEW/iu;
/** Edges of one statement; beyond it a table of thousands of columns is listed pair by pair. */
const maxEdges = 50_000;

/**
 * Brings the columns OBJECTS_MODIFIED, DIRECT_OBJECTS_ACCESSED and POLICIES_REFERENCED of a row into edges. Snowflake says that
 * a value arrives and not what was done to it: the edges count where the statement's own text is not understood in full. Pure.
 */
export function seenBy(
  namespace: string,
  row: { readonly modified: string | null; readonly accessed: string | null; readonly policies: string | null },
): Seen {
  const modified = parse(modifiedShape, row.modified);
  const accessed = parse(accessedShape, row.accessed);
  const policies = parse(policiesShape, row.policies);
  const edges: StatedEdge[] = [];
  const outputs = new Map<string, QualifiedName>();
  const inputs = new Map<string, QualifiedName>();
  for (const { objectDomain = 'Table', objectName = '' } of accessed ?? []) {
    const name = holdsRows.test(objectDomain) ? datasetOf(namespace, objectName) : null;
    if (name !== null) inputs.set(name.name, name);
  }
  for (const { objectDomain = 'Table', objectName = '', columns } of modified ?? []) {
    const dataset = holdsRows.test(objectDomain) ? datasetOf(namespace, objectName) : null;
    if (dataset === null) continue;
    outputs.set(dataset.name, dataset);
    for (const { columnName, directSources, baseSources } of columns)
      for (const from of sourcesOf(directSources, baseSources)) {
        const input = datasetOf(namespace, from.objectName);
        if (input === null || from.columnName === undefined || edges.length >= maxEdges) continue;
        inputs.set(input.name, input);
        edges.push({
          from: { dataset: input, field: [from.columnName] },
          to: { dataset, field: [columnName] },
          kind: 'TRANSFORMATION',
          effect: 'unknown',
          weak: true,
        });
      }
  }
  return {
    inputs: [...inputs.values()],
    outputs: [...outputs.values()],
    edges,
    policies: (policies ?? []).flatMap((one) => [
      ...one.policies.map((each) => appliedTo(one.objectName ?? '', null, each)),
      ...one.columns.flatMap(({ columnName, policies: own }) =>
        own.map((each) => appliedTo(one.objectName ?? '', columnName, each)),
      ),
    ]),
    isPartial: modified === null || accessed === null || policies === null || edges.length >= maxEdges,
  };
}

/** A stream or stage stands for what it reads: the tables behind it carry the columns. */
function sourcesOf(direct: readonly Source[], base: readonly Source[]): readonly Source[] {
  return direct.every(({ objectDomain = 'Table' }) => holdsRows.test(objectDomain)) ? direct : base;
}

function appliedTo(object: string, column: string | null, { policyName, policyKind }: z.output<typeof policy>): Json {
  return {
    object,
    ...(column === null ? {} : { column }),
    policy: policyName,
    ...(policyKind === undefined ? {} : { kind: policyKind }),
  };
}

/** Null: the text is there and not as documented. */
function parse<T>(shape: z.ZodType<T>, text: string | null): T | null {
  if (text === null || text === '' || text === 'null') return shape.parse([]);
  try {
    const parsed = shape.safeParse(parseJson(text, 'a column of ACCESS_HISTORY'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
