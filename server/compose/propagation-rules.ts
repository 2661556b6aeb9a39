import { readFile } from 'node:fs/promises';
import { LexlineError, messageOf } from '../base/errors.ts';
import type { PropagationData } from '../rulebook/functions.ts';
import type { Ground } from './ground.ts';

/**
 * The rules of propagation: what ships, and the team's own functions. A function whose time runs out while the server runs is
 * no longer in force from then on: each member is worked out when it is asked for.
 */
export async function propagationRules({ config, clock }: Pick<Ground, 'config' | 'clock'>): Promise<PropagationData> {
  const { loadPropagationRules } = await import('../rulebook/functions.ts');
  const shipped = loadPropagationRules();
  if (config.masking === null) return shipped;
  const { parseMaskingFunctions, withMaskingFunctions } = await import('../rulebook/masking-functions.ts');
  const functions = parseMaskingFunctions(await textOf(config.masking), config.masking);
  const current = (): PropagationData => withMaskingFunctions(shipped, functions, clock.now());
  return {
    personKeys: shipped.personKeys,
    get id() {
      return current().id;
    },
    get functions() {
      return current().functions;
    },
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[masking] ${file} cannot be read: ${messageOf(error)}`, {
      cause: error,
      remedy: 'Name a file that is there, or take "masking" out of lexline.yaml.',
    });
  }
}
