import { LexlineError } from '../../base/errors.ts';
import type { Json } from '../../model/json.ts';
import type { QualifiedName, Uid } from '../../model/ids.ts';
import type { Assertion, DocRecord, EntityFilter, EntityRecord, SourceRecord, Totals } from '../graph/graph-store.ts';
import type { Page, PageRequest } from '../page.ts';
import type { Connection } from './prepared.ts';
import { entityKinds, fromCursor, pageOf, uidBytes, uidText, type Row } from './rows.ts';

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
        'SELECT DISTINCT e.uid FROM alias a JOIN entity e ON e.id = a.entity WHERE a.namespace = ? AND a.name = ? AND a.from_rev <= ? AND a.to_rev > ? AND e.kind = ?',
      )
      .all(namespace, name, n, n, number);
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

function conditionsOf(filter: EntityFilter, n: number): Condition {
  const texts: string[] = [];
  const values: (string | number | Buffer)[] = [];
  const add = (text: string, ...more: readonly (string | number | Buffer)[]) => {
    texts.push(text);
    values.push(...more);
  };
  if (filter.kind !== undefined) add('e.kind = ?', entityKinds.indexOf(filter.kind));
  if (filter.parent !== undefined) add('e.parent = (SELECT id FROM entity WHERE uid = ?)', uidBytes(filter.parent));
  if (filter.namespace !== undefined) add('e.namespace = ?', filter.namespace);
  if (filter.namePrefix !== undefined)
    add('substr(e.name, 1, ?) = ?', Array.from(filter.namePrefix).length, filter.namePrefix);
  if (filter.source !== undefined)
    add(`${alive} AND f.source = (SELECT id FROM source WHERE name = ?))`, n, n, filter.source);
  else if (filter.alive !== false) add(`${alive})`, n, n);
  return { text: texts.length === 0 ? '1' : texts.join(' AND '), values };
}

export function listEntities(
  connection: Connection,
  filter: EntityFilter,
  n: number,
  page: PageRequest,
): Page<EntityRecord> {
  const { text, values } = conditionsOf(filter, n);
  const after = page.after === undefined ? null : fromCursor(page.after, 4);
  const rows = connection
    .sql(
      `SELECT ${columns} FROM entity e WHERE ${text}${after === null ? '' : " AND (e.namespace, e.name, coalesce(e.path, ''), e.id) > (?, ?, ?, ?)"}
       ORDER BY e.namespace, e.name, coalesce(e.path, ''), e.id LIMIT ?`,
    )
    .all(...values, ...(after ?? []), page.first + 1);
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    (row) => [row['namespace'], row['name'], row['path'] ?? '', row['id']],
  );
}

/** The fields of each dataset that are alive at `n`, by path. */
export function fieldsOfDatasets(connection: Connection, datasets: readonly Uid[], n: number): EntityRecord[][] {
  if (datasets.length > 1000)
    throw new LexlineError('INPUT_INVALID', `[stores] ${datasets.length} datasets at once; the limit is 1,000`);
  const statement = connection.sql(
    `SELECT ${columns} FROM entity e WHERE e.parent = (SELECT id FROM entity WHERE uid = ?) AND e.kind = 1 AND ${alive}) ORDER BY e.path`,
  );
  return datasets.map((uid) => statement.all(uidBytes(uid), n, n).map((row) => toEntity(connection, row, n)));
}

/** Every word of the text must begin a word of the thing. */
function matchText(text: string): string | null {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0
    ? null
    : words
        .slice(0, 12)
        .map((word) => `"${word}"*`)
        .join(' ');
}

export function searchEntities(
  connection: Connection,
  text: string,
  filter: EntityFilter,
  n: number,
  page: PageRequest,
): Page<EntityRecord> {
  const match = matchText(text);
  if (match === null) return { items: [], cursor: null };
  const { text: conditions, values } = conditionsOf(filter, n);
  const offset = page.after === undefined ? 0 : Number(fromCursor(page.after, 1)[0]);
  const rows = connection
    .sql(
      `SELECT ${columns} FROM (SELECT rowid, rank AS score FROM entity_text WHERE entity_text MATCH ? ORDER BY rank, rowid LIMIT 50000) t
       JOIN entity e ON e.id = t.rowid WHERE ${conditions} ORDER BY t.score, e.id LIMIT ? OFFSET ?`,
    )
    .all(match, ...values, page.first + 1, offset);
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    () => [offset + page.first],
  );
}

export function readDocs(
  connection: Connection,
  source: string | undefined,
  scope: string | undefined,
  n: number,
  page: PageRequest,
): Page<DocRecord> {
  const after = page.after === undefined ? [-1, -1] : fromCursor(page.after, 2);
  const rows = connection
    .sql(
      `SELECT d.source, d.entity, d.kind, d.scope, d.digest, s.name AS source_name, e.uid FROM doc d
       JOIN source s ON s.id = d.source JOIN entity e ON e.id = d.entity
       WHERE (? IS NULL OR s.name = ?) AND (? IS NULL OR d.scope = ?) AND d.from_rev <= ? AND d.to_rev > ? AND (d.source, d.entity) > (?, ?)
       ORDER BY d.source, d.entity LIMIT ?`,
    )
    .all(source ?? null, source ?? null, scope ?? null, scope ?? null, n, n, ...after, page.first + 1);
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
    .all(after, n, n, page.first + 1);
  return pageOf(
    rows,
    page.first,
    (row) => toEntity(connection, row, n),
    (row) => [row['id']],
  );
}

export function readTotals(connection: Connection, n: number): Totals {
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
