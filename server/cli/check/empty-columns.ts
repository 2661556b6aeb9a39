import type { SqlEngine } from '../../sql/sql-lineage.ts';

/** One text of a change: a file of SQL, or the query of a model. */
export interface ChangedText {
  readonly dialect: string;
  readonly sql: string;
  readonly defaultDatabase?: string;
  readonly defaultSchema?: string;
}

/** Columns into which a change puts nothing of any row but how many there are. */
export interface EmptyColumns {
  /** `dataset` as the graph names it. */
  has(dataset: string, field: string): boolean;
}

/**
 * Reads the texts for columns of new tables and views that only count rows, hold a constant or the time: nobody needs to say
 * what they hold. A column that another of the texts writes into as well is none of them, and neither is any where a text was
 * not understood.
 */
export async function readEmptyColumns(
  texts: readonly ChangedText[],
  engine: Pick<SqlEngine, 'lineage'>,
  signal: AbortSignal,
): Promise<EmptyColumns> {
  const empty = new Map<string, Set<string>>();
  const fed: (readonly [table: string, column: string])[] = [];
  for (const text of texts) {
    const { created, columns, outTables, parseStatus } = await engine.lineage(text, signal);
    for (const { down } of columns) if (down.table !== null) fed.push([lower(down.table), lower(down.column)]);
    const made = new Set(created.map(({ table }) => lower(table)));
    // What a text writes without being understood may be anything, also a count in one place and a name in another.
    if (parseStatus !== 'full') for (const table of outTables) fed.push([lower(table), '*']);
    for (const table of outTables) if (!made.has(lower(table))) fed.push([lower(table), '*']);
    for (const table of created) {
      const names = table.columns.flatMap(({ name, empty: isEmpty }) => (isEmpty === true ? [lower(name)] : []));
      // Of columns that differ in case alone the one that counts is not told from the one that names somebody.
      for (const { name, empty: isEmpty } of table.columns)
        if (isEmpty !== true) fed.push([lower(table.table), lower(name).replaceAll('"', '')]);
      const key = lower(table.table);
      // Two texts that create the same thing are not told apart.
      if (empty.has(key)) fed.push([key, '*']);
      else empty.set(key, new Set(names));
    }
  }
  for (const [table, column] of fed)
    for (const [name, columns] of empty)
      if (isSame(name, table)) {
        if (column === '*') columns.clear();
        else columns.delete(column);
      }
  return {
    has: (dataset, field) =>
      [...empty].some(([table, columns]) => columns.has(lower(field)) && isSame(table, lower(dataset))),
  };
}

const lower = (text: string): string => text.toLowerCase();

/** The same name, or one of them with parts before it that the other leaves out. */
function isSame(one: string, other: string): boolean {
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`);
}
