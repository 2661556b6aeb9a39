import { printPath } from '../model/ids.ts';
import type { WriteBackChange } from '../writeback/change.ts';
import type { SourceRetags } from '../writeback/retags.ts';
import { foresee } from './foreseen-graph.ts';
import type { DecideRequest, ReviewDeskOptions } from './review-desk.ts';
import type { Settled } from './settle-review.ts';

/** One tag that a decision would set, take off or no longer set. */
export interface Retag {
  readonly action: 'add' | 'remove' | 'withdraw';
  readonly tag: string;
  readonly dataset: string;
  /** Printed path; null: the dataset itself. */
  readonly path: string | null;
  /** Why it would not be written by itself; null: it would, where the source's mode is `auto`. */
  readonly waitsFor: string | null;
}

/** What a decision would change in one source: all are counted, the first are listed. */
export interface RetagsOfSource extends Pick<SourceRetags, 'source' | 'mode' | 'unknown'> {
  readonly adds: number;
  readonly removes: number;
  readonly withdraws: number;
  readonly changes: readonly Retag[];
}

/** Tags that a decision would set and take off, in the sources that describe what it touches. */
export interface Retags {
  readonly sources: readonly RetagsOfSource[];
  /** Why it is not all that the decision would change; empty: it is. */
  readonly incompleteBecause: readonly string[];
}

/** Of a decision that changes no judgement. */
export const noRetags: Retags = { sources: [], incompleteBecause: [] };

/** Tags listed of a source. */
const mostListed = 100;
/** A person waits for it: sources that take longer are told as not known. Unless the desk is told otherwise. */
const mostMs = 3000;

/** Plans tags with and without a decision that is worked out and not yet written. Never fails the decision. */
export async function retagsOf(
  { before, decided }: Pick<Settled, 'before' | 'decided'>,
  { seen = 'all', signal }: Pick<DecideRequest, 'seen' | 'signal'>,
  { graph, rules, retags, retagsMs }: Pick<ReviewDeskOptions, 'graph' | 'rules' | 'retags' | 'retagsMs'>,
): Promise<Retags> {
  if (retags === undefined || before === 0) return noRetags;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(retagsMs ?? mostMs)]);
  try {
    const changes = decided.flatMap((each) => each.changes);
    const after = await foresee(graph, before, changes, rules, inTime);
    const found = await retags(
      { before: graph, after: after.graph, n: before, datasets: after.datasets },
      seen,
      inTime,
    );
    return {
      sources: found.map(ofSource),
      incompleteBecause: after.complete ? [] : ['its values reach more fields than are followed here'],
    };
  } catch (error) {
    if (!inTime.aborted || signal.aborted) throw error;
    return { sources: [], incompleteBecause: ['it could not be worked out in time'] };
  }
}

function ofSource({ source, mode, unknown, adds, removes, withdraws }: SourceRetags): RetagsOfSource {
  const listed = [
    ...adds.map((change) => listedAs('add', change)),
    ...removes.map((change) => listedAs('remove', change)),
    ...withdraws.map((change) => listedAs('withdraw', change)),
  ];
  return {
    source,
    mode,
    unknown,
    adds: adds.length,
    removes: removes.length,
    withdraws: withdraws.length,
    changes: listed.slice(0, mostListed),
  };
}

function listedAs(action: Retag['action'], { tag, target, waitsFor }: WriteBackChange): Retag {
  return {
    action,
    tag,
    dataset: target.dataset.name,
    path: target.field === null ? null : printPath(target.field),
    waitsFor: action === 'withdraw' ? null : waitsFor,
  };
}
