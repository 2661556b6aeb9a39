import { readFile } from 'node:fs/promises';
import { parseYamlText } from '../base/config-file.ts';
import { maskingFileSchema, type MaskingFunction } from '../base/config-masking.ts';
import { problemsOf } from '../base/config-problems.ts';
import { LexlineError } from '../base/errors.ts';
import { readFailure } from '../base/file-failure.ts';
import { suggest } from '../base/nearest.ts';
import { digestOf } from '../model/json.ts';
import type { Effect } from '../model/treatment.ts';
import type { PropagationData } from './functions.ts';

/** Reads the file of masking functions. Fails with CONFIG_INVALID, naming line and mistake. `known`: regulations that are read. */
export async function readMaskingFunctions(
  file: string,
  known: readonly string[],
): Promise<readonly MaskingFunction[]> {
  const functions = parseMaskingFunctions(await textOf(file), file);
  for (const regulation of functions.flatMap(({ regulations = {} }) => Object.keys(regulations)))
    // One that nobody reads would never be asked: a slip of the pen must not look like a rule.
    if (!known.includes(regulation))
      throw new LexlineError(
        'CONFIG_INVALID',
        `[masking] ${file}: "${regulation}" is no regulation of "regulations"; ${suggest(regulation, known)}`,
      );
  return functions;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[masking] ${file} cannot be read: ${readFailure(error).why}`, {
      cause: error,
      remedy: 'Name a file that is there, or take "masking" out of lexline.yaml.',
    });
  }
}

/** The same of its text. */
export function parseMaskingFunctions(text: string, file: string): readonly MaskingFunction[] {
  const read = parseYamlText(text, file, { room: 'masking' });
  const parsed = maskingFileSchema.safeParse(read.value);
  if (!parsed.success) throw read.fail(problemsOf(parsed.error, maskingFileSchema, [], {}));
  return parsed.data.functions;
}

/**
 * The rules of propagation with a team's own functions, those whose time is over left out. Where both know a name the team's
 * word counts. The id changes with what is in force and who answers for it, so that everything is derived again when a function
 * comes, goes or runs out, and every revision keeps whose word it stood on.
 */
export function withMaskingFunctions(
  rules: PropagationData,
  functions: readonly MaskingFunction[],
  now: number,
): PropagationData {
  const inForce = functions.filter(({ until }) => now < Date.parse(`${until}T00:00:00Z`) + 24 * 60 * 60 * 1000);
  if (inForce.length === 0) return rules;
  const known = new Map<string, Effect>(rules.functions);
  for (const { name, effect } of inForce) known.set(name.toUpperCase(), effect);
  const under = new Map<string, Map<string, Effect>>();
  for (const { name, regulations = {} } of inForce)
    for (const [regulation, effect] of Object.entries(regulations)) {
      const own = under.get(regulation) ?? new Map<string, Effect>();
      under.set(regulation, own.set(name.toUpperCase(), effect));
    }
  const said = inForce
    .map(({ name, effect, vouchedBy, regulations = {} }) => {
      const byRegulation = Object.entries(regulations).toSorted(([a], [b]) => (a < b ? -1 : 1));
      return [name.toUpperCase(), effect, ...byRegulation.map((pair) => pair.join(' ')), vouchedBy].join(' ');
    })
    .toSorted();
  const vouched = new Map(inForce.map(({ name, vouchedBy, until }) => [name.toUpperCase(), { by: vouchedBy, until }]));
  return { ...rules, id: `${rules.id}+${digestOf(said).slice(0, 8)}`, functions: known, under, vouched };
}
