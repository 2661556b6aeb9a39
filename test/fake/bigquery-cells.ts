import type { FakeField } from './bigquery-project.ts';

/** A row as tabledata.list writes it: cells in the order of the schema, structures and lists inside. */
export function cells(
  fields: readonly FakeField[],
  selected: readonly (readonly string[])[],
  row: Readonly<Record<string, unknown>>,
): unknown {
  return {
    f: fields.flatMap((field) => {
      const own = selected.filter(([name]) => name === field.name);
      if (own.length === 0) return [];
      const below = own.flatMap((path) =>
        path.length === 1 ? (field.fields ?? []).map(({ name }) => [name]) : [path.slice(1)],
      );
      const cell = (value: unknown): unknown =>
        value === null || value === undefined
          ? null
          : field.fields === undefined
            ? typeof value === 'string'
              ? value
              : JSON.stringify(value)
            : cells(field.fields, below, value as Record<string, unknown>);
      const value = row[field.name];
      return [{ v: Array.isArray(value) ? value.map((one) => ({ v: cell(one) })) : cell(value) }];
    }),
  };
}
