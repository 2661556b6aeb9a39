import type { FieldPath } from '../../model/ids.ts';
import { indexedWords } from '../words.ts';
import { whole, type Database, type Row } from './database.ts';

/** Rows looked at in one transaction. */
const batchSize = 5000;

/** Version 1 folded letters beyond ASCII less than now and kept long words whole: only such rows may have other words. */
const mayDiffer = String.raw`x.words =~ '(?s).*([^\x00-\x7F]|\S{101}).*'`;

/** Of a thing its own words, of a description those of its thing and its own; both go on behind the last key. */
const kindsOfRows = [
  `MATCH (x:Entity) WHERE x.uid > $after AND ${mayDiffer} RETURN x.uid AS key, x.name AS name, x.path AS path, null AS body, x.words AS words ORDER BY key LIMIT $limit`,
  `MATCH (x:Fact) WHERE x.key > $after AND ${mayDiffer} WITH x ORDER BY x.key LIMIT $limit
   MATCH (e:Entity {uid: x.uid}) RETURN x.key AS key, e.name AS name, e.path AS path, x.body AS body, x.words AS words ORDER BY key`,
] as const;
const writes = [
  'UNWIND $rows AS row MATCH (x:Entity {uid: row[0]}) SET x.words = row[1]',
  'UNWIND $rows AS row MATCH (x:Fact {key: row[0]}) SET x.words = row[1]',
] as const;

/** Writes the words of things and descriptions as they are split and folded now. May be done again, and by several at once. */
export async function indexAnew(database: Database): Promise<void> {
  for (const [i, text] of kindsOfRows.entries()) {
    let after: string | null = '';
    while (after !== null) {
      const found: readonly Row[] = await database.read((transaction) =>
        transaction.run(text, { after, limit: whole(batchSize) }),
      );
      const rows = found.flatMap((row) => {
        const words = wordsOf(row);
        return words === row['words'] ? [] : [[row['key'], words]];
      });
      if (rows.length > 0) await database.write((transaction) => transaction.run(writes[i] ?? '', { rows }));
      const last = found.at(-1);
      after = last === undefined ? null : String(last['key']);
    }
  }
}

function wordsOf({ name, path, body }: Row): string {
  const ownPath = typeof path === 'string' ? (JSON.parse(path) as FieldPath) : null;
  return indexedWords(String(name), ownPath, typeof body === 'string' ? String(JSON.parse(body)) : '');
}
