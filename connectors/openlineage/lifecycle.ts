import type { QualifiedName } from '../../server/model/ids.ts';
import type { LineageEvent, SaidDataset } from './event.ts';
import { listOf, objectOf, qualifiedOf } from './foreign.ts';
import { datasetKey, jobKey, later, type Gone, type Picture, type RunPicture, type Stamped } from './picture.ts';

/** What an event says became of a dataset as a whole, in capitals; null: nothing. */
export function changeOf(dataset: SaidDataset): string | null {
  const change = objectOf(dataset.facets['lifecycleStateChange'])?.['change'];
  return typeof change === 'string' ? change : null;
}

/** The name that a dataset had before; null where it has always been called so. */
export function renamedFrom(dataset: SaidDataset): QualifiedName | null {
  if (changeOf(dataset) !== 'RENAME') return null;
  const previous = qualifiedOf(objectOf(dataset.facets['lifecycleStateChange'])?.['previous']);
  return previous === null || datasetKey(previous) === datasetKey(dataset) ? null : previous;
}

/** What an event says is gone, by key: dropped (null), or called otherwise now (the key of the new name). */
export function goneBy(event: LineageEvent): Gone {
  const gone: Record<string, Stamped<string | null>> = {};
  for (const dataset of [...event.inputs, ...event.outputs]) {
    const previous = renamedFrom(dataset);
    if (changeOf(dataset) === 'DROP') gone[datasetKey(dataset)] = { at: event.at, value: null };
    else if (previous !== null) gone[datasetKey(previous)] = { at: event.at, value: datasetKey(dataset) };
  }
  return gone;
}

/** What a run said is gone so far; of one dataset the latest. */
export function laterGone(before: Gone | undefined, said: Gone): Pick<RunPicture, 'gone'> {
  const gone = { ...before };
  for (const [key, one] of Object.entries(said)) gone[key] = later(gone[key], one);
  return Object.keys(gone).length === 0 ? {} : { gone };
}

/** Takes off what is gone, and notes a rename on the new name. What is not among the pictures was done by an earlier event. */
export function dropAll(pictures: ReadonlyMap<string, Picture>, gone: Gone | undefined, run: string): void {
  for (const [key, { at, value: into }] of Object.entries(gone ?? {})) {
    const picture = pictures.get(key);
    if (picture?.kind !== 'dataset') continue;
    const { dropped, namespace, name } = picture;
    if (dropped === null || dropped.at < at || (dropped.at === at && dropped.run < run))
      picture.dropped = { at, run, ...(into === null ? {} : { into }) };
    const renamed = into === null ? undefined : pictures.get(into);
    if (renamed?.kind !== 'dataset') continue;
    const value = { change: 'RENAME', previous: { namespace, name } };
    renamed.facets['lifecycleStateChange'] = later(renamed.facets['lifecycleStateChange'], { at, value });
  }
}

/** The keys of what changes when the run of an event ends well: an earlier event of the run named it, and its last may not. */
export function awaitingEnd(pictures: ReadonlyMap<string, Picture>, { job, run }: LineageEvent): readonly string[] {
  if (job === null || run?.state !== 'COMPLETE') return [];
  const picture = pictures.get(jobKey(job));
  const gone = picture?.kind === 'job' ? picture.runs[run.id]?.gone : undefined;
  return Object.entries(gone ?? {}).flatMap(([key, { value: into }]) => (into === null ? [key] : [key, into]));
}

const making: ReadonlySet<string | null> = new Set(['CREATE', 'OVERWRITE', 'ALTER', 'RENAME']);

/** Whether an event speaks of an output as of one that is there from now on: it was made or changed, or has columns. */
export function isMade(output: SaidDataset): boolean {
  const change = changeOf(output);
  if (change === 'DROP') return false;
  return making.has(change) || listOf(objectOf(output.facets['schema'])?.['fields']).length > 0;
}
