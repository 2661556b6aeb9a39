import type { DatabaseSync } from 'node:sqlite';
import { datasetUid, type FieldPath } from '../../model/ids.ts';
import { leafHash } from '../ledger/chain.ts';
import { createIdentities } from './identities.ts';
import { toRecord } from './ledger-rows.ts';
import { withStatements, type Connection } from './prepared.ts';
import { keptBelowFloor, stagedByScope, wordsAsTheyAre, wordsByFactAndLeaves } from './schema.ts';
import { createWordWriter } from './words.ts';

/**
 * What leads from one version of the tables to the next, by the version it starts from. Each runs inside the one migration
 * transaction, after the file was backed up.
 */
export const migrations: Readonly<Record<number, (db: DatabaseSync) => void>> = {
  1: (db) => db.exec(stagedByScope),
  2: (db) => {
    db.exec(wordsByFactAndLeaves);
    const connection = withStatements(db);
    separateDescriptions(connection);
    addLeaves(connection);
  },
  3: (db) => db.exec(keptBelowFloor),
  4: (db) => {
    db.exec(wordsAsTheyAre);
    indexAnew(withStatements(db));
  },
  5: (db) => hangStrays(withStatements(db)),
};

/**
 * Version 5 gave fields no dataset that an edge had named before anybody named it. What was judged of such a dataset leaves
 * them out, so every source's datasets are judged again.
 */
function hangStrays(connection: Connection): void {
  const datasets = connection
    .sql('SELECT DISTINCT namespace, name FROM entity WHERE kind = 1 AND parent IS NULL')
    .all()
    .map((row) => ({ namespace: String(row['namespace']), name: String(row['name']) }));
  if (datasets.length === 0) return;
  const ids = createIdentities(connection);
  const words = createWordWriter(connection);
  const hang = connection.sql(
    'UPDATE entity SET parent = ? WHERE kind = 1 AND namespace = ? AND name = ? AND parent IS NULL',
  );
  for (const { namespace, name } of datasets) {
    const dataset = { uid: datasetUid({ namespace, name }), kind: 'dataset', parent: null, path: null } as const;
    hang.run(ids.ensure({ ...dataset, namespace, name }, words), namespace, name);
  }
  words.write();
  connection.sql("DELETE FROM state_record WHERE kind = 'judged'").run();
}

/** Things whose words are written together: as many texts as a migration holds in memory. */
const indexedTogether = 5000;

/** Version 4 left it to the index to split and fold words, which other engines do otherwise. */
function indexAnew(connection: Connection): void {
  const words = createWordWriter(connection);
  const names = connection.sql('SELECT id, name, path FROM entity WHERE id > ? ORDER BY id LIMIT ?');
  for (
    let last = 0, rows = names.all(last, indexedTogether);
    rows.length > 0;
    rows = names.all(last, indexedTogether)
  ) {
    for (const { id, name, path } of rows) words.name((last = Number(id)), String(name), pathOf(path));
    words.write();
  }
  const descriptions = connection.sql(
    `SELECT d.id, d.entity, d.source, d.from_rev, f.body, e.name, e.path FROM described d JOIN entity e ON e.id = d.entity
     JOIN fact f ON f.entity = d.entity AND f.source = d.source AND f.facet = 'description' AND f.from_rev = d.from_rev
     WHERE d.id > ? ORDER BY d.id LIMIT ?`,
  );
  for (
    let last = 0, rows = descriptions.all(last, indexedTogether);
    rows.length > 0;
    rows = descriptions.all(last, indexedTogether)
  ) {
    for (const row of rows) {
      last = Number(row['id']);
      const at = { entity: Number(row['entity']), source: Number(row['source']), from: Number(row['from_rev']) };
      words.description(at, String(row['name']), pathOf(row['path']), String(JSON.parse(String(row['body']))));
    }
    words.write();
  }
}

function pathOf(path: unknown): FieldPath | null {
  return typeof path === 'string' ? (JSON.parse(path) as FieldPath) : null;
}

/** Version 2 kept the words of the last description under the thing itself, whoever said it and whenever. */
function separateDescriptions(connection: Connection): void {
  const rows = connection.sql(
    `SELECT f.entity, f.source, f.from_rev, f.body, e.name, e.path FROM fact f JOIN entity e ON e.id = f.entity
     WHERE f.facet = 'description' ORDER BY f.entity`,
  );
  const words = createWordWriter(connection);
  let last = 0;
  for (const [i, row] of rows.all().entries()) {
    if (i % 5000 === 4999) words.write();
    const entity = Number(row['entity']);
    const name = String(row['name']);
    const path = pathOf(row['path']);
    const description: unknown = JSON.parse(String(row['body']));
    if (entity !== last) {
      connection.sql('DELETE FROM entity_text WHERE rowid = ?').run(entity);
      words.name(entity, name, path);
      last = entity;
    }
    const at = { entity, source: Number(row['source']), from: Number(row['from_rev']) };
    if (typeof description === 'string') words.description(at, name, path, description);
  }
  words.write();
}

function addLeaves(connection: Connection): void {
  const update = connection.sql('UPDATE ledger_entry SET leaf = ? WHERE seq = ?');
  for (const row of connection.sql('SELECT * FROM ledger_entry').all()) {
    const record = toRecord(row);
    update.run(leafHash(record), record.seq);
  }
}
