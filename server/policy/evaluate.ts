import { isSelected, type Selectable } from '../governance/selectors.ts';
import type { CoarseClass } from '../model/classification.ts';
import type { Treatment } from '../model/treatment.ts';
import type { Policies, Policy, Waiver } from './policy-file.ts';

/** One field as policies look at it. */
export interface PolicyField {
  readonly dataset: Selectable;
  /** Printed path. */
  readonly path: string;
  /** False: nobody could tell what it holds. */
  readonly known: boolean;
  readonly holds: readonly {
    readonly category: string;
    readonly classes: readonly CoarseClass[];
    readonly regulations: readonly string[];
    readonly treatment: Treatment;
    /** In clear because parts of the value come together on the way. */
    readonly putTogether?: boolean;
    /** A retention rule means it. */
    readonly retained: boolean;
  }[];
  /** Country by ISO 3166-1; null: nobody said. */
  readonly country: string | null;
}

/** `met`: the data is there in a form that the policy allows; shown with the step by which it came down, never counted. */
export type Outcome = 'violation' | 'gap' | 'met';

/** What a policy says of a field. A field of which it says nothing has none: no violation was found there. */
export interface PolicyFinding {
  readonly policy: Policy;
  readonly outcome: Outcome;
  readonly dataset: string;
  readonly field: string;
  /** Null: a gap, for nobody could tell what it holds. */
  readonly category: string | null;
  readonly treatment: Treatment | null;
  readonly what: string;
  /** A waiver that holds today: the violation stands and does not count. */
  readonly waiver: Waiver | null;
  /** A waiver that held once. */
  readonly expired: Waiver | null;
}

/** What all policies say of one field on a day (YYYY-MM-DD). */
export function evaluateField(
  { policies, waivers }: Policies,
  field: PolicyField,
  today: string,
): readonly PolicyFinding[] {
  return policies.flatMap((policy) => {
    if (policy.in !== undefined && !isPlace(policy.in, field.dataset)) return [];
    if (isSelected(policy.except, field.dataset)) return [];
    return judge(policy, field).map((found) => ({ ...found, ...waived(waivers, policy, field, today) }));
  });
}

/** A name that lacks its database is held against `*.schema.*` too: what is not known must not hide it from a policy. */
function isPlace(selectors: NonNullable<Policy['in']>, dataset: Selectable): boolean {
  return isSelected(selectors, dataset) || isSelected(selectors, { ...dataset, name: `.${dataset.name}` });
}

type Found = Omit<PolicyFinding, 'waiver' | 'expired'>;

function judge(policy: Policy, field: PolicyField): readonly Found[] {
  const place = { policy, dataset: field.dataset.name, field: field.path };
  const meant = field.holds.filter((one) => isMeant(policy, one));
  // Only a place that the policy names can hide what it speaks of; otherwise every gap would be a finding of every policy.
  if (!field.known && policy.in !== undefined)
    return [{ ...place, outcome: 'gap', category: null, treatment: null, what: 'nobody could tell what it holds' }];
  return meant.flatMap((one) => {
    const { category, treatment, putTogether = false } = one;
    const clear = putTogether ? 'in clear, put together from parts' : 'in clear';
    const said = (outcome: Outcome, what: string): Found => ({ ...place, outcome, category, treatment, what });
    const { require } = policy;
    if (require === undefined) return [said('violation', 'it must not be here')];
    const found: Found[] = [];
    if (require.treatment !== undefined && !require.treatment.includes(treatment))
      found.push(
        said(
          'violation',
          `it is ${treatment === 'clear' ? clear : treatment}; allowed here: ${require.treatment.join(', ')}`,
        ),
      );
    if (require.countries !== undefined && field.country === null)
      found.push(said('gap', 'nobody said in which country it lies'));
    if (require.countries !== undefined && field.country !== null && !require.countries.includes(field.country))
      found.push(said('violation', `it lies in ${field.country}; allowed: ${require.countries.join(', ')}`));
    if (require.owner === true && field.dataset.owners.length === 0)
      found.push(said('violation', 'the dataset has no owner'));
    if (require.retention === true && !one.retained) found.push(said('violation', 'no retention rule means it'));
    if (found.length === 0 && require.treatment !== undefined && treatment !== 'clear')
      return [said('met', `it arrives ${treatment}, which is allowed here`)];
    return found;
  });
}

function isMeant({ data }: Policy, one: PolicyField['holds'][number]): boolean {
  const { categories, classes, regulations } = data;
  return (
    (categories === undefined ||
      categories.some((category) => one.category === category || one.category.startsWith(`${category}.`))) &&
    (classes === undefined || classes.some((name) => one.classes.includes(name))) &&
    (regulations === undefined || regulations.some((name) => one.regulations.includes(name)))
  );
}

function waived(
  waivers: readonly Waiver[],
  policy: Policy,
  { dataset, path }: PolicyField,
  today: string,
): Pick<PolicyFinding, 'waiver' | 'expired'> {
  const place = `${dataset.name}.${path}`.toLowerCase();
  const own = waivers.filter(
    (one) =>
      one.policy === policy.id && (place === one.field.toLowerCase() || place.endsWith(`.${one.field.toLowerCase()}`)),
  );
  return {
    waiver: own.find(({ expires }) => today <= expires) ?? null,
    expired: own.find(({ expires }) => today > expires) ?? null,
  };
}
