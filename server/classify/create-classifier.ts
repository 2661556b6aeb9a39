import { createProfiler } from '../profile/create-profiler.ts';
import { digestOf } from '../model/json.ts';
import type { Profiler } from '../model/profile.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { createCalibration } from './calibration.ts';
import { calibrationTable } from './calibration-table.ts';
import type { Classifier, TableInput, TableJudgement } from './classifier.ts';
import { keyOf, valueTestOf, type Detector } from './detectors/detector.ts';
import { detectors as shipped } from './detectors/detectors.ts';
import { judgeColumn } from './judge-column.ts';
import { loadLexicon, type Lexicon } from './names/lexicon.ts';
import { createNameReader } from './names/read-name.ts';
import { readSubject } from './table-subject.ts';
import { readValues } from './value-evidence.ts';

export interface ClassifierOptions {
  readonly taxonomy: Taxonomy;
  /** Default: the lexicon that ships. */
  readonly lexicon?: Lexicon;
}

/** The deterministic tier: names, values, neighbours. Pure, offline, the same answer for the same evidence. */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { taxonomy } = options;
  const lexicon = options.lexicon ?? loadLexicon();
  const readName = createNameReader(lexicon);
  const all: readonly Detector[] = shipped;
  const byKey = new Map(all.map((detector) => [keyOf(detector), detector]));
  const calibration = createCalibration(calibrationTable);
  const detectorSet = `detectors:${digestOf([...byKey.keys()].sort()).slice(0, 12)}`;
  let profiler: Profiler | undefined;
  return {
    detectorSet,
    classify: (table) => classifyTable(table),
    profiler: () => (profiler ??= createProfiler({ detectorSet, tests: all.map((detector) => valueTestOf(detector)) })),
  };

  function classifyTable(table: TableInput): TableJudgement {
    const names = table.columns.map((column) => readName(column.column));
    const subject = readSubject(table, readName(table.table), names);
    const columns = table.columns.map((column, i) =>
      judgeColumn(
        {
          column,
          name: names[i] ?? readName(column.column),
          description: column.description === null ? null : readName(column.description.slice(0, 120)),
          values: readValues(column.profile, byKey),
          subject,
        },
        taxonomy,
        calibration,
      ),
    );
    const { kind, keyColumn, confidence, evidence } = subject;
    return { subject: { kind, keyColumn, confidence, evidence }, columns };
  }
}
