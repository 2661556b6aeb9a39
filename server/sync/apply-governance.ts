import { randomUUID } from 'node:crypto';
import { instant, type Clock } from '../base/clock.ts';
import { governanceChanges } from '../governance/graph.ts';
import type { Governance } from '../governance/objects.ts';
import type { Actor } from '../model/provenance.ts';
import type { GraphStore } from '../stores/graph/graph-store.ts';
import { chunks } from '../ingest/write-documents.ts';
import { inOneRevision } from './in-one-revision.ts';

export interface ApplyGovernanceOptions {
  readonly graph: GraphStore;
  readonly governance: Governance;
  readonly clock: Clock;
  readonly actor: Actor;
  readonly signal: AbortSignal;
}

/** Makes the graph say what people wrote, in one revision with its ledger entry; nothing differs: no revision. */
export async function applyGovernance(
  options: ApplyGovernanceOptions,
): Promise<{ readonly changed: number; readonly revision: number | null }> {
  const { graph, governance, clock, actor, signal } = options;
  const differs = await governanceChanges(graph, governance, (await graph.head()).published, actor);
  if (differs.length === 0) return { changed: 0, revision: null };
  const run = `governance-${randomUUID().slice(0, 8)}`;
  return inOneRevision({ graph, run: { run, cause: 'governance', actor }, clock, signal }, async (writer) => {
    // Another process may have written while this one waited.
    const changes = await governanceChanges(graph, governance, writer.open.n, actor);
    if (changes.length === 0) {
      await graph.rollback(writer.open);
      return { changed: 0, revision: null };
    }
    for (const batch of chunks(changes, 5000)) await graph.apply(writer.open, batch);
    const changed = changes.filter(({ type }) => type !== 'name').length;
    const objects = changes.flatMap((change) =>
      change.type === 'enter' ? [change.entered.kind] : change.type === 'end-entered' ? [`end ${change.kind}`] : [],
    );
    const entry = { kind: 'governance-entered', actor, at: instant(clock), subject: null, body: { run, objects } };
    return { changed, revision: await writer.publish([entry]) };
  });
}
