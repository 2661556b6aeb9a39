import type { QualifiedName } from '../../server/model/ids.ts';
import type { SaidDataset } from './event.ts';
import { listOf, objectOf, qualifiedOf } from './foreign.ts';
import { datasetKey, keepNewest, type DatasetPicture } from './picture.ts';

/** Other names of one dataset that are followed, at most: the newest. */
const keptNames = 200;

/** The other names that a `symlinks` facet gives a dataset. */
export function otherNames(own: QualifiedName, facet: unknown): readonly QualifiedName[] {
  const names = listOf(objectOf(facet)?.['identifiers']).flatMap((each) => qualifiedOf(each) ?? []);
  return names.filter((name) => datasetKey(name) !== datasetKey(own));
}

/** The other names that an event gives a dataset. */
export function otherNamesIn(dataset: SaidDataset): readonly QualifiedName[] {
  return otherNames(dataset, dataset.facets['symlinks']);
}

/**
 * Notes on both sides that one dataset called itself by the other's name, so that each is found from the other. Whether it
 * still does says its facet.
 */
export function noteOtherName(dataset: DatasetPicture, other: DatasetPicture, at: string): void {
  dataset.calls = newest(dataset.calls, datasetKey(other), at);
  other.calledBy = newest(other.calledBy, datasetKey(dataset), at);
}

function newest(before: Record<string, string> | undefined, key: string, at: string): Record<string, string> {
  if ((before?.[key] ?? '') >= at) return before ?? {};
  return keepNewest({ ...before, [key]: at }, keptNames, (time) => time);
}
