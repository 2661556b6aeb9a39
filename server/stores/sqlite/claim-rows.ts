import type { DerivedClassification, Verdict } from '../../model/classification.ts';
import type { Json } from '../../model/json.ts';
import type { Actor } from '../../model/provenance.ts';
import type { Treatment } from '../../model/treatment.ts';
import type { Uid } from '../../model/ids.ts';
import type { EnteredRecord, EvidenceRecord, ScanRows, StatementRecord } from '../graph/graph-store.ts';
import { isOfKind } from '../graph/entry-kind.ts';
import type { Page, PageRequest } from '../page.ts';
import { scanEdges } from './edge-rows.ts';
import { readDocs, scanEntities } from './entity-rows.ts';
import type { Connection } from './prepared.ts';
import { fromCursor, limitOf, pageOf } from '../cursor.ts';
import { uidBytes, uidText, type Row } from './rows.ts';

function toVerdict(row: Row): Verdict {
  return JSON.parse(String(row['body'])) as Verdict;
}

function toDerived(row: Row): DerivedClassification {
  const body = JSON.parse(String(row['body'])) as Pick<DerivedClassification, 'rank' | 'via' | 'rules'>;
  return {
    field: uidText(row['uid']),
    category: String(row['category']),
    treatment: String(row['treatment']) as Treatment,
    ...body,
  };
}

function toEvidence(row: Row): EvidenceRecord {
  return {
    source: String(row['source_name']),
    field: uidText(row['uid']),
    digest: String(row['digest']),
    body: JSON.parse(String(row['body'])) as Json,
  };
}

function toEntered(row: Row): EnteredRecord {
  const { body, actor } = JSON.parse(String(row['body'])) as { body: unknown; actor: Actor };
  return { uid: uidText(row['uid']), kind: String(row['kind']), body, actor, since: Number(row['from_rev']) };
}

interface ClaimTable<T> {
  readonly select: string;
  readonly key: readonly string[];
  readonly map: (row: Row) => T;
}

const tables = {
  verdicts: {
    select: 't.*, e.uid FROM verdict t JOIN entity e ON e.id = t.field',
    key: ['field', 'decider', 'category'],
    map: toVerdict,
  },
  derived: {
    select: 't.*, e.uid FROM derived t JOIN entity e ON e.id = t.field',
    key: ['field', 'category', 'treatment'],
    map: toDerived,
  },
  evidence: {
    select:
      't.*, e.uid, s.name AS source_name FROM evidence t JOIN entity e ON e.id = t.field JOIN source s ON s.id = t.source',
    key: ['field', 'source'],
    map: toEvidence,
  },
  entered: {
    select: 't.*, e.uid FROM entered t JOIN entity e ON e.id = t.entity',
    key: ['entity', 'kind'],
    map: toEntered,
  },
} satisfies Record<string, ClaimTable<unknown>>;

function claimsOf<T>(connection: Connection, table: ClaimTable<T>, uids: readonly Uid[], n: number): T[] {
  const own = table.key[0] ?? '';
  const statement = connection.sql(
    `SELECT ${table.select} WHERE t.${own} = (SELECT id FROM entity WHERE uid = ?) AND t.from_rev <= ? AND t.to_rev > ? ORDER BY ${table.key.map((column) => `t.${column}`).join(', ')}`,
  );
  return uids.flatMap((uid) => statement.all(uidBytes(uid), n, n).map((row) => table.map(row)));
}

export function readVerdicts(connection: Connection, fields: readonly Uid[], n: number): Verdict[] {
  return claimsOf(connection, tables.verdicts, fields, n);
}

export function readDerived(connection: Connection, fields: readonly Uid[], n: number): DerivedClassification[] {
  return claimsOf(connection, tables.derived, fields, n);
}

export function readEvidence(connection: Connection, fields: readonly Uid[], n: number): EvidenceRecord[] {
  return claimsOf(connection, tables.evidence, fields, n);
}

export function readEntered(
  connection: Connection,
  filter: { readonly uids?: readonly Uid[]; readonly kind?: string },
  n: number,
): EnteredRecord[] {
  const all =
    filter.uids === undefined
      ? connection
          .sql(`SELECT ${tables.entered.select} WHERE t.from_rev <= ? AND t.to_rev > ? ORDER BY t.entity, t.kind`)
          .all(n, n)
          .map(toEntered)
      : claimsOf(connection, tables.entered, filter.uids, n);
  const { kind } = filter;
  return kind === undefined ? all : all.filter((record) => isOfKind(record.kind, kind));
}

export function readStatements(connection: Connection, ids: readonly string[]): StatementRecord[] {
  const statement = connection.sql('SELECT id, dialect, normalised FROM statement WHERE id = ?');
  return ids.flatMap((id) => {
    const row = statement.get(id);
    return row === undefined
      ? []
      : [{ id: String(row['id']), dialect: String(row['dialect']), normalised: String(row['normalised']) }];
  });
}

function scanClaims<T>(connection: Connection, table: ClaimTable<T>, n: number, page: PageRequest): Page<T> {
  const key = table.key.map((column) => `t.${column}`).join(', ');
  const after = page.after === undefined ? null : fromCursor(page.after, table.key.length);
  const rows = connection
    .sql(
      `SELECT ${table.select} WHERE t.from_rev <= ? AND t.to_rev > ?${after === null ? '' : ` AND (${key}) > (${table.key.map(() => '?').join(', ')})`} ORDER BY ${key} LIMIT ?`,
    )
    .all(n, n, ...(after ?? []), limitOf(page));
  return pageOf(rows, page.first, table.map, (row) => table.key.map((column) => row[column]));
}

type Scans = {
  readonly [K in keyof ScanRows]: (connection: Connection, n: number, page: PageRequest) => Page<ScanRows[K]>;
};

/** Everything of one kind alive at `n`, page by page. */
export const scans: Scans = {
  entities: scanEntities,
  docs: (connection, n, page) => readDocs(connection, undefined, undefined, n, page),
  edges: scanEdges,
  evidence: (connection, n, page) => scanClaims(connection, tables.evidence, n, page),
  verdicts: (connection, n, page) => scanClaims(connection, tables.verdicts, n, page),
  derived: (connection, n, page) => scanClaims(connection, tables.derived, n, page),
  entered: (connection, n, page) => scanClaims(connection, tables.entered, n, page),
};
