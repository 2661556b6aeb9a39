import { LexlineError } from '../../base/errors.ts';
import type { Passage, PassageFilter, PassageHit, PassageQuery } from '../vectors/vector-index.ts';
import { transaction, type Connection } from './prepared.ts';
import type { Row } from './rows.ts';

/** Constant of reciprocal rank fusion (Cormack, Clarke, Büttcher 2009). */
const fusionConstant = 60;
const candidates = 200;

export function createCollection(connection: Connection, name: string, dimensions: number | null): void {
  transaction(connection, () => {
    removePassages(connection, 'collection = ?', [name]);
    connection.sql('INSERT OR REPLACE INTO collection(name, dimensions) VALUES (?, ?)').run(name, dimensions);
  });
}

function removePassages(connection: Connection, where: string, values: readonly string[]): void {
  connection.sql(`DELETE FROM passage_text WHERE rowid IN (SELECT id FROM passage WHERE ${where})`).run(...values);
  connection.sql(`DELETE FROM passage WHERE ${where}`).run(...values);
}

function dimensionsOf(connection: Connection, collection: string): number | null {
  const row = connection.sql('SELECT dimensions FROM collection WHERE name = ?').get(collection);
  if (row === undefined) throw new LexlineError('NOT_FOUND', `[stores/vectors] there is no collection "${collection}"`);
  return row['dimensions'] === null ? null : Number(row['dimensions']);
}

export function putPassages(connection: Connection, collection: string, passages: readonly Passage[]): void {
  transaction(connection, () => {
    const dimensions = dimensionsOf(connection, collection);
    for (const passage of passages) {
      const { vector, ...body } = passage;
      if (vector !== null && vector.length !== dimensions)
        throw new LexlineError(
          'INPUT_INVALID',
          `[stores/vectors] passage ${passage.id}: ${vector.length} dimensions, the collection has ${dimensions ?? 'none'}`,
        );
      removePassages(connection, 'collection = ? AND passage = ?', [collection, passage.id]);
      const { lastInsertRowid } = connection
        .sql(
          'INSERT INTO passage(collection, passage, regulation, edition, language, kind, valid_from, valid_to, body, vector) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          collection,
          passage.id,
          passage.regulation,
          passage.edition,
          passage.language,
          passage.kind,
          passage.from,
          passage.to,
          JSON.stringify(body),
          vector === null ? null : new Uint8Array(Float32Array.from(vector).buffer),
        );
      connection
        .sql('INSERT INTO passage_text(rowid, search, text) VALUES (?, ?, ?)')
        .run(lastInsertRowid, passage.searchText, passage.text);
    }
  });
}

export function publishCollection(connection: Connection, alias: string, collection: string): void {
  transaction(connection, () => {
    dimensionsOf(connection, collection);
    connection.sql('INSERT OR REPLACE INTO collection_alias(alias, collection) VALUES (?, ?)').run(alias, collection);
  });
}

function filterSql(filter: PassageFilter): { text: string; values: string[] } {
  const texts: string[] = [];
  const values: string[] = [];
  const anyOf = (column: string, list: readonly string[] | undefined) => {
    if (list === undefined) return;
    texts.push(list.length === 0 ? '0' : `p.${column} IN (${list.map(() => '?').join(', ')})`);
    values.push(...list);
  };
  anyOf('regulation', filter.regulations);
  anyOf('edition', filter.editions);
  anyOf('language', filter.languages);
  anyOf('kind', filter.kind === undefined ? undefined : [filter.kind]);
  if (filter.asOf !== undefined) {
    texts.push('(p.valid_from IS NULL OR p.valid_from <= ?) AND (p.valid_to IS NULL OR p.valid_to > ?)');
    values.push(filter.asOf, filter.asOf);
  }
  return { text: texts.length === 0 ? '1' : texts.join(' AND '), values };
}

function toPassage(row: Row): Passage {
  const vector = row['vector'];
  return {
    ...(JSON.parse(String(row['body'])) as Omit<Passage, 'vector'>),
    vector: vector instanceof Uint8Array ? [...new Float32Array(vector.slice().buffer)] : null,
  };
}

/** By words: each term's BM25 times its weight, added up; the searched words count double. */
function byWords(connection: Connection, collection: string, query: PassageQuery): Map<number, number> {
  const scores = new Map<number, number>();
  const filter = filterSql(query.filter);
  const statement = connection.sql(
    `SELECT p.id, bm25(passage_text, 2.0, 1.0) AS score FROM passage_text JOIN passage p ON p.id = passage_text.rowid
     WHERE passage_text MATCH ? AND p.collection = ? AND ${filter.text}`,
  );
  for (const { term, weight } of query.terms) {
    const words = term.match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length === 0) continue;
    for (const row of statement.all(`"${words.join(' ')}"`, collection, ...filter.values)) {
      const id = Number(row['id']);
      scores.set(id, (scores.get(id) ?? 0) - Number(row['score']) * weight);
    }
  }
  return scores;
}

/** By meaning: exact cosine over all vectors that pass the filter; reproducible, no approximation. */
function byMeaning(connection: Connection, collection: string, query: PassageQuery): Map<number, number> {
  const scores = new Map<number, number>();
  if (query.vector === null) return scores;
  const asked = Float32Array.from(query.vector);
  const filter = filterSql(query.filter);
  const statement = connection.sql(
    `SELECT p.id, p.vector FROM passage p WHERE p.collection = ? AND p.vector IS NOT NULL AND ${filter.text}`,
  );
  for (const row of statement.iterate(collection, ...filter.values)) {
    const bytes = row['vector'];
    if (bytes instanceof Uint8Array)
      scores.set(Number(row['id']), cosine(asked, new Float32Array(bytes.slice().buffer)));
  }
  return scores;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : dot / Math.sqrt(aa * bb);
}

function ranked(scores: ReadonlyMap<number, number>): [number, number][] {
  return [...scores].sort((x, y) => y[1] - x[1] || x[0] - y[0]).slice(0, candidates);
}

function collectionBehind(connection: Connection, alias: string): string | null {
  const row = connection.sql('SELECT collection FROM collection_alias WHERE alias = ?').get(alias);
  return row === undefined ? null : String(row['collection']);
}

export function getPassages(connection: Connection, alias: string, ids: readonly string[]): Passage[] {
  const collection = collectionBehind(connection, alias);
  if (collection === null) return [];
  const statement = connection.sql('SELECT body, vector FROM passage WHERE collection = ? AND passage = ?');
  return ids.flatMap((id) => {
    const row = statement.get(collection, id);
    return row === undefined ? [] : [toPassage(row)];
  });
}

export function pagePassages(connection: Connection, alias: string, after: string | null, first: number): Passage[] {
  const collection = collectionBehind(connection, alias);
  if (collection === null) return [];
  return connection
    .sql('SELECT body, vector FROM passage WHERE collection = ? AND passage > ? ORDER BY passage LIMIT ?')
    .all(collection, after ?? '', first)
    .map((row) => toPassage(row));
}

export function searchPassages(connection: Connection, alias: string, query: PassageQuery): PassageHit[] {
  const collection = collectionBehind(connection, alias);
  if (collection === null)
    throw new LexlineError('NOT_FOUND', `[stores/vectors] nothing was indexed under "${alias}" yet`);
  const dimensions = dimensionsOf(connection, collection);
  if (query.vector !== null && dimensions !== null && query.vector.length !== dimensions)
    throw new LexlineError(
      'INPUT_INVALID',
      `[stores/vectors] a query of ${query.vector.length} dimensions; the collection "${collection}" has ${dimensions}`,
      { remedy: 'Ask with the embedder that the collection was built with, or build it again.' },
    );
  const words = ranked(byWords(connection, collection, query));
  const meaning = ranked(byMeaning(connection, collection, query));
  let order = words;
  if (meaning.length > 0) {
    const fused = new Map<number, number>();
    for (const list of [words, meaning])
      for (const [rank, [id]] of list.entries()) fused.set(id, (fused.get(id) ?? 0) + 1 / (fusionConstant + rank + 1));
    order = ranked(fused);
  }
  const statement = connection.sql('SELECT body, vector FROM passage WHERE id = ?');
  return order.slice(0, query.k).flatMap(([id, score]) => {
    const found = statement.get(id);
    return found === undefined ? [] : [{ passage: toPassage(found), score }];
  });
}

export function removePassagesWhere(connection: Connection, collection: string, filter: PassageFilter): void {
  const { text, values } = filterSql(filter);
  transaction(connection, () => {
    const ids = connection
      .sql(`SELECT p.id FROM passage p WHERE p.collection = ? AND ${text}`)
      .all(collection, ...values)
      .map((row) => Number(row['id']));
    for (const id of ids) {
      connection.sql('DELETE FROM passage_text WHERE rowid = ?').run(id);
      connection.sql('DELETE FROM passage WHERE id = ?').run(id);
    }
  });
}

export function dropCollection(connection: Connection, collection: string): void {
  transaction(connection, () => {
    removePassages(connection, 'collection = ?', [collection]);
    connection.sql('DELETE FROM collection_alias WHERE collection = ?').run(collection);
    connection.sql('DELETE FROM collection WHERE name = ?').run(collection);
  });
}

export function listCollections(connection: Connection): { name: string; passages: number; aliases: string[] }[] {
  return connection
    .sql('SELECT name FROM collection ORDER BY name')
    .all()
    .map((row) => {
      const name = String(row['name']);
      return {
        name,
        passages: Number(
          connection.sql('SELECT count(*) AS number FROM passage WHERE collection = ?').get(name)?.['number'] ?? 0,
        ),
        aliases: connection
          .sql('SELECT alias FROM collection_alias WHERE collection = ? ORDER BY alias')
          .all(name)
          .map((a) => String(a['alias'])),
      };
    });
}
