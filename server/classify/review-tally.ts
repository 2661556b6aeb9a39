import { everyPage } from '../stores/every-page.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { HowFound, Tally } from './model-confidence.ts';

const kind = 'llm-tally';
const ways: readonly HowFound[] = ['agrees-twice', 'agrees-once', 'adds-twice', 'adds-once'];

/** How often people said that a model was right, by how it came to its finding. */
export async function readTally(state: Pick<StateStore, 'list'>): Promise<Tally> {
  const tally: Partial<Record<HowFound, { right: number; wrong: number }>> = {};
  for await (const { key, body } of everyPage((page) => state.list(kind, page), 1000)) {
    const how = ways.find((way) => key.startsWith(`${way}/`));
    if (how === undefined || typeof body !== 'object' || body === null) continue;
    const { right = 0, wrong = 0 } = body as { readonly right?: number; readonly wrong?: number };
    const before = tally[how] ?? { right: 0, wrong: 0 };
    tally[how] = { right: before.right + right, wrong: before.wrong + wrong };
  }
  return tally;
}

/** Adds what one decision says. The same decision twice counts once. */
export async function countDecision(
  state: Pick<StateStore, 'put'>,
  decision: string,
  counts: ReadonlyMap<HowFound, { readonly right: number; readonly wrong: number }>,
): Promise<void> {
  for (const [how, { right, wrong }] of counts) await state.put(kind, `${how}/${decision}`, { right, wrong });
}
