import { instant } from '../base/clock.ts';
import { endVerdictsOfGoneFields } from '../ingest/gone-fields.ts';
import { chunks, writeDocuments } from '../ingest/write-documents.ts';
import type { Uid } from '../model/ids.ts';
import { propagate } from '../propagate/propagate.ts';
import { everyPage } from '../stores/every-page.ts';
import { inOneRevision, type Turn } from './in-one-revision.ts';
import type { Run } from './run.ts';

/**
 * Writes what differs into one revision, propagates what that changes, and publishes both at once. Nothing differs: no
 * revision. Killed at any moment it is simply done again; found published already, it is not.
 */
export async function writePhase(run: Run): Promise<void> {
  const { context, source, record } = run;
  const { graph } = context.stores;
  const { changed, retired } = record.counts;
  const published = await revisionOf(run, record.run);
  if (published !== null || changed + retired === 0) {
    await run.save({ phase: 'published', revisions: published === null ? [] : [published] });
    return;
  }
  const { rows, n } = await inOneRevision(turnOf(run, record.run, `sync of ${source.name}`), async (writer) => {
    const { open } = writer;
    const before = (await graph.head()).published;
    const existing = before === 0 ? new Set<Uid>() : await existingUids(run, before);
    await writeDocuments({
      graph,
      open,
      source: source.name,
      staged: run.stage.all(),
      retire: record.retired,
      between: async (written) => {
        run.signal.throwIfAborted();
        run.progress('write', written, changed);
        await writer.keep();
      },
    });
    const ended = await endVerdictsOfGoneFields({
      graph,
      before,
      open: open.n,
      staged: run.stage.all(),
      existing,
      retired: record.retired,
    });
    for (const batch of chunks(ended, 5000)) await graph.apply(open, batch);
    run.progress('propagate', 0);
    const done = await propagate({ graph, open, rules: context.rules, between: () => writer.keep() });
    const entry = {
      kind: 'sync',
      actor: run.request.actor,
      at: instant(context.clock),
      subject: null,
      body: { source: source.name, run: record.run, changed, retired, gaps: record.gaps.length },
    };
    return { rows: done.rows, n: await writer.publish([entry]) };
  });
  run.count({ derivedRows: record.counts.derivedRows + rows });
  await run.save({ phase: 'published', revisions: [n] });
}

/** The turn of a run to write the revision of that name. */
export function turnOf(run: Run, name: string, cause: string): Turn {
  const { stores, clock, leaseMs, waitMs } = run.context;
  const info = { run: name, cause, actor: run.request.actor };
  return { graph: stores.graph, run: info, clock, signal: run.signal, ttlMs: leaseMs, waitMs };
}

/** The revision that a run has published already, or null. */
export async function revisionOf(run: Run, name: string): Promise<number | null> {
  if (!run.resumed) return null;
  const { items } = await run.context.stores.graph.revisions({ first: 100 });
  return items.find((revision) => revision.run === name)?.n ?? null;
}

async function existingUids(run: Run, n: number): Promise<ReadonlySet<Uid>> {
  const uids = new Set<Uid>();
  const { graph } = run.context.stores;
  for await (const { uid } of everyPage((page) => graph.docs(run.source.name, undefined, n, page), 5000)) uids.add(uid);
  return uids;
}
