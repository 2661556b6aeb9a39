import { column, findColumn, isOpen } from '../resolve/rowset.ts';
import type { ColumnChange, ColumnDefinition } from '../ast/nodes.ts';
import type { Input } from '../resolve/inputs.ts';
import type { Rowset, Slot } from '../resolve/rowset.ts';
import type { CreatedTable, TableChange } from '../sql-lineage.ts';

type CreatedColumn = CreatedTable['columns'][number];

/** A created table's columns and comments after one change. Unknown columns and second additions change nothing. */
export function changeCreated(table: CreatedTable, change: ColumnChange): CreatedTable {
  switch (change.type) {
    case 'add':
      return hasColumn(table, change.column.name)
        ? table
        : { ...table, columns: [...table.columns, describe(change.column)] };
    case 'drop':
      return { ...table, columns: table.columns.filter((item) => !isSame(item.name, change.column)) };
    case 'rename':
      return onColumn(table, change.from, (item) => ({ ...item, name: change.to }));
    case 'retype':
      return onColumn(table, change.column, (item) => ({ ...item, type: change.to }));
    case 'comment': {
      const { column: name, text } = change;
      return name === null
        ? { ...table, comment: text }
        : onColumn(table, name, (item) => ({ ...item, comment: text }));
    }
    default:
      return { ...table, columns: change.columns.map(describe) };
  }
}

/** The columns that later statements see after one change; `fresh` is what a new column holds. */
export function changeRowset(rowset: Rowset, change: ColumnChange, fresh: (name: string) => readonly Input[]): Rowset {
  switch (change.type) {
    case 'add': {
      const { name } = change.column;
      if (findColumn(rowset, name) !== null || (isOpen(rowset) && change.mayExist === true)) return rowset;
      return [...rowset.map((slot) => without(slot, name)), column(name, fresh(name))];
    }
    case 'drop':
      return rowset.filter((slot) => slot.kind === 'tail' || !isSame(slot.name, change.column));
    case 'rename':
      return rowset.map((slot) =>
        slot.kind === 'column' && isSame(slot.name, change.from) ? column(change.to, slot.inputs) : slot,
      );
    case 'replace':
      return isOpen(rowset) ? rowset : change.columns.map(({ name }) => column(name, fresh(name)));
    default:
      return rowset;
  }
}

/** The change as it is told to the outside: names, types and comments. */
export function toldChange(change: ColumnChange): TableChange {
  if (change.type === 'add') return { type: 'add', column: describe(change.column) };
  return change.type === 'replace' ? { type: 'replace', columns: change.columns.map(describe) } : change;
}

/** What is added was not there before. */
function without(slot: Slot, name: string): Slot {
  return slot.kind === 'column' ? slot : { ...slot, except: new Set([...slot.except, name.toLowerCase()]) };
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function hasColumn(table: CreatedTable, name: string): boolean {
  return table.columns.some((item) => isSame(item.name, name));
}

function onColumn(table: CreatedTable, name: string, change: (item: CreatedColumn) => CreatedColumn): CreatedTable {
  return { ...table, columns: table.columns.map((item) => (isSame(item.name, name) ? change(item) : item)) };
}

function describe({ name, type, comment }: ColumnDefinition): CreatedColumn {
  return { name, type, comment };
}
