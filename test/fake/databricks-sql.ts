import type { FakeMetastore, FakeRow } from './databricks-metastore.ts';

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
  const rows = rowsOf(metastore, whole, parameters['catalog'] ?? '');
  if (rows === null)
    return { error: { error_code: 'BAD_REQUEST', message: '[PARSE_SYNTAX_ERROR] near canary-7Q' }, sql_state: '42601' };
  if (limit === '') return { rows };
  if (!/\bORDER BY\b/u.test(whole))
    return { error: { error_code: 'BAD_REQUEST', message: '[NO_ORDER] parts of a result in no order' } };
  return { rows: rows.slice(Number(offset), Number(offset) + Number(limit)) };
}

function rowsOf(metastore: FakeMetastore, sql: string, catalog: string): readonly FakeRow[] | null {
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
  if (own('table_constraints') && own('key_column_usage')) return metastore.keys[catalog] ?? [];
  if (own('table_privileges')) return metastore.grants[catalog] ?? [];
  if (sql === 'SHOW SCHEMAS IN `hive_metastore`')
    return metastore.legacySchemas.map((databaseName) => ({ databaseName }));
  if (sql.includes('current_user()')) return [{ now_ms: metastore.now, user_name: 'lexline-app' }];
  if (/system`?\.`?(?:access|query)`?\./u.test(sql)) return [];
  return null;
}
