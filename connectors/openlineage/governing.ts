import type { SaidLineage } from './event.ts';
import { jobFacetOf } from './picture-facets.ts';
import type { JobPicture, RunFlow, RunOutput, RunPicture } from './picture.ts';

/** An output of a job with the run that says last where it comes from. */
export interface Governed {
  /** The run's id, `''` for what a JobEvent declared. */
  readonly id: string;
  readonly key: string;
  readonly output: RunOutput;
  /** What is told of its columns; null: nothing. */
  readonly lineage: SaidLineage | null;
  readonly flow: RunFlow;
  readonly run: RunPicture | null;
}

/**
 * For every output of a job the run whose word counts: the newest that ended well; while there is none, the newest of all. A
 * failed run may have moved data, so it counts as long as nothing better is known. What a JobEvent declared of an output counts
 * from its time on until a run says something of it; where it tells nothing of columns, a run that did still counts. Of
 * outputs that it does not name it says nothing. A stream never ends: its running counts as done.
 */
export function governing(picture: JobPicture): readonly Governed[] {
  const isStream = jobFacetOf(picture, 'jobType')?.['processing'] === 'STREAMING';
  const best = new Map<string, Governed & { readonly good: boolean; readonly last: string }>();
  const offer = (id: string, flow: RunFlow, run: RunPicture | null, good: boolean, last: string): void => {
    for (const [key, output] of Object.entries(flow.outputs)) {
      const before = best.get(key);
      if (before !== undefined && !isBetter({ good, last, id }, before)) continue;
      const lineage = picture.lineages[output.lineage?.value ?? ''] ?? null;
      best.set(key, { id, key, output, lineage, flow, run, good, last });
    }
  };
  const { design } = picture;
  for (const [id, run] of Object.entries(picture.runs))
    offer(id, run, run, run.state === 'COMPLETE' || (isStream && run.state === 'RUNNING'), run.last);
  if (design !== null) {
    const { inputs, outputs } = design.value;
    const told = Object.entries(outputs).filter(
      ([key, { lineage }]) => lineage !== null || (best.get(key)?.lineage ?? null) === null,
    );
    offer('', { inputs, outputs: Object.fromEntries(told) }, null, true, design.at);
  }
  return [...best.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The run that tells what a job without outputs reads (a test, an export that nobody described); null when there is none. */
export function newestFlow(picture: JobPicture): RunFlow | null {
  let best: { readonly flow: RunFlow; readonly good: boolean; readonly last: string; readonly id: string } | null =
    null;
  const { design } = picture;
  if (design !== null) best = { flow: design.value, good: true, last: design.at, id: '' };
  for (const [id, run] of Object.entries(picture.runs)) {
    const offer = { flow: run, good: run.state === 'COMPLETE', last: run.last, id };
    if (best === null || isBetter(offer, best)) best = offer;
  }
  return best?.flow ?? null;
}

interface Rank {
  readonly good: boolean;
  readonly last: string;
  readonly id: string;
}

function isBetter(a: Rank, b: Rank): boolean {
  if (a.good !== b.good) return a.good;
  return a.last === b.last ? a.id > b.id : a.last > b.last;
}
