import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Driver } from 'neo4j-driver';
import neo4j from 'neo4j-driver';
import type { Uid } from '../../server/model/ids.ts';
import { documents, type LevelsSize } from './levels.ts';

/** The least that could be done: ends of edges and nothing else, no history, no names, no ownership. */
export interface Floor {
  readonly name: string;
  /** Seconds to write all edges (and the fields they join). */
  readonly load: number;
  /** How many things a walk of this depth meets, at most `first`. */
  walk(from: Uid, depth: number, first: number): Promise<number>;
  count(from: Uid, depth: number): Promise<number>;
  close(): Promise<void>;
}

interface RawGraph {
  readonly ids: ReadonlyMap<Uid, number>;
  readonly edges: readonly (readonly [number, number])[];
}

/** Numbers the fields and lists the edges: not part of any time. */
export function rawGraph(size: LevelsSize): RawGraph {
  const ids = new Map<Uid, number>();
  const edges: [number, number][] = [];
  for (const document of documents(size, () => 0)) {
    for (const { uid, kind } of document.entities) if (kind === 'field') ids.set(uid, ids.size);
    for (const { from, to } of document.edges) edges.push([ids.get(from) ?? 0, ids.get(to) ?? 0]);
  }
  return { ids, edges };
}

export function rawSqlite(directory: string, { ids, edges }: RawGraph): Floor {
  const db = new DatabaseSync(join(directory, 'floor.db'));
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;
     CREATE TABLE edge(src INTEGER, dst INTEGER, PRIMARY KEY(src, dst)) WITHOUT ROWID; CREATE INDEX edge_in ON edge(dst, src);`,
  );
  const begun = performance.now();
  const insert = db.prepare('INSERT OR IGNORE INTO edge VALUES (?, ?)');
  for (let at = 0; at < edges.length; at += 20_000) {
    db.exec('BEGIN');
    for (const [src, dst] of edges.slice(at, at + 20_000)) insert.run(src, dst);
    db.exec('COMMIT');
  }
  const load = (performance.now() - begun) / 1000;
  const next = db.prepare('SELECT dst FROM edge WHERE src = ?');
  next.setReturnArrays(true);
  const reach = (from: number, depth: number, first: number): number => {
    const seen = new Set([from]);
    let layer = [from];
    for (let degree = 1; degree <= depth && layer.length > 0 && seen.size <= first; degree++) {
      const found: number[] = [];
      for (const src of layer)
        for (const [dst] of next.iterate(src) as unknown as Iterable<readonly number[]>) {
          if (dst === undefined || seen.has(dst)) continue;
          seen.add(dst);
          found.push(dst);
          if (seen.size > first) return first;
        }
      layer = found;
    }
    return seen.size - 1;
  };
  return {
    name: 'raw SQLite',
    load,
    walk: async (from, depth, first) => reach(ids.get(from) ?? 0, depth, first),
    count: async (from, depth) => reach(ids.get(from) ?? 0, depth, Number.POSITIVE_INFINITY),
    close: async () => db.close(),
  };
}

/** Nodes `:RawField` and relationships `:RAW` beside the stores, in the same server. */
export async function rawCypher(
  connection: { readonly url: string; readonly username: string; readonly password: string },
  { ids, edges }: RawGraph,
): Promise<Floor> {
  const driver: Driver = neo4j.driver(connection.url, neo4j.auth.basic(connection.username, connection.password), {
    disableLosslessIntegers: true,
  });
  const run = async (text: string, parameters: Record<string, unknown> = {}) => {
    const session = driver.session();
    try {
      return (await session.run(text, parameters)).records.map((record) => record.toObject());
    } finally {
      await session.close();
    }
  };
  await run('CREATE CONSTRAINT raw_field IF NOT EXISTS FOR (f:RawField) REQUIRE f.id IS UNIQUE');
  const begun = performance.now();
  const numbers = [...ids.values()].map((id) => neo4j.int(id));
  for (let at = 0; at < numbers.length; at += 10_000)
    await run('UNWIND $rows AS id CREATE (:RawField {id: id})', { rows: numbers.slice(at, at + 10_000) });
  for (let at = 0; at < edges.length; at += 10_000)
    await run(
      'UNWIND $rows AS row MATCH (a:RawField {id: row[0]}) MATCH (b:RawField {id: row[1]}) CREATE (a)-[:RAW]->(b)',
      { rows: edges.slice(at, at + 10_000).map(([a, b]) => [neo4j.int(a), neo4j.int(b)]) },
    );
  const load = (performance.now() - begun) / 1000;
  const idOf = (uid: Uid) => neo4j.int(ids.get(uid) ?? 0);
  return {
    name: 'raw Cypher',
    load,
    async walk(from, depth, first) {
      const rows = await run(
        `MATCH (a:RawField {id: $id})-[:RAW*1..${depth}]->(b) RETURN DISTINCT b.id AS id LIMIT ${first}`,
        { id: idOf(from) },
      );
      return rows.length;
    },
    async count(from, depth) {
      const [row] = await run(
        `MATCH (a:RawField {id: $id})-[:RAW*1..${depth}]->(b) RETURN count(DISTINCT b) AS number`,
        { id: idOf(from) },
      );
      return Number(row?.['number'] ?? 0);
    },
    async close() {
      await run('MATCH (n:RawField) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS');
      await driver.close();
    },
  };
}
