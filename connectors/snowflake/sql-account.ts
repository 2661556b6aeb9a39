import { literal, path } from './names.ts';

/** Questions to `SNOWFLAKE.ACCOUNT_USAGE`: the account as a whole, 45 minutes to 3 hours late. */
function usage(view: string): string {
  return path('SNOWFLAKE', 'ACCOUNT_USAGE', view);
}

/** Things that hold rows, as the views of the account call them. */
const relations =
  "('TABLE', 'VIEW', 'MATERIALIZED VIEW', 'EXTERNAL TABLE', 'DYNAMIC TABLE', 'EVENT TABLE', 'ICEBERG TABLE')";
/** Statements that move data. Views are read with the structure. */
const moving = "('INSERT', 'MERGE', 'UPDATE', 'CREATE_TABLE_AS_SELECT', 'MULTI_TABLE_INSERT', 'COPY', 'UNLOAD')";

/**
 * Tags on a database and what is in it; of things dropped within `days` the last ones too, to tell what a table lost that was
 * made anew. `?`: the database, twice.
 */
export function tagsSql(days: number): string {
  return `SELECT tag_database, tag_schema, tag_name, tag_value, object_schema, object_name, domain, column_name, apply_method,
      DATE_PART(EPOCH_MILLISECOND, object_deleted) AS deleted_ms
    FROM ${usage('TAG_REFERENCES')}
    WHERE (object_database = ? OR (domain = 'DATABASE' AND object_name = ?)) AND domain IN ('DATABASE', 'SCHEMA', 'COLUMN', ${relations.slice(1)}
      AND (object_deleted IS NULL OR object_deleted >= DATEADD(day, -${days}, CURRENT_TIMESTAMP()))
    QUALIFY ROW_NUMBER() OVER (PARTITION BY domain, object_schema, object_name, column_name, tag_database, tag_schema, tag_name,
      IFF(object_deleted IS NULL, 0, 1) ORDER BY object_deleted DESC) = 1
    ORDER BY object_schema, object_name, column_name, tag_database, tag_schema, tag_name, deleted_ms`;
}

/** Policies on things of a database. `?`: the database. */
export const policiesSql = `SELECT policy_db, policy_schema, policy_name, policy_kind, ref_schema_name, ref_entity_name, ref_column_name, policy_status
  FROM ${usage('POLICY_REFERENCES')} WHERE ref_database_name = ? AND ref_entity_domain <> 'TAG'
  ORDER BY ref_schema_name, ref_entity_name, ref_column_name, policy_db, policy_schema, policy_name`;

/** Policies that hang on tags, wherever the tags are, with the type of value that each is for. */
export const tagPoliciesSql = `SELECT r.policy_db, r.policy_schema, r.policy_name, r.policy_kind,
    r.ref_database_name AS tag_database, r.ref_schema_name AS tag_schema, r.ref_entity_name AS tag_name, m.policy_signature
  FROM ${usage('POLICY_REFERENCES')} r
  LEFT JOIN ${usage('MASKING_POLICIES')} m ON m.policy_id = r.policy_id AND m.deleted IS NULL
  WHERE r.ref_entity_domain = 'TAG'
  ORDER BY tag_database, tag_schema, tag_name, r.policy_db, r.policy_schema, r.policy_name`;

/** What things of a database are made from. `?`: the database. */
export const dependenciesSql = `SELECT referencing_schema, referencing_object_name, referenced_database, referenced_schema, referenced_object_name
  FROM ${usage('OBJECT_DEPENDENCIES')}
  WHERE referencing_database = ? AND referencing_object_domain IN ${relations} AND referenced_object_domain IN ${relations}
  ORDER BY referencing_schema, referencing_object_name, referenced_database, referenced_schema, referenced_object_name`;

/** Who may use a database, its schemas and what is in them. `?`: the database, twice. */
export const grantsSql = `SELECT privilege, granted_on, name, table_schema, granted_to, grantee_name
  FROM ${usage('GRANTS_TO_ROLES')}
  WHERE deleted_on IS NULL AND (table_catalog = ? OR (granted_on = 'DATABASE' AND name = ?))
    AND (granted_on IN ('DATABASE', 'SCHEMA') AND privilege IN ('USAGE', 'OWNERSHIP')
      OR granted_on IN ${relations} AND privilege IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'OWNERSHIP'))
  ORDER BY granted_on, table_schema, name, privilege, granted_to, grantee_name`;

/** Which role stands in which. */
export const rolesSql = `SELECT granted_on, name, table_catalog, granted_to, grantee_name
  FROM ${usage('GRANTS_TO_ROLES')}
  WHERE deleted_on IS NULL AND privilege = 'USAGE' AND granted_on IN ('ROLE', 'DATABASE_ROLE')
  ORDER BY granted_on, name, granted_to, grantee_name`;

/** Which users hold which roles: counted, and not kept by name. */
export const usersSql = `SELECT DISTINCT role, grantee_name FROM ${usage('GRANTS_TO_USERS')} WHERE deleted_on IS NULL ORDER BY role, grantee_name`;

/** A span of time, half open, in milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

function within(column: string, { from, to }: Span): string {
  return `${column} >= TO_TIMESTAMP_LTZ(${from}, 3) AND ${column} < TO_TIMESTAMP_LTZ(${to}, 3)`;
}

/**
 * Statements that moved data, one row for each form of statement and day, the latest of them. `withAccess`: with what
 * ACCESS_HISTORY saw of it. `?`: our own query tag.
 */
export function statementsSql(span: Span, limit: number, withAccess: boolean): string {
  const access = withAccess
    ? `, TO_JSON(a.objects_modified) AS modified, TO_JSON(a.direct_objects_accessed) AS accessed, TO_JSON(a.policies_referenced) AS policies`
    : '';
  const join = withAccess
    ? `LEFT JOIN ${usage('ACCESS_HISTORY')} a ON a.query_id = q.query_id AND ${within('a.query_start_time', span)}`
    : '';
  return `SELECT q.query_id, q.query_parameterized_hash AS shape, q.query_text AS text, q.query_type AS type, q.database_name, q.schema_name,
      TO_VARCHAR(TO_DATE(q.start_time), 'YYYY-MM-DD') AS day, DATE_PART(EPOCH_MILLISECOND, q.start_time) AS started_ms,
      COUNT(*) OVER (PARTITION BY q.query_parameterized_hash, TO_DATE(q.start_time)) AS runs${access}
    FROM ${usage('QUERY_HISTORY')} q ${join}
    WHERE ${within('q.start_time', span)} AND q.execution_status = 'SUCCESS' AND q.query_type IN ${moving}
      AND (q.query_tag IS NULL OR q.query_tag <> ?)
    QUALIFY ROW_NUMBER() OVER (PARTITION BY q.query_parameterized_hash, TO_DATE(q.start_time) ORDER BY q.start_time DESC, q.query_id) = 1
    ORDER BY q.start_time DESC, q.query_id LIMIT ${limit}`;
}

/** How often which relation was read, by day. */
export function readsSql(span: Span): string {
  return `SELECT o.value:"objectName"::VARCHAR AS name, TO_VARCHAR(TO_DATE(a.query_start_time), 'YYYY-MM-DD') AS day,
      COUNT(DISTINCT a.query_id) AS reads, COUNT(DISTINCT a.user_name) AS users,
      MAX(DATE_PART(EPOCH_MILLISECOND, a.query_start_time)) AS last_ms
    FROM ${usage('ACCESS_HISTORY')} a, LATERAL FLATTEN(input => a.base_objects_accessed) o
    WHERE ${within('a.query_start_time', span)} AND UPPER(o.value:"objectDomain"::VARCHAR) IN ${relations}
    GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** Tags on the columns of one relation as they are now: of the table function, which is never late. */
export function tagsNowSql(database: string, relation: string): string {
  return `SELECT tag_database, tag_schema, tag_name, tag_value, column_name, level, apply_method
    FROM TABLE(${path(database, 'INFORMATION_SCHEMA', 'TAG_REFERENCES_ALL_COLUMNS')}(${literal(relation)}, 'table'))`;
}

/** Tags on a relation itself as they are now. */
export function tagsOfRelationNowSql(database: string, relation: string): string {
  return `SELECT tag_database, tag_schema, tag_name, tag_value, column_name, level, apply_method
    FROM TABLE(${path(database, 'INFORMATION_SCHEMA', 'TAG_REFERENCES')}(${literal(relation)}, 'table'))`;
}

/** Policies on a tag as they are now. */
export function policiesNowSql(tagDatabase: string, tag: string): string {
  return `SELECT policy_db, policy_schema, policy_name, policy_kind
    FROM TABLE(${path(tagDatabase, 'INFORMATION_SCHEMA', 'POLICY_REFERENCES')}(ref_entity_name => ${literal(tag)}, ref_entity_domain => 'TAG'))`;
}

/** Policies on a relation and its columns as they are now. */
export function policiesOnNowSql(database: string, relation: string): string {
  return `SELECT policy_kind, ref_column_name
    FROM TABLE(${path(database, 'INFORMATION_SCHEMA', 'POLICY_REFERENCES')}(ref_entity_name => ${literal(relation)}, ref_entity_domain => 'TABLE'))`;
}

/** The warehouse that works for us. */
export function warehouseSql(warehouse: string): string {
  return `SHOW WAREHOUSES LIKE ${literal(likePattern(warehouse))}`;
}

/** Whether a tag is there. */
export function showTagSql(database: string, schema: string, tag: string): string {
  return `SHOW TAGS LIKE ${literal(likePattern(tag))} IN SCHEMA ${path(database, schema)}`;
}

/** LIKE without its wild cards. */
function likePattern(name: string): string {
  return name.replaceAll(/[%_]/gu, String.raw`\$&`);
}
