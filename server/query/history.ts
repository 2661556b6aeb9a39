import type { DerivedClassification, Verdict } from '../model/classification.ts';
import type { Uid } from '../model/ids.ts';
import type { ChangeRecord } from '../stores/graph/graph-store.ts';
import type { QueryContext } from './context.ts';
import { eachPage } from './paging.ts';
import type { HistoryEntry } from './answers.ts';
import type { Revisions } from './revisions.ts';

/** One decider's say, or one treatment by which the category arrived: what replaces itself over time. */
interface Said {
  readonly by: string;
  readonly actor: HistoryEntry['actor'];
  /** What is shown as before and after: the category, with its state where that is not plain. */
  readonly text: string;
}

/** What was ever said about a field's category up to `n`, oldest first. */
export async function readHistory(
  context: QueryContext,
  revisions: Revisions,
  field: Uid,
  category: string,
  n: number,
): Promise<readonly HistoryEntry[]> {
  const records: ChangeRecord[] = [];
  for await (const page of eachPage((request) => context.graph.history([field], n, request))) records.push(...page);
  const steps = new Map<string, { at: number; before: Said | null; after: Said | null }>();
  for (const record of records) {
    const said = saidBy(record, category);
    if (said === null) continue;
    const key = `${record.at} ${said.by}`;
    const step = steps.get(key) ?? { at: record.at, before: null, after: null };
    if (record.change === 'closed') step.before = said;
    else step.after = said;
    steps.set(key, step);
  }
  const told = [...steps.values()].filter(({ before, after }) => before?.text !== after?.text);
  const entries = await Promise.all(
    told.map(async ({ at, before, after }): Promise<HistoryEntry> => ({
      at: (await revisions.get(at)).publishedAt,
      revision: at,
      actor: (after ?? before)?.actor ?? { kind: 'propagation', name: '' },
      change: before === null ? 'ADDED' : after === null ? 'ENDED' : 'CHANGED',
      before: before?.text ?? null,
      after: after?.text ?? null,
      reason: null,
    })),
  );
  return entries.sort((a, b) => a.revision - b.revision);
}

/** Rows come back from the store as they were handed in, so their shape is ours. */
function saidBy({ table, body }: ChangeRecord, category: string): Said | null {
  if (body === null || typeof body !== 'object') return null;
  if (table === 'verdict') {
    const verdict = body as unknown as Verdict;
    if (verdict.category !== category) return null;
    const plain = verdict.state === 'accepted' || verdict.state === 'proposed';
    return {
      by: `verdict ${verdict.decider}`,
      actor: { kind: verdict.decider, name: verdict.by },
      text: plain ? category : `${category} (${verdict.state})`,
    };
  }
  if (table !== 'derived') return null;
  const row = body as unknown as DerivedClassification;
  if (row.category !== category || row.rank === 0) return null;
  return {
    by: `derived ${row.treatment}`,
    actor: { kind: 'propagation', name: row.rules },
    text: row.treatment === 'clear' ? category : `${category} (${row.treatment})`,
  };
}
