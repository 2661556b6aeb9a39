import type { PostgresConfig } from './config.ts';

/**
 * Makes a session one that can only read and cannot get stuck. The default schema is kept aside before `search_path` is
 * emptied (a select list is evaluated from left to right), so that every name in a view's text comes back qualified;
 * `row_security` is off so that a policy that would hide rows is an error and not a smaller count.
 */
export function sessionSettings(config: Pick<PostgresConfig, 'statementTimeoutMs'>): {
  readonly sql: string;
  readonly params: readonly string[];
} {
  const settings = {
    search_path: '',
    default_transaction_read_only: 'on',
    statement_timeout: String(config.statementTimeoutMs),
    lock_timeout: String(Math.min(5_000, config.statementTimeoutMs)),
    idle_in_transaction_session_timeout: '600000',
    row_security: 'off',
  };
  const calls = Object.keys(settings).map((name, i) => `pg_catalog.set_config('${name}', $${i + 1}, false)`);
  const defaultSchema = `pg_catalog.set_config('lexline.default_schema', coalesce(pg_catalog.current_schema()::text, ''), false)`;
  return { sql: `select ${[defaultSchema, ...calls].join(', ')}`, params: Object.values(settings) };
}
