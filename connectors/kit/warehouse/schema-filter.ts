import { z } from 'zod';
import type { Gap } from '../../../server/model/provenance.ts';

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

/** A filter that leaves nothing to read is a slip of who wrote it: there are schemas, and not one of them is wanted. */
export function nothingWanted(schemas: readonly { readonly schema: string }[], filter: SchemaFilter): readonly Gap[] {
  if (schemas.length === 0 || wantedSchemas(schemas, filter).length > 0) return [];
  const names = schemas.slice(0, 5).map(({ schema }) => schema);
  const others = schemas.length > names.length ? ` and ${schemas.length - names.length} more` : '';
  return [
    {
      what: 'schemas',
      reason: 'not-read',
      detail: `none of the ${schemas.length} that are there fits what is configured: ${names.join(', ')}${others}`,
      remedy: 'mend include and exclude on the source; names are compared with upper and lower case',
    },
  ];
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
