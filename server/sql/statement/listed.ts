import { splitName } from '../dialect/table-names.ts';
import type { ColumnSlot, Rowset } from '../resolve/rowset.ts';
import type { Dialect } from '../dialect/dialect.ts';

/** `db.schema.table` (or fewer parts) → column → type. */
export type Schema = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A table that is known from outside. */
export interface ListedTable {
  /** As they are held while the text is read. */
  readonly parts: readonly string[];
  readonly columns: readonly (readonly [name: string, type: string])[];
  /** The text writes its name as it is stored. */
  readonly isWritten: boolean;
}

/** The known tables. */
export function listedTables(schema: Schema, { twins }: Dialect): readonly ListedTable[] {
  const tables = Object.entries(schema).map(([name, columns]) => ({
    parts: splitName(name.replaceAll(/[`[\]]/g, '')),
    columns: Object.entries(columns),
    isWritten: true,
  }));
  if (twins === null) return tables;
  const counts = counted(tables.map(({ parts }) => parts.join('.')));
  return tables.map((table) => {
    const isWritten = table.parts.every((part) => twins.isWritten(part));
    const isHeld = isWritten || (counts.get(table.parts.join('.').toLowerCase()) ?? 0) > 1;
    return { ...table, isWritten, parts: isHeld ? table.parts.map((part) => twins.hold(part, true)) : table.parts };
  });
}

/**
 * The columns of a known table. A name that has its key for itself there answers to every case; it is held as the text writes
 * it, unless the table shows by no other name that its catalog lists names as they are stored.
 */
export function listedColumns(
  columns: ListedTable['columns'],
  { twins, caseMatters }: Dialect,
  toSlot: (name: string, type: string) => ColumnSlot,
): Rowset {
  if (twins === null || caseMatters === 'tables') return columns.map(([name, type]) => toSlot(name, type));
  const counts = counted(columns.map(([name]) => name));
  const isStored = caseMatters === 'always' || columns.some(([name]) => /\p{L}/u.test(name) && twins.isPlain(name));
  return columns.map(([name, type]) => {
    if ((counts.get(name.toLowerCase()) ?? 0) > 1) return toSlot(twins.hold(name, true), type);
    const held = isStored && twins.isWritten(name) ? twins.hold(name, true) : name;
    return { ...toSlot(held, type), anyCase: true };
  });
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  return counts;
}
