import type { Receiver } from '../sync/receiver.ts';
import { escapeLabel, metric } from './metrics.ts';

/** How pushed events are doing, for those who watch the process. */
export async function eventLines(receiver: Receiver, sources: readonly string[]): Promise<readonly string[]> {
  if (sources.length === 0) return [];
  const each = await Promise.all(
    sources.map(async (source) => ({
      label: `source="${escapeLabel(source)}"`,
      health: await receiver.health(source),
    })),
  );
  return [
    ...metric('lexline_events_total', 'counter', 'Events that were pushed, by what became of them.'),
    ...each.flatMap(({ label, health }) => [
      `lexline_events_total{${label},result="taken"} ${health?.taken ?? 0}`,
      `lexline_events_total{${label},result="refused"} ${health?.refused ?? 0}`,
    ]),
    ...metric('lexline_inbox_waiting', 'gauge', 'Events that wait to be brought into the graph.'),
    ...each.map(({ label, health }) => `lexline_inbox_waiting{${label}} ${health?.waiting ?? 0}`),
    ...metric('lexline_dead_letters', 'gauge', 'Events that could not be taken.'),
    ...each.map(({ label, health }) => `lexline_dead_letters{${label}} ${health?.deadLetters ?? 0}`),
  ];
}
