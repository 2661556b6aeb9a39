import type { Classifier } from '../classify/classifier.ts';
import { everyPage } from '../stores/every-page.ts';
import type { StateStore } from '../stores/state/state-store.ts';

const kind = 'detector-set';

/**
 * Remembers which value detectors the classifier's set stands for, and gives those of the sets that were remembered before:
 * so that of a profile made by an older set it can be told which detectors are new or changed since.
 */
export async function rememberDetectors(
  state: Pick<StateStore, 'get' | 'put' | 'list'>,
  classifier: Pick<Classifier, 'profiler' | 'detectors'>,
): Promise<(detectorSet: string) => readonly string[] | null> {
  const { detectorSet } = classifier.profiler();
  if ((await state.get(kind, detectorSet)) === null) await state.put(kind, detectorSet, [...classifier.detectors]);
  const sets = new Map<string, readonly string[]>();
  for await (const { key, body } of everyPage((page) => state.list(kind, page)))
    if (Array.isArray(body)) sets.set(key, body.map(String));
  return (name) => sets.get(name) ?? null;
}
