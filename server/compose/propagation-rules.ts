import type { PropagationData } from '../rulebook/functions.ts';
import type { Ground } from './ground.ts';
import { keepRules } from './kept-rules.ts';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * The rules of propagation: what ships, and the team's own functions. A function whose time runs out while the server runs is
 * no longer in force from then on: each member is worked out when it is asked for. What the rules say is kept under each id
 * that they will have, so that a revision is read later as it was derived.
 */
export async function propagationRules({
  config,
  clock,
  stores,
}: Pick<Ground, 'config' | 'clock' | 'stores'>): Promise<PropagationData> {
  const { loadPropagationRules } = await import('../rulebook/functions.ts');
  const shipped = loadPropagationRules();
  if (config.masking === null) return shipped;
  const { readMaskingFunctions, withMaskingFunctions } = await import('../rulebook/masking-functions.ts');
  const functions = await readMaskingFunctions(config.masking, config.rulebook.regulations);
  const at = (now: number): PropagationData => withMaskingFunctions(shipped, functions, now);
  const ends = new Set(functions.map(({ until }) => Date.parse(`${until}T00:00:00Z`) + dayMs));
  for (const now of [clock.now(), ...[...ends].filter((end) => end > clock.now())])
    await keepRules(stores.state, at(now));
  const current = (): PropagationData => at(clock.now());
  return {
    personKeys: shipped.personKeys,
    get id() {
      return current().id;
    },
    get functions() {
      return current().functions;
    },
    get under() {
      return current().under;
    },
    get vouched() {
      return current().vouched;
    },
  };
}
