import type { Gap } from '../../model/provenance.ts';
import { splitName } from '../../model/dataset-name.ts';

/** Where the tables of a baseline lie, as far as a change of SQL files needs it to name what it makes. */
export interface NamePlaces {
  /** The database in which a name without one is meant; null: names have none, or it cannot be told. */
  readonly database: string | null;
  /** Databases between which it could not be told; empty when it could, or when there is none. */
  readonly among: readonly string[];
  /** Parts of a whole name in the baseline; 0 when its names differ in that or there are none. */
  readonly parts: number;
}

/**
 * The database that names without one mean: that of all tables of the namespace, or else the only one that has the tables
 * which the change names, given as words. A new table has no place in the baseline to be found by, so policies would miss it without this.
 */
export function namePlaces(tables: readonly string[], words: ReadonlySet<string>): NamePlaces {
  const names = tables.map((name) => splitName(name));
  const lengths = new Set(names.map(({ length }) => length));
  const [parts = 0] = lengths;
  if (lengths.size !== 1 || parts < 3) return { database: null, among: [], parts: lengths.size === 1 ? parts : 0 };
  const databases = databasesOf(names);
  if (databases.length === 1) return { database: databases[0] ?? null, among: [], parts };
  const meant = databasesOf(names.filter((name) => words.has(name.slice(1).join('.').toLowerCase())));
  return meant.length === 1
    ? { database: meant[0] ?? null, among: [], parts }
    : { database: null, among: meant.length > 1 ? meant : databases, parts };
}

/** A gap for each new table whose whole name cannot be told: a policy that names its database could not see it. */
export function shortNameGaps(made: readonly string[], { among, parts }: NamePlaces): readonly Gap[] {
  return made
    .filter((name) => splitName(name).length < parts)
    .map((name) => ({
      what: name,
      reason: 'unresolved-name',
      detail:
        among.length > 1
          ? `the change makes it without saying in which database: ${among.slice(0, 10).join(', ')}${among.length > 10 ? ' …' : ''}; policies were held against its short name`
          : 'the change makes it without saying in which schema; policies were held against its short name',
      remedy: 'write the table with its database and schema in the SQL of the change',
    }));
}

const databasesOf = (names: readonly (readonly string[])[]): readonly string[] =>
  [...new Set(names.flatMap(([database]) => database ?? []))].toSorted();
