import type { Governance, Selector } from './objects.ts';
import { isSelected, type Selectable } from './selectors.ts';

/**
 * What people said about the datasets that somebody may see, and nothing of the rest: systems, activities and parties are
 * there by what they are about, with the selectors that mean something seen; entities and retention rules by who needs them.
 */
export function visiblePart(governance: Governance, seen: readonly Selectable[]): Governance {
  const shown = (selectors: readonly Selector[]): Selector[] =>
    selectors.filter((selector) => seen.some((dataset) => isSelected([selector], dataset)));
  const about = <T extends { readonly datasets: readonly Selector[] }>(objects: readonly T[]) =>
    objects.map((object) => ({ ...object, datasets: shown(object.datasets) }));
  const isAbout = ({ datasets }: { readonly datasets: readonly Selector[] }): boolean => datasets.length > 0;

  const systems = about(governance.systems).filter(isAbout);
  const activities = about(governance.activities).filter(isAbout);
  const entities = new Set(activities.map(({ entity }) => entity));
  const rules = new Set(activities.flatMap(({ retention }) => retention));
  const parties = new Set<string | null>([
    ...activities.flatMap(({ jointControllers, controllers, recipients }) => [
      ...jointControllers,
      ...controllers,
      ...recipients,
    ]),
    ...systems.flatMap(({ provider, hipaa }) => [provider, hipaa?.businessAssociate ?? null]),
  ]);
  return {
    entities: governance.entities.filter(({ id }) => entities.has(id)),
    parties: about(governance.parties).filter((party) => isAbout(party) || parties.has(party.id)),
    systems,
    activities,
    retention: about(governance.retention).filter((rule) => isAbout(rule) || rules.has(rule.id)),
    grounds: governance.grounds.filter(({ field }) => seen.some(({ name }) => field.startsWith(`${name}.`))),
  };
}
