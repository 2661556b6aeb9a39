import { canonicalJson, digestOf } from '../model/json.ts';
import type { FieldProfile } from '../model/profile.ts';
import type { ColumnInput, TableInput } from './classifier.ts';

/** What all verdicts of one table depend on, apart from the column. */
export interface VerdictKeyContext {
  /** Detectors, lexicon, rules and calibration: the classifier's `detectorSet`. */
  readonly detectorSet: string;
  /** Digest of the taxonomy. */
  readonly taxonomy: string;
}

/**
 * The keys of a table's verdicts, one a column, in their order. Counts are banded, so that a verdict is judged again only
 * when its evidence changes in kind: a few more rows or another sample of the same kind give the same key. Neighbours are
 * part of every key: a column is judged beside them.
 */
export function verdictKeys(table: TableInput, { detectorSet, taxonomy }: VerdictKeyContext): readonly string[] {
  const shared = digestOf([
    table.table,
    table.description,
    table.primaryKey,
    table.foreignKeys,
    table.applies,
    table.columns.map(({ column }) => column).sort(),
    detectorSet,
    taxonomy,
  ]);
  return table.columns.map((column) => digestOf([shared, column.id, bandedEvidence(column)]));
}

function bandedEvidence({ column, type, description, tags, profile }: ColumnInput): unknown {
  return {
    column,
    type,
    description,
    tags: tags.map((tag) => canonicalJson(tag)).sort(),
    profile: profile === null ? null : bandedProfile(profile),
  };
}

function bandedProfile(profile: FieldProfile): unknown {
  const values = profile.rowsSeen - profile.nulls - profile.empty;
  return {
    mode: profile.mode,
    detectorSet: profile.detectorSet,
    filled: shareBand(values, profile.rowsSeen),
    distinct: profile.distinct < 3 ? profile.distinct : Math.floor(Math.log10(profile.distinct)) + 3,
    longest: Math.ceil(Math.log2(profile.maxLength + 1)),
    shapes: profile.shapes
      .filter(({ count }) => count >= values * 0.2)
      .map(({ shape }) => shape)
      .sort(),
    passes: Object.entries(profile.passRates)
      .filter(([, { passed }]) => passed > 0)
      .map(([key, { passed, tried }]) => [key, shareBand(passed, tried)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  };
}

/** Nothing, a trace, some, about half, most, nearly all, all. */
function shareBand(part: number, whole: number): number {
  if (part === 0 || whole === 0) return 0;
  const share = part / whole;
  return share === 1 ? 6 : [0.02, 0.2, 0.4, 0.7, 0.95].filter((border) => share > border).length;
}
