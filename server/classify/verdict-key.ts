import { digestOf } from '../model/json.ts';
import type { FieldProfile } from '../model/profile.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import type { TableInput, TableJudgement } from './classifier.ts';
import { keyOf, type Detector } from './detectors/detector.ts';
import type { NameReading } from './names/read-name.ts';
import type { SubjectReading } from './table-subject.ts';

/** What the verdicts of a table depend on, as read for this table: not whole lists, but what they say here. */
export interface VerdictKeyContext {
  /** How evidence is weighed: rules and calibration. A change of these touches every verdict. */
  readonly rules: readonly string[];
  readonly subject: SubjectReading;
  /** What the lexicon says of each column's name; a change of other words touches nothing here. */
  readonly names: readonly NameReading[];
  readonly descriptions: readonly (NameReading | null)[];
  /** A user's settings that hold for a column. */
  readonly settings: (column: string) => unknown;
  readonly detectors: ReadonlyMap<string, Detector>;
  readonly taxonomy: Taxonomy;
}

/**
 * The keys of a table's verdicts, one a column, in their order. A key covers what its verdict rests on and no more: the
 * readings of its name and description, the banded evidence, the detectors that passed, the table's subject, the
 * categories that came into question, the settings that hold there. So a changed word, detector or category touches the
 * columns that it concerns. Counts are banded: a few more rows or another sample of the same kind give the same key.
 */
export function verdictKeys(
  table: TableInput,
  judgement: TableJudgement,
  context: VerdictKeyContext,
): readonly string[] {
  const { rules, subject, names, descriptions, settings, detectors, taxonomy } = context;
  const shared = digestOf([rules, subjectPart(subject), table.applies]);
  return table.columns.map((column, i) => {
    const passing = passingDetectors(column.profile, detectors);
    const readings = [names[i] ?? null, descriptions[i] ?? null];
    const fines = [
      ...readings.flatMap((reading) => reading?.senses.map(({ fine }) => fine) ?? []),
      ...passing.flatMap(({ fine }) => (fine === null ? [] : [fine])),
    ];
    return digestOf([
      shared,
      column.id,
      column.column,
      column.type,
      readings,
      column.profile === null ? null : bandedProfile(column.profile),
      passing.map((detector) => weightsOf(detector)),
      [...new Set(fines)].sort().map((fine) => taxonomy.byFine(fine) ?? null),
      settings(column.column),
      findingsOf(judgement, i),
    ]);
  });
}

const tableSignals = new Set(['quasi-identifier', 'hash-beside-truncation', 'hash-of-card-number']);

/** What is said of a column only because of others beside it. */
function findingsOf({ columns }: TableJudgement, i: number): readonly string[] {
  return (columns[i]?.evidence ?? []).filter(({ signal }) => tableSignals.has(signal)).map(({ detail }) => detail);
}

function subjectPart({ evidence: _evidence, confidence: _confidence, ...said }: SubjectReading): unknown {
  return { ...said, languages: [...said.languages.keys()].sort(), named: [...said.named].sort() };
}

function passingDetectors(profile: FieldProfile | null, detectors: ReadonlyMap<string, Detector>): Detector[] {
  if (profile === null) return [];
  // Shapes stand for detectors where no value was looked at.
  if (profile.detectorSet === null) return [];
  return Object.entries(profile.passRates).flatMap(([key, { passed }]) => {
    const detector = passed > 0 ? detectors.get(key) : undefined;
    return detector === undefined ? [] : [detector];
  });
}

function weightsOf(detector: Detector): unknown {
  const { fine, chance, among, minShare, mixes, alone, named, method } = detector;
  return [keyOf(detector), fine, chance, among, minShare, mixes, alone, named, method];
}

function bandedProfile(profile: FieldProfile): unknown {
  const values = profile.rowsSeen - profile.nulls - profile.empty;
  return {
    mode: profile.mode,
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
