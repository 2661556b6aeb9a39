import type { EventRoom, TextCleaners } from '../../connectors/connector.ts';
import type { Clock } from '../base/clock.ts';
import { scrubText } from '../ingest/scrub-text.ts';
import type { Json } from '../model/json.ts';
import { ansiDialect, findDialect } from '../sql/dialect/dialects.ts';
import { blankLiterals } from '../sql/text/blank-literals.ts';
import { everyPage } from '../stores/every-page.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import type { DeadLetters } from './dead-letters.ts';
import { noteEvents } from './event-health.ts';
import { inboxKind, waitingEvent } from './inbox.ts';

/** Events that one run takes out of the inbox, at most; the next run goes on. */
const maxRead = 10_000;
const pageSize = 250;

/** How texts of events are made fit to be kept, for whoever takes them in. */
export const eventCleaners: TextCleaners = {
  sql: (text, dialect) => blankLiterals(text, findDialect(dialect) ?? ansiDialect),
  text: scrubText,
};

/** The room of one source, and what the conductor does with it when a run has ended well. */
export interface KeptEventRoom extends EventRoom {
  /** Lets go of the events that were read since the last time. */
  settle(): Promise<void>;
}

/** Where a source of events remembers: the state store. */
export function createEventRoom(options: {
  readonly source: string;
  readonly state: Pick<StateStore, 'getAll' | 'putAll' | 'put' | 'list' | 'removeAll'>;
  readonly deadLetters: Pick<DeadLetters, 'put'>;
  readonly clock: Clock;
}): KeptEventRoom {
  const { source, state, deadLetters, clock } = options;
  const remembered = `events:${source}`;
  const waiting = inboxKind(source);
  let read: string[] = [];
  let folded = false;
  return {
    clean: eventCleaners,
    memory: {
      getAll: async (keys) =>
        (await state.getAll(remembered, keys)).map((text) => (text === null ? null : parsed(text))),
      putAll: (entries) => {
        folded ||= entries.length > 0;
        return state.putAll(
          remembered,
          entries.map(({ key, body }) => ({ key, body: JSON.stringify(body) })),
        );
      },
      async *keys() {
        let page: string[] = [];
        for await (const { key } of everyPage((one) => state.list(remembered, one), pageSize)) {
          page.push(key);
          if (page.length < pageSize) continue;
          yield page;
          page = [];
        }
        if (page.length > 0) yield page;
      },
    },
    async *pushed() {
      read = [];
      let after: string | undefined;
      while (read.length < maxRead) {
        const page = await state.list(waiting, { first: pageSize, ...(after === undefined ? {} : { after }) });
        read.push(...page.items.map(({ key }) => key));
        if (page.items.length > 0) yield page.items.map(({ key, body }) => ({ position: key, ...waitingEvent(body) }));
        if (page.cursor === null || page.items.length < pageSize) return;
        after = page.cursor;
      }
    },
    bury: (events) => deadLetters.put(source, events),
    async settle() {
      const done = read;
      read = [];
      if (done.length > 0) await state.removeAll(waiting, done);
      // Of pushed events the receiver says when they came.
      else if (folded) await noteEvents(state, source, clock);
      folded = false;
    },
  };
}

/** What was put as JSON text by this release or another. */
function parsed(text: Json): Json {
  return typeof text === 'string' ? (JSON.parse(text) as Json) : text;
}
