import { fieldName } from './declared-keys.ts';
import { nameKey, type NamedDataset } from './named-document.ts';
import type { ChangedColumn, TableChange } from '../sql/sql-lineage.ts';
import type { CreatedDataset } from './created-datasets.ts';
import type { DatasetDocument } from '../model/document.ts';
import type { QualifiedName } from '../model/ids.ts';

type Field = DatasetDocument['fields'][number];

/** `V7__drop_users.sql`, `migrations/0007-drop-users.sql`. */
export function isMigration(job: string): boolean {
  return /(?:^|[\\/])[VUvu]?\d[\w.]*?[_-][^\\/]*$/.test(job);
}

/** Whether a change takes nothing away, or the order of the texts is known from their numbers. */
export function isFollowed(change: TableChange, by: string, createdBy: string | null): boolean {
  if (change.type !== 'drop' && change.type !== 'replace') return true;
  return isMigration(by) && (createdBy === null || isMigration(createdBy));
}

/** Changes of tables that another text of the source creates. */
export interface Alterations {
  /** Changes the table if it is created by now, else once it is. */
  alter(name: QualifiedName, change: TableChange, by: string, dialect: string): void;
  /** Carries out what came before the table of that key was created: between numbered migrations it came too early and means nothing. */
  applyLate(key: string): void;
}

export function createAlterations(
  created: Map<string, CreatedDataset>,
  toNamed: (document: DatasetDocument) => NamedDataset,
): Alterations {
  const late: { readonly key: string; readonly change: TableChange; readonly by: string; readonly dialect: string }[] =
    [];
  const apply = (key: string, change: TableChange, by: string, dialect: string): boolean => {
    const before = created.get(key);
    if (before === undefined) return false;
    if (!isFollowed(change, by, before.by)) return true;
    const document = changedDocument(before.document, change, dialect);
    created.set(key, { ...before, document, named: toNamed(document) });
    return true;
  };
  return {
    alter(name, change, by, dialect) {
      const key = nameKey(name);
      if (!apply(key, change, by, dialect)) late.push({ key, change, by, dialect });
    },
    applyLate(key) {
      const waiting = late.filter((item) => item.key === key);
      for (const item of waiting) {
        late.splice(late.indexOf(item), 1);
        const table = created.get(key);
        if (table !== undefined && !(isMigration(item.by) && isMigration(table.by)))
          apply(key, item.change, item.by, item.dialect);
      }
    },
  };
}

/** A described dataset after one change of its columns or comments. Unknown columns and second additions change nothing. */
export function changedDocument(document: DatasetDocument, change: TableChange, dialect: string): DatasetDocument {
  const is = (field: Field, column: string): boolean => {
    const name = fieldName(column, dialect);
    if (field.path.length !== 1 || field.path[0]?.toLowerCase() !== name.toLowerCase()) return false;
    // Of two that differ in case alone the one that is spelled so.
    return field.path[0] === name || !document.fields.some(({ path }) => path.length === 1 && path[0] === name);
  };
  const on = (column: string, edit: (field: Field) => Field): DatasetDocument => ({
    ...document,
    fields: document.fields.map((field) => (is(field, column) ? edit(field) : field)),
  });
  const { fields } = document;
  switch (change.type) {
    case 'add':
      if (fields.some((field) => is(field, change.column.name))) return document;
      return { ...document, fields: [...fields, fieldOf(change.column, fields.length + 1, dialect)] };
    case 'drop':
      return { ...document, fields: fields.filter((field) => !is(field, change.column)) };
    case 'rename':
      if (fields.some((field) => is(field, change.to))) return document;
      return on(change.from, (field) => ({ ...field, path: [fieldName(change.to, dialect)] }));
    case 'retype':
      return on(change.column, (field) => ({ ...field, type: change.to }));
    case 'comment':
      if (change.column === null) return { ...document, description: change.text };
      return on(change.column, (field) => ({ ...field, description: change.text }));
    default:
      return { ...document, fields: change.columns.map((column, at) => fieldOf(column, at + 1, dialect)) };
  }
}

function fieldOf({ name, type, comment }: ChangedColumn, ordinal: number, dialect: string): Field {
  return {
    path: [fieldName(name, dialect)],
    type,
    ordinal,
    ...(comment === null ? {} : { description: comment }),
  };
}
