import type { SqlRequest } from '../sql-lineage.ts';

const numbers = new WeakMap<object, number>();
let last = 0;

/** A number for a schema object, so that it is compared and sent by number. Callers that reuse the object gain. */
export function schemaNumber(schema: SqlRequest['schema']): number | null {
  if (schema === undefined) return null;
  const known = numbers.get(schema);
  if (known !== undefined) return known;
  last += 1;
  numbers.set(schema, last);
  return last;
}
