import type { QualifiedName } from '../../server/model/ids.ts';
import { fieldMatcher, type FieldMatch } from './field-match.ts';
import type { Pictures } from './fold.ts';
import { listedPaths } from './map-dataset.ts';
import type { Around } from './map-job.ts';
import { droppedAt } from './picture-facets.ts';
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
  const known = new Map<string, ((spelled: string) => FieldMatch) | null>();
  const matcherOf = (key: string): ((spelled: string) => FieldMatch) | null => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const picture = pictures.get(key);
    const paths = picture?.kind === 'dataset' ? listedPaths(picture) : null;
    const matcher = paths === null ? null : fieldMatcher(paths);
    known.set(key, matcher);
    return matcher;
  };
  return {
    dropped(name: QualifiedName) {
      const picture = pictures.get(datasetKey(name));
      return picture?.kind === 'dataset' ? droppedAt(picture) : null;
    },
    field(name, spelled) {
      return matcherOf(datasetKey(name))?.(spelled) ?? { fit: 'one', paths: [[spelled]] };
    },
  };
}
