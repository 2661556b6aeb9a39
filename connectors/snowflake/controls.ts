import { joinName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { PolicyRow, TagPolicyRow } from './account-rows.ts';
import { tagName } from './tags.ts';

/** What restricts reading a field or relation. */
export interface Control {
  readonly kind: string;
  readonly name: string;
}

/** `DB.SCHEMA.POLICY`. */
export function policyName(row: {
  readonly policy_db: string | null;
  readonly policy_schema: string | null;
  readonly policy_name: string;
}): string {
  return joinName([row.policy_db, row.policy_schema, row.policy_name]);
}

/** A policy that hangs on the thing itself. One that Snowflake reports as not in force is none. */
export function controlOf(row: PolicyRow): readonly Control[] {
  const isInForce = row.policy_status === null || row.policy_status === '' || row.policy_status === 'ACTIVE';
  return isInForce ? [{ kind: row.policy_kind, name: policyName(row) }] : [];
}

/**
 * The masking policies that a column has by its tags. A policy works on one type of value: one whose signature is not known, or
 * is of another type than the column, is not taken for a protection.
 */
export function controlsByTag(
  tags: readonly SourceTag[],
  type: string | null,
  policies: ReadonlyMap<string, readonly TagPolicyRow[]>,
): readonly Control[] {
  return tags.flatMap(({ name }) =>
    (policies.get(name) ?? [])
      .filter((row) => row.policy_kind === 'MASKING_POLICY' && isFor(row.policy_signature, type))
      .map((row) => ({ kind: row.policy_kind, name: `${policyName(row)} by tag ${name}` })),
  );
}

/** By the tag's name. */
export function byTag(rows: readonly TagPolicyRow[]): ReadonlyMap<string, readonly TagPolicyRow[]> {
  return Map.groupBy(rows, ({ tag_database: database, tag_schema: schema, tag_name: name }) =>
    tagName({ tag_database: database ?? '', tag_schema: schema ?? '', tag_name: name }),
  );
}

/** `(VAL VARCHAR, …)`: the first argument is the value. */
function isFor(signature: string | null, type: string | null): boolean {
  const first = /^\(\s*(?:"(?:[^"]|"")*"|\S+)\s+([A-Za-z_]+)/u.exec(signature ?? '')?.[1];
  return first !== undefined && type !== null && familyOf(first) === familyOf(type);
}

/** Types that are one to a policy: TEXT and VARCHAR, NUMBER and INT. */
function familyOf(type: string): string {
  const name = (/^[A-Za-z_ ]+/u.exec(type)?.[0] ?? '').trim().toUpperCase();
  if (/^(?:TEXT|STRING|VARCHAR|CHAR|CHARACTER|NVARCHAR)$/u.test(name)) return 'text';
  if (/^(?:NUMBER|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|SMALLINT|TINYINT|BYTEINT)$/u.test(name)) return 'number';
  if (/^(?:FLOAT|REAL|DOUBLE|DOUBLE PRECISION)$/u.test(name)) return 'float';
  return name;
}
