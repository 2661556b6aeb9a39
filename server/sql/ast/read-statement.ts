import { forward, isQueryTag } from './forward.ts';
import { child, flag, list, namesOf, tableNameOf, tagged } from './raw.ts';
import { readDelete, readInsert, readMerge, readMultiInsert, readUpdate } from './read-change.ts';
import { readAlter, readComment, readCreateTable, readCreateView, readTables } from './read-definition.ts';
import { readQuery } from './read-query.ts';
import { readRelation } from './read-relation.ts';
import type { Relation, Statement } from './nodes.ts';
import type { Raw } from './raw.ts';

/** A statement node of the parser as ours. */
export function readStatement(value: unknown): Statement {
  const node = tagged(value);
  if (node === null) return { kind: 'opaque', what: 'statement' };
  const { tag, body } = node;
  const read = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
  if (read !== undefined) return read(body);
  if (isQueryTag(tag) || tag === 'subquery' || tag === 'paren') return { kind: 'query', query: readQuery(value) };
  return withoutFlow.has(tag) ? { kind: 'none' } : { kind: 'opaque', what: tag };
}

/** Statements that move no data between tables. */
const withoutFlow = new Set(
  (
    'use set set_statement grant revoke show describe analyze transaction commit rollback kill pragma create_index drop_index ' +
    'create_schema drop_schema create_database drop_database drop_namespace create_sequence drop_sequence alter_sequence ' +
    'create_type drop_type create_function drop_function drop_procedure drop_trigger declare alter_session alter_view ' +
    'attach detach install refresh cache uncache lock prepare export_property create_synonym query_band summarize ' +
    'alter_index drop_view_column user_defined_function put undrop'
  ).split(' '),
);

/** COPY INTO a table is an insert from outside; COPY out of a table or query only reads. */
function readCopy(body: Raw): Statement {
  const subject = tagged(body['this']);
  const into = flag(body, 'kind');
  if (subject?.tag === 'literal' || subject?.tag === 'stage_reference') {
    const source = list(body, 'files').map(readRelation)[0];
    return source === undefined ? { kind: 'none' } : readAll(source);
  }
  if (!into) return readAll(readRelation(body['this']));
  const schema = subject?.tag === 'schema' ? subject.body : null;
  const table = readRelation(schema === null ? body['this'] : schema['this']);
  const file = list(body, 'files').map(tagged)[0];
  return {
    kind: 'insert',
    target: table.kind === 'table' ? table.name : null,
    targetAlias: null,
    columns: schema === null ? [] : namesOf(schema, 'expressions'),
    dynamicPartitions: [],
    byName: false,
    with: [],
    query: file?.tag === 'subquery' ? readQuery({ subquery: file.body }) : null,
    onConflict: [],
    returning: [],
    output: null,
  };
}

function readAll(relation: Relation): Statement {
  return { kind: 'query', query: { kind: 'relation', with: [], relation } };
}

const readers: Readonly<Record<string, (body: Raw) => Statement>> = {
  insert: readInsert,
  update: readUpdate,
  delete: readDelete,
  merge: readMerge,
  multitable_inserts: readMultiInsert,
  create_table: readCreateTable,
  create_view: readCreateView,
  copy: readCopy,
  alter_table: readAlter,
  truncate: (body) => ({ kind: 'truncate', tables: [tableNameOf(child(body, 'table') ?? {})], isWhole: false }),
  drop_table: (body) => ({ kind: 'drop', tables: readTables(body, 'names') }),
  drop_view: (body) => ({ kind: 'drop', tables: [tableNameOf(child(body, 'name') ?? {})] }),
  comment: readComment,
  load_data: (body) => ({
    kind: 'insert',
    target: tableNameOf(tagged(body['table'])?.body ?? {}),
    targetAlias: null,
    columns: [],
    dynamicPartitions: [],
    byName: false,
    with: [],
    query: null,
    onConflict: [],
    returning: [],
    output: null,
  }),
  export: (body) => ({ kind: 'query', query: readQuery(body['this']) }),
  pivot: (body) => readAll(readRelation({ pivot: body })),
  unpivot: (body) => readAll(readRelation({ unpivot: body })),
};

forward.query = readQuery;

forward.statement = readStatement;
