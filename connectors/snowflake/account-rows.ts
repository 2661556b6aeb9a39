import { z } from 'zod';
import { rowText as text } from '../kit/parse-rows.ts';
import { maybeNumber, number } from './rows.ts';

export const tagRow = z.object({
  tag_database: z.string(),
  tag_schema: z.string(),
  tag_name: z.string(),
  tag_value: text,
  object_schema: text,
  object_name: text,
  domain: z.string(),
  column_name: text,
  apply_method: text,
  deleted_ms: maybeNumber,
});
export const policyRow = z.object({
  policy_db: text,
  policy_schema: text,
  policy_name: z.string(),
  policy_kind: z.string(),
  ref_schema_name: text,
  ref_entity_name: z.string(),
  ref_column_name: text,
  policy_status: text,
});
export const tagPolicyRow = z.object({
  policy_db: text,
  policy_schema: text,
  policy_name: z.string(),
  policy_kind: z.string(),
  tag_database: text,
  tag_schema: text,
  tag_name: z.string(),
  policy_signature: text,
});
export const dependencyRow = z.object({
  referencing_schema: z.string(),
  referencing_object_name: z.string(),
  referenced_database: z.string(),
  referenced_schema: z.string(),
  referenced_object_name: z.string(),
});
export const grantRow = z.object({
  privilege: z.string(),
  granted_on: z.string(),
  name: z.string(),
  table_schema: text,
  granted_to: z.string(),
  grantee_name: z.string(),
});
export const roleRow = z.object({
  granted_on: z.string(),
  name: z.string(),
  table_catalog: text,
  granted_to: z.string(),
  grantee_name: z.string(),
});
export const userRow = z.object({ role: z.string(), grantee_name: z.string() });
export const statementRow = z.object({
  query_id: z.string(),
  shape: text,
  text,
  type: text,
  database_name: text,
  schema_name: text,
  day: z.string(),
  started_ms: number,
  runs: number,
  modified: text,
  accessed: text,
  policies: text,
});
export const readsRow = z.object({ name: z.string(), day: z.string(), reads: number, users: number, last_ms: number });
/** TAG_REFERENCES_ALL_COLUMNS and TAG_REFERENCES. */
export const tagNowRow = z.object({
  tag_database: z.string(),
  tag_schema: z.string(),
  tag_name: z.string(),
  tag_value: text,
  column_name: text,
  level: text,
  apply_method: text,
});
export const policyNowRow = z.object({
  policy_db: text,
  policy_schema: text,
  policy_name: z.string(),
  policy_kind: z.string(),
});
export const policyOnRow = z.object({ policy_kind: z.string(), ref_column_name: text });
/** SHOW WAREHOUSES. */
export const warehouseRow = z.object({
  name: z.string(),
  size: text,
  type: text,
  auto_suspend: maybeNumber,
  resource_constraint: text,
});

export type TagRow = z.output<typeof tagRow>;
export type PolicyRow = z.output<typeof policyRow>;
export type TagPolicyRow = z.output<typeof tagPolicyRow>;
export type DependencyRow = z.output<typeof dependencyRow>;
export type GrantRow = z.output<typeof grantRow>;
export type RoleRow = z.output<typeof roleRow>;
export type UserRow = z.output<typeof userRow>;
export type StatementRow = z.output<typeof statementRow>;
export type TagNowRow = z.output<typeof tagNowRow>;
