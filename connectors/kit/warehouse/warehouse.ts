import type { DatasetKind, SourceTag } from '../../../server/model/document.ts';
import type { FieldPath, QualifiedName } from '../../../server/model/ids.ts';
import type { Json } from '../../../server/model/json.ts';
import type { Gap } from '../../../server/model/provenance.ts';

/**
 * A warehouse or database as its own catalog describes it, schema by schema. What all of them have in common is read, named
 * and mapped by this kit; a connector asks its system and hands over rows of these shapes.
 */
export interface Warehouse {
  /** The product and version that answered, and the catalog (database) that schemas belong to; null where there is none above them. */
  about(
    signal: AbortSignal,
  ): Promise<{ readonly system: string; readonly database: string | null; readonly user: string }>;
  /** All schemas that are not the system's own, with a fingerprint that changes with anything this kit reads of them; null: cannot be told. */
  schemas(signal: AbortSignal): Promise<readonly { readonly schema: string; readonly fingerprint: string | null }[]>;
  /** Tables and views in pages, in the order of their names. Fails with CONNECTOR_MISSING_RIGHTS when the schema may not be read. */
  relations(schema: string, signal: AbortSignal): AsyncIterable<readonly WarehouseRelation[]>;
  /** The columns of some relations of a schema, in any order. */
  columns(schema: string, relations: readonly string[], signal: AbortSignal): Promise<readonly WarehouseColumn[]>;
  /** The keys of some relations of a schema. */
  keys(schema: string, relations: readonly string[], signal: AbortSignal): Promise<readonly WarehouseKey[]>;
  /** Routines that move data; left out where there are none. */
  routines?(schema: string, signal: AbortSignal): AsyncIterable<readonly WarehouseRoutine[]>;
  close(): Promise<void>;
}

/** A table or view. */
export interface WarehouseRelation {
  readonly name: string;
  readonly kind: DatasetKind;
  readonly comment: string | null;
  readonly owner?: string | null;
  readonly region?: string | null;
  readonly tags?: readonly SourceTag[];
  /** The query of a view; null when the system does not show it. Absent: it has none. */
  readonly query?: string | null;
  /** Where the names of that query start from and how it is written, where that is not as in its schema. */
  readonly queryIn?: {
    readonly dialect?: string;
    readonly database?: string;
    readonly schema?: string;
    /** The query's columns are those of the view by their order, whatever the query calls them. */
    readonly byOrder?: boolean;
  };
  /** What the system itself says that its query reads; told also where the query is not shown. */
  readonly inputs?: readonly QualifiedName[];
  /** The system does not list its columns: those that its query gives are added. */
  readonly partial?: boolean;
  /** What is not known of it. */
  readonly gap?: Gap;
  /** Other names by which statements and events call it. */
  readonly aliases?: readonly QualifiedName[];
  /** `<platform>.relation`; never a default, a bound or another value. */
  readonly facet?: Readonly<Record<string, Json>>;
  /** The system's own estimate of its rows. */
  readonly rows?: number | null;
}

/** A column, or a member of one. */
export interface WarehouseColumn {
  readonly relation: string;
  readonly path: FieldPath;
  readonly type: string | null;
  readonly ordinal: number;
  readonly nullable: boolean | null;
  readonly comment: string | null;
  readonly tags?: readonly SourceTag[];
  /** What restricts reading it. */
  readonly controls?: readonly { readonly kind: string; readonly name: string }[];
  /** The expression of a generated column: it becomes lineage and is not kept. */
  readonly generated?: string | null;
  readonly facet?: Readonly<Record<string, Json>>;
}

/** A key of a relation. */
export interface WarehouseKey {
  readonly relation: string;
  readonly kind: 'primary' | 'unique' | 'foreign';
  readonly name: string;
  readonly columns: readonly string[];
  readonly references?: { readonly schema: string; readonly relation: string; readonly columns: readonly string[] };
}

/** A procedure, function, trigger or scheduled event with its text; null: the system does not show it. */
export interface WarehouseRoutine {
  readonly name: string;
  readonly kind: string;
  readonly sql: string | null;
  readonly comment: string | null;
}

/** How one system's things are named and called. */
export interface WarehouseNaming {
  /** OpenLineage namespace: `mysql://host:3306`. */
  readonly namespace: string;
  /** `mysql`; also the beginning of facets. */
  readonly platform: string;
  /** Of the SQL of views and routines. */
  readonly dialect: string;
  /** The catalog above schemas, a part of names; null: names are `schema.table`. */
  readonly database: string | null;
}

/** A schema that may not be read: said, and nothing of it is retired. */
export function forbiddenSchema(schema: string, user: string, remedy: string | null): Gap {
  return {
    what: `schema ${schema}`,
    reason: 'no-rights',
    detail: `"${user}" may not see what is in it; what was known of it before stays`,
    remedy: remedy ?? `let "${user}" see it, or leave it out with "schemas" on the source`,
  };
}
