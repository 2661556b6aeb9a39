import { digestOf } from '../model/json.ts';
import type { Profiler } from '../model/profile.ts';
import { createProfiler } from '../profile/create-profiler.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { applyAllowList } from './allow-list.ts';
import { createCalibration, type Calibration } from './calibration.ts';
import { calibrationTable } from './calibration-table.ts';
import type { Classifier, TableInput, TableJudgement } from './classifier.ts';
import type { CustomRules } from './custom-detectors.ts';
import { needsProfiling, valueSetOf } from './detector-set.ts';
import { keyOf, valueTestOf, type Detector } from './detectors/detector.ts';
import { detectors as shipped } from './detectors/detectors.ts';
import { judgeColumn } from './judge-column.ts';
import { loadLexicon, withPhrases, type Lexicon } from './names/lexicon.ts';
import { createNameReader, type NameReading } from './names/read-name.ts';
import { readSubject } from './table-subject.ts';
import { withTableFindings } from './table-findings.ts';
import { readValues } from './value-evidence.ts';

/** Raised with every change of how evidence is weighed: all verdicts are judged again, no value is looked at. */
const rulesVersion = 1;

export interface ClassifierOptions {
  readonly taxonomy: Taxonomy;
  /** Default: the lexicon that ships. */
  readonly lexicon?: Lexicon;
  /** What a user adds, allows and switches off. */
  readonly custom?: CustomRules;
  /** Default: the fit that ships. */
  readonly calibration?: Calibration;
}

/**
 * The deterministic tier: names, values, neighbours. Pure, offline, the same answer for the same evidence. Its detector
 * set names everything a verdict depends on; its profiler's names only what depends on values.
 */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { taxonomy, custom } = options;
  const lexicon = withPhrases(options.lexicon ?? loadLexicon(), custom?.phrases ?? []);
  const readName = createNameReader(lexicon);
  const active = activeDetectors(custom);
  const byKey = new Map(active.map((detector) => [keyOf(detector), detector]));
  const calibration = options.calibration ?? createCalibration(calibrationTable);
  const valueSet = valueSetOf(active);
  const rules = digestOf([valueSet, lexicon.digest, rulesVersion, calibration.version, custom?.allow ?? []]);
  let profiler: Profiler | undefined;
  return {
    detectorSet: `detectors:${rules.slice(0, 16)}`,
    classify: (table) => classifyTable(table),
    needsProfiling: (profile) => needsProfiling(profile, active),
    profiler: () =>
      (profiler ??= createProfiler({ detectorSet: valueSet, tests: active.map((detector) => valueTestOf(detector)) })),
  };

  function classifyTable(table: TableInput): TableJudgement {
    const names = table.columns.map((column) => readName(column.column));
    const subject = readSubject(table, tableNameOf(table.table, readName), names);
    const columns = table.columns.map((column, i) => {
      const judgement = judgeColumn(
        {
          column,
          name: names[i] ?? readName(column.column),
          description: column.description === null ? null : readName(column.description.slice(0, 120)),
          values: readValues(column.profile, byKey),
          subject,
        },
        taxonomy,
        calibration,
      );
      return custom === undefined ? judgement : applyAllowList(judgement, table.table, column.column, custom.allow);
    });
    const { kind, keyColumn, confidence, evidence } = subject;
    return { subject: { kind, keyColumn, confidence, evidence }, columns: withTableFindings(columns, taxonomy) };
  }
}

/** The detectors that run: what ships without what is switched off, and the user's own. */
export function activeDetectors(custom?: CustomRules): readonly Detector[] {
  if (custom === undefined) return shipped;
  return [...shipped.filter(({ id }) => !custom.disabled.has(id)), ...custom.detectors];
}

/** A table's own name, without database, schema and folders: those are shared by tables of every subject. */
function tableNameOf(name: string, readName: (name: string) => NameReading): NameReading {
  const parts = name
    .split(/[./\\]/)
    .filter((part) => part !== '' && !/^(?:csv|json|parquet|avro|orc|txt|gz|sql)$/i.test(part));
  return readName(parts.at(-1) ?? name);
}
