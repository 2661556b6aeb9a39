import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { datasetUid, fieldUid, jobUid } from '../../server/model/ids.ts';
import { INF, tables } from '../../server/stores/sqlite/schema.ts';
import { hasJob, jobDocument, tableDocument, type WarehouseSize } from './warehouse.ts';

/**
 * The floor: the same rows in the same tables with the same indexes, written and walked by hand in this thread, with every id
 * known beforehand: no check, no name, no hash, no staging, no comparison, no full text.
 */
export interface RawGraph {
  readonly seconds: number;
  readonly rows: number;
  walk(field: number, depth: number, first: number): number;
  close(): void;
}

export function writeRaw(directory: string, size: WarehouseSize): RawGraph {
  const db = new DatabaseSync(join(directory, 'raw.db'));
  db.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16000; ${tables}`,
  );
  const prepared = rowsOf(size);
  const started = performance.now();
  const entity = db.prepare('INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)');
  const doc = db.prepare("INSERT INTO doc VALUES (1, ?, ?, 'dw', ?, 1, ?)");
  const fact = db.prepare("INSERT INTO fact VALUES (?, 1, 'core', ?, ?, 1, ?)");
  const edge = db.prepare("INSERT OR IGNORE INTO edge VALUES (?, ?, 1, ?, '', 1, 1, ?, ?, 0, 0, NULL, 1)");
  let rows = 0;
  db.exec('BEGIN');
  const tick = () => {
    rows += 1;
    if (rows % 20_000 === 0) db.exec('COMMIT; BEGIN');
  };
  for (const row of prepared.entities) {
    entity.run(row.id, row.uid, row.kind, row.parent, row.namespace, row.name, row.path);
    if (row.parent === null) doc.run(row.id, row.kind, row.uid.toString('hex'), INF);
    fact.run(row.id, row.parent ?? row.id, row.body, INF);
    tick();
  }
  for (const row of prepared.edges) {
    edge.run(row.src, row.dst, row.job, INF, row.job);
    tick();
  }
  db.exec('COMMIT');
  const seconds = (performance.now() - started) / 1000;
  const next = db.prepare(
    'SELECT DISTINCT dst FROM edge INDEXED BY edge_out WHERE src = ? AND to_rev > 1 AND from_rev <= 1 AND kind IN (1, 2, 3)',
  );
  next.setReturnArrays(true);
  return {
    seconds,
    rows,
    walk(field, depth, first) {
      const seen = new Set([field]);
      let layer = [field];
      let hits = 0;
      for (let degree = 1; degree <= depth && layer.length > 0; degree++) {
        const found: number[] = [];
        for (const src of layer)
          for (const [dst] of next.all(src) as unknown as number[][])
            if (dst !== undefined && !seen.has(dst)) {
              seen.add(dst);
              found.push(dst);
              hits += 1;
            }
        layer = found;
      }
      return Math.min(hits, first);
    },
    close: () => db.close(),
  };
}

/** The id of a column in the raw graph: tables first, each followed by its columns. */
export function rawFieldId(table: number, column: number, size: WarehouseSize): number {
  return table * (size.columns + 2) + 1 + column;
}

function rowsOf(size: WarehouseSize) {
  const entities: {
    id: number;
    uid: Buffer;
    kind: number;
    parent: number | null;
    namespace: string;
    name: string;
    path: string | null;
    body: string;
  }[] = [];
  const edges: { src: number; dst: number; job: number }[] = [];
  const tableOf = (name: string) => Number(name.slice(name.lastIndexOf('_') + 1));
  for (let i = 0; i < size.tables; i++) {
    const base = i * (size.columns + 2);
    const table = tableDocument(i, size);
    entities.push({
      id: base,
      uid: Buffer.from(datasetUid(table), 'hex'),
      kind: 0,
      parent: null,
      namespace: table.namespace,
      name: table.name,
      path: null,
      body: '{"kind":"table","platform":"postgres"}',
    });
    for (const [c, field] of table.fields.entries())
      entities.push({
        id: base + 1 + c,
        uid: Buffer.from(fieldUid(table, field.path), 'hex'),
        kind: 1,
        parent: base,
        namespace: table.namespace,
        name: table.name,
        path: JSON.stringify(field.path),
        body: `{"ordinal":${c + 1},"type":"text"}`,
      });
    if (!hasJob(i)) continue;
    const job = jobDocument(i, size);
    const jobId = base + size.columns + 1;
    entities.push({
      id: jobId,
      uid: Buffer.from(jobUid(job), 'hex'),
      kind: 2,
      parent: null,
      namespace: job.namespace,
      name: job.name,
      path: null,
      body: '{"kind":"process","platform":"postgres"}',
    });
    for (const stated of job.edges ?? [])
      edges.push({
        src: rawFieldId(tableOf(stated.from.dataset.name), Number(stated.from.field?.[0]?.slice(7)), size),
        dst: rawFieldId(tableOf(stated.to.dataset.name), Number(stated.to.field?.[0]?.slice(7)), size),
        job: jobId,
      });
  }
  return { entities, edges };
}
