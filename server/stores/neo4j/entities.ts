import type { SourceRecord, StatementRecord, AssertedEntity } from '../graph/graph-store.ts';
import { indexedWords } from '../words.ts';
import { whole, type Database, type Transaction } from './database.ts';
import { placeOf } from './keys.ts';

/** A thing as it is named. */
export type Naming = Omit<AssertedEntity, 'facets'>;

const labelOf = { dataset: 'Dataset', field: 'Field', job: 'Job' } as const;

/** Makes nodes for things that have none yet; datasets first, so that their fields find them. The head is locked. */
export async function ensureEntities(transaction: Transaction, entities: readonly Naming[]): Promise<void> {
  const all = withDatasets(entities);
  for (const kind of ['dataset', 'job', 'field'] as const) {
    const rows = all
      .filter((entity) => entity.kind === kind)
      .map((entity) => {
        const { uid, parent, namespace, name } = entity;
        const path = entity.path === null ? null : JSON.stringify(entity.path);
        return [uid, parent, namespace, name, path, placeOf(namespace, name, path), indexedWords(name, entity.path)];
      });
    if (rows.length === 0) continue;
    const hung = kind === 'field' ? ' WITH e, row MATCH (p:Entity {uid: row[1]}) CREATE (p)-[:HAS]->(e)' : '';
    await transaction.run(
      `UNWIND $rows AS row OPTIONAL MATCH (known:Entity {uid: row[0]}) WITH row WHERE known IS NULL
       CREATE (e:Entity:${labelOf[kind]} {uid: row[0], kind: $kind, parent: row[1], namespace: row[2], name: row[3],
         path: row[4], place: row[5], words: row[6]})${hung}`,
      { rows, kind },
    );
  }
}

/** A field may be named before its dataset is (by an edge): it belongs there all the same once somebody describes it. */
function withDatasets(entities: readonly Naming[]): readonly Naming[] {
  const named = new Map(entities.map((entity) => [entity.uid, entity]));
  for (const { parent, namespace, name } of entities)
    if (parent !== null && !named.has(parent))
      named.set(parent, { uid: parent, kind: 'dataset', parent: null, namespace, name, path: null });
  return [...named.values()];
}

/** Makes records of sources that nobody configured. */
export async function ensureSources(transaction: Transaction, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await transaction.run(
    `UNWIND $names AS name MERGE (s:Source {name: name})
     ON CREATE SET s.connector = '', s.mode = 'snapshot', s.precedence = 1000, s.managed = true`,
    { names },
  );
}

/** Keeps texts of statements; they never change. */
export async function ensureStatements(
  transaction: Transaction,
  statements: readonly StatementRecord[],
): Promise<void> {
  if (statements.length === 0) return;
  await transaction.run(
    `UNWIND $statements AS one MERGE (s:Statement {id: one.id})
     ON CREATE SET s.dialect = one.dialect, s.normalised = one.normalised`,
    { statements: statements.map(({ id, dialect, normalised }) => ({ id, dialect, normalised })) },
  );
}

export async function putSource(database: Database, source: SourceRecord): Promise<void> {
  const { name, connector, mode, precedence, managed } = source;
  await database.write((transaction) =>
    transaction.run('MERGE (s:Source {name: $name}) SET s += $members', {
      name,
      members: { connector, mode, precedence: whole(precedence), managed },
    }),
  );
}

/** In the order of precedence. */
export async function readSources(transaction: Transaction): Promise<SourceRecord[]> {
  const rows = await transaction.run(
    `MATCH (s:Source) RETURN s.name AS name, s.connector AS connector, s.mode AS mode, s.precedence AS precedence, s.managed AS managed
     ORDER BY precedence, name`,
  );
  return rows.map((row) => ({
    name: String(row['name']),
    connector: String(row['connector']),
    mode: modeOf(row['mode']),
    precedence: Number(row['precedence']),
    managed: row['managed'] === true,
  }));
}

function modeOf(mode: unknown): SourceRecord['mode'] {
  return mode === 'events' || mode === 'window' || mode === 'person' ? mode : 'snapshot';
}
