import type { SourceTag } from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Json } from '../../server/model/json.ts';

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
  ): {
    readonly tags: readonly SourceTag[];
    readonly controls: readonly { readonly kind: string; readonly name: string }[];
  };
}

/** Nothing was asked. */
export const noGovernance: Governance = {
  fingerprint: () => '',
  relation: () => ({ tags: [], inputs: [], facet: {} }),
  column: () => ({ tags: [], controls: [] }),
};
