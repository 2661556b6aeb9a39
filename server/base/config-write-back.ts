import { z } from 'zod';

/** How tags are written back to one source. */
export interface WriteBackConfig {
  /** `off`: never. `propose`: a person applies each change. `auto`: sure additions are written at the end of a sync. */
  readonly mode: 'off' | 'propose' | 'auto';
  /** What `auto` writes by itself is judged at least this surely, 0..1. */
  readonly threshold: number;
  /** At most so many additions in one sync; the rest waits. */
  readonly maxChanges: number;
  /** Also put a field's tag on its table. */
  readonly tables: boolean;
}

/** The member `writeBack` of a source. */
export const writeBackSetting = z
  .strictObject({
    mode: z
      .enum(['off', 'propose', 'auto'])
      .default('off')
      .describe(
        'off: never. propose: a person applies each change. auto: adds what is sure; removals wait for a person.',
      ),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .default(0.9)
      .describe('auto: at least this sure, 0 to 1. A person’s decision is always sure.'),
    maxChanges: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('auto: at most so many additions a sync; the rest waits.'),
    tables: z.boolean().default(false).describe("Also put each tag of a table's fields on the table."),
  })
  .prefault({})
  .describe('Whether, and how boldly, tags are written back to this source.');
