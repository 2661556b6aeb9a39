import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { parseYamlText, type ConfigProblem } from '../base/config-file.ts';
import { problemsOf } from '../base/config-problems.ts';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import { suggest } from '../base/nearest.ts';
import { selectorSchema } from '../governance/objects.ts';
import { coarseClasses } from '../model/classification.ts';
import { treatments } from '../model/treatment.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/u, 'use lower case letters, digits, - and _');
const text = z.string().trim().min(1).max(2000);
const selectors = z.array(selectorSchema).max(500);

/** One case that a policy must decide as its author expects. */
const test = z.strictObject({
  name: text,
  given: z.strictObject({
    dataset: text,
    category: text.nullable().default(null).describe('Absent: nobody could tell what the field holds.'),
    treatment: z.enum(treatments).default('clear'),
    regulations: z.array(text).default([]),
    country: text.nullable().default(null),
    owner: text.nullable().default(null),
    source: text.optional(),
    retention: z.boolean().default(false),
  }),
  expect: z.enum(['violation', 'gap', 'none']),
});

const policy = z.strictObject({
  id,
  title: text,
  severity: z.enum(['critical', 'high', 'medium', 'low']).default('high'),
  /** Which data it speaks of: all members given must hold. */
  data: z
    .strictObject({
      categories: z.array(text).optional().describe('Ours; a branch counts for its leaves.'),
      classes: z.array(z.enum(coarseClasses)).optional(),
      regulations: z.array(text).optional().describe('Data for which one of these has a term.'),
    })
    .refine((data) => Object.values(data).some((value) => value !== undefined), 'names no data'),
  /** Which places it speaks of; absent: all. */
  in: selectors.optional(),
  except: selectors.default([]),
  /** What must hold there; absent: the data must not be there. */
  require: z
    .strictObject({
      treatment: z.array(z.enum(treatments)).optional().describe('It may be there in these forms alone.'),
      countries: z.array(text).optional().describe('It may lie in these countries alone.'),
      owner: z.literal(true).optional(),
      retention: z.literal(true).optional(),
    })
    .optional(),
  tests: z.array(test).default([]),
});

const waiver = z.strictObject({
  policy: id,
  field: text.describe('dataset.field; the last parts are enough.'),
  owner: text.describe('The person who answers for it.'),
  reason: text,
  expires: z.iso.date('write a date like 2026-09-30'),
});

const fileSchema = z.strictObject({
  policies: z.array(policy).default([]),
  waivers: z.array(waiver).default([]),
});

/** A rule over what data may be where, in which form. */
export type Policy = z.infer<typeof policy>;
/** A person's word that a violation may stand until a day. */
export type Waiver = z.infer<typeof waiver>;
/** Everything in the folder. */
export type Policies = z.infer<typeof fileSchema>;

/** Reads every `.yml` and `.yaml` below a folder. Fails with CONFIG_INVALID, naming file, line and the nearest known word. */
export async function loadPolicies(folder: string): Promise<Policies> {
  const whole: Policies = { policies: [], waivers: [] };
  const checks: (() => void)[] = [];
  for (const name of await files(folder)) {
    const path = join(folder, name);
    const yaml = parseYamlText(await readFile(path, 'utf8'), relative(process.cwd(), path) || path, { room: 'policy' });
    const parsed = fileSchema.safeParse(yaml.value);
    if (!parsed.success) throw yaml.fail(problemsOf(parsed.error, fileSchema, [], {}));
    const { policies, waivers } = parsed.data;
    const twice = policies.flatMap((one, index): readonly ConfigProblem[] =>
      [...whole.policies, ...policies.slice(0, index)].some((other) => other.id === one.id)
        ? [{ path: ['policies', index, 'id'], message: `there are two policies "${one.id}"` }]
        : [],
    );
    if (twice.length > 0) throw yaml.fail(twice);
    whole.policies.push(...policies);
    whole.waivers.push(...waivers);
    checks.push(() => {
      const known = whole.policies.map((one) => one.id);
      const dangling = waivers.flatMap((one, index): readonly ConfigProblem[] =>
        known.includes(one.policy)
          ? []
          : [
              {
                path: ['waivers', index, 'policy'],
                message: `no policy "${one.policy}"; ${suggest(one.policy, known)}`,
              },
            ],
      );
      if (dangling.length > 0) throw yaml.fail(dangling);
    });
  }
  for (const check of checks) check();
  return whole;
}

async function files(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder, { recursive: true })).filter((name) => /\.ya?ml$/iu.test(name)).toSorted();
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[policy] ${folder} cannot be read: ${readFailure(error).why}`, {
      cause: error,
      remedy: 'name the folder with --policies, or under "policies" in lexline.yaml',
    });
  }
}
