import type { Uid } from '../model/ids.ts';
import { propagate } from '../propagate/propagate.ts';
import { createBatchWriter } from '../stores/graph/batch-writer.ts';
import type { LedgerEntry } from '../stores/ledger/ledger.ts';
import { inOneRevision } from './in-one-revision.ts';
import { stagedAnswers } from './model-stage.ts';
import type { Run } from './run.ts';
import { staleDatasets } from './stale-datasets.ts';
import { revisionOf, turnOf } from './write-phase.ts';

/**
 * Writes the staged answers and their propagation in one revision; nothing to change: none. Returns the datasets that are
 * answered whole; one about which something new was said meanwhile is not.
 */
export async function writeModelChanges(run: Run, n: number): Promise<readonly Uid[]> {
  const { context, record } = run;
  const { graph } = context.stores;
  const name = `${record.run}/model`;
  const published = await revisionOf(run, name);
  if (published !== null) {
    if (!record.revisions.includes(published)) await run.save({ revisions: [...record.revisions, published] });
    return wholeOnes(run, new Set());
  }
  if (!(await changesAnything(run))) return wholeOnes(run, new Set());
  return inOneRevision(turnOf(run, name, `a model on ${run.source.name}`), async (writer) => {
    const { open } = writer;
    const ledger: LedgerEntry[] = [];
    const batches = createBatchWriter(graph, open, () => {
      run.signal.throwIfAborted();
      return writer.keep();
    });
    const stale = await staleDatasets(graph, n, open.n - 1);
    for await (const { dataset, body } of stagedAnswers(run)) {
      if (stale.has(dataset)) continue;
      for (const change of body.changes) await batches.add(change);
      ledger.push(...body.ledger);
    }
    const expected = await batches.end();
    const { rows } = await propagate({ graph, open, rules: context.rules, expected, between: () => writer.keep() });
    const revision = await writer.publish(ledger);
    run.count({ derivedRows: run.record.counts.derivedRows + rows });
    await run.save({ revisions: [...run.record.revisions, revision] });
    return wholeOnes(run, stale);
  });
}

async function changesAnything(run: Run): Promise<boolean> {
  for await (const { body } of stagedAnswers(run)) if (body.changes.length > 0) return true;
  return false;
}

async function wholeOnes(run: Run, stale: ReadonlySet<Uid>): Promise<readonly Uid[]> {
  const whole: Uid[] = [];
  for await (const { dataset, body } of stagedAnswers(run)) if (body.whole && !stale.has(dataset)) whole.push(dataset);
  return whole;
}
