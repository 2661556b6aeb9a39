import type { Uid } from '../../model/ids.ts';
import type { Row, Transaction } from './database.ts';
import { whole } from './database.ts';
import { saidColumns, saidOf } from './row-bodies.ts';
import type { RowSet, RowTable, StoredRow } from './row-set.ts';
import { INF, SEP, type RowLabel } from './schema.ts';

/** A document of a source, whose rows are read before they are changed. */
export interface DocumentKey {
  readonly source: string;
  readonly uid: Uid;
}

/** The name of a document's group in a {@link RowSet}. */
export function groupOf({ source, uid }: DocumentKey): string {
  return `${source}${SEP}${uid}`;
}

const isNear = 'x.to IN $ends';

function returned(table: RowTable): string {
  return ['from', 'to', ...saidColumns[table]].map((column) => `x.${column} AS ${column}`).join(', ');
}

function stored(table: RowTable, row: Row, id: string | number, base: string): StoredRow {
  return {
    id,
    base,
    from: Number(row['from']),
    to: Number(row['to']),
    said: saidOf(...saidColumns[table].map((column) => row[column] ?? null)),
  };
}

function nodeOf(label: RowLabel, row: Row): StoredRow {
  const key = String(row['key']);
  return stored(label, row, key, key.slice(0, key.lastIndexOf(SEP)));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Reads what stands under keys, and what the open revision closed there. */
export async function loadKeys(
  transaction: Transaction,
  rows: RowSet,
  n: number,
  label: RowLabel,
  bases: readonly string[],
): Promise<void> {
  if (bases.length === 0) return;
  const found = await transaction.run(
    `UNWIND $bases AS base MATCH (x:${label}) USING INDEX x:${label}(key) WHERE x.key STARTS WITH base AND ${isNear} RETURN x.key AS key, ${returned(label)}`,
    { bases: [...new Set(bases)].map((base) => `${base}${SEP}`), ends: [whole(INF), whole(n)] },
  );
  for (const row of found) rows.load(label, nodeOf(label, row));
}

/**
 * Reads all rows of documents that their sources ever said anything about; of the others there is nothing to compare with.
 * Facts are those of the document's own thing and of its fields.
 */
export async function loadDocuments(
  transaction: Transaction,
  rows: RowSet,
  n: number,
  documents: readonly DocumentKey[],
): Promise<void> {
  if (documents.length === 0) return;
  const ends = [whole(INF), whole(n)];
  const distinct = [...new Map(documents.map((document) => [groupOf(document), document])).values()];
  const asked = distinct.map(({ source, uid }) => [source, uid]);
  const known = await transaction.run(
    `UNWIND $docs AS d WITH d WHERE EXISTS { MATCH (x:Doc) WHERE x.key STARTS WITH d[0] + $sep + d[1] + $sep }
       OR EXISTS { MATCH (f:Fact) WHERE f.key STARTS WITH d[1] + $sep + d[0] + $sep } RETURN d`,
    { docs: asked, sep: SEP },
  );
  if (known.length === 0) return;
  const parameters = { docs: known.map((row) => row['d']), sep: SEP, ends };
  const groupFor = (row: Row) => `${String(row['source'])}${SEP}${String(row['doc_uid'])}`;
  const tell = 'd[0] AS source, d[1] AS doc_uid';
  const [own, children, edges, aliases, docs] = await Promise.all([
    transaction.run(
      `UNWIND $docs AS d MATCH (x:Fact) USING INDEX x:Fact(key) WHERE x.key STARTS WITH d[1] + $sep + d[0] + $sep AND ${isNear}
       RETURN ${tell}, x.key AS key, ${returned('Fact')}`,
      parameters,
    ),
    transaction.run(
      `UNWIND $docs AS d MATCH (:Entity {uid: d[1]})-[:HAS]->(c)
       MATCH (x:Fact) USING INDEX x:Fact(key) WHERE x.key STARTS WITH c.uid + $sep + d[0] + $sep AND ${isNear}
       RETURN ${tell}, x.key AS key, ${returned('Fact')}`,
      parameters,
    ),
    transaction.run(
      `UNWIND $docs AS d UNWIND $ends AS end MATCH (a)-[x:FLOWS {doc: d[1], to: end}]->(b) USING INDEX x:FLOWS(doc, to) WHERE x.source = d[0]
       RETURN ${tell}, x.seq AS seq, a.uid AS src, b.uid AS dst, x.kind AS kind, x.job AS job, x.fn AS fn, ${returned('FLOWS')}`,
      parameters,
    ),
    transaction.run(
      `UNWIND $docs AS d MATCH (x:Alias) USING INDEX x:Alias(key) WHERE x.key STARTS WITH d[1] + $sep + d[0] + $sep AND ${isNear}
       RETURN ${tell}, x.key AS key, ${returned('Alias')}`,
      parameters,
    ),
    transaction.run(
      `UNWIND $docs AS d MATCH (x:Doc) USING INDEX x:Doc(key) WHERE x.key STARTS WITH d[0] + $sep + d[1] + $sep AND ${isNear}
       RETURN ${tell}, x.key AS key, ${returned('Doc')}`,
      parameters,
    ),
  ]);
  for (const row of [...own, ...children]) {
    // A fact may also be another document's: `returned` tells whose it is as `doc`, so that is not the group.
    rows.load('Fact', nodeOf('Fact', row), groupFor(row));
  }
  for (const row of aliases) rows.load('Alias', nodeOf('Alias', row), groupFor(row));
  for (const row of docs) rows.load('Doc', nodeOf('Doc', row), groupFor(row));
  for (const row of edges) {
    const parts = ['src', 'dst', 'kind', 'job', 'fn', 'source', 'doc_uid'].map((part) => textOf(row[part]));
    rows.load('FLOWS', stored('FLOWS', row, Number(row['seq']), parts.join(SEP)), groupFor(row));
  }
}
