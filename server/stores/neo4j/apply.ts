import { LexlineError } from '../../base/errors.ts';
import type { Uid } from '../../model/ids.ts';
import type { ApplyResult, Change, OpenRevision } from '../graph/graph-store.ts';
import type { Database, Transaction } from './database.ts';
import { ensureEntities, ensureSources, ensureStatements, type Naming } from './entities.ts';
import { lockForOpen } from './head.ts';
import { groupOf, loadDocuments, loadKeys, type DocumentKey } from './load-rows.ts';
import {
  aliasRow,
  derivedBase,
  derivedRow,
  docRow,
  edgeRow,
  enteredRow,
  evidenceRow,
  factRow,
  verdictBase,
  verdictRow,
  type NewRow,
} from './row-bodies.ts';
import { keyOf } from './keys.ts';
import { RowSet, type RowTable } from './row-set.ts';
import type { RowLabel } from './schema.ts';
import { writeRows } from './write-rows.ts';

/** Changes of one batch, at most. */
const batchLimit = 10_000;

/** Rows that one transaction is given, and writes, about. */
const rowsAtOnce = 10_000;
const writesAtOnce = 20_000;

/** Names that are known to be in the database: a name is never taken back. */
export interface KnownNames {
  readonly entities: Set<Uid>;
  readonly sources: Set<string>;
}

/** Identities remembered at most: about 100 bytes each. */
const namesLimit = 500_000;

/**
 * Applies changes to the open revision, some thousand rows a transaction; a very large document may take several, and its own
 * record is written last. Each transaction compares with what stands: done again, or cut short before, it does the rest.
 */
export async function applyChanges(
  database: Database,
  names: KnownNames,
  open: OpenRevision,
  changes: readonly Change[],
): Promise<ApplyResult> {
  if (changes.length > batchLimit)
    throw new LexlineError(
      'INPUT_INVALID',
      `[stores] ${changes.length} changes in a batch; the limit is ${batchLimit}`,
    );
  const counts = { opened: 0, closed: 0 };
  for (const part of partsOf(changes)) {
    for (let more = true; more;) {
      const done = await database.write((transaction) => applyPart(transaction, names, open, part));
      if (names.entities.size > namesLimit) names.entities.clear();
      for (const uid of done.named) names.entities.add(uid);
      for (const source of done.sources) names.sources.add(source);
      counts.opened += done.opened;
      counts.closed += done.closed;
      ({ more } = done);
    }
  }
  return counts;
}

/** At least one part: the token is checked even where there is nothing to do. */
function partsOf(changes: readonly Change[]): Change[][] {
  const parts: Change[][] = [[]];
  let rows = 0;
  for (const change of changes) {
    const weight = change.type === 'assert' ? weightOf(change.document) : change.type === 'retire' ? 20 : 1;
    if (rows > 0 && rows + weight > rowsAtOnce) {
      parts.push([]);
      rows = 0;
    }
    parts.at(-1)?.push(change);
    rows += weight;
  }
  return parts;
}

function weightOf({ entities, edges }: Extract<Change, { type: 'assert' }>['document']): number {
  return entities.length * 2 + edges.length;
}

interface Done extends ApplyResult {
  readonly more: boolean;
  readonly named: readonly Uid[];
  readonly sources: readonly string[];
}

async function applyPart(
  transaction: Transaction,
  names: KnownNames,
  open: OpenRevision,
  changes: readonly Change[],
): Promise<Done> {
  const head = await lockForOpen(transaction, open);
  const needs = needsOf(changes);
  const unnamed = needs.named.filter(({ uid }) => !names.entities.has(uid));
  const sources = needs.sources.filter((source) => !names.sources.has(source));
  await ensureEntities(transaction, unnamed);
  await ensureSources(transaction, sources);
  await ensureStatements(transaction, needs.statements);
  const rows = new RowSet(open.n);
  await loadDocuments(transaction, rows, open.n, needs.documents);
  for (const [label, bases] of needs.bases) await loadKeys(transaction, rows, open.n, label, bases);
  for (const change of changes) applyChange(rows, change);
  const operations = rows.operations();
  const now = operations.slice(0, writesAtOnce);
  await writeRows(transaction, head, open.n, now);
  const opens = now.filter(({ type }) => type === 'create' || type === 'reopen').length;
  return {
    opened: opens,
    closed: now.length - opens,
    more: operations.length > now.length,
    named: unnamed.map(({ uid }) => uid),
    sources,
  };
}

interface Needs {
  readonly named: readonly Naming[];
  readonly sources: readonly string[];
  readonly statements: Extract<Change, { type: 'assert' }>['document']['statements'];
  readonly documents: readonly DocumentKey[];
  readonly bases: ReadonlyMap<RowLabel, readonly string[]>;
}

/** Everything that must be there or be read before changes can be applied. */
function needsOf(changes: readonly Change[]): Needs {
  const named = new Map<Uid, Naming>();
  const sources = new Set<string>();
  const statements = new Map<string, Needs['statements'][number]>();
  const documents: DocumentKey[] = [];
  const bases = new Map<RowLabel, string[]>();
  const name = (entity: Naming) => {
    if (!named.has(entity.uid)) named.set(entity.uid, entity);
  };
  for (const change of changes) {
    if ('source' in change) sources.add(change.source);
    if (change.type === 'assert') {
      for (const entity of change.document.entities) name(entity);
      for (const statement of change.document.statements) statements.set(statement.id, statement);
      documents.push({ source: change.source, uid: change.document.uid });
    } else if (change.type === 'retire') documents.push({ source: change.source, uid: change.uid });
    else if (change.type === 'name') name(change.entity);
    else {
      const { label, base } = claimOf(change);
      const known = bases.get(label);
      if (known === undefined) bases.set(label, [base]);
      else known.push(base);
    }
  }
  return {
    named: [...named.values()],
    sources: [...sources],
    statements: [...statements.values()],
    documents,
    bases,
  };
}

type Claim = Exclude<Change, { type: 'assert' | 'retire' | 'name' }>;

/** Where a claim stands, and the row that it opens; null: it ends what stands there. */
function claimOf(change: Claim): { readonly label: RowLabel; readonly base: string; readonly row: NewRow | null } {
  const opening = (label: RowLabel, row: NewRow) => ({ label, base: row.base, row });
  switch (change.type) {
    case 'evidence':
      return opening('Evidence', evidenceRow(change.source, change.field, change.digest, change.body));
    case 'verdict':
      return opening('Verdict', verdictRow(change.verdict));
    case 'derived':
      return opening('Derived', derivedRow(change.row));
    case 'enter':
      return opening('Entered', enteredRow(change.entered));
    case 'end-verdict':
      return { label: 'Verdict', base: verdictBase(change), row: null };
    case 'end-derived':
      return { label: 'Derived', base: derivedBase(change), row: null };
    case 'end-entered':
      return { label: 'Entered', base: keyOf(change.uid, change.kind), row: null };
    default:
      throw new LexlineError('INTERNAL', '[stores/neo4j] an unknown change');
  }
}

function applyChange(rows: RowSet, change: Change): void {
  if (change.type === 'name') return;
  if (change.type === 'assert') return assertDocument(rows, change);
  if (change.type === 'retire') {
    const group = groupOf(change);
    for (const table of ['Fact', 'FLOWS', 'Alias', 'Doc'] as const)
      for (const base of rows.standing(table, group)) rows.end(table, base);
    return;
  }
  const { label, base, row } = claimOf(change);
  if (row === null) rows.end(label, base);
  else rows.put(label, base, row.said, row.columns);
}

/** Brings a document's rows to what it says now; where it says one thing twice, the first counts. */
function assertDocument(rows: RowSet, { source, scope, document }: Extract<Change, { type: 'assert' }>): void {
  const { uid } = document;
  const group = groupOf({ source, uid });
  const bring = (table: RowTable, said: Iterable<NewRow>) => {
    const seen = new Set<string>();
    for (const row of said) {
      if (seen.has(row.base)) continue;
      seen.add(row.base);
      rows.put(table, row.base, row.said, row.columns, group);
    }
    for (const base of rows.standing(table, group)) if (!seen.has(base)) rows.end(table, base);
  };
  bring(
    'Fact',
    document.entities.flatMap((entity) =>
      Object.entries(entity.facets).map(([facet, value]) => factRow(source, uid, entity, facet, value)),
    ),
  );
  bring(
    'FLOWS',
    document.edges.map((edge) => edgeRow(source, uid, edge)),
  );
  bring(
    'Alias',
    document.aliases.map((alias) => aliasRow(source, uid, alias)),
  );
  bring('Doc', [docRow(source, scope, document)]);
}
