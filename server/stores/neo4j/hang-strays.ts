import { whole, type Database } from './database.ts';
import { ensureEntities } from './entities.ts';
import { lockHead } from './head.ts';

/** Fields looked at in one transaction. */
const batchSize = 5000;

/**
 * Version 2 hung fields nowhere that an edge had named before anybody named their dataset. What was judged of such a dataset
 * leaves them out, so every source's datasets are judged again. May be done again, and by several at once.
 */
export async function hangStrays(database: Database): Promise<void> {
  let found = batchSize;
  while (found === batchSize) {
    found = await database.write(async (transaction) => {
      await lockHead(transaction);
      const rows = await transaction.run(
        `MATCH (f:Field) WHERE f.parent IS NOT NULL AND NOT EXISTS { (:Entity)-[:HAS]->(f) }
         RETURN f.uid AS field, f.parent AS uid, f.namespace AS namespace, f.name AS name LIMIT $limit`,
        { limit: whole(batchSize) },
      );
      if (rows.length === 0) return 0;
      const datasets = new Map(rows.map((row) => [String(row['uid']), row]));
      await ensureEntities(
        transaction,
        [...datasets].map(([uid, row]) => ({
          uid,
          kind: 'dataset',
          parent: null,
          namespace: String(row['namespace']),
          name: String(row['name']),
          path: null,
        })),
      );
      await transaction.run(
        'UNWIND $rows AS row MATCH (p:Entity {uid: row[0]}) MATCH (f:Entity {uid: row[1]}) CREATE (p)-[:HAS]->(f)',
        { rows: rows.map((row) => [row['uid'], row['field']]) },
      );
      await transaction.run("MATCH (r:StateRecord {kind: 'judged'}) DELETE r");
      return rows.length;
    });
  }
}
