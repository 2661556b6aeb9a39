import { z } from 'zod';
import type { SourceTag } from '../../server/model/document.ts';
import { rowText as text } from '../kit/parse-rows.ts';
import type { DatabricksPort } from './port.ts';
import { holds, questionsOf } from './tag-condition.ts';

/** A policy that restricts reading wherever its tags are (attribute-based access control). */
export const policyItem = z.object({
  name: text,
  policy_type: z.string(),
  on_securable_type: text,
  on_securable_fullname: text,
  when_condition: text,
  match_columns: z
    .array(z.object({ alias: text, condition: text }))
    .nullish()
    .transform((value) => value ?? []),
  column_mask: z
    .object({ function_name: z.string(), on_column: text })
    .nullish()
    .transform((value) => value ?? null),
  row_filter: z
    .object({ function_name: z.string() })
    .nullish()
    .transform((value) => value ?? null),
  updated_at: z
    .number()
    .nullish()
    .transform((value) => value ?? null),
});

export type Policy = z.output<typeof policyItem>;

/** Policies that are defined on a catalog or a schema itself. Fails where they may not be seen. */
export async function policiesOn(
  port: DatabricksPort,
  type: 'CATALOG' | 'SCHEMA' | 'TABLE',
  fullName: string,
  signal: AbortSignal,
  withInherited = false,
): Promise<readonly Policy[]> {
  const found: Policy[] = [];
  const path = `/api/2.1/unity-catalog/policies/${type}/${encodeURIComponent(fullName)}`;
  const query: Record<string, string> = withInherited ? { include_inherited: 'true' } : {};
  for await (const page of port.list({ path, query, member: 'policies', item: policyItem }, signal))
    found.push(...page);
  return found;
}

/** What restricts reading a thing by a policy. */
export interface PolicyControl {
  readonly kind: string;
  readonly name: string;
}

/** How a policy is called: its name and where it stands. */
export function policyName({ name, on_securable_fullname: on }: Policy): string {
  return on === null ? (name ?? '') : `${name ?? ''} on ${on}`;
}

/** The masks that policies put on a column by its tags. `unknown`: policies whose condition is of no form that is known here. */
export function masksOf(
  policies: readonly Policy[],
  tableTags: readonly SourceTag[],
  columnTags: readonly SourceTag[],
): { readonly controls: readonly PolicyControl[]; readonly unknown: readonly Policy[] } {
  const controls: PolicyControl[] = [];
  const unknown: Policy[] = [];
  for (const policy of policies) {
    if (policy.column_mask === null) continue;
    const isHere = appliesTo(policy, tableTags);
    const alias = policy.column_mask.on_column;
    const match = policy.match_columns.find((one) => one.alias === alias) ?? policy.match_columns[0];
    const isMatched = match === undefined ? null : holds(match.condition ?? 'TRUE', columnTags);
    if (isHere === false || isMatched === false) continue;
    if (isHere === null || isMatched === null) unknown.push(policy);
    else
      controls.push({
        kind: 'COLUMN_MASK',
        name: `${policy.column_mask.function_name} by policy ${policyName(policy)}`,
      });
  }
  return { controls, unknown };
}

/** The row filters that policies put on a table by its tags. Those that also match columns are said without looking for them. */
export function filtersOf(
  policies: readonly Policy[],
  tableTags: readonly SourceTag[],
  columnTags: readonly (readonly SourceTag[])[],
): readonly PolicyControl[] {
  return policies.flatMap((policy) => {
    if (policy.row_filter === null || appliesTo(policy, tableTags) !== true) return [];
    const isMatched = policy.match_columns.every(({ condition }) =>
      columnTags.some((tags) => holds(condition ?? 'TRUE', tags) === true),
    );
    return isMatched
      ? [{ kind: 'ROW_FILTER', name: `${policy.row_filter.function_name} by policy ${policyName(policy)}` }]
      : [];
  });
}

function appliesTo({ when_condition: when }: Policy, tableTags: readonly SourceTag[]): boolean | null {
  return when === null || when.trim() === '' ? true : holds(when, tableTags);
}

/** True where a tag decides whether a policy is in force; null: its conditions are of no form that is known here. */
export function dependsOn(policy: Policy, key: string, value: string | null): boolean | null {
  const conditions = [policy.when_condition, ...policy.match_columns.map(({ condition }) => condition)];
  let isTold = true;
  for (const condition of conditions) {
    if (condition === null || condition.trim() === '') continue;
    const asked = questionsOf(condition);
    if (asked === null) isTold = false;
    else if (asked.some((one) => one.key === key && (one.value === null || value === null || one.value === value)))
      return true;
  }
  return isTold ? false : null;
}
