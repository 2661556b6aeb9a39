import { z } from 'zod';
import { effects, leavesLess } from '../model/treatment.ts';

/** Where a team says what its own functions do to a value. */
export const maskingSetting = z
  .string()
  .min(1)
  .optional()
  .describe('A YAML file with functions of your own that mask, hash or tokenise, and who vouches for each.');

const effect = z.enum(effects).exclude(['unknown']);

const functionSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}_][\p{L}\p{N}_$]*(?:\.[\p{L}_][\p{L}\p{N}_$]*){0,3}$/u, 'write it as in SQL: security.pseudo')
    .describe('Its last parts are enough: pseudo is also meant by db.security.pseudo.'),
  effect: effect.describe('What it does to a value; where regulations differ, the most careful answer.'),
  regulations: z
    .record(z.string().regex(/^[a-z][a-z0-9-]*$/u, 'write the id of a regulation: pci-dss'), effect)
    .optional()
    .describe('Regulations under which it does more than that, each with its effect there.'),
  vouchedBy: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .describe('Who answers for it: an office, never a name that must be erased.'),
  reason: z.string().trim().min(1).max(2000),
  until: z.iso
    .date('write a date like 2027-06-30')
    .describe('The last day, in UTC; then the function is unknown again.'),
});

/** A file of masking functions. */
export const maskingFileSchema = z
  .strictObject({ functions: z.array(functionSchema).max(2000) })
  .superRefine(({ functions }, context) => {
    for (const [at, one] of functions.entries())
      if (functions.findIndex(({ name }) => name.toUpperCase() === one.name.toUpperCase()) < at)
        context.addIssue({ code: 'custom', path: ['functions', at, 'name'], message: `"${one.name}" is there twice` });
    for (const [at, one] of functions.entries())
      for (const [regulation, under] of Object.entries(one.regulations ?? {}))
        if (leavesLess(one.effect, under) !== under || under === one.effect)
          context.addIssue({
            code: 'custom',
            path: ['functions', at, 'regulations', regulation],
            message: `"${under}" leaves no less to read back than "${one.effect}": "effect" must be the most careful of all`,
          });
  });

export type MaskingFunction = z.infer<typeof functionSchema>;
