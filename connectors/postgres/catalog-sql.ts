/**
 * The questions put to PostgreSQL's own catalogs. Each takes `$1`: the schemas asked about. pg_catalog lists what its
 * reader has no rights on, so a lost right never looks like a drop. Defaults, check constraints, partition bounds and
 * options are not selected at all: they can hold values of people.
 *
 * The same texts are read page by page and hashed whole ({@link fingerprintSql}), so a schema counts as unchanged exactly
 * when the rows we would read are unchanged.
 */

const notOfAnExtension = (classId: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${classId}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

/** Asked once a read: who answers, and as whom. */
export const serverSql = `/* lexline:server */
  select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
    current_database()::text as database, current_user::text as role,
    nullif(current_setting('lexline.default_schema', true), '') as default_schema,
    (select n.nspname::text from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname = 'pg_stat_statements') as statistics_schema,
    (select r.rolsuper or pg_has_role(r.oid, (select oid from pg_roles where rolname = 'pg_read_all_stats'), 'member')
      from pg_roles r where r.rolname = current_user) as all_statistics`;

/** Every schema that is not the system's own. */
export const schemasSql = `/* lexline:schemas */
  select n.nspname::text as schema, has_schema_privilege(n.oid, 'usage') as usage
  from pg_namespace n
  where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_(toast_)?temp_'
    and ${notOfAnExtension('pg_namespace', 'n.oid')}
  order by n.nspname`;

/** Tables, views, materialised views and foreign tables; partitions are folded into their root. */
export const relationsSql = `
  select c.oid::text as oid, n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind,
    obj_description(c.oid, 'pg_class') as comment, pg_get_userbyid(c.relowner)::text as owner,
    c.relrowsecurity as row_security, c.relpersistence = 'u' as unlogged,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition,
    (select jsonb_build_object('strategy', p.partstrat::text, 'columns',
        (select jsonb_agg(a.attname order by k.place) from unnest(p.partattrs::int2[]) with ordinality k(attnum, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum))
      from pg_partitioned_table p where p.partrelid = c.oid) as partitioned,
    (with recursive part(oid) as (
        select i.inhrelid from pg_inherits i where i.inhparent = c.oid and c.relkind = 'p'
        union all select i.inhrelid from pg_inherits i join part on i.inhparent = part.oid)
      select jsonb_agg(jsonb_build_array(pn.nspname, pc.relname) order by pn.nspname, pc.relname)
      from part join pg_class pc on pc.oid = part.oid join pg_namespace pn on pn.oid = pc.relnamespace) as partitions,
    (select jsonb_agg(jsonb_build_array(pn.nspname, pc.relname) order by i.inhseqno)
      from pg_inherits i join pg_class pc on pc.oid = i.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
      where i.inhrelid = c.oid) as inherits,
    (select jsonb_build_object('server', s.srvname, 'wrapper', w.fdwname,
        'host', (select o.option_value from pg_options_to_table(s.srvoptions) o where o.option_name = 'host'),
        'port', (select o.option_value from pg_options_to_table(s.srvoptions) o where o.option_name = 'port'),
        'database', (select o.option_value from pg_options_to_table(s.srvoptions) o where o.option_name = 'dbname'),
        'schema', (select o.option_value from pg_options_to_table(t.ftoptions) o where o.option_name = 'schema_name'),
        'table', (select o.option_value from pg_options_to_table(t.ftoptions) o where o.option_name = 'table_name'))
      from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
      join pg_foreign_data_wrapper w on w.oid = s.srvfdw where t.ftrelid = c.oid) as foreign_table
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition
    and ${notOfAnExtension('pg_class', 'c.oid')}`;

const attributes = `
    a.attrelid::text as oid, n.nspname::text as schema, a.attnum::int as ordinal, a.attname::text as name,
    format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,
    nullif(a.attidentity::text, '') as identity, a.atthasdef and a.attgenerated = '' as has_default,
    case when a.attgenerated <> '' then (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
      where d.adrelid = a.attrelid and d.adnum = a.attnum) end as generated,
    col_description(a.attrelid, a.attnum) as comment,
    case when e.oid is null then t.typtype else e.typtype end::text as type_kind,
    e.oid is not null as is_array,
    case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end as base_type,
    nullif(case when e.oid is null then t.typrelid else e.typrelid end, 0)::text as composite,
    (select o.option_value from pg_options_to_table(a.attfdwoptions) o where o.option_name = 'column_name') as remote_name
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
  where a.attnum > 0 and not a.attisdropped`;

/** The columns of the relations above. */
export const columnsSql = `
  select ${attributes} and n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm', 'f') and not c.relispartition`;

/** The members of composite types, wherever they are declared. `$1`: their relations. */
export const compositesSql = `/* lexline:composites */
  select ${attributes} and c.oid = any($1::text[]::oid[]) order by a.attrelid, a.attnum`;

/** Primary, unique and foreign keys; unique indexes over plain columns count as unique keys. */
export const keysSql = `
  select k.oid::text as oid, n.nspname::text as schema, k.kind, k.name::text as name,
    (select jsonb_agg(a.attname order by u.place) from unnest(k.columns) with ordinality u(attnum, place)
      join pg_attribute a on a.attrelid = k.oid and a.attnum = u.attnum) as columns,
    rn.nspname::text as ref_schema, rc.relname::text as ref_name,
    (select jsonb_agg(a.attname order by u.place) from unnest(k.ref_columns) with ordinality u(attnum, place)
      join pg_attribute a on a.attrelid = k.ref and a.attnum = u.attnum) as ref_columns
  from (
    select conrelid as oid, contype::text as kind, conname as name, conkey as columns, confrelid as ref, confkey as ref_columns
    from pg_constraint where contype in ('p', 'u', 'f')
    union all
    select i.indrelid, 'u', ic.relname, i.indkey::int2[], 0, null
    from pg_index i join pg_class ic on ic.oid = i.indexrelid
    where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null and i.indnkeyatts = i.indnatts
      and not exists (select from pg_constraint x where x.conindid = i.indexrelid and x.contype in ('p', 'u'))
  ) k
  join pg_class c on c.oid = k.oid join pg_namespace n on n.oid = c.relnamespace
  left join pg_class rc on rc.oid = k.ref left join pg_namespace rn on rn.oid = rc.relnamespace
  where n.nspname = any($1) and c.relkind in ('r', 'p', 'f', 'm') and not c.relispartition`;

/** Functions and procedures that people wrote. `sqlBody`: the server keeps parsed bodies of SQL functions (14 and later). */
export function routinesSql(sqlBody: boolean): string {
  return `
  select p.oid::text as oid, n.nspname::text as schema, p.proname::text as name,
    pg_get_function_identity_arguments(p.oid) as arguments, p.prokind::text as kind, l.lanname::text as language,
    case when l.lanname in ('sql', 'plpgsql') then pg_get_functiondef(p.oid) end as definition,
    ${sqlBody ? 'pg_get_function_sqlbody(p.oid)' : 'null::text'} as parsed_body,
    obj_description(p.oid, 'pg_proc') as comment, pg_get_userbyid(p.proowner)::text as owner,
    (select substr(s, 13) from unnest(p.proconfig) s where s like 'search_path=%') as search_path,
    (select jsonb_agg(distinct jsonb_build_array(tn.nspname, tc.relname)) from pg_trigger g
      join pg_class tc on tc.oid = g.tgrelid join pg_namespace tn on tn.oid = tc.relnamespace
      where g.tgfoid = p.oid and not g.tgisinternal and g.tgparentid = 0) as triggers
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where n.nspname = any($1) and p.prokind in ('f', 'p') and l.lanname not in ('c', 'internal')
    and ${notOfAnExtension('pg_proc', 'p.oid')}`;
}

/** One hash a schema over all rows of one question, in two halves of 64 bits. */
export function fingerprintSql(name: string, sql: string): string {
  return `/* lexline:fingerprint:${name} */
  select x.schema, count(*)::text || '.' || sum(hashtextextended(x::text, 0))::text || '.' ||
    sum(hashtextextended(x::text, 1))::text as hash
  from (${sql}) x group by x.schema`;
}

/** One hash over the members of all composite types: a change there can change any schema's columns. */
export const compositesFingerprintSql = `/* lexline:fingerprint:composites */
  select count(*)::text || '.' || coalesce(sum(hashtextextended(x::text, 0)), 0)::text as hash
  from (select ${attributes} and c.relkind = 'c') x`;

/** A page of one question: `$1` schemas, `$2` the last oid seen, `$3` how many. */
export function pageSql(name: string, sql: string): string {
  const oid = name === 'routines' ? 'p.oid' : 'c.oid';
  return `/* lexline:${name} */ ${sql} and ${oid} > ($2::text)::oid order by ${oid} limit $3`;
}

/** The rows of one question for some relations: `$1` schemas, `$2` their oids. */
export function ofRelationsSql(name: string, sql: string, order: string): string {
  return `/* lexline:${name} */ ${sql} and c.oid = any($2::text[]::oid[]) order by ${order}`;
}

/** Estimates that the server keeps by itself; partitions count for their root. */
export const rowEstimatesSql = `/* lexline:row-estimates */
  with recursive root(oid, root) as (
    select c.oid, c.oid from pg_class c where not c.relispartition and c.relkind in ('r', 'p', 'm')
    union all select i.inhrelid, root.root from pg_inherits i join root on i.inhparent = root.oid
      join pg_class pc on pc.oid = i.inhrelid and pc.relispartition)
  select n.nspname::text as schema, r.relname::text as name,
    sum(greatest(c.reltuples, 0))::float8 as rows, bool_or(c.reltuples >= 0) as known
  from root join pg_class c on c.oid = root.oid join pg_class r on r.oid = root.root
  join pg_namespace n on n.oid = r.relnamespace
  where n.nspname = any($1) and c.relkind <> 'p' and ${notOfAnExtension('pg_class', 'r.oid')}
  group by 1, 2 order by 1, 2`;

/**
 * Statements that move data from table to table, of this database, the most called first; DDL is read from the catalogs and
 * inserts of single rows carry no lineage. `$1`: how many. The schema is the extension's own.
 */
export function statementsSql(schema: string): string {
  const from = `"${schema.replaceAll('"', '""')}".pg_stat_statements`;
  const start = String.raw`^(\s|/\*.*?\*/|--[^\n]*\n)*`;
  return `/* lexline:statements */
  select s.queryid::text as id, min(s.query) as text, sum(s.calls)::float8 as calls,
    bool_or(s.query = '<insufficient privilege>') as hidden
  from ${from} s join pg_database d on d.oid = s.dbid and d.datname = current_database()
  where s.query = '<insufficient privilege>'
    or (s.query ~* '${start}(insert|update|merge)\\M' and s.query !~* '${start}insert\\s+into\\s[^(]+(\\([^)]*\\)\\s*)?values\\M')
    or (s.query ~* '${start}with\\M' and s.query ~* '\\m(insert|update|merge|into)\\M')
    or (s.query ~* '${start}select\\M' and s.query ~* '\\minto\\M')
    or s.query ~* '${start}create\\s+((global|local|temp|temporary|unlogged)\\s+)*table\\M.*\\mas\\s+(\\(\\s*)*(select|with|table)\\M'
  group by s.queryid order by bool_or(s.query = '<insufficient privilege>') desc, sum(s.calls) desc, s.queryid limit $1`;
}
