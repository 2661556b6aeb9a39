import { fieldMatcher, type FieldMatch } from './field-match.ts';
import type { Identity } from './identities.ts';
import { listedPaths } from './map-dataset.ts';
import type { Around } from './map-job.ts';
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
export function aroundOf(identities: ReadonlyMap<string, Identity>): Around {
  const known = new Map<string, ((spelled: string) => FieldMatch) | null>();
  const matcherOf = (key: string): ((spelled: string) => FieldMatch) | null => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const picture = identities.get(key)?.picture ?? null;
    const paths = picture === null ? null : listedPaths(picture);
    const matcher = paths === null ? null : fieldMatcher(paths);
    known.set(key, matcher);
    return matcher;
  };
  return {
    nameOf: ({ namespace, name }) => identities.get(datasetKey({ namespace, name }))?.name ?? { namespace, name },
    lastDrop: (name) => identities.get(datasetKey(name))?.lastDrop ?? '',
    listedAt: (name) => identities.get(datasetKey(name))?.picture?.facets['schema']?.at ?? '',
    dropped: (name) => identities.get(datasetKey(name))?.dropped ?? null,
    field: (name, spelled) => matcherOf(datasetKey(name))?.(spelled) ?? { fit: 'one', paths: [[spelled]] },
  };
}
