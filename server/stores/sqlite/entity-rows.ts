import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { QualifiedName, Uid } from '../../model/ids.ts';
import type { Assertion, DocRecord, EntityFilter, EntityRecord, SourceRecord, Totals } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { fromCursor, limitOf, offsetOf, pageOf } from '../cursor.ts';
import { searchedWords } from '../words.ts';
import { entityKinds, uidBytes, uidText, type Row } from './rows.ts';

/** Columns of an entity; its parent as a uid. */
const columns =
  'e.id, e.uid, e.kind, e.namespace, e.name, e.path, (SELECT p.uid FROM entity p WHERE p.id = e.parent) AS parent_uid';
const alive =
  "EXISTS (SELECT 1 FROM fact f WHERE f.entity = e.id AND f.facet = 'core' AND f.from_rev <= ? AND f.to_rev > ?";

export function readSources(connection: Connection): SourceRecord[] {
  return connection
    .sql('SELECT * FROM source ORDER BY precedence, name')
    .all()
    .map((row) => ({
      name: String(row['name']),
      connector: String(row['connector']),
      mode: modeOf(row['mode']),
      precedence: Number(row['precedence']),
      managed: row['managed'] === 1,
    }));
}

function modeOf(mode: unknown): SourceRecord['mode'] {
  return mode === 'events' || mode === 'window' || mode === 'person' ? mode : 'snapshot';
}

function assertionsOf(connection: Connection, entity: number, n: number): Assertion[] {
  const rows = connection
    .sql(
      `SELECT s.name AS source, f.facet, f.body FROM fact f JOIN source s ON s.id = f.source
       WHERE f.entity = ? AND f.from_rev <= ? AND f.to_rev > ? ORDER BY s.precedence, s.name, f.facet`,
    )
    .all(entity, n, n);
  const bySource = new Map<string, Record<string, Json>>();
  for (const row of rows) {
    const source = String(row['source']);
    const facets = bySource.get(source) ?? {};
    facets[String(row['facet'])] = JSON.parse(String(row['body'])) as Json;
    bySource.set(source, facets);
  }
  return [...bySource].filter(([, facets]) => 'core' in facets).map(([source, facets]) => ({ source, facets }));
}

function toEntity(connection: Connection, row: Row, n: number): EntityRecord {
  return {
    uid: uidText(row['uid']),
    kind: entityKinds[Number(row['kind'])] ?? 'dataset',
    parent: row['parent_uid'] === null ? null : uidText(row['parent_uid']),
    namespace: String(row['namespace']),
    name: String(row['name']),
    path: row['path'] === null ? null : (JSON.parse(String(row['path'])) as string[]),
    assertions: assertionsOf(connection, Number(row['id']), n),
  };
}

export function readEntities(connection: Connection, uids: readonly Uid[], n: number): (EntityRecord | null)[] {
  const statement = connection.sql(`SELECT ${columns} FROM entity e WHERE e.uid = ?`);
  return uids.map((uid) => {
    const row = statement.get(uidBytes(uid));
    return row === undefined ? null : toEntity(connection, row, n);
  });
}

/** By name first, then by an alias alive at `n`. A name that stands for two things resolves to neither. */
export function resolveNames(
  connection: Connection,
  names: readonly QualifiedName[],
  kind: 'dataset' | 'job',
  n: number,
  without = '',
): (Uid | null)[] {
  const number = entityKinds.indexOf(kind);
  return names.map(({ namespace, name }) => {
    const own = connection
      .sql(
        `SELECT e.uid FROM entity e WHERE e.kind = ? AND e.namespace = ? AND e.name = ? AND e.path IS NULL AND ${alive})`,
      )
      .get(number, namespace, name, n, n);
    if (own !== undefined) return uidText(own['uid']);
    const aliases = connection
      .sql(
        `SELECT DISTINCT e.uid FROM alias a JOIN entity e ON e.id = a.entity
         WHERE a.namespace = ? AND a.name = ? AND a.from_rev <= ? AND a.to_rev > ? AND e.kind = ?
           AND a.source NOT IN (SELECT id FROM source WHERE name = ?)`,
      )
      .all(namespace, name, n, n, number, without);
    return aliases.length === 1 ? uidText(aliases[0]?.['uid']) : null;
  });
}

export function entitiesByNative(
  connection: Connection,
  source: string,
  ids: readonly string[],
  n: number,
): (Uid | null)[] {
  const statement = connection.sql(
    `SELECT e.uid FROM fact f JOIN source s ON s.id = f.source JOIN entity e ON e.id = f.entity
     WHERE s.name = ? AND f.facet = 'native' AND json_extract(f.body, '$.id') = ? AND f.from_rev <= ? AND f.to_rev > ? LIMIT 1`,
  );
  return ids.map((id) => {
    const row = statement.get(source, id, n, n);
    return row === undefined ? null : uidText(row['uid']);
  });
}

interface Condition {
  readonly text: string;
  readonly values: readonly (string | number | Buffer)[];
}

/** What a filter asks of `entity e`, apart from its kind and its parent. */
function conditionsOf(filter: EntityFilter, n: number): Condition {
  const texts: string[] = ['1'];
  const values: (string | number | Buffer)[] = [];
  const add = (text: string, ...more: readonly (string | number | Buffer)[]) => {
    texts.push(text);
    values.push(...more);
  };
  if (filter.namespace !== undefined) add('e.namespace = ?', filter.namespace);
  if (filter.namePrefix !== undefined)
    add('substr(e.name, 1, ?) = ?', Array.from(filter.namePrefix).length, filter.namePrefix);
  if (filter.source !== undefined)
    add(`${alive} AND f.source = (SELECT id FROM source WHERE name = ?))`, n, n, filter.source);
  else if (filter.alive !== false) add(`${alive})`, n, n);
  return { text: texts.join(' AND '), values };
}

/**
 * A list has an index for every shape that it names itself: by parent, or one kind at a time, put together afterwards. Left
 * alone, the planner takes the index of the order for the fields of one dataset and reads every field there is.
 */
export function listEntities(
  connection: Connection,
  filter: EntityFilter,
  n: number,
  page: PageRequest,
): Page<EntityRecord> {
  const { text, values } = conditionsOf(filter, n);
  const after = page.after === undefined ? null : fromCursor(page.after, 4);
  const rest = `${text}${after === null ? '' : " AND (e.namespace, e.name, coalesce(e.path, ''), e.uid) > (?, ?, ?, unhex(?))"}
    ORDER BY e.namespace, e.name, coalesce(e.path, ''), e.uid LIMIT ?`;
  const kinds = filter.kind === undefined ? [0, 1, 2] : [entityKinds.indexOf(filter.kind)];
  const read = (from: string, own: number) =>
    connection
      .sql(`SELECT ${columns} FROM ${from} = ? AND ${rest}`)
      .all(own, ...values, ...(after ?? []), limitOf(page));
  const rows =
    filter.parent === undefined
      ? kinds.flatMap((kind) => read('entity e INDEXED BY entity_name WHERE e.kind', kind))
      : read(
          `entity e INDEXED BY entity_parent WHERE e.kind IN (${kinds.join(', ')}) AND e.parent`,
          idOf(connection, filter.parent),
        );
  if (filter.parent === undefined && kinds.length > 1) rows.sort(byName);
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    (row) => [row['namespace'], row['name'], row['path'] ?? '', uidText(row['uid'])],
  );
}

/** The id of a thing; 0, which nothing has, when it was never named. */
function idOf(connection: Connection, uid: Uid): number {
  return Number(connection.sql('SELECT id FROM entity WHERE uid = ?').get(uidBytes(uid))?.['id'] ?? 0);
}

/** The order of the tables: texts by code point, as their bytes compare. */
function byName(a: Row, b: Row): number {
  for (const column of ['namespace', 'name', 'path']) {
    const [x, y] = [a[column] ?? '', b[column] ?? ''].map((text) => Buffer.from(String(text)));
    const order = x === undefined || y === undefined ? 0 : Buffer.compare(x, y);
    if (order !== 0) return order;
  }
  return uidText(a['uid']) < uidText(b['uid']) ? -1 : 1;
}

/** The fields of each dataset that are alive at `n`, by path. */
export function fieldsOfDatasets(connection: Connection, datasets: readonly Uid[], n: number): EntityRecord[][] {
  if (datasets.length > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] ${datasets.length} datasets at once; the limit is 1,000`);
  const statement = connection.sql(
    `SELECT ${columns} FROM entity e INDEXED BY entity_parent WHERE e.parent = ? AND e.kind = 1 AND ${alive}) ORDER BY e.path`,
  );
  return datasets.map((uid) => statement.all(idOf(connection, uid), n, n).map((row) => toEntity(connection, row, n)));
}

/** What is found by its name comes before what only a description names; the shorter name first, then as in lists. */
const bestFirst = "best.said, length(coalesce(e.path, e.name)), e.namespace, e.name, coalesce(e.path, ''), e.uid";

/** Hits by name, and by those descriptions that stand at `n`; each thing once. */
export function searchEntities(
  connection: Connection,
  text: string,
  filter: EntityFilter,
  n: number,
  page: PageRequest,
): Page<EntityRecord> {
  const words = searchedWords(text);
  if (words.length === 0) return { items: [], cursor: null };
  const { text: conditions, values } = conditionsOf(filter, n);
  const kind = filter.kind === undefined ? '' : ` AND e.kind = ${entityKinds.indexOf(filter.kind)}`;
  const parent = filter.parent === undefined ? '' : ` AND e.parent = ${idOf(connection, filter.parent)}`;
  const offset = offsetOf(page);
  const match = words.map((word) => `"${word}"*`).join(' ');
  const rows = connection
    .sql(
      `WITH hit AS MATERIALIZED (SELECT rowid AS id FROM entity_text WHERE entity_text MATCH ?),
       found AS (
         SELECT id AS entity, 0 AS said FROM hit WHERE id > 0
         UNION ALL SELECT d.entity, 1 FROM hit JOIN described d ON d.id = -hit.id
           JOIN fact f ON f.entity = d.entity AND f.source = d.source AND f.facet = 'description' AND f.from_rev = d.from_rev
           WHERE hit.id < 0 AND f.from_rev <= ? AND f.to_rev > ?),
       best AS (SELECT entity, min(said) AS said FROM found GROUP BY entity)
       SELECT ${columns} FROM best CROSS JOIN entity e ON e.id = best.entity
       WHERE ${conditions}${kind}${parent} ORDER BY ${bestFirst} LIMIT ? OFFSET ?`,
    )
    .all(match, n, n, ...values, limitOf(page), offset);
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    () => [offset + page.first],
  );
}

const docColumns = `d.source, d.entity, d.kind, d.scope, d.digest, (SELECT name FROM source WHERE id = d.source) AS source_name,
  (SELECT uid FROM entity WHERE id = d.entity) AS uid`;

/** Documents by source and thing. `source` undefined: of all sources, whatever the scope. */
export function readDocs(
  connection: Connection,
  source: string | undefined,
  scope: string | undefined,
  n: number,
  page: PageRequest,
): Page<DocRecord> {
  const [afterSource = -1, afterEntity = -1] =
    page.after === undefined ? [] : fromCursor(page.after, 2).map((part) => Number(part));
  const id = Number(connection.sql('SELECT id FROM source WHERE name = ?').get(source ?? '')?.['id'] ?? 0);
  const [where, values]: readonly [string, readonly (string | number)[]] =
    source === undefined
      ? ['(d.source, d.entity) > (?, ?)', [afterSource, afterEntity]]
      : scope === undefined
        ? ['d.source = ? AND d.entity > ?', [id, afterEntity]]
        : ['d.source = ? AND d.entity > ? AND d.scope = ?', [id, afterEntity, scope]];
  const index = source !== undefined && scope !== undefined ? 'INDEXED BY doc_scope' : '';
  const rows = connection
    .sql(
      `SELECT ${docColumns} FROM doc d ${index} WHERE ${where} AND d.from_rev <= ? AND d.to_rev > ? ORDER BY d.source, d.entity LIMIT ?`,
    )
    .all(...values, n, n, limitOf(page));
  return pageOf(
    rows,
    page.first,
    (row) => ({
      uid: uidText(row['uid']),
      kind: Number(row['kind']) === 2 ? ('job' as const) : ('dataset' as const),
      source: String(row['source_name']),
      scope: String(row['scope']),
      digest: String(row['digest']),
    }),
    (row) => [row['source'], row['entity']],
  );
}

export function scanEntities(connection: Connection, n: number, page: PageRequest): Page<EntityRecord> {
  const after = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql(`SELECT ${columns} FROM entity e WHERE e.id > ? AND ${alive}) ORDER BY e.id LIMIT ?`)
    .all(after, n, n, limitOf(page));
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    (row) => [row['id']],
  );
}

/** Totals of published revisions, which never change: counting a million rows takes a second. */
const remembered = new WeakMap<Connection, Map<number, Totals>>();

export function readTotals(connection: Connection, n: number): Totals {
  const published = Number(connection.sql('SELECT published FROM head').get()?.['published']);
  if (n > published) return countTotals(connection, n);
  const known = remembered.get(connection) ?? new Map<number, Totals>();
  remembered.set(connection, known);
  const totals = known.get(n) ?? countTotals(connection, n);
  if (known.size >= 100) known.clear();
  known.set(n, totals);
  return totals;
}

function countTotals(connection: Connection, n: number): Totals {
  const kinds = connection
    .sql(
      `SELECT e.kind, count(DISTINCT e.id) AS number FROM entity e JOIN fact f ON f.entity = e.id
       WHERE f.facet = 'core' AND f.from_rev <= ? AND f.to_rev > ? GROUP BY e.kind`,
    )
    .all(n, n);
  const ofKind = (kind: number) => Number(kinds.find((row) => row['kind'] === kind)?.['number'] ?? 0);
  const count = (table: string) =>
    Number(
      connection.sql(`SELECT count(*) AS number FROM ${table} WHERE from_rev <= ? AND to_rev > ?`).get(n, n)?.[
        'number'
      ] ?? 0,
    );
  return {
    datasets: ofKind(0),
    fields: ofKind(1),
    jobs: ofKind(2),
    edges: count('edge'),
    verdicts: count('verdict'),
    derived: count('derived'),
  };
}
