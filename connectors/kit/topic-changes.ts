import type { KafkaSettings } from './kafka-settings.ts';
import { topicEnds, type TopicPlaces } from './kafka.ts';
import { wait } from './retry.ts';

/** How often the ends of topics are looked at: what is told there is read within seconds. */
const everyMs = 1000;

/**
 * One item each time that topics hold something new, the first at once, for what came while nobody looked. Nothing is read and
 * nothing committed here: whoever is told reads from where the last read ended. What comes while an item is being worked on
 * is one item more. `ends` and `pause` are given by tests.
 */
export async function* topicChanges(
  settings: KafkaSettings,
  who: string,
  signal: AbortSignal,
  open: typeof topicEnds = topicEnds,
  pause: typeof wait = wait,
): AsyncIterable<TopicPlaces> {
  const topics = open(settings, who);
  try {
    let before: TopicPlaces = {};
    for (;;) {
      signal.throwIfAborted();
      const now = await topics.ends();
      const reads = readsNeeded(before, now, settings.maxMessages);
      before = now;
      for (let i = 0; i < reads; i++) yield now;
      await pause(everyMs, signal);
    }
  } finally {
    await topics.close();
  }
}

/** More reads than this for one look are left to the next: a topic's first end says little about what is still kept. */
const mostReads = 10;

/** How many reads of `maxMessages` bring in what came since; one at the first look, and one where a topic was made anew. */
function readsNeeded(before: TopicPlaces, now: TopicPlaces, maxMessages: number): number {
  const moved = Object.entries(now).filter(([place, end]) => before[place] !== end);
  if (moved.length === 0) return Object.keys(before).length === 0 ? 1 : 0;
  const came = moved.reduce((sum, [place, end]) => sum + Math.max(0, Number(end) - Number(before[place] ?? 0)), 0);
  return Math.min(mostReads, Math.max(1, Math.ceil(came / maxMessages)));
}
