import type { FieldPath, QualifiedName, Uid } from '../../model/ids.ts';
import type { Json } from '../../model/json.ts';
import { LexlineError } from '../../base/errors.ts';
import type { Assertion, EntityRecord } from '../graph/graph-store.ts';
import type { Row } from './database.ts';
import { readSources } from './entities.ts';
import { placeOf } from './keys.ts';
import type { Reading } from './read-at.ts';
import { nativePlace } from './row-bodies.ts';
import { SEP } from './schema.ts';

/** Is `x` alive, that is: does any source say at `$n` that it exists? */
export const isAlive = `EXISTS { MATCH (f:Fact) USING INDEX f:Fact(key) WHERE f.key STARTS WITH e.uid + '${SEP}' AND f.facet = 'core' AND f.from <= $n AND f.to > $n }`;

/** The columns of an entity `e` with what is said of it at `$n`. */
export const entityColumns = `e.uid AS uid, e.kind AS kind, e.parent AS parent, e.namespace AS namespace, e.name AS name, e.path AS path, e.place AS place,
  COLLECT { MATCH (f:Fact) USING INDEX f:Fact(key) WHERE f.key STARTS WITH e.uid + '${SEP}' AND f.from <= $n AND f.to > $n RETURN [f.source, f.facet, f.body] } AS facts`;

/** Reads rows of {@link entityColumns} as entities. */
export async function entityReader({ transaction }: Reading): Promise<(row: Row) => EntityRecord> {
  const order = new Map((await readSources(transaction)).map(({ name }, i) => [name, i]));
  return (row) => ({
    uid: String(row['uid']),
    kind: row['kind'] === 'field' || row['kind'] === 'job' ? row['kind'] : 'dataset',
    parent: typeof row['parent'] === 'string' ? row['parent'] : null,
    namespace: String(row['namespace']),
    name: String(row['name']),
    path: typeof row['path'] === 'string' ? (JSON.parse(row['path']) as FieldPath) : null,
    assertions: assertionsOf(row['facts'] as readonly (readonly [string, string, string])[], order),
  });
}

function assertionsOf(
  facts: readonly (readonly [source: string, facet: string, body: string])[],
  order: ReadonlyMap<string, number>,
): Assertion[] {
  const bySource = new Map<string, Record<string, Json>>();
  for (const [source, facet, body] of [...facts].sort(([, a], [, b]) => (a < b ? -1 : 1))) {
    const facets = bySource.get(source) ?? {};
    facets[facet] = JSON.parse(body) as Json;
    bySource.set(source, facets);
  }
  return [...bySource]
    .filter(([, facets]) => 'core' in facets)
    .map(([source, facets]) => ({ source, facets }))
    .sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
}

export async function readEntities(reading: Reading, uids: readonly Uid[]): Promise<(EntityRecord | null)[]> {
  const [toEntity, rows] = await Promise.all([
    entityReader(reading),
    reading.ask(`UNWIND $uids AS uid MATCH (e:Entity {uid: uid}) RETURN ${entityColumns}`, {
      uids: [...new Set(uids)],
      n: reading.n,
    }),
  ]);
  const found = new Map(rows.map((row) => [String(row['uid']), toEntity(row)]));
  return uids.map((uid) => found.get(uid) ?? null);
}

/** By name first, then by an alias alive at `n`. A name that stands for two things resolves to neither. */
export async function resolveNames(
  { ask, n }: Reading,
  names: readonly QualifiedName[],
  kind: 'dataset' | 'job',
  without = '',
): Promise<(Uid | null)[]> {
  const label = kind === 'job' ? 'Job' : 'Dataset';
  const asked = names.map(({ namespace, name }, i) => [i, placeOf(namespace, name, null), namespace, name]);
  const rows = await ask(
    `UNWIND $asked AS a
     RETURN a[0] AS i,
       COLLECT { MATCH (e:${label} {place: a[1]}) WHERE e.namespace = a[2] AND e.name = a[3] AND ${isAlive} RETURN e.uid } AS own,
       COLLECT { MATCH (x:Alias {place: a[1]}) WHERE x.namespace = a[2] AND x.name = a[3] AND x.from <= $n AND x.to > $n AND x.source <> $without
         MATCH (e:${label} {uid: x.uid}) RETURN DISTINCT e.uid } AS aliases`,
    { asked, n, without },
  );
  const found = new Map(
    rows.map((row) => {
      const own = row['own'] as readonly Uid[];
      const aliases = row['aliases'] as readonly Uid[];
      return [Number(row['i']), own[0] ?? (aliases.length === 1 ? (aliases[0] ?? null) : null)] as const;
    }),
  );
  return names.map((_, i) => found.get(i) ?? null);
}

export async function entitiesByNative(
  { ask, n }: Reading,
  source: string,
  ids: readonly string[],
): Promise<(Uid | null)[]> {
  const rows = await ask(
    `UNWIND $places AS place MATCH (f:Fact {native: place}) WHERE f.from <= $n AND f.to > $n
     RETURN place, min(f.uid) AS uid`,
    { places: [...new Set(ids.map((id) => nativePlace(source, id)))], n },
  );
  const found = new Map(rows.map((row) => [row['place'], String(row['uid'])]));
  return ids.map((id) => found.get(nativePlace(source, id)) ?? null);
}

/** The fields of each dataset that are alive at `n`, by the JSON text of their paths. */
export async function fieldsOfDatasets(reading: Reading, datasets: readonly Uid[]): Promise<EntityRecord[][]> {
  const [toEntity, rows] = await Promise.all([
    entityReader(reading),
    reading.ask(
      `UNWIND $datasets AS dataset MATCH (:Entity {uid: dataset})-[:HAS]->(e) WHERE ${isAlive}
       RETURN dataset, ${entityColumns} ORDER BY e.path`,
      { datasets: [...new Set(datasets)], n: reading.n },
    ),
  ]);
  const found = Map.groupBy(rows, (row) => row['dataset']);
  return datasets.map((dataset) => (found.get(dataset) ?? []).map((row) => toEntity(row)));
}

/** Fails with INPUT_INVALID for more than one read may answer. */
export function checkDatasets(datasets: readonly Uid[]): void {
  if (datasets.length > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] ${datasets.length} datasets at once; the limit is 1,000`);
}
