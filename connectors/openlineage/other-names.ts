import type { KnownName, QualifiedName } from '../../server/model/ids.ts';
import { datasetFacetOf, droppedAt } from './picture-facets.ts';
import { datasetKey, type DatasetPicture } from './picture.ts';
import { otherNames } from './symlinks.ts';

/** Pictures by key, together with all that ever called themselves by each other's names; see {@link namesAround}. */
export type DatasetPictures = ReadonlyMap<string, DatasetPicture>;

/** What the graph calls datasets, by key; one that is not there is known to nobody else. */
export type KnownByKey = ReadonlyMap<string, KnownName>;

/** The keys of the datasets that a picture ever shared a name with. */
export function namesAround({ calls, calledBy }: DatasetPicture): readonly string[] {
  return [...Object.keys(calls ?? {}), ...Object.keys(calledBy ?? {})];
}

/** Whether ingest keeps a name apart from a dataset that calls itself by it: another source knows another dataset under it. */
export function isApart(own: QualifiedName, name: QualifiedName, known: KnownByKey): boolean {
  const other = known.get(datasetKey(name));
  if (other?.elsewhere !== true) return false;
  return datasetKey(other.name) !== datasetKey(known.get(datasetKey(own))?.name ?? own);
}

/**
 * The pictures with what befell each dataset under another of its names: who drops or renames a table by one name drops or
 * renames the dataset. What it called itself by only later, or is kept apart from, is another one; what was made or spoken of
 * since is there again.
 */
export function withDropsByOtherNames(pictures: DatasetPictures, known: KnownByKey): DatasetPictures {
  let now = pictures;
  for (let round = 0; round < pictures.size; round++) {
    const next = new Map<string, DatasetPicture>();
    for (const [key, picture] of now) {
      const dropped = droppedByCalled(picture, now, known) ?? droppedWithCallers(picture, now, known);
      if (dropped !== null && dropped.at > (picture.dropped?.at ?? '')) next.set(key, { ...picture, dropped });
    }
    if (next.size === 0) break;
    now = new Map([...now, ...next]);
  }
  return now;
}

/** The latest drop of a name that the dataset had by then. */
function droppedByCalled(
  picture: DatasetPicture,
  pictures: DatasetPictures,
  known: KnownByKey,
): DatasetPicture['dropped'] {
  const facet = datasetFacetOf(picture, 'symlinks');
  const since = picture.facets['symlinks']?.at ?? '';
  const names = otherNames(picture, facet);
  const own = new Set([picture, ...names].map((name) => datasetKey(name)));
  let last: DatasetPicture['dropped'] = null;
  for (const name of names) {
    const dropped = pictures.get(datasetKey(name))?.dropped ?? null;
    if (dropped === null || since >= dropped.at || (picture.made ?? '') >= dropped.at) continue;
    // One of its names became another one of them.
    if (dropped.into !== undefined && own.has(dropped.into)) continue;
    if (!isApart(picture, name, known) && dropped.at > (last?.at ?? '')) last = dropped;
  }
  return last;
}

/** The drop of everything that called itself by this name. */
function droppedWithCallers(
  picture: DatasetPicture,
  pictures: DatasetPictures,
  known: KnownByKey,
): DatasetPicture['dropped'] {
  const callers = Object.keys(picture.calledBy ?? {}).flatMap((key) => pictures.get(key) ?? []);
  const own = callers.filter(
    (caller) =>
      !isApart(caller, picture, known) &&
      otherNames(caller, caller.facets['symlinks']?.value).some((name) => datasetKey(name) === datasetKey(picture)),
  );
  if (own.length === 0 || own.some((caller) => droppedAt(caller) === null)) return null;
  return own.map(({ dropped }) => dropped).reduce((a, b) => ((a?.at ?? '') >= (b?.at ?? '') ? a : b), null);
}
