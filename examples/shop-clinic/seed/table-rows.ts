/** Rows of one table by column name; columns left out take their default. */
export interface TableRows {
  /** As SQL writes it. */
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** `count` rows, numbered from 1. */
export function times<T>(count: number, make: (n: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, i) => make(i + 1));
}
