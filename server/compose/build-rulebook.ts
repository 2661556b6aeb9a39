import type { Rulebook } from '../rulebook/rulebook.ts';

/** The rulebook that the model tier retrieves from. */
export async function buildRulebook(): Promise<Rulebook> {
  const { createRulebook } = await import('../rulebook/create-rulebook.ts');
  return createRulebook();
}
