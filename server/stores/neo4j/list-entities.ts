import type { DocRecord, EntityFilter, EntityRecord, Totals } from '../graph/graph-store.ts';
import type { EntityKind } from '../../model/ids.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, offsetOf, pageOf } from '../cursor.ts';
import { searchedWords } from '../words.ts';
import { whole, type Row } from './database.ts';
import { byCodePoint, keyOf } from './keys.ts';
import type { Reading } from './read-at.ts';
import { entityColumns, entityReader, isAlive } from './read-entities.ts';
import { SEP } from './schema.ts';

const labelOf = { dataset: 'Dataset', field: 'Field', job: 'Job' } as const;
const kinds: readonly EntityKind[] = ['dataset', 'field', 'job'];

/** What a filter asks of `e`, apart from its kind and its parent. */
function conditionsOf(filter: EntityFilter): {
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
} {
  const texts: string[] = [];
  if (filter.namespace !== undefined) texts.push('e.namespace = $namespace AND e.place STARTS WITH $namespacePlace');
  if (filter.namePrefix !== undefined) texts.push('e.name STARTS WITH $namePrefix');
  if (filter.source !== undefined)
    texts.push(`EXISTS { MATCH (f:Fact) WHERE f.key STARTS WITH e.uid + $ofSource AND f.from <= $n AND f.to > $n }`);
  else if (filter.alive !== false) texts.push(isAlive);
  return {
    text: texts.map((text) => ` AND ${text}`).join(''),
    values: {
      namespace: filter.namespace,
      namespacePlace: `${filter.namespace ?? ''}\u0000`,
      namePrefix: filter.namePrefix,
      ofSource: `${SEP}${filter.source ?? ''}${SEP}core${SEP}`,
    },
  };
}

/** By name. One kind at a time, from the index on its places, put together afterwards; or the fields of one parent. */
export async function listEntities(
  reading: Reading,
  filter: EntityFilter,
  page: PageRequest,
): Promise<Page<EntityRecord>> {
  const limit = limitOf(page);
  const { text, values } = conditionsOf(filter);
  const [place = '', uid = ''] = page.after === undefined ? [] : fromCursor(page.after, 2).map(String);
  const toEntity = await entityReader(reading);
  const rest = `e.place >= $place AND (e.place > $place OR e.uid > $uid)${text}
    RETURN ${entityColumns} ORDER BY e.place, e.uid LIMIT $limit`;
  const parameters = { ...values, place, uid, n: reading.n, limit: whole(limit), parent: filter.parent };
  const wanted = filter.kind === undefined ? kinds : [filter.kind];
  const found: Row[] = [];
  for (const kind of wanted) {
    const from = filter.parent === undefined ? '' : '(:Entity {uid: $parent})-[:HAS]->';
    found.push(...(await reading.transaction.run(`MATCH ${from}(e:${labelOf[kind]}) WHERE ${rest}`, parameters)));
  }
  if (wanted.length > 1) found.sort(byPlace);
  return pageOf(found, page.first, toEntity, (row) => [row['place'], row['uid']]);
}

function byPlace(a: Row, b: Row): number {
  return byCodePoint(String(a['place']), String(b['place'])) || byCodePoint(String(a['uid']), String(b['uid']));
}

/** What is found by its name comes before what only a description names; the shorter name first, then as in lists. */
const bestFirst = `said, size(coalesce(e.path, e.name)), e.namespace, e.name, coalesce(e.path, ''), e.uid`;

/** Hits by name, and by those descriptions that stand at `n`; each thing once. */
export async function searchEntities(
  reading: Reading,
  text: string,
  filter: EntityFilter,
  page: PageRequest,
): Promise<Page<EntityRecord>> {
  const limit = limitOf(page);
  const offset = offsetOf(page);
  const words = searchedWords(text);
  if (words.length === 0) return { items: [], cursor: null };
  const toEntity = await entityReader(reading);
  const { text: conditions, values } = conditionsOf(filter);
  const kind = filter.kind === undefined ? '' : ' AND e.kind = $kind';
  const parent = filter.parent === undefined ? '' : ' AND e.parent = $parent';
  await reading.transaction.run('CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()');
  const rows = await reading.transaction.run(
    `CALL db.index.fulltext.queryNodes('words', $query) YIELD node
     WITH node WHERE node:Entity OR (node.from <= $n AND node.to > $n)
     WITH node.uid AS uid, min(CASE WHEN node:Entity THEN 0 ELSE 1 END) AS said
     MATCH (e:Entity {uid: uid}) WHERE true${kind}${parent}${conditions}
     WITH e, said ORDER BY ${bestFirst} SKIP $offset LIMIT $limit
     RETURN said, ${entityColumns} ORDER BY ${bestFirst}`,
    {
      ...values,
      query: words.map((word) => `+${word}*`).join(' '),
      kind: filter.kind,
      parent: filter.parent,
      n: reading.n,
      limit: whole(limit),
      offset: whole(offset),
    },
  );
  return pageOf(rows, page.first, toEntity, () => [offset + page.first]);
}

/** Entities alive, by identity. */
export async function scanEntities(reading: Reading, page: PageRequest): Promise<Page<EntityRecord>> {
  const limit = limitOf(page);
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const [toEntity, rows] = await Promise.all([
    entityReader(reading),
    reading.ask(
      `MATCH (e:Entity) WHERE e.uid > $after AND ${isAlive} RETURN ${entityColumns} ORDER BY e.uid LIMIT $limit`,
      { after, n: reading.n, limit: whole(limit) },
    ),
  ]);
  return pageOf(rows, page.first, toEntity, (row) => [row['uid']]);
}

const docColumns = 'd.uid AS uid, d.kind AS kind, d.source AS source, d.scope AS scope, d.digest AS digest';

/** Documents by source and thing. `source` undefined: of all sources, whatever the scope. */
export async function readDocs(
  { ask, n }: Reading,
  source: string | undefined,
  scope: string | undefined,
  page: PageRequest,
): Promise<Page<DocRecord>> {
  const limit = limitOf(page);
  const inScope = source !== undefined && scope !== undefined;
  const column = inScope ? 'place' : 'key';
  const prefix = source === undefined ? '' : inScope ? `${keyOf(source, scope)}${SEP}` : `${source}${SEP}`;
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const rows = await ask(
    `MATCH (d:Doc) WHERE d.${column} STARTS WITH $prefix AND d.${column} > $after AND d.from <= $n AND d.to > $n
     RETURN ${docColumns}, d.${column} AS place ORDER BY d.${column} LIMIT $limit`,
    { prefix, after, n, limit: whole(limit) },
  );
  return pageOf(rows, page.first, toDoc, (row) => [row['place']]);
}

function toDoc(row: Row): DocRecord {
  return {
    uid: String(row['uid']),
    kind: row['kind'] === 'job' ? 'job' : 'dataset',
    source: String(row['source']),
    scope: String(row['scope']),
    digest: String(row['digest']),
  };
}

/** Counts everything alive at `n`. */
export async function countTotals({ transaction, n }: Reading): Promise<Totals> {
  const count = async (pattern: string, condition: string) => {
    const [row] = await transaction.run(`MATCH ${pattern} WHERE ${condition} RETURN count(*) AS number`, { n });
    return Number(row?.['number'] ?? 0);
  };
  const isStanding = 'x.from <= $n AND x.to > $n';
  return {
    datasets: await count('(e:Dataset)', isAlive),
    fields: await count('(e:Field)', isAlive),
    jobs: await count('(e:Job)', isAlive),
    edges: await count('()-[x:FLOWS]->()', isStanding),
    verdicts: await count('(x:Verdict)', isStanding),
    derived: await count('(x:Derived)', isStanding),
  };
}
