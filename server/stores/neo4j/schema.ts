/** The end of a row that is still alive. */
export const INF = 2147483647;

/** Parts of a key, joined; none of our parts holds this character. */
export const SEP = '\u001F';

/** The version of constraints, indexes and rows; kept in the `Head` node. */
export const schemaVersion = 3;

/** Kinds of nodes whose rows live in `[from, to)`. Edges do too, as `FLOWS` relationships. */
export const rowLabels = ['Doc', 'Fact', 'Alias', 'Evidence', 'Verdict', 'Derived', 'Entered'] as const;
export type RowLabel = (typeof rowLabels)[number];

function unique(name: string, label: string, property: string): string {
  return `CREATE CONSTRAINT ${name} IF NOT EXISTS FOR (x:${label}) REQUIRE x.${property} IS UNIQUE`;
}

function range(name: string, label: string, ...properties: readonly string[]): string {
  return `CREATE INDEX ${name} IF NOT EXISTS FOR (x:${label}) ON (${properties.map((one) => `x.${one}`).join(', ')})`;
}

/** Constraints and indexes, by commands that may be run again. */
export const constraints: readonly string[] = [
  unique('head_one', 'Head', 'one'),
  unique('revision_n', 'Revision', 'n'),
  unique('revision_published', 'Revision', 'publishedAt'),
  unique('source_name', 'Source', 'name'),
  unique('entity_uid', 'Entity', 'uid'),
  ...['Dataset', 'Field', 'Job'].map((label) => range(`${label.toLowerCase()}_place`, label, 'place')),
  // `seq` numbers rows in the order in which they were opened; `closed` is there on closed rows only.
  ...rowLabels.flatMap((label) => [
    unique(`${label.toLowerCase()}_key`, label, 'key'),
    unique(`${label.toLowerCase()}_seq`, label, 'seq'),
    range(`${label.toLowerCase()}_closed`, label, 'closed', 'seq'),
  ]),
  range('doc_place', 'Doc', 'place'),
  range('fact_native', 'Fact', 'native'),
  range('alias_place', 'Alias', 'place'),
  'CREATE CONSTRAINT flows_seq IF NOT EXISTS FOR ()-[r:FLOWS]-() REQUIRE r.seq IS UNIQUE',
  'CREATE INDEX flows_closed IF NOT EXISTS FOR ()-[r:FLOWS]-() ON (r.closed, r.seq)',
  'CREATE INDEX flows_doc IF NOT EXISTS FOR ()-[r:FLOWS]-() ON (r.doc, r.to)',
  unique('statement_id', 'Statement', 'id'),
  // Written beside the transactions, so that none of them waits for it; a search waits until it has caught up.
  "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (x:Entity|Fact) ON EACH [x.words] OPTIONS { indexConfig: { `fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true } }",
  unique('ledger_one', 'LedgerHead', 'one'),
  unique('ledger_entry_seq', 'LedgerEntry', 'seq'),
  range('ledger_entry_kind', 'LedgerEntry', 'kind', 'seq'),
  range('ledger_entry_subject', 'LedgerEntry', 'subject', 'seq'),
  unique('ledger_batch_number', 'LedgerBatch', 'batch'),
  unique('state_lease_name', 'StateLease', 'name'),
  unique('staged_place', 'Staged', 'place'),
  range('staged_scope', 'Staged', 'scopePlace'),
  unique('state_record_place', 'StateRecord', 'place'),
  range('state_record_order', 'StateRecord', 'kind', 'seq'),
  range('state_record_expires', 'StateRecord', 'expires'),
  unique('state_counter_one', 'StateCounter', 'one'),
  unique('chunk_key', 'Chunk', 'key'),
  unique('observation_key', 'Observation', 'key'),
  unique('observed_batch_name', 'ObservedBatch', 'batch'),
  range('observed_batch_at', 'ObservedBatch', 'at'),
];
