import { datasetUid, type QualifiedName, type Uid } from '../model/ids.ts';
import type { DatasetDocument, DatasetKey } from '../model/document.ts';
import type { CreatedTable, SqlLineage } from '../sql/sql-lineage.ts';
import type { PendingJob } from './intake.ts';
import type { ResolvedStatement } from './job-sql.ts';
import type { KnownTables } from './known-tables.ts';
import { fieldName, keysDeclared, keyText, knownKeys } from './declared-keys.ts';
import { createAlterations, isMigration } from './alter-created.ts';
import { nameDataset } from './name-dataset.ts';
import type { Alterations } from './alter-created.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import type { Names } from './names.ts';
import { foldName, parseSqlName } from './sql-names.ts';

/** A dataset that exists because a statement of the source creates it. */
export interface CreatedDataset {
  readonly named: NamedDataset;
  /** What it was named from, under its present name. */
  readonly document: DatasetDocument;
  readonly scope: string;
  /** The job whose statement it was. */
  readonly by: string;
}

/**
 * The datasets that a source's DDL creates, after its renames and swaps. Left out: temporary tables, what the source
 * describes itself, and what executed queries create, because a query log says nothing of what still exists. A drop in the
 * same text has been taken into account by the SQL room; one in another text counts only between numbered migrations,
 * because otherwise nobody knows which runs first, and a teardown script must not make everything disappear. Columns that
 * another text adds, renames or comments are there in the end whichever runs first; those that it drops count as drops do.
 */
export function createdDatasets(
  pending: readonly PendingJob[],
  resolved: readonly (readonly ResolvedStatement[])[],
  context: {
    readonly names: Names;
    readonly tables: KnownTables;
    /** The same under the names that statements use. */
    readonly told: KnownTables;
    readonly own: ReadonlySet<Uid>;
  },
): ReadonlyMap<string, CreatedDataset> {
  const created = new Map<string, CreatedDataset>();
  const alterations = createAlterations(created, (document) => nameDataset(document, context.names));
  const keys = keysDeclared(pending, resolved, (name, one) => tableName(name, one, context));
  for (const i of inOrder(pending)) {
    const job = pending[i];
    if (job === undefined || job.document.kind === 'query') continue;
    for (const one of resolved[i] ?? []) {
      const nameOf = (sqlName: string): QualifiedName => tableName(sqlName, one, context);
      dropEarlier(one.lineage, nameOf, created, job.document.name);
      // What this text itself creates bears its last name already.
      moveNames(one, nameOf, created, job, alterations);
      for (const table of one.lineage.created) {
        if (table.temporary) continue;
        const name = nameOf(table.table);
        const declared = keys.get(keyText(name)) ?? [];
        const told = tableName(table.table, one, { tables: context.told });
        const document = createdDocument(table, told, one, job.document.platform, declared);
        const named = nameDataset(document, context.names);
        const before = created.get(nameKey(named));
        if (before === undefined || named.fields.length >= before.named.fields.length)
          created.set(nameKey(named), { named, document, scope: job.scope, by: job.document.name });
        alterations.applyLate(nameKey(named));
      }
    }
  }
  for (const [key, { named }] of created) if (context.own.has(datasetUid(named))) created.delete(key);
  return created;
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** Jobs in the order of their names, `V2` before `V10`. */
function inOrder(pending: readonly PendingJob[]): readonly number[] {
  const nameAt = (i: number): string => pending[i]?.document.name ?? '';
  return [...pending.keys()].sort((a, b) => byNumber.compare(nameAt(a), nameAt(b)) || a - b);
}

function dropEarlier(
  lineage: SqlLineage,
  nameOf: (sqlName: string) => QualifiedName,
  created: Map<string, CreatedDataset>,
  job: string,
): void {
  for (const event of lineage.events) {
    if (event.type !== 'drop' || !isMigration(job)) continue;
    const key = nameKey(nameOf(event.table));
    const before = created.get(key);
    if (before !== undefined && before.by !== job && isMigration(before.by)) created.delete(key);
  }
}

/** The created table's name: the known one that it matches, otherwise as the engine would store it. */
function tableName(
  sqlName: string,
  { namespace, statement }: ResolvedStatement,
  { tables }: { readonly tables: KnownTables },
): QualifiedName {
  const match = tables.match(sqlName, namespace, statement.dialect);
  if (match.type !== 'ambiguous') return match.name;
  return { namespace, name: foldName(parseSqlName(sqlName), statement.dialect) };
}

function createdDocument(
  table: CreatedTable,
  name: QualifiedName,
  { lineage, statement }: ResolvedStatement,
  platform: string,
  declared: readonly DatasetKey[],
): DatasetDocument {
  const fields = columnsOf(table, lineage).map((column, ordinal) => ({
    path: [fieldName(column.name, statement.dialect)],
    type: column.type,
    ordinal: ordinal + 1,
    ...(column.comment === null ? {} : { description: column.comment }),
  }));
  const keys = knownKeys(declared, fields);
  return {
    type: 'dataset',
    ...name,
    kind: table.kind,
    platform,
    ...(table.comment === null ? {} : { description: table.comment }),
    ...(keys.length === 0 ? {} : { keys }),
    fields,
  };
}

/** The listed columns, or those that lineage reaches where the statement lists none. */
function columnsOf(table: CreatedTable, lineage: SqlLineage): CreatedTable['columns'] {
  if (table.columns.length > 0) return uniqueColumns(table.columns);
  const reached = lineage.columns.filter(({ down }) => down.table === table.table && down.column !== '*');
  return uniqueColumns(reached.map(({ down }) => ({ name: down.column, type: null, comment: null })));
}

function uniqueColumns(columns: CreatedTable['columns']): CreatedTable['columns'] {
  return [...new Map(columns.map((column) => [column.name, column])).values()];
}

/** Renames, swaps and clones of what earlier texts created. */
function moveNames(
  { lineage, statement }: ResolvedStatement,
  nameOf: (sqlName: string) => QualifiedName,
  created: Map<string, CreatedDataset>,
  { scope, document }: PendingJob,
  alterations: Alterations,
): void {
  const put = (name: QualifiedName, from: CreatedDataset | undefined): void => {
    if (from === undefined) created.delete(nameKey(name));
    else
      created.set(nameKey(name), {
        named: { ...from.named, ...name },
        document: { ...from.document, ...name },
        scope,
        by: document.name,
      });
  };
  for (const event of lineage.events) {
    if (event.type === 'drop') continue;
    if (event.type === 'alter') {
      alterations.alter(nameOf(event.table), event.change, document.name, statement.dialect);
      continue;
    }
    if (event.type === 'swap') {
      const [a, b] = [nameOf(event.a), nameOf(event.b)];
      const [atA, atB] = [created.get(nameKey(a)), created.get(nameKey(b))];
      put(a, atB);
      put(b, atA);
      continue;
    }
    const [from, to] = [nameOf(event.from), nameOf(event.to)];
    const source = created.get(nameKey(from));
    if (source === undefined) continue;
    put(to, source);
    if (event.type === 'rename') created.delete(nameKey(from));
  }
}
