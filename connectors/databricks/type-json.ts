import { z } from 'zod';
import { parseJson } from '../../server/base/parse-json.ts';
import { printPath, type FieldPath } from '../../server/model/ids.ts';

/** What Spark's own description of a column says beyond its type. */
export interface TypeNotes {
  /** The expression of a generated column. */
  readonly generated: string | null;
  /** That there is a default; the default is not read. */
  readonly hasDefault: boolean;
  readonly isIdentity: boolean;
  /** By printed path: comments and nullability of the members of structures. */
  readonly members: ReadonlyMap<string, { readonly comment: string | null; readonly nullable: boolean | null }>;
}

const none: TypeNotes = { generated: null, hasDefault: false, isIdentity: false, members: new Map() };
/** Descriptions longer than this are not taken apart. */
const maxBytes = 16 * 1024 * 1024;
/** Structures nested deeper than this are not followed. */
const maxDepth = 8;

const fieldShape = z.object({
  name: z.string(),
  type: z.unknown(),
  nullable: z.boolean().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});
const typeShape = z.object({
  type: z.string(),
  fields: z.array(z.unknown()).nullish(),
  elementType: z.unknown().optional(),
});

/** Reads `type_json` of a column; a text that is none says nothing. Pure. */
export function typeNotes(column: FieldPath, typeJson: string | null): TypeNotes {
  if (typeJson === null || !typeJson.trimStart().startsWith('{')) return none;
  let parsed: unknown;
  try {
    parsed = parseJson(typeJson, 'type_json', maxBytes);
  } catch {
    return none;
  }
  const members = new Map<string, { readonly comment: string | null; readonly nullable: boolean | null }>();
  const field = fieldShape.safeParse(parsed);
  collect(column, field.success ? field.data.type : parsed, members, 0);
  const metadata = field.success ? (field.data.metadata ?? {}) : {};
  return {
    generated: textOf(metadata['delta.generationExpression']),
    hasDefault: textOf(metadata['CURRENT_DEFAULT']) !== null,
    isIdentity: metadata['delta.identity.start'] !== undefined,
    members,
  };
}

function collect(
  path: FieldPath,
  type: unknown,
  members: Map<string, { readonly comment: string | null; readonly nullable: boolean | null }>,
  depth: number,
): void {
  if (depth >= maxDepth) return;
  const parsed = typeShape.safeParse(type);
  if (!parsed.success) return;
  const { type: kind, fields, elementType } = parsed.data;
  if (kind === 'array') return collect(path, elementType, members, depth + 1);
  if (kind !== 'struct') return;
  for (const one of fields ?? []) {
    const field = fieldShape.safeParse(one);
    if (!field.success) continue;
    const own = [...path, field.data.name];
    members.set(printPath(own), {
      comment: textOf(field.data.metadata?.['comment']),
      nullable: field.data.nullable ?? null,
    });
    collect(own, field.data.type, members, depth + 1);
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
