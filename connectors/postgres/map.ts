import { joinName } from '../../server/model/dataset-name.ts';
import type {
  DatasetDocument,
  DatasetKey,
  DatasetKind,
  FieldDescription,
  JobDocument,
  StatedEdge,
} from '../../server/model/document.ts';
import type { QualifiedName } from '../../server/model/ids.ts';
import type { Json } from '../../server/model/json.ts';
import type { Gap } from '../../server/model/provenance.ts';
import type { ColumnRow, KeyRow, RelationRow } from './rows.ts';

/** What every name in one database is made with. */
export interface Naming {
  readonly namespace: string;
  readonly database: string;
  /** The schema that unqualified names of queries and routines mean. */
  readonly defaultSchema: string;
}

/** The members of composite types, by the type's relation. */
export type Composites = ReadonlyMap<string, readonly ColumnRow[]>;

/** What became of one catalog row: documents, and what could not be told. */
export interface Mapped<D> {
  readonly documents: readonly D[];
  readonly gaps: readonly Gap[];
}

/** Composite types nested deeper than this are not followed. */
const maxNesting = 8;

const datasetKinds: Readonly<Record<RelationRow['kind'], DatasetKind>> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materialized-view',
  f: 'foreign-table',
};

const typeKinds: Readonly<Record<string, string>> = {
  d: 'domain',
  e: 'enum',
  c: 'composite',
  r: 'range',
  m: 'multirange',
};

/** The name of a table or the like: `db.schema.table`. */
export function relationName(naming: Naming, schema: string, name: string): QualifiedName {
  return { namespace: naming.namespace, name: joinName([naming.database, schema, name]) };
}

/** A table, view, materialised view or foreign table with its columns and keys. */
export function mapRelation(
  relation: RelationRow,
  columns: readonly ColumnRow[],
  keys: readonly KeyRow[],
  composites: Composites,
  naming: Naming,
): DatasetDocument {
  const { namespace, name } = relationName(naming, relation.schema, relation.name);
  const partitions = relation.partitions.map(([schema, table]) => relationName(naming, schema, table));
  const facet = relationFacet(relation, naming);
  return {
    type: 'dataset',
    kind: datasetKinds[relation.kind],
    platform: 'postgres',
    namespace,
    name,
    native: { id: name },
    ...(relation.comment === null ? {} : { description: relation.comment }),
    ...(relation.owner === null ? {} : { owners: [relation.owner] }),
    ...(keys.length === 0 ? {} : { keys: keys.map((key) => mapKey(key, naming)) }),
    ...(partitions.length === 0 ? {} : { partitions }),
    ...(Object.keys(facet).length === 0 ? {} : { facets: { 'postgres.relation': facet } }),
    fields: columns.flatMap((column) => mapColumn(column, [], column.ordinal, composites)),
  };
}

function relationFacet(relation: RelationRow, naming: Naming): Record<string, Json> {
  const strategies: Readonly<Record<string, string>> = { r: 'range', l: 'list', h: 'hash' };
  const { partitioned, foreign_table: foreign } = relation;
  return {
    ...(partitioned === null
      ? {}
      : {
          partitioned: {
            by: strategies[partitioned.strategy] ?? partitioned.strategy,
            columns: partitioned.columns,
            partitions: relation.partitions.length,
          },
        }),
    ...(relation.inherits.length === 0
      ? {}
      : { inherits: relation.inherits.map(([schema, table]) => joinName([naming.database, schema, table])) }),
    ...(foreign === null ? {} : { foreign: { server: foreign.server, wrapper: foreign.wrapper } }),
    ...(relation.row_security ? { rowSecurity: true } : {}),
    ...(relation.unlogged ? { unlogged: true } : {}),
  };
}

function mapColumn(
  column: ColumnRow,
  parents: readonly string[],
  ordinal: number,
  composites: Composites,
): FieldDescription[] {
  const path = [...parents, column.name];
  const members =
    column.composite === null || path.length >= maxNesting ? [] : (composites.get(column.composite) ?? []);
  const facet = columnFacet(column);
  return [
    {
      path,
      type: column.type,
      ordinal,
      nullable: !column.not_null,
      ...(column.comment === null ? {} : { description: column.comment }),
      ...(Object.keys(facet).length === 0 ? {} : { facets: { 'postgres.column': facet } }),
    },
    ...members.flatMap((member) => mapColumn(member, path, ordinal, composites)),
  ];
}

/** That there is a default or an expression is said; what it is, is not: it can hold a value. */
function columnFacet(column: ColumnRow): Record<string, Json> {
  const kind = typeKinds[column.type_kind];
  return {
    ...(column.identity === null ? {} : { identity: column.identity === 'a' ? 'always' : 'by default' }),
    ...(column.generated === null ? {} : { generated: true }),
    ...(column.has_default ? { hasDefault: true } : {}),
    ...(kind === undefined ? {} : { typeKind: kind }),
    ...(column.is_array ? { array: true } : {}),
    ...(column.base_type === null ? {} : { baseType: column.base_type }),
  };
}

function mapKey(key: KeyRow, naming: Naming): DatasetKey {
  const kinds = { p: 'primary', u: 'unique', f: 'foreign' } as const;
  return {
    kind: kinds[key.kind],
    name: key.name,
    fields: key.columns.map((column) => [column]),
    ...(key.ref_schema === null || key.ref_name === null
      ? {}
      : {
          references: {
            dataset: relationName(naming, key.ref_schema, key.ref_name),
            fields: key.ref_columns.map((column) => [column]),
          },
        }),
  };
}

/** The job behind a relation: a view's query, a table's generated columns, a foreign table's far end. */
export function mapRelationJob(
  relation: RelationRow,
  columns: readonly ColumnRow[],
  naming: Naming,
): Mapped<JobDocument> {
  const output = relationName(naming, relation.schema, relation.name);
  if (relation.kind === 'f') return foreignJob(relation, columns, output);
  const statement = { dialect: 'postgres', namespace: naming.namespace, defaultDatabase: naming.database };
  const job = { type: 'job', platform: 'postgres', ...output, native: { id: output.name } } as const;
  if (relation.kind === 'v' || relation.kind === 'm') {
    if (relation.definition === null) return unreadable(`the query of view ${output.name}`);
    const sql = relation.definition;
    const view = { ...statement, defaultSchema: relation.schema, sql, target: output };
    return only({ ...job, kind: 'view', inputs: [], outputs: [output], statements: [view] });
  }
  const generated = columns.filter((column) => column.generated !== null);
  if (generated.length === 0) return { documents: [], gaps: [] };
  const sets = generated.map((column) => `${quote(column.name)} = ${column.generated}`);
  const sql = `UPDATE ${quote(relation.schema)}.${quote(relation.name)} SET ${sets.join(', ')}`;
  const update = { ...statement, defaultSchema: relation.schema, sql };
  return only({ ...job, kind: 'process', inputs: [output], outputs: [output], statements: [update] });
}

function foreignJob(relation: RelationRow, columns: readonly ColumnRow[], output: QualifiedName): Mapped<JobDocument> {
  const foreign = relation.foreign_table;
  if (foreign === null) return unreadable(`where foreign table ${output.name} comes from`);
  if (foreign.wrapper !== 'postgres_fdw' || foreign.host === null || foreign.database === null) {
    const detail = `foreign data wrapper ${foreign.wrapper}, server ${foreign.server}`;
    const remedy = 'add the system behind it as a source of its own, or state the lineage through OpenLineage';
    const gap = {
      what: `where foreign table ${output.name} comes from`,
      reason: 'unsupported',
      detail,
      remedy,
    } as const;
    return { documents: [], gaps: [gap] };
  }
  const remote: QualifiedName = {
    namespace: `postgres://${foreign.host.toLowerCase()}:${foreign.port ?? '5432'}`,
    name: joinName([foreign.database, foreign.schema ?? relation.schema, foreign.table ?? relation.name]),
  };
  const edges: StatedEdge[] = columns.map((column) => ({
    from: { dataset: remote, field: [column.remote_name ?? column.name] },
    to: { dataset: output, field: [column.name] },
    kind: 'IDENTITY',
  }));
  const job = { type: 'job', kind: 'process', platform: 'postgres', ...output, native: { id: output.name } } as const;
  return only({ ...job, inputs: [remote], outputs: [output], edges });
}

/** A name in double quotes, as SQL wants it where it is not a plain word. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function only(document: JobDocument): Mapped<JobDocument> {
  return { documents: [document], gaps: [] };
}

function unreadable(what: string): Mapped<JobDocument> {
  const remedy = 'let the role own it or be a member of its owner, and sync again';
  return { documents: [], gaps: [{ what, reason: 'not-read', detail: 'the server does not show it', remedy }] };
}
