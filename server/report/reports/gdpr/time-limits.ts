import type { Activity, RetentionRule } from '../../../governance/objects.ts';
import type { Uid } from '../../../model/ids.ts';
import type { DatasetView } from '../../../query/query.ts';
import { ruleText, type PeopleKnow } from '../../survey/people-know.ts';

/** What rules say of one category of an activity, dataset by dataset. */
export interface CategoryLimits {
  /** Rules to erase, each with the datasets it covers where it does not cover all. */
  readonly erase: readonly string[];
  /** Duties to keep, in the same way: they say when not to erase, never when to. */
  readonly keep: readonly string[];
  /** Names of the datasets that no rule to erase covers. */
  readonly without: readonly string[];
}

/** A category with the datasets of the activity that hold it. */
export interface HeldCategory {
  readonly category: string;
  readonly label: string;
  readonly datasets: ReadonlyMap<Uid, DatasetView>;
}

/** The time limits of one category: a rule counts for the datasets that it covers and for no other. */
export function categoryLimits(
  { category, datasets }: HeldCategory,
  activity: Activity,
  people: PeopleKnow,
): CategoryLimits {
  const covered = new Map<RetentionRule, string[]>();
  const without: string[] = [];
  for (const view of datasets.values()) {
    const rules = people.retentionOf(view, category).filter((rule) => isMeant(rule, activity, people));
    for (const rule of rules) covered.set(rule, [...(covered.get(rule) ?? []), view.name]);
    if (!rules.some(({ duty }) => duty === 'erase-after')) without.push(view.name);
  }
  const texts = (duty: RetentionRule['duty']): readonly string[] =>
    [...covered].flatMap(([rule, names]) =>
      rule.duty === duty ? [`${ruleText(rule)}${names.length === datasets.size ? '' : `, in ${listed(names)}`}`] : [],
    );
  return { erase: texts('erase-after'), keep: texts('keep-at-least'), without: without.toSorted() };
}

/** The time limits of an activity. `open`: what has none. Without any data in view, the rules that people named for it stand. */
export function timeLimits(
  activity: Activity,
  categories: readonly HeldCategory[],
  people: PeopleKnow,
): { readonly lines: readonly string[]; readonly keep: readonly string[]; readonly open: readonly string[] } {
  const named = activity.retention.flatMap((id) => people.rule(id) ?? []);
  const lines: string[] = [];
  const keep: string[] = [];
  const open: string[] = [];
  for (const held of categories) {
    const limits = categoryLimits(held, activity, people);
    if (limits.erase.length > 0) lines.push(`${held.label}: ${limits.erase.join(' / ')}`);
    if (limits.keep.length > 0) keep.push(`${held.label}: ${limits.keep.join(' / ')}`);
    if (limits.without.length > 0)
      open.push(
        limits.without.length === held.datasets.size ? held.label : `${held.label} in ${listed(limits.without)}`,
      );
  }
  if (categories.length === 0)
    for (const rule of named) (rule.duty === 'erase-after' ? lines : keep).push(`${rule.name}: ${ruleText(rule)}`);
  else
    for (const rule of named)
      if (!coversAny(rule, categories, people)) open.push(`the rule “${rule.name}” covers none of this data`);
  return { lines, keep, open };
}

/** A rule that names no dataset, and that other activities name for themselves, is theirs. */
function isMeant(rule: RetentionRule, activity: Activity, { governance }: PeopleKnow): boolean {
  return (
    rule.datasets.length > 0 ||
    activity.retention.includes(rule.id) ||
    !governance.activities.some(({ retention }) => retention.includes(rule.id))
  );
}

function coversAny(rule: RetentionRule, categories: readonly HeldCategory[], people: PeopleKnow): boolean {
  return categories.some(({ category, datasets }) =>
    [...datasets.values()].some((view) => people.retentionOf(view, category).includes(rule)),
  );
}

/** The first names, and how many more there are. */
function listed(names: readonly string[]): string {
  const shown = names.toSorted().slice(0, 5);
  return `${shown.join(', ')}${names.length > shown.length ? ` and ${String(names.length - shown.length)} more` : ''}`;
}
