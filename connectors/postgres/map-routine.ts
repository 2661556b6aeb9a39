import { joinName } from '../../server/model/dataset-name.ts';
import type { JobDocument } from '../../server/model/document.ts';
import type { Json } from '../../server/model/json.ts';
import { quote, type Mapped, type Naming } from './map.ts';
import { withTriggerRows } from './trigger-rows.ts';
import type { RoutineRow, StatementRow } from './rows.ts';

/** A function or procedure, its definition as a statement where the language can hold SQL that we read. */
export function mapRoutine(routine: RoutineRow, naming: Naming): Mapped<JobDocument> {
  const signature = `${routine.name}(${routine.arguments})`;
  const name = joinName([naming.database, routine.schema, signature]);
  const readable = routine.language === 'sql' || routine.language === 'plpgsql';
  const sql = readable ? definitionOf(routine) : null;
  const facet: Json = {
    language: routine.language,
    kind: routine.kind === 'p' ? 'procedure' : 'function',
    ...(routine.triggers.length === 0
      ? {}
      : { triggerOf: routine.triggers.map(([schema, table]) => joinName([naming.database, schema, table])) }),
  };
  const document: JobDocument = {
    type: 'job',
    kind: 'procedure',
    platform: 'postgres',
    namespace: naming.namespace,
    name,
    native: { id: name },
    ...(routine.comment === null ? {} : { description: routine.comment }),
    ...(routine.owner === null ? {} : { owners: [routine.owner] }),
    inputs: [],
    outputs: [],
    facets: { 'postgres.routine': facet },
    ...(sql !== null
      ? {
          statements: textsOf(sql, routine).map((text) => ({
            dialect: 'postgres',
            sql: text,
            namespace: naming.namespace,
            defaultDatabase: naming.database,
            defaultSchema: firstSchema(routine.search_path) ?? naming.defaultSchema,
          })),
        }
      : {}),
  };
  if (sql !== null) return { documents: [document], gaps: [] };
  const detail = readable
    ? 'the server does not show its body'
    : `its body is in ${routine.language}, which is not read`;
  const remedy = readable
    ? 'let the role see the definition of the routine (its owner, or a member of the owner), and sync again'
    : 'let what it moves be known by OpenLineage events of the job that calls it, or write its SQL to a folder of SQL';
  const what = `what ${routine.kind === 'p' ? 'procedure' : 'function'} ${name} reads and writes`;
  return { documents: [document], gaps: [{ what, reason: 'unsupported', detail, remedy }] };
}

/** A trigger function runs once for each of its tables, with that table's rows. */
function textsOf(sql: string, { triggers }: RoutineRow): readonly string[] {
  return triggers.length === 0 ? [sql] : triggers.map(([schema, table]) => withTriggerRows(sql, schema, table));
}

/**
 * The whole definition, because its parameters are no columns. A body that the server keeps parsed (`BEGIN ATOMIC … END`,
 * `RETURN …`) is put into the older form, which every SQL reader knows.
 */
function definitionOf({ definition, parsed_body: parsed, name, arguments: parameters }: RoutineRow): string | null {
  if (parsed === null) return definition;
  const body = parsed
    .trim()
    .replace(/^BEGIN ATOMIC\s+(.*?)\s*END$/s, '$1')
    .replace(/^RETURN\b/, 'SELECT');
  return `CREATE FUNCTION ${quote(name)}(${parameters}) RETURNS record LANGUAGE sql AS $lexline$ ${body} $lexline$`;
}

/** A statement of the query log. Named by the server's own id of it, never by its text. */
export function mapStatement(row: StatementRow, naming: Naming): JobDocument | null {
  if (row.id === null || row.text === null || row.hidden) return null;
  const name = joinName([naming.database, 'pg_stat_statements', row.id]);
  return {
    type: 'job',
    kind: 'query',
    platform: 'postgres',
    namespace: naming.namespace,
    name,
    native: { id: row.id },
    inputs: [],
    outputs: [],
    statements: [
      {
        dialect: 'postgres',
        sql: row.text,
        namespace: naming.namespace,
        defaultDatabase: naming.database,
        defaultSchema: naming.defaultSchema,
      },
    ],
  };
}

/** The first schema of a `search_path` setting that names one by itself. */
function firstSchema(searchPath: string | null): string | null {
  for (const entry of searchPath?.split(',') ?? []) {
    const schema = entry
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replaceAll('""', '"');
    if (schema !== '' && schema !== '$user' && schema !== 'pg_catalog' && schema !== 'pg_temp') return schema;
  }
  return null;
}
