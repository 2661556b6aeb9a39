import type { Governance, Activity, Party, RetentionRule, Selector, System } from '../../governance/objects.ts';
import { isSelected } from '../../governance/selectors.ts';
import type { Uid } from '../../model/ids.ts';
import type { DatasetView } from '../../query/query.ts';
import { countryOf } from './places.ts';

/** What people entered, asked dataset by dataset. */
export interface PeopleKnow {
  readonly governance: Governance;
  activitiesOf(dataset: DatasetView): readonly Activity[];
  systemsOf(dataset: DatasetView): readonly System[];
  partiesOf(dataset: DatasetView): readonly Party[];
  /** Rules that mean the dataset, or no dataset in particular, and the category. */
  retentionOf(dataset: DatasetView, category: string): readonly RetentionRule[];
  party(id: string): Party | undefined;
  rule(id: string): RetentionRule | undefined;
  /** Where the dataset is, and who says so. Null: nobody does. */
  placeOf(dataset: DatasetView): Place | null;
}

export interface Place {
  /** A country by ISO 3166-1, or `EU` for a region that spans the Union. */
  readonly country: string;
  readonly said: 'entered' | 'derived';
  readonly ground: string;
}

/** Prepares what people entered for many questions; answers by dataset are remembered. */
export function createPeopleKnow(governance: Governance): PeopleKnow {
  const parties = new Map(governance.parties.map((party) => [party.id, party]));
  const rules = new Map(governance.retention.map((rule) => [rule.id, rule]));
  const activitiesOf = bySelectors(governance.activities);
  const systemsOf = bySelectors(governance.systems);
  const partiesOf = bySelectors(governance.parties);
  const limitedRulesOf = bySelectors(governance.retention);
  return {
    governance,
    activitiesOf,
    systemsOf,
    partiesOf,
    retentionOf(dataset, category) {
      const here = limitedRulesOf(dataset);
      return governance.retention.filter(
        (rule) => (rule.datasets.length === 0 || here.includes(rule)) && coversCategory(rule.categories, category),
      );
    },
    party: (id) => parties.get(id),
    rule: (id) => rules.get(id),
    placeOf(dataset) {
      for (const { country, region, name } of systemsOf(dataset)) {
        if (country !== null) return { country, said: 'entered', ground: `system ${name}` };
        const place = countryOf(region);
        if (place !== null)
          return { country: place, said: 'entered', ground: `system ${name}, region ${region ?? ''}` };
      }
      const { region } = dataset;
      if (region === null) return null;
      const country = countryOf(region) ?? (region.toUpperCase() === 'EU' ? 'EU' : null);
      return country === null ? null : { country, said: 'derived', ground: `region ${region}` };
    },
  };
}

/** No category named means every category; a branch covers its leaves. */
export function coversCategory(categories: readonly string[], category: string): boolean {
  return categories.length === 0 || categories.some((one) => category === one || category.startsWith(`${one}.`));
}

function bySelectors<T extends { readonly datasets: readonly Selector[] }>(
  objects: readonly T[],
): (dataset: DatasetView) => readonly T[] {
  const known = new Map<Uid, readonly T[]>();
  return (dataset) => {
    const before = known.get(dataset.uid);
    if (before !== undefined) return before;
    const found = objects.filter(({ datasets }) => isSelected(datasets, dataset));
    known.set(dataset.uid, found);
    return found;
  };
}

/** A retention rule as a report prints it: `P10Y from end of the contract (keep at least; tax law)`. */
export function ruleText(rule: RetentionRule): string {
  const duty = rule.duty === 'erase-after' ? 'erase after' : 'keep at least';
  return `${duty} ${rule.duration} from ${rule.from}${rule.basis === null ? '' : ` (${rule.basis})`}`;
}

/** A party as a report prints it: `Example Mail GmbH (processor, DE)`. */
export function partyText(party: Party): string {
  return `${party.name} (${party.kind}${party.country === null ? '' : `, ${party.country}`})`;
}
