import type { Input } from '../resolve/inputs.ts';

/**
 * Functions whose result holds what the lambda gives for each element, and nothing of the element itself. Sources: Databricks
 * and Spark transform, zip_with; Trino and Presto transform, zip_with; Snowflake TRANSFORM; ClickHouse arrayMap, mapApply;
 * DuckDB list_transform with its other names; StarRocks and Doris array_map; BigQuery's WITH expression,
 * whose names are the parameters.
 */
const mapping = new Set(
  'TRANSFORM ARRAYTRANSFORM LISTTRANSFORM LISTAPPLY ARRAYAPPLY APPLY ARRAYMAP ZIPWITH MAPAPPLY WITH'.split(' '),
);

/** True when only what the lambda gives is in the result. `name`: as it is called. */
export function isMapping(name: string): boolean {
  return mapping.has(keyOf(name));
}

/** Whose lambda takes an element of each list, in their order. */
const byPlace = new Set(['ZIPWITH', 'ARRAYMAP']);
/** Whose lambda takes an element, and behind it where it stands. */
const withPlace = new Set(['TRANSFORM', 'ARRAYTRANSFORM', 'LISTTRANSFORM', 'LISTAPPLY', 'ARRAYAPPLY', 'APPLY']);

/** What the parameters of a lambda stand for, by their names in lower case. `values`: the call's other arguments. */
export function lambdaParameters(
  name: string,
  params: readonly string[],
  values: readonly (readonly Input[])[],
): ReadonlyMap<string, readonly Input[]> {
  const key = keyOf(name);
  const isByPlace = byPlace.has(key) && params.length === values.length;
  const all = values.flat();
  return new Map(
    params.map((param, at) => {
      if (withPlace.has(key)) return [param.toLowerCase(), at === 0 ? all : []];
      return [param.toLowerCase(), isByPlace ? (values[at] ?? []) : all];
    }),
  );
}

function keyOf(name: string): string {
  return name.toUpperCase().replaceAll('_', '');
}
