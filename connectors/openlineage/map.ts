import { printPath, type FieldPath, type QualifiedName } from '../../server/model/ids.ts';
import type { Pictures } from './fold.ts';
import { mapDataset } from './map-dataset.ts';
import type { Around } from './map-job.ts';
import { datasetFacetOf, droppedAt } from './picture-facets.ts';
import { datasetKey, type JobPicture } from './picture.ts';

/** Keys of the datasets that jobs name: look their pictures up for {@link aroundOf}. */
export function datasetsOf(pictures: readonly JobPicture[]): string[] {
  const keys = new Set<string>();
  for (const { runs, design } of pictures)
    for (const flow of [...Object.values(runs), ...(design === null ? [] : [design.value])])
      for (const key of [...Object.keys(flow.inputs), ...Object.keys(flow.outputs)]) keys.add(key);
  return [...keys];
}

/** What lineage needs to know of the datasets that it names. */
export function aroundOf(pictures: Pictures): Around {
  const paths = new Map<string, ReadonlyMap<string, FieldPath>>();
  const pathsOf = (key: string): ReadonlyMap<string, FieldPath> => {
    const known = paths.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, FieldPath>();
    const picture = pictures.get(key);
    if (picture?.kind === 'dataset' && datasetFacetOf(picture, 'schema') !== null)
      for (const { path } of mapDataset(picture)?.fields ?? [])
        for (const spelled of [printPath(path), path.join('.')])
          if (path.length === 1 || !found.has(spelled)) found.set(spelled, path);
    paths.set(key, found);
    return found;
  };
  return {
    dropped(name: QualifiedName) {
      const picture = pictures.get(datasetKey(name));
      return picture?.kind === 'dataset' ? droppedAt(picture) : null;
    },
    path(name, field) {
      return field.includes('.') ? (pathsOf(datasetKey(name)).get(field) ?? [field]) : [field];
    },
  };
}
