import type { FieldPath } from '../../server/model/ids.ts';
import { quote } from './map.ts';

/** Values are cut here before anything looks at them. */
const maxValue = 4_096;
/** A shape seen in fewer rows could give a value away; it counts as `other`. */
const minShapeRows = 3;
const maxShapes = 20;

/** A table to look into, as the catalogs know it. */
export interface Target {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  /** The server's estimate; negative: never analysed. */
  readonly rows: number;
}

/** `$1`: schemas, `$2`: tables, pair by pair. Which of them exist, how large, and whether our role may look into them. */
export const targetsSql = `/* lexline:profile-targets */
  select n.nspname::text as schema, c.relname::text as name, c.relkind::text as kind, c.reltuples::float8 as rows,
    has_schema_privilege(n.oid, 'usage') as usage,
    has_table_privilege(c.oid, 'select') or has_any_column_privilege(c.oid, 'select') as readable
  from unnest($1::text[], $2::text[]) w(schema, name)
  join pg_namespace n on n.nspname = w.schema join pg_class c on c.relnamespace = n.oid and c.relname = w.name
  where c.relkind in ('r', 'p', 'v', 'm', 'f')`;

/** Bounded rows of a table as text, one column `c<i>` a field. The same seed chooses the same rows while the table stands still. */
export function sampleSql(target: Target, paths: readonly FieldPath[], maxRows: number, seed: number): string {
  const columns = paths.map((path, i) => `${valueSql(path)} as c${i}`);
  return `select ${columns.join(', ')} from ${quote(target.schema)}.${quote(target.name)}${sampling(target, maxRows, seed)} limit ${maxRows}`;
}

/** Rows that hold a value of one field, whatever share of the table they are: what a sample of rows misses. */
export function filledSql(target: Target, path: FieldPath, maxRows: number): string {
  return `select c0 from (select ${valueSql(path)} as c0 from ${quote(target.schema)}.${quote(target.name)}) x where btrim(c0, E' \\t\\n\\r\\f\\v') <> '' limit ${maxRows}`;
}

/** Only tables can be sampled; small ones are read whole, large ones by block so that they are not read whole. */
function sampling({ kind, rows }: Target, maxRows: number, seed: number): string {
  if (!['r', 'p', 'm'].includes(kind) || rows <= maxRows * 2) return '';
  const percent = Math.min(100, (100 * maxRows * 1.5) / rows).toFixed(6);
  return ` tablesample ${rows > 1_000_000 ? 'system' : 'bernoulli'} (${percent}) repeatable (${seed})`;
}

/** A field's value as text; of a nested field that member's. Bytes are not looked at. */
function valueSql(path: FieldPath): string {
  const [first = '', ...rest] = path;
  const value = rest.reduce((sql, segment) => `(${sql}).${quote(segment)}`, quote(first));
  return `case when ${value} is null then null when pg_typeof(${value}) = 'bytea'::regtype then '<bytes>' else left(${value}::text, ${maxValue}) end`;
}

/**
 * Counts and shapes of a sample, computed by the server; no value is in the answer. The shapes are those of the profiler:
 * digits `9`, letters `A` and `a`, runs of five and more folded; other signs outside ASCII `?`; rare, long and letterless
 * shapes only count.
 */
export function countsSql(target: Target, paths: readonly FieldPath[], maxRows: number, seed: number): string {
  return countsOf(paths, sampleSql(target, paths, maxRows, seed));
}

/** The same of rows that hold a value of one field. */
export function filledCountsSql(target: Target, path: FieldPath, maxRows: number): string {
  return countsOf([path], filledSql(target, path, maxRows));
}

function countsOf(paths: readonly FieldPath[], rowsSql: string): string {
  const values = paths.map((_, i) => `(${i}, s.c${i})`).join(', ');
  const steps: readonly (readonly [string, string])[] = [
    ['[[:upper:]]', 'A'],
    ['[[:lower:]]', 'a'],
    ['[[:digit:]٠-٩۰-۹०-९০-৯０-９]', '9'],
    ['(?![Aa])[[:alpha:]]', 'a'],
    ['[^ -~]', '?'],
    ['A{5,}', 'A+'],
    ['a{5,}', 'a+'],
    ['9{5,}', '9+'],
  ];
  const shape = steps.reduce((sql, [from, to]) => `regexp_replace(${sql}, '${from}', '${to}', 'g')`, 'left(v, 60)');
  return `/* lexline:profile-counts */
  with s as materialized (${rowsSql}),
  f as (select f.i, btrim(f.v, E' \\t\\n\\r\\f\\v') as v from s cross join lateral (values ${values}) f(i, v)),
  counts as (
    select i, count(*) as rows, count(*) - count(v) as nulls, count(*) filter (where v = '') as empty,
      count(distinct v) filter (where v <> '') as distinct_values,
      coalesce(min(length(v)) filter (where v <> ''), 0) as min_length,
      coalesce(max(length(v)) filter (where v <> ''), 0) as max_length
    from f group by i),
  shaped as (select i, ${shape} as shape from f where v <> ''),
  shapes as (
    select i, shape, count(*) as n, row_number() over (partition by i order by count(*) desc, shape collate "C") as place
    from (select i, case when length(shape) <= 40 and shape ~ '[9Aa]' then shape end as shape from shaped) x
    where shape is not null group by i, shape having count(*) >= ${minShapeRows})
  select c.i::int as field, c.rows::int, c.nulls::int, c.empty::int, c.distinct_values::int, c.min_length::int, c.max_length::int,
    (select jsonb_agg(jsonb_build_array(p.shape, p.n) order by p.place) from shapes p
      where p.i = c.i and p.place <= ${maxShapes}) as shapes
  from counts c order by c.i`;
}
