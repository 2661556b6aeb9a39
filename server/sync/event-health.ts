import { instant, type Clock } from '../base/clock.ts';
import type { StateStore } from '../stores/state/state-store.ts';

/** Writes down that events of a source came in now. */
export async function noteEvents(state: Pick<StateStore, 'put'>, source: string, clock: Clock): Promise<void> {
  await state.put('event-health', source, { lastAt: instant(clock) });
}
