import type { Observation, ObservedBatch, StateStore } from '../stores/state/state-store.ts';

/** Observations that share a transaction, about. */
const atOnce = 1000;
/** Ids that are let go of in one transaction. */
const forgottenAtOnce = 5000;

/** Observations on their way into the store. Those of one event go there together, under the event's own id. */
export interface CountOnce {
  add(observation: Observation, event: string | undefined): Promise<void>;
  flush(): Promise<void>;
  /** The ids of all events that were told, counted now or before a kill. */
  readonly events: readonly string[];
}

/**
 * Counts what a read tells. What was told of an event counts once until {@link forgetCounted}, whichever run and process
 * tells it again and whatever stands around it then. What is told of no event counts by its place in the run: `placeOf` of
 * the batches so far.
 */
export function createCountOnce(options: {
  readonly state: Pick<StateStore, 'observe'>;
  readonly source: string;
  readonly placeOf: (serial: number) => string;
}): CountOnce {
  const events: string[] = [];
  let batches: { readonly id: string; readonly observations: Observation[] }[] = [];
  let loose: Observation[] = [];
  let held = 0;
  let serial = 0;

  const flush = async (): Promise<void> => {
    const ready: ObservedBatch[] = batches;
    if (loose.length > 0) ready.push({ id: options.placeOf(serial++), observations: loose });
    batches = [];
    loose = [];
    held = 0;
    if (ready.length > 0) await options.state.observe(ready);
  };

  return {
    events,
    flush,
    async add(observation, event) {
      const id = event === undefined ? null : `event:${options.source}:${event}`;
      const last = batches.at(-1);
      // An event is never divided: half of it would be taken for all of it.
      const goesOn = id !== null && last?.id === id;
      if (held >= atOnce && !goesOn) await flush();
      held += 1;
      if (id === null) loose.push(observation);
      else if (goesOn) last?.observations.push(observation);
      else {
        batches.push({ id, observations: [observation] });
        events.push(id);
      }
    },
  };
}

/** Lets go of events that no read will tell again: the source has let go of them, or the next read begins behind them. */
export async function forgetCounted(
  state: Pick<StateStore, 'forgetBatches'>,
  events: readonly string[],
): Promise<void> {
  for (let at = 0; at < events.length; at += forgottenAtOnce)
    await state.forgetBatches(events.slice(at, at + forgottenAtOnce));
}
