import { printPath, type FieldPath } from '../model/ids.ts';
import type { FieldDescription } from '../model/document.ts';
import type { SqlLineage } from '../sql/sql-lineage.ts';
import type { PartialDataset } from './intake.ts';
import type { ResolvedStatement } from './job-sql.ts';
import type { KnownTables } from './known-tables.ts';
import { nameDataset } from './name-dataset.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import type { Names } from './names.ts';
import { assumedField, caseIsMeant } from './sql-names.ts';

/**
 * Datasets that their source describes in part, with the columns that the statements of the read write to them and read
 * from them. Written columns come first, in the order of the query. A column found in SQL has no type and says where it was
 * found. `isWhole`: a query that was understood to its end gives all of the columns; of any other such dataset there may be
 * more than nobody lists, writes or reads.
 */
export function completeDatasets(
  partial: readonly PartialDataset[],
  resolved: readonly (readonly ResolvedStatement[])[],
  context: { readonly names: Names; readonly tables: KnownTables },
): ReadonlyMap<string, { readonly named: NamedDataset; readonly scope: string; readonly isWhole: boolean }> {
  const found = new Map(partial.map(({ document }) => [nameKey(context.names.described(document)), foundColumns()]));
  for (const one of resolved.flat()) noteStatement(one, found, context.tables);
  return new Map(
    partial.map(({ document, scope }) => {
      const columns = found.get(nameKey(context.names.described(document))) ?? foundColumns();
      const added = [...columns.written.values(), ...columns.read.values()];
      const fields = [...document.fields, ...additional(document.fields, added)];
      const named = nameDataset({ ...document, fields }, context.names);
      return [nameKey(named), { named, scope, isWhole: columns.isWhole }];
    }),
  );
}

interface FoundColumns {
  readonly written: Map<string, FieldPath>;
  readonly read: Map<string, FieldPath>;
  isWhole: boolean;
}

function foundColumns(): FoundColumns {
  return { written: new Map(), read: new Map(), isWhole: false };
}

function noteStatement(one: ResolvedStatement, found: ReadonlyMap<string, FoundColumns>, tables: KnownTables): void {
  const { lineage, namespace, target, statement } = one;
  const note = (columns: Map<string, FieldPath> | undefined, column: string): void => {
    if (columns === undefined || column === '*' || column === '') return;
    const path = assumedField(column, statement.dialect);
    const key = caseIsMeant(column, statement.dialect) ? printPath(path) : printPath(path).toLowerCase();
    if (!columns.has(key)) columns.set(key, path);
  };
  const at = (sqlName: string | null): FoundColumns | undefined => {
    if (sqlName === null) return undefined;
    const match = tables.match(sqlName, namespace, statement.dialect);
    return match.type === 'known' ? found.get(nameKey(match.name)) : undefined;
  };
  if (target !== null) {
    const own = found.get(nameKey(target));
    for (const column of lineage.resultColumns) note(own?.written, column);
    const { parseStatus, resultColumns } = lineage;
    if (own !== undefined && parseStatus === 'full' && resultColumns.length > 0 && !resultColumns.includes('*'))
      own.isWhole = true;
  }
  for (const { table, column } of columnsNamed(lineage, 'down')) note(at(table)?.written, column);
  for (const { table, column } of columnsNamed(lineage, 'up')) note(at(table)?.read, column);
}

function columnsNamed(
  lineage: SqlLineage,
  end: 'up' | 'down',
): readonly { readonly table: string | null; readonly column: string }[] {
  const ends = lineage.columns.map((edge) => edge[end]);
  return end === 'down' ? ends : [...ends, ...lineage.indirect];
}

function additional(described: readonly FieldDescription[], paths: readonly FieldPath[]): readonly FieldDescription[] {
  const known = new Set(described.map(({ path }) => printPath(path).toLowerCase()));
  const spelled = new Set(described.map(({ path }) => printPath(path)));
  // Two that statements tell apart by their case are two, whatever else is described.
  const spellings = Map.groupBy(new Set(paths.map(printPath)), (text) => text.toLowerCase());
  const last = Math.max(0, ...described.map(({ ordinal }) => ordinal));
  const added: FieldDescription[] = [];
  for (const path of paths) {
    const text = printPath(path);
    const key = text.toLowerCase();
    if ((spellings.get(key) ?? []).length > 1 ? spelled.has(text) : known.has(key)) continue;
    known.add(key);
    spelled.add(text);
    added.push({ path, type: null, ordinal: last + added.length + 1, facets: { 'sql.column': { from: 'sql' } } });
  }
  return added;
}
