import type { TagWriter } from '../model/tag-writing.ts';
import type { Ledger } from '../stores/ledger/ledger.ts';
import { carryOut } from './carry-out.ts';
import type { WriteBackChange } from './change.ts';
import { planSource, type PlanContext } from './plan-source.ts';
import type { WriteBackSummary } from './write-back.ts';

/**
 * What a sync does about a source's tags: plans, keeps the plan, and in `auto` mode writes what is sure, additions only, up
 * to the cap, ending at the first unexpected read-back.
 */
export async function writeAfterSync(
  context: PlanContext & { readonly ledger: Ledger },
): Promise<WriteBackSummary | null> {
  const { source, book, writer } = context;
  const { mode } = source.writeBack;
  if (mode === 'off') return null;
  const { open, withdrawn, refused } = await planSource(context);
  await book.put([...open, ...withdrawn]);
  const sure = open.filter(({ action, waitsFor }) => action === 'add' && waitsFor === null);
  const { done, stopped } = await written(mode === 'auto' ? sure : [], writer, context);
  const over = done.filter(({ status }) => status === 'applied' || status === 'found').length;
  const until = [...refused, ...done].flatMap(({ refusal }) => (refusal === undefined ? [] : [refusal.until]));
  return {
    mode,
    planned: open.length,
    written: done.filter(({ status }) => status === 'applied').length,
    waiting: open.length - over - done.filter(({ refusal }) => refusal !== undefined).length,
    failed: done.filter(({ status }) => status === 'failed' || status === 'unexpected').length,
    refused: refused.length,
    retryAt: until.toSorted()[0] ?? null,
    leftOver: mode === 'auto' && writer.kind === 'direct' ? sure.length - done.length : 0,
    stopped,
  };
}

async function written(
  changes: readonly WriteBackChange[],
  writer: TagWriter,
  context: PlanContext & { readonly ledger: Ledger },
): Promise<{ readonly done: readonly WriteBackChange[]; readonly stopped: string | null }> {
  if (changes.length === 0 || writer.kind === 'patch') return { done: [], stopped: null };
  return carryOut(changes, { ...context, writer, limit: context.source.writeBack.maxChanges });
}
