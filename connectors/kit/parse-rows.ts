import { z } from 'zod';
import { LexlineError } from '../../server/base/errors.ts';

/** A whole number that may come as text, as drivers give those that could be too large. */
export const rowNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+$/u)
    .transform(Number),
]);

/** Text that may be missing. */
export const rowText = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** Checks rows of an answer. Fails with CONNECTOR_UNEXPECTED, naming what was asked and the column, never a value. */
export function parseRows<T>(
  connector: string,
  what: string,
  schema: z.ZodType<T>,
  rows: readonly unknown[],
): readonly T[] {
  return rows.map((row) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const column = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new LexlineError(
      'CONNECTOR_UNEXPECTED',
      `[connectors/${connector}] the answer to the question for ${what} holds something unknown in column "${column}"`,
    );
  });
}
