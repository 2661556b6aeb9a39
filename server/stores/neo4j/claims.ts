import type { DerivedClassification, Verdict } from '../../model/classification.ts';
import type { Json } from '../../model/json.ts';
import type { Actor } from '../../model/provenance.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import type { EnteredRecord, EvidenceRecord, StatementRecord } from '../graph/graph-store.ts';
import { isOfKind } from '../graph/entry-kind.ts';
import type { Page, PageRequest } from '../page.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { whole, type Database, type Row } from './database.ts';
import type { Reading } from './read-at.ts';
import { SEP } from './schema.ts';

/** A table of claims about things, and how its rows are read. */
export interface ClaimTable<T> {
  readonly label: 'Verdict' | 'Derived' | 'Evidence' | 'Entered';
  /** Of the properties of a node. */
  readonly map: (row: Row) => T;
}

export const claimTables = {
  verdicts: { label: 'Verdict', map: (row: Row) => JSON.parse(String(row['body'])) as Verdict },
  derived: {
    label: 'Derived',
    map: (row: Row): DerivedClassification => ({
      field: String(row['uid']),
      category: String(row['category']),
      treatment: String(row['treatment']) as Treatment,
      ...(JSON.parse(String(row['body'])) as Pick<DerivedClassification, 'rank' | 'via' | 'rules'>),
    }),
  },
  evidence: {
    label: 'Evidence',
    map: (row: Row): EvidenceRecord => ({
      source: String(row['source']),
      field: String(row['uid']),
      digest: String(row['digest']),
      body: JSON.parse(String(row['body'])) as Json,
    }),
  },
  entered: {
    label: 'Entered',
    map: (row: Row): EnteredRecord => {
      const { body, actor } = JSON.parse(String(row['body'])) as { body: unknown; actor: Actor };
      return { uid: String(row['uid']), kind: String(row['kind']), body, actor, since: Number(row['from']) };
    },
  },
} satisfies Record<string, ClaimTable<unknown>>;

/** The claims about things that stand at `n`, in the order asked. */
export async function claimsOf<T>(
  { ask, n }: Reading,
  { label, map }: ClaimTable<T>,
  uids: readonly Uid[],
): Promise<T[]> {
  const rows = await ask(
    `UNWIND range(0, size($uids) - 1) AS i WITH i, $uids[i] AS uid
     MATCH (x:${label}) USING INDEX x:${label}(key) WHERE x.key STARTS WITH uid + '${SEP}' AND x.from <= $n AND x.to > $n
     RETURN properties(x) AS row ORDER BY i, x.key`,
    { uids, n },
  );
  return rows.map((row) => map(row['row'] as Row));
}

/** Claims of a table that stand at `n`, by key. */
export async function scanClaims<T>(
  { ask, n }: Reading,
  { label, map }: ClaimTable<T>,
  page: PageRequest,
): Promise<Page<T>> {
  const limit = limitOf(page);
  const after = page.after === undefined ? '' : String(fromCursor(page.after, 1)[0]);
  const rows = await ask(
    `MATCH (x:${label}) WHERE x.key > $after AND x.from <= $n AND x.to > $n RETURN properties(x) AS row ORDER BY x.key LIMIT $limit`,
    { after, n, limit: whole(limit) },
  );
  return pageOf(
    rows.map((row) => row['row'] as Row),
    page.first,
    map,
    (row) => [row['key']],
  );
}

export async function readEntered(
  reading: Reading,
  filter: { readonly uids?: readonly Uid[]; readonly kind?: string },
): Promise<EnteredRecord[]> {
  const all =
    filter.uids === undefined
      ? (
          await reading.ask(
            'MATCH (x:Entered) WHERE x.from <= $n AND x.to > $n RETURN properties(x) AS row ORDER BY x.key',
            { n: reading.n },
          )
        ).map((row) => claimTables.entered.map(row['row'] as Row))
      : await claimsOf(reading, claimTables.entered, filter.uids);
  const { kind } = filter;
  return kind === undefined ? all : all.filter((record) => isOfKind(record.kind, kind));
}

export function readStatements(database: Database, ids: readonly string[]): Promise<StatementRecord[]> {
  return database.read(async (transaction) => {
    const rows = await transaction.run(
      `UNWIND range(0, size($ids) - 1) AS i MATCH (s:Statement {id: $ids[i]})
       RETURN s.id AS id, s.dialect AS dialect, s.normalised AS normalised ORDER BY i`,
      { ids },
    );
    return rows.map((row) => ({
      id: String(row['id']),
      dialect: String(row['dialect']),
      normalised: String(row['normalised']),
    }));
  });
}
