import { joinName } from '../../server/model/dataset-name.ts';
import type { SourceTag } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import { digestOf, type Json } from '../../server/model/json.ts';
import { noAccess, type Access } from './access.ts';
import type { DependencyRow, PolicyRow, TagPolicyRow, TagRow } from './account-rows.ts';
import { byTag, controlOf, controlsByTag, type Control } from './controls.ts';
import { inheritedTag, tagOf } from './tags.ts';

/** What is known of the things of one database beside their structure: tags, policies, dependencies, grants. */
export interface Governance {
  /** Changes with anything that the other members tell of a schema. */
  fingerprint(schema: string): string;
  relation(
    schema: string,
    relation: string,
  ): {
    readonly tags: readonly SourceTag[];
    /** What a view, dynamic table or copy is made from. */
    readonly inputs: readonly QualifiedName[];
    readonly facet: Readonly<Record<string, Json>>;
  };
  column(
    schema: string,
    relation: string,
    column: string,
    type: string | null,
  ): { readonly tags: readonly SourceTag[]; readonly controls: readonly Control[] };
}

/** What the account said of a database; a part that it does not tell is empty. */
export interface GovernanceRows {
  readonly tags: readonly TagRow[];
  readonly policies: readonly PolicyRow[];
  readonly tagPolicies: readonly TagPolicyRow[];
  readonly dependencies: readonly DependencyRow[];
  readonly access: Access;
}

/** Nothing was asked. */
export const noGovernance: GovernanceRows = {
  tags: [],
  policies: [],
  tagPolicies: [],
  dependencies: [],
  access: noAccess,
};

/** Brings the rows of a database to its things. Tags go down from the database to its columns, as Snowflake lets them. Pure. */
export function governanceOf(namespace: string, rows: GovernanceRows): Governance {
  const key = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);
  const live = rows.tags.filter(({ deleted_ms: deleted }) => deleted === null);
  const tagsAt = Map.groupBy(live, (row) =>
    row.domain === 'DATABASE'
      ? key()
      : row.domain === 'SCHEMA'
        ? key(row.object_name)
        : row.domain === 'COLUMN'
          ? key(row.object_schema, row.object_name, row.column_name)
          : key(row.object_schema, row.object_name),
  );
  const policiesAt = Map.groupBy(rows.policies, (row) =>
    row.ref_column_name === null
      ? key(row.ref_schema_name, row.ref_entity_name)
      : key(row.ref_schema_name, row.ref_entity_name, row.ref_column_name),
  );
  const inputsOf = Map.groupBy(rows.dependencies, (row) => key(row.referencing_schema, row.referencing_object_name));
  const policies = byTag(rows.tagPolicies);
  const own = (at: string): readonly SourceTag[] => (tagsAt.get(at) ?? []).map((row) => tagOf(row));
  const relationTags = (schema: string, relation: string): readonly SourceTag[] =>
    nearest([own(key(schema, relation)), own(key(schema)).map(inheritedTag), own(key()).map(inheritedTag)]);

  const tagsIn = Map.groupBy(live, (row) => (row.domain === 'SCHEMA' ? row.object_name : row.object_schema));
  const policiesIn = Map.groupBy(rows.policies, (row) => row.ref_schema_name);
  const inputsIn = Map.groupBy(rows.dependencies, (row) => row.referencing_schema);
  const around = digestOf([rows.tagPolicies, tagsAt.get(key()) ?? []]);

  return {
    fingerprint: (schema) =>
      digestOf([
        around,
        tagsIn.get(schema) ?? [],
        policiesIn.get(schema) ?? [],
        inputsIn.get(schema) ?? [],
        rows.access.digest(schema),
      ]),
    relation(schema, relation) {
      const controls = (policiesAt.get(key(schema, relation)) ?? []).flatMap(controlOf);
      return {
        tags: relationTags(schema, relation),
        inputs: (inputsOf.get(key(schema, relation)) ?? []).map((row) => ({
          namespace,
          name: joinName([row.referenced_database, row.referenced_schema, row.referenced_object_name]),
        })),
        facet: {
          ...(controls.length === 0 ? {} : { policies: controls.map((control) => ({ ...control })) }),
          ...rows.access.of(schema, relation),
        },
      };
    },
    column(schema, relation, column, type) {
      const at = key(schema, relation, column);
      const tags = own(at);
      const byInheritance = relationTags(schema, relation).filter((tag) => tags.every(({ name }) => name !== tag.name));
      const direct = (policiesAt.get(at) ?? []).flatMap(controlOf);
      // A policy on the column itself comes before those of its tags.
      const isMasked = direct.some(({ kind }) => kind === 'MASKING_POLICY');
      return {
        tags,
        controls: [...direct, ...(isMasked ? [] : controlsByTag([...tags, ...byInheritance], type, policies))],
      };
    },
  };
}

/** Of each tag the one that stands nearest to the thing: its value counts. */
function nearest(levels: readonly (readonly SourceTag[])[]): readonly SourceTag[] {
  const found = new Map<string, SourceTag>();
  for (const tag of levels.flat()) if (!found.has(tag.name)) found.set(tag.name, tag);
  return [...found.values()];
}
