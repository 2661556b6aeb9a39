const postgres = ['PG_CATALOG'];
const tsql = ['SYS', 'MASTER.SYS'];
const spark = ['SYSTEM.BUILTIN', 'BUILTIN'];

/** Where each engine keeps its own functions; a function of any other schema is somebody's own. Upper case. */
const systemSchemas: Readonly<Record<string, readonly string[]>> = {
  postgres,
  greenplum: postgres,
  cockroachdb: postgres,
  materialize: [...postgres, 'MZ_CATALOG'],
  redshift: postgres,
  duckdb: [...postgres, 'SYSTEM.MAIN'],
  vertica: postgres,
  tsql,
  fabric: tsql,
  oracle: ['SYS', 'STANDARD', 'SYS.STANDARD'],
  db2: ['SYSIBM', 'SYSFUN', 'SYSPROC', 'SYSIBMADM'],
  teradata: ['TD_SYSFNLIB', 'SYSLIB', 'TD_SYSXML'],
  spark,
  databricks: spark,
  trino: ['SYSTEM.BUILTIN'],
  presto: ['PRESTO.DEFAULT'],
  netezza: ['SQLEXT.ADMIN', 'SQLEXT.'],
};

/** Where pgcrypto is put by its own script or by those who host PostgreSQL. */
const extensionSchemas = ['PUBLIC', 'EXTENSIONS'];
const pgcrypto = /^(?:DIGEST|HMAC|CRYPT|(?:EN|DE)CRYPT(?:_IV)?|PGP_(?:SYM|PUB)_(?:EN|DE)CRYPT(?:_BYTEA)?)$/;

/** A function's name without the engine's own schema before it: `pg_catalog.lower` is `lower`. */
export function withoutSystemSchema(name: string, dialect: string): string {
  const upper = name.toUpperCase();
  for (const schema of Object.hasOwn(systemSchemas, dialect) ? (systemSchemas[dialect] ?? []) : [])
    if (upper.startsWith(`${schema}.`)) return name.slice(schema.length + 1);
  if (dialect !== 'postgres' && dialect !== 'greenplum') return name;
  const [schema = '', last = '', ...others] = upper.split('.');
  return others.length === 0 && extensionSchemas.includes(schema) && pgcrypto.test(last)
    ? name.slice(schema.length + 1)
    : name;
}
