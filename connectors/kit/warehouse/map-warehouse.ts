import { joinName } from '../../../server/model/dataset-name.ts';
import type { DatasetDocument, DatasetKey, FieldDescription, JobDocument } from '../../../server/model/document.ts';
import { printPath, type QualifiedName } from '../../../server/model/ids.ts';
import type { Json } from '../../../server/model/json.ts';
import type { Gap } from '../../../server/model/provenance.ts';
import type {
  WarehouseColumn,
  WarehouseKey,
  WarehouseNaming,
  WarehouseRelation,
  WarehouseRoutine,
} from './warehouse.ts';

/** `db.schema.table`, or `schema.table` where nothing stands above schemas. */
export function warehouseName({ namespace, database }: WarehouseNaming, schema: string, name: string): QualifiedName {
  return { namespace, name: joinName(database === null ? [schema, name] : [database, schema, name]) };
}

/** A table or view with its columns and keys. */
export function mapWarehouseRelation(
  schema: string,
  relation: WarehouseRelation,
  columns: readonly WarehouseColumn[],
  keys: readonly WarehouseKey[],
  naming: WarehouseNaming,
): DatasetDocument {
  const { kind, comment, owner, region, tags = [], facet = {}, aliases = [] } = relation;
  const name = warehouseName(naming, schema, relation.name);
  const facets: Record<string, Json> = {
    ...(region === undefined || region === null ? {} : { region }),
    ...(Object.keys(facet).length === 0 ? {} : { [`${naming.platform}.relation`]: facet }),
  };
  return {
    type: 'dataset',
    kind,
    platform: naming.platform,
    ...name,
    native: { id: name.name },
    ...described(comment),
    ...(owner === undefined || owner === null || owner === '' ? {} : { owners: [owner] }),
    ...(tags.length === 0 ? {} : { tags }),
    ...(keys.length === 0 ? {} : { keys: keys.map((key) => mapKey(key, naming)) }),
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(Object.keys(facets).length === 0 ? {} : { facets }),
    ...(relation.partial === true ? { partial: true } : {}),
    fields: inOrder(columns).map((column) => mapColumn(column, naming)),
  };
}

function inOrder(columns: readonly WarehouseColumn[]): readonly WarehouseColumn[] {
  const printed = new Map(columns.map((column) => [printPath(column.path), column]));
  return [...printed.values()].toSorted((a, b) => a.ordinal - b.ordinal || a.path.length - b.path.length);
}

function mapColumn(column: WarehouseColumn, { platform }: WarehouseNaming): FieldDescription {
  const { path, type, ordinal, nullable, comment, tags = [], controls = [], generated, facet = {} } = column;
  const own = { ...facet, ...(generated === undefined || generated === null ? {} : { generated: true }) };
  const facets: Record<string, Json> = {
    ...(controls.length === 0 ? {} : { controls: controls.map((control) => ({ ...control })) }),
    ...(Object.keys(own).length === 0 ? {} : { [`${platform}.column`]: own }),
  };
  return {
    path,
    type,
    ordinal,
    ...(nullable === null ? {} : { nullable }),
    ...described(comment),
    ...(tags.length === 0 ? {} : { tags }),
    ...(Object.keys(facets).length === 0 ? {} : { facets }),
  };
}

function mapKey({ kind, name, columns, references }: WarehouseKey, naming: WarehouseNaming): DatasetKey {
  return {
    kind,
    ...(name === '' ? {} : { name }),
    fields: columns.map((column) => [column]),
    ...(references === undefined
      ? {}
      : {
          references: {
            dataset: warehouseName(naming, references.schema, references.relation),
            fields: references.columns.map((column) => [column]),
          },
        }),
  };
}

/** The job behind a relation: a view's query, a table's generated columns. */
export function mapRelationJob(
  schema: string,
  relation: WarehouseRelation,
  columns: readonly WarehouseColumn[],
  naming: WarehouseNaming,
  quote: (name: string) => string,
): { readonly job: JobDocument | null; readonly gap: Gap | null } {
  const output = warehouseName(naming, schema, relation.name);
  const { inputs = [] } = relation;
  const job = { type: 'job', platform: naming.platform, ...output, native: { id: output.name } } as const;
  if (relation.query === null) {
    // What an earlier text of it told stays: a right that was lost is no view that was dropped.
    const unread: JobDocument = { ...job, kind: 'view', inputs, outputs: [output], partial: true };
    return { job: unread, gap: notShown(`the query of view ${output.name}`) };
  }
  if (relation.query !== undefined) {
    const { dialect, database, schema: within, byOrder = false } = relation.queryIn ?? {};
    const mark = quoteIn(dialect ?? naming.dialect, quote);
    const names = inOrder(columns).flatMap(({ path }) => (path.length === 1 ? path.map(mark) : []));
    const whole = [naming.database, schema, relation.name].flatMap((part) => (part === null ? [] : [mark(part)]));
    const head = byOrder && names.length > 0 ? `CREATE VIEW ${whole.join('.')} (${names.join(', ')}) AS ` : '';
    const view = {
      ...statementBase(within ?? schema, naming),
      ...(dialect === undefined ? {} : { dialect }),
      ...(database === undefined ? {} : { defaultDatabase: database }),
      sql: `${head}${relation.query}`,
      ...(head === '' ? { target: output } : {}),
    };
    return { job: { ...job, kind: 'view', inputs, outputs: [output], statements: [view] }, gap: null };
  }
  // A view whose definition is no SQL.
  if (relation.kind === 'view' && inputs.length > 0)
    return { job: { ...job, kind: 'view', inputs, outputs: [output] }, gap: null };
  const generated = columns.filter((column) => (column.generated ?? null) !== null);
  if (generated.length === 0) return { job: null, gap: null };
  const sets = generated.map((column) => `${quote(column.path.join('.'))} = ${column.generated ?? ''}`);
  const sql = `UPDATE ${quote(schema)}.${quote(relation.name)} SET ${sets.join(', ')}`;
  const statement = { ...statementBase(schema, naming), sql };
  return { job: { ...job, kind: 'process', inputs: [output], outputs: [output], statements: [statement] }, gap: null };
}

/** How names are quoted where a view is written in another dialect than its warehouse's: in some, double quotes hold text. */
function quoteIn(dialect: string, quote: (name: string) => string): (name: string) => string {
  const backticks = ['hive', 'spark', 'databricks', 'bigquery'].includes(dialect);
  return backticks ? (name) => `\`${name.replaceAll('`', '``')}\`` : quote;
}

/** A routine as the job that it is. */
export function mapWarehouseRoutine(
  schema: string,
  { name, kind, sql, comment }: WarehouseRoutine,
  naming: WarehouseNaming,
): { readonly job: JobDocument; readonly gap: Gap | null } {
  const whole = warehouseName(naming, schema, `${kind}:${name}`);
  const job: JobDocument = {
    type: 'job',
    kind: 'procedure',
    platform: naming.platform,
    ...whole,
    native: { id: whole.name },
    ...described(comment),
    inputs: [],
    outputs: [],
    ...(sql === null ? { partial: true } : { statements: [{ ...statementBase(schema, naming), sql }] }),
  };
  return { job, gap: sql === null ? notShown(`the text of ${kind} ${schema}.${name}`) : null };
}

function statementBase(schema: string, { dialect, namespace, database }: WarehouseNaming) {
  return { dialect, namespace, defaultSchema: schema, ...(database === null ? {} : { defaultDatabase: database }) };
}

function notShown(what: string): Gap {
  return {
    what,
    reason: 'not-read',
    detail: 'the server does not show it to this user',
    remedy: 'let the user see it, as the rights on the page of the connector say, and sync again',
  };
}

function described(text: string | null): { readonly description?: string } {
  return text === null || text.trim() === '' ? {} : { description: text };
}
