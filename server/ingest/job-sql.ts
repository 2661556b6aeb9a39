import { isDirect } from '../model/edge.ts';
import { digestOf } from '../model/json.ts';
import type { FieldPath, QualifiedName } from '../model/ids.ts';
import type { JobDocument, JobStatement } from '../model/document.ts';
import type { Gap } from '../model/provenance.ts';
import type { SqlLineage, SqlStatement } from '../sql/sql-lineage.ts';
import type { StatementRecord } from '../stores/graph/graph-store.ts';
import type { EdgeSet } from './edge-set.ts';
import type { KnownColumn, KnownTables } from './known-tables.ts';
import { addDatasetEdges, type JobSql } from './name-job.ts';
import { nameKey } from './named-document.ts';
import { withMembers } from './nested-fields.ts';
import { assumedField, findField } from './sql-names.ts';
import { sqlGaps } from './sql-gaps.ts';

/** A statement of a job with what the SQL room said about it; `target` is already under its joined name. */
export interface ResolvedStatement {
  readonly statement: JobStatement;
  readonly namespace: string;
  readonly target: QualifiedName | null;
  readonly lineage: SqlLineage;
}

/**
 * Turns the lineage of a job's statements into edges between named things: DIRECT field → field, INDIRECT field → dataset
 * once per statement, DATASET always. What cannot be told becomes a gap, never an edge.
 */
export async function jobSql(
  job: JobDocument,
  resolved: readonly ResolvedStatement[],
  tables: KnownTables,
): Promise<JobSql> {
  const parts: StatementPart[] = [];
  for (const [i, one] of resolved.entries()) {
    const what = resolved.length === 1 ? `statement of ${job.name}` : `statement ${i + 1} of ${job.name}`;
    const part = createPart(one, job.name, what, tables);
    await part.lookUp();
    parts.push(part);
  }
  return {
    inputs: parts.flatMap((part) => part.inputs),
    outputs: parts.flatMap((part) => part.outputs),
    addEdges: (edges) => {
      for (const part of parts) part.addEdges(edges);
    },
    records: parts.flatMap((part) => part.records),
    statements: parts.flatMap((part) => part.lineage.statements.map(({ id, parseStatus }) => ({ id, parseStatus }))),
    gaps: () => parts.flatMap((part) => part.gaps()),
  };
}

interface StatementPart {
  readonly lineage: SqlLineage;
  readonly inputs: readonly QualifiedName[];
  readonly outputs: readonly QualifiedName[];
  readonly records: readonly StatementRecord[];
  /** Fetches the columns of every table that the lineage names. */
  lookUp(): Promise<void>;
  addEdges(edges: EdgeSet): void;
  /** Complete once the edges were added. */
  gaps(): readonly Gap[];
}

function createPart(one: ResolvedStatement, job: string, what: string, tables: KnownTables): StatementPart {
  const { lineage, statement, namespace, target } = one;
  const dialect = statement.dialect;
  const unresolved = new Set(lineage.unresolved);
  const matches = new Map<string, QualifiedName | null>();
  const columns = new Map<string, readonly KnownColumn[] | null>();
  const downOrder = [
    ...new Set(lineage.columns.filter(({ down }) => down.table === null).map(({ down }) => down.column)),
  ];

  const tableOf = (sqlName: string | null): QualifiedName | null => {
    if (sqlName === null) return target;
    const before = matches.get(sqlName);
    if (before !== undefined) return before;
    const match = tables.match(sqlName, namespace, dialect);
    if (match.type === 'ambiguous') unresolved.add(`${sqlName} (fits ${match.among.length} tables)`);
    const name = match.type === 'ambiguous' ? null : match.name;
    matches.set(sqlName, name);
    return name;
  };
  const tablesOf = (names: readonly string[]): readonly QualifiedName[] =>
    names.map((name) => tableOf(name)).filter((name) => name !== null);

  const fieldOf = (table: QualifiedName, column: string, ofQuery: boolean): FieldPath | null => {
    const known = columns.get(nameKey(table)) ?? null;
    if (known === null) return column === '*' ? null : assumedField(column, dialect);
    const found = findField(
      column,
      known.map(({ path }) => path),
    );
    if (found !== null) return found;
    if (tables.isPartial(table)) return column === '*' ? null : assumedField(column, dialect);
    const position = ofQuery && downOrder.length === known.length ? downOrder.indexOf(column) : -1;
    return known[position]?.path ?? null;
  };
  const fieldEnd = (sqlName: string | null, column: string, ofQuery: boolean): Found | null => {
    const dataset = tableOf(sqlName);
    const field = dataset === null ? null : fieldOf(dataset, column, ofQuery);
    if (dataset !== null && field !== null) return { dataset, field };
    if (dataset !== null) unresolved.add(`${dataset.name}.${column}`);
    return null;
  };

  const pathsAt = (table: QualifiedName): readonly FieldPath[] =>
    (columns.get(nameKey(table)) ?? []).map(({ path }) => path);
  const pathsOf = (
    from: QualifiedName,
    to: QualifiedName,
  ): { from: readonly FieldPath[]; to: readonly FieldPath[] } => ({
    from: pathsAt(from),
    to: pathsAt(to),
  });

  const inputs = tablesOf(lineage.inTables);
  const written = tablesOf(lineage.outTables);
  const outputs = written.length === 0 && target !== null ? [target] : written;
  const fingerprint = fingerprintOf(lineage.statements, dialect);
  const confidence = Math.min(1, ...lineage.statements.map((each) => each.confidence));

  return {
    lineage,
    inputs,
    outputs,
    records: fingerprint === null ? [] : [fingerprint],
    async lookUp() {
      for (const name of namesIn(lineage)) {
        const table = tableOf(name);
        if (table !== null) columns.set(nameKey(table), await tables.columns(table));
      }
      if (target !== null) columns.set(nameKey(target), await tables.columns(target));
    },
    addEdges(edges) {
      const id = fingerprint?.id ?? null;
      if (lineage.statements.length <= 1 || outputs.length <= 1) addDatasetEdges(edges, inputs, outputs, id);
      else for (const [from, to] of datasetPairs(lineage)) addDatasetEdges(edges, tablesOf(from), tablesOf(to), id);
      for (const edge of lineage.columns) {
        const from = fieldEnd(edge.up.table, edge.up.column, false);
        const to = fieldEnd(edge.down.table, edge.down.column, edge.down.table === null);
        if (from === null || to === null) continue;
        const claim = { fn: edge.fn, effect: edge.effect, masking: edge.masking, statement: id, confidence };
        if (isDirect(edge.kind))
          for (const flow of withMembers({ from: from.field, to: to.field }, pathsOf(from.dataset, to.dataset)))
            edges.add({ ...from, field: flow.from }, { ...to, field: flow.to }, edge.kind, claim);
        else edges.add(from, { dataset: to.dataset, field: null }, edge.kind, { ...claim, fn: '', effect: 'unknown' });
      }
      for (const use of lineage.indirect) {
        const from = fieldEnd(use.table, use.column, false);
        if (from === null) continue;
        const into = use.into.length === 0 ? outputs : tablesOf(use.into);
        for (const dataset of into)
          edges.add(from, { dataset, field: null }, use.kind, {
            fn: '',
            effect: 'unknown',
            masking: false,
            statement: id,
            confidence,
          });
      }
    },
    gaps: () =>
      sqlGaps({ lineage, unresolved, job, what }, (name) => tables.match(name, namespace, dialect).type === 'known'),
  };
}

interface Found {
  readonly dataset: QualifiedName;
  readonly field: FieldPath;
}

function namesIn(lineage: SqlLineage): ReadonlySet<string> {
  const names = new Set([...lineage.inTables, ...lineage.outTables]);
  for (const { up, down } of lineage.columns) for (const { table } of [up, down]) if (table !== null) names.add(table);
  for (const { table, into } of lineage.indirect) {
    if (table !== null) names.add(table);
    for (const each of into) names.add(each);
  }
  return names;
}

/** In a script of several outputs: which tables flow into which, as its columns tell. */
function* datasetPairs(lineage: SqlLineage): Iterable<readonly [readonly string[], readonly string[]]> {
  for (const { up, down } of lineage.columns)
    if (up.table !== null && down.table !== null) yield [[up.table], [down.table]];
  for (const { table, into } of lineage.indirect) if (table !== null) yield [[table], into];
}

/** The record of a text: its statement, or one for the whole script, whose intermediates were folded away. */
function fingerprintOf(statements: readonly SqlStatement[], dialect: string): StatementRecord | null {
  const [first, second] = statements;
  if (first === undefined) return null;
  if (second === undefined) return { id: first.id, dialect, normalised: first.normalised };
  return {
    id: digestOf(statements.map(({ id }) => id)),
    dialect,
    normalised: statements.map(({ normalised }) => normalised).join(';\n'),
  };
}
