import { tagged, type FakeMetastore, type FakeRow } from './databricks-metastore.ts';

/** How a statement ended. */
export type FakeAnswer =
  | { readonly rows: readonly FakeRow[] }
  | { readonly error: { readonly error_code: string; readonly message: string }; readonly sql_state?: string };

const parameter = /'(?:[^'\\]|\\[^])*'|`(?:[^`]|``)*`|(?<!:):([a-z_]+)/gu;

/** The named parameters of a statement. */
export function parametersOf(sql: string): ReadonlySet<string> {
  return new Set([...sql.matchAll(parameter)].flatMap(([, name]) => (name === undefined ? [] : [name])));
}

/** What the warehouse makes of a statement; one that it does not know is a syntax error, as it would be there. */
export function answerOf(
  metastore: FakeMetastore,
  sql: string,
  parameters: Readonly<Record<string, string>>,
): FakeAnswer {
  const refusal = metastore.refusals.find(({ holds }) => holds.test(sql));
  if (refusal !== undefined) return refusal;
  const [, whole = sql, limit = '', offset = '0'] = /^([^]*?)\nLIMIT (\d+) OFFSET (\d+)$/u.exec(sql) ?? [];
  const rows = writtenBy(metastore, whole) ?? rowsOf(metastore, whole, parameters);
  if (rows === null)
    return { error: { error_code: 'BAD_REQUEST', message: '[PARSE_SYNTAX_ERROR] near canary-7Q' }, sql_state: '42601' };
  if (limit === '') return { rows };
  if (!/\bORDER BY\b/u.test(whole))
    return { error: { error_code: 'BAD_REQUEST', message: '[NO_ORDER] parts of a result in no order' } };
  return { rows: rows.slice(Number(offset), Number(offset) + Number(limit)) };
}

const alteration =
  /^ALTER TABLE `([^`]+)`\.`([^`]+)`\.`([^`]+)`(?: ALTER COLUMN `([^`]+)`)? (?:SET TAGS \('([^']+)' = '([^']*)'\)|UNSET TAGS \('([^']+)'\))$/u;

/** What ALTER TABLE does to tags; null for other statements. */
function writtenBy(metastore: FakeMetastore, sql: string): readonly FakeRow[] | null {
  const match = alteration.exec(sql);
  if (match === null) return null;
  const [, catalog = '', schema = '', table = '', column, key, value = '', unset] = match;
  const name = [catalog, schema, table, ...(column === undefined ? [] : [column])].join('.');
  const tag = tagged(name, key ?? unset ?? '', value);
  const isSame = (one: typeof tag): boolean =>
    one.catalog === tag.catalog &&
    one.schema_name === tag.schema_name &&
    one.object_name === tag.object_name &&
    one.column_name === tag.column_name &&
    one.tag_name === tag.tag_name;
  metastore.tags = metastore.tags.filter((one) => !isSame(one));
  if (key !== undefined) metastore.tags.push(tag);
  return [];
}

function rowsOf(
  metastore: FakeMetastore,
  sql: string,
  { catalog = '', schema, relation }: Readonly<Record<string, string>>,
): readonly FakeRow[] | null {
  const written = metastore.answers.find(({ holds }) => holds.test(sql));
  if (written !== undefined) return written.rows;
  const own = (view: string): boolean => sql.includes(`\`${catalog}\`.\`information_schema\`.\`${view}\``);
  if (own('column_tags') && own('table_tags') && own('schema_tags') && own('catalog_tags') && own('volume_tags'))
    return metastore.tags
      .filter((tag) => tag.catalog === catalog)
      .map(({ level, schema_name, object_name, column_name, tag_name, tag_value }) => ({
        level,
        schema_name,
        object_name,
        column_name,
        tag_name,
        tag_value,
      }));
  const isHere = schema !== undefined && relation !== undefined;
  const here = metastore.tags.filter((tag) => tag.catalog === catalog);
  if (isHere && own('column_tags'))
    return here
      .filter((tag) => tag.level === 'column' && tag.schema_name === schema && tag.object_name === relation)
      .map(({ column_name, tag_name, tag_value }) => ({ column_name, tag_name, tag_value }));
  if (isHere && own('table_tags') && own('schema_tags') && own('catalog_tags'))
    return here.flatMap(({ level, schema_name, object_name, tag_name, tag_value }) => {
      const isOwn = level === 'table' && schema_name === schema && object_name === relation;
      const isAbove = level === 'catalog' || (level === 'schema' && schema_name === schema);
      return isOwn || isAbove ? [{ level: isOwn ? 'own' : 'above', tag_name, tag_value }] : [];
    });
  if (own('table_constraints') && own('key_column_usage')) return metastore.keys[catalog] ?? [];
  if (own('routines') && own('parameters')) return metastore.procedures[catalog] ?? [];
  if (own('tables'))
    return (metastore.catalogs.find(({ item }) => item.name === catalog)?.schemas ?? []).flatMap((one) =>
      one.tables
        .filter(({ name }) => !metastore.unseen.has(`${catalog}.${one.item.name}.${name}`))
        .map(({ name }) => ({ table_schema: one.item.name, table_name: name })),
    );
  if (own('table_privileges')) return metastore.grants[catalog] ?? [];
  if (sql === 'SHOW SCHEMAS IN `hive_metastore`')
    return metastore.legacySchemas.map((databaseName) => ({ databaseName }));
  if (sql.includes('current_user()')) return [{ now_ms: metastore.now, user_name: 'lexline-app' }];
  if (/system`?\.`?(?:access|query)`?\./u.test(sql)) return [];
  return null;
}
