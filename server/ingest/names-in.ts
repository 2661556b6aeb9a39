import type { DatasetDocument, JobDocument } from '../model/document.ts';
import { datasetUid, type QualifiedName, type Uid } from '../model/ids.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import type { Names } from './names.ts';

/**
 * What the graph would know a dataset by if it were told under the name that its source gave it, or under another one of its
 * names. Names that are kept apart from it are none of its own.
 */
export function formerly(
  document: DatasetDocument,
  named: NamedDataset,
  names: Pick<Names, 'dataset'>,
): readonly Uid[] {
  const own = datasetUid(named);
  return [document, ...otherNamesOf(named, names)].map((name) => datasetUid(name)).filter((uid) => uid !== own);
}

/** The other names of a dataset that lead to it; those that are kept apart do not. */
export function otherNamesOf(named: NamedDataset, names: Pick<Names, 'dataset'>): readonly QualifiedName[] {
  const own = datasetUid(named);
  return named.aliases
    .map(([namespace, name]) => ({ namespace, name }))
    .filter((name) => datasetUid(names.dataset(name)) === own);
}

/** Every dataset that a batch names. */
export function* namesOf(
  datasets: readonly { readonly document: DatasetDocument }[],
  jobs: readonly { readonly document: JobDocument }[],
  removals: readonly { readonly kind: 'dataset' | 'job'; readonly name: QualifiedName }[],
): Iterable<QualifiedName> {
  for (const { document } of datasets) {
    yield document;
    yield* document.aliases ?? [];
    for (const { references } of document.keys ?? []) if (references !== undefined) yield references.dataset;
  }
  for (const { document } of jobs) yield* namesOfJob(document);
  for (const { kind, name } of removals) if (kind === 'dataset') yield name;
}

/** Every dataset that a job's document names. */
export function* namesOfJob(document: JobDocument): Iterable<QualifiedName> {
  yield* document.inputs;
  yield* document.outputs;
  const met = new Set<string>();
  for (const { from, to } of document.edges ?? [])
    for (const { dataset } of [from, to]) {
      if (met.has(nameKey(dataset))) continue;
      met.add(nameKey(dataset));
      yield dataset;
    }
  for (const { target } of document.statements ?? []) if (target !== undefined) yield target;
}
