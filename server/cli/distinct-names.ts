import type { QualifiedName } from '../model/ids.ts';

/** How datasets are called beside each other: by name, and with their namespace where several have one name. */
export function distinctNames(datasets: Iterable<QualifiedName>): (dataset: QualifiedName) => string {
  const namespaces = new Map<string, string>();
  const shared = new Set<string>();
  for (const { namespace, name } of datasets) {
    if ((namespaces.get(name) ?? namespace) !== namespace) shared.add(name);
    namespaces.set(name, namespace);
  }
  return ({ namespace, name }) => (shared.has(name) ? `${namespace}/${name}` : name);
}
