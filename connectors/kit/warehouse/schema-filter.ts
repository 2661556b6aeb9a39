import { z } from 'zod';

const globs = z.array(z.string().min(1)).readonly();

/** Which schemas are read, by name or pattern. */
export const schemaFilter = z
  .strictObject({ include: globs.optional(), exclude: globs.optional() })
  .default({})
  .describe("Which schemas, by name or pattern (`*` any text, `?` one character). Default: all but the system's own.");

export type SchemaFilter = z.output<typeof schemaFilter>;

/** The schemas that the configuration asks for, in the order given. */
export function wantedSchemas<T extends { readonly schema: string }>(
  schemas: readonly T[],
  { include, exclude }: SchemaFilter,
): readonly T[] {
  return schemas
    .filter(({ schema }) => include === undefined || matchesGlob(schema, include))
    .filter(({ schema }) => exclude === undefined || !matchesGlob(schema, exclude));
}

/** Does a name match one of the patterns? */
export function matchesGlob(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => globToRegExp(pattern).test(name));
}

function globToRegExp(pattern: string): RegExp {
  const body = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${body}$`, 'su');
}
