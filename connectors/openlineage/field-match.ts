import { printPath, type FieldPath } from '../../server/model/ids.ts';

/** The fields of a dataset that a name in lineage stands for. */
export interface FieldMatch {
  /** `several`: they differ in upper and lower case only, and the name is spelled like none of them. `none`: none is called so. */
  readonly fit: 'one' | 'several' | 'none';
  /** At least one; of `none` the name as it is spelled, because another source may list it. */
  readonly paths: readonly FieldPath[];
}

/**
 * Finds fields by the names that lineage gives them: spelled alike, a name of one part before a nested one; else regardless
 * of upper and lower case, because producers take names from the statement and schemas from the catalog.
 */
export function fieldMatcher(listed: readonly FieldPath[]): (spelled: string) => FieldMatch {
  const alike = new Map<string, FieldPath>();
  const folded = new Map<string, Map<string, FieldPath>>();
  for (const path of listed)
    for (const spelled of [printPath(path), path.join('.')]) {
      if (path.length === 1 || !alike.has(spelled)) alike.set(spelled, path);
      const lower = spelled.toLowerCase();
      folded.set(lower, (folded.get(lower) ?? new Map<string, FieldPath>()).set(printPath(path), path));
    }
  return (spelled) => {
    const same = alike.get(spelled);
    if (same !== undefined) return { fit: 'one', paths: [same] };
    const paths = [...(folded.get(spelled.toLowerCase())?.values() ?? [])];
    if (paths.length === 0) return { fit: 'none', paths: [[spelled]] };
    return { fit: paths.length === 1 ? 'one' : 'several', paths };
  };
}
