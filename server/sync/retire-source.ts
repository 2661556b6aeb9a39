import { randomUUID } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { endVerdictsOfGoneFields } from '../ingest/gone-fields.ts';
import { chunks, writeDocuments } from '../ingest/write-documents.ts';
import type { Uid } from '../model/ids.ts';
import type { Actor } from '../model/provenance.ts';
import { propagate } from '../propagate/propagate.ts';
import type { PropagationRules } from '../propagate/propagation-rules.ts';
import { everyPage } from '../stores/every-page.ts';
import type { GraphStore, SourceRecord } from '../stores/graph/graph-store.ts';
import type { StateStore } from '../stores/state/state-store.ts';
import { inOneRevision } from './in-one-revision.ts';

export interface RetireOptions {
  readonly graph: GraphStore;
  readonly state: Pick<StateStore, 'remove'>;
  readonly rules: PropagationRules;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly source: SourceRecord;
  readonly signal: AbortSignal;
}

/**
 * Takes back everything that a source asserted, in one revision: what no other source asserts is no longer alive, earlier
 * revisions still show it, people's decisions sleep. Returns how many documents it was, and null when there were none.
 */
export async function retireSource(options: RetireOptions): Promise<{ documents: number; revision: number | null }> {
  const { graph, state, rules, clock, actor, source, signal } = options;
  const before = (await graph.head()).published;
  const documents: Uid[] = [];
  for await (const { uid } of everyPage((page) => graph.docs(source.name, undefined, before, page), 5000))
    documents.push(uid);
  let revision: number | null = null;
  if (documents.length > 0) {
    const run = `retire-${randomUUID().slice(0, 8)}`;
    const cause = `retirement of ${source.name}`;
    revision = await inOneRevision({ graph, run: { run, cause, actor }, clock, signal }, async (writer) => {
      const { open } = writer;
      const keep = async (): Promise<void> => {
        signal.throwIfAborted();
        await writer.keep();
      };
      const staged = { staged: nothing(), retire: documents };
      await writeDocuments({ graph, open, source: source.name, ...staged, between: keep });
      const ended = await endVerdictsOfGoneFields({
        graph,
        before,
        open: open.n,
        staged: nothing(),
        existing: new Set(documents),
        retired: documents,
      });
      for (const batch of chunks(ended, 5000)) await graph.apply(open, batch);
      await propagate({ graph, open, rules, between: keep });
      const body = { source: source.name, run, documents: documents.length };
      return writer.publish([{ kind: 'source-retired', actor, at: instant(clock), subject: null, body }]);
    });
  }
  await graph.putSource({ ...source, managed: false });
  // A source of this name that comes back is read from the beginning.
  await state.remove('sync-since', source.name);
  return { documents: documents.length, revision };
}

async function* nothing(): AsyncGenerator<never> {}
