import { digestOf } from '../model/json.ts';
import type { Profiler } from '../model/profile.ts';
import { createProfiler } from '../profile/create-profiler.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { allowedBy, applyAllowList } from './allow-list.ts';
import { createCalibration, type Calibration } from './calibration.ts';
import { calibrationTable } from './calibration-table.ts';
import type { Classifier, TableInput, TableJudgement } from './classifier.ts';
import type { CustomNames, CustomRules } from './custom-rules.ts';
import { needsProfiling, valueKeysOf, valueSetOf } from './detector-set.ts';
import { keyOf, valueTestOf, type Detector } from './detectors/detector.ts';
import { detectors as shipped } from './detectors/detectors.ts';
import { judgeColumn } from './judge-column.ts';
import { loadLexicon, type Lexicon } from './names/lexicon.ts';
import { withOwnPatterns, withOwnPhrases } from './names/own-phrases.ts';
import { createNameReader, type NameReading } from './names/read-name.ts';
import { rulesVersion } from './rules-version.ts';
import { withOtherMeanings } from './short-forms.ts';
import { readSubject, type SubjectReading } from './table-subject.ts';
import { withTableFindings } from './table-findings.ts';
import { applyBorder, holdsFor, tuningOf, type Tuning } from './tuning.ts';
import { readValues, type ValueReading } from './value-evidence.ts';
import { verdictKeys } from './verdict-key.ts';

export interface ClassifierOptions {
  readonly taxonomy: Taxonomy;
  /** Default: the lexicon that ships. */
  readonly lexicon?: Lexicon;
  /** What a user adds, allows and tunes. */
  readonly custom?: CustomRules | null;
  /** Default: the detectors that ship. */
  readonly detectors?: readonly Detector[];
  /** Default: the fit that ships. */
  readonly calibration?: Calibration;
  /** Default: the rules that ship. */
  readonly rules?: string;
}

const noRules: CustomRules = { detectors: [], names: [], contexts: [], allow: [], tune: [] };
const rememberedReaders = 64;

/** A table as read before any column is judged: all that a judgement and its key depend on. */
interface TableReading {
  readonly names: readonly NameReading[];
  readonly descriptions: readonly (NameReading | null)[];
  readonly values: readonly ValueReading[];
  readonly subject: SubjectReading;
  readonly tuning: Tuning;
}

/**
 * The deterministic tier: names, values, neighbours. Pure, offline, the same answer for the same evidence. Its detector
 * set names everything a verdict may depend on, `keysOf` what each verdict does depend on, its profiler's set only what
 * depends on values.
 */
export function createClassifier(options: ClassifierOptions): Classifier {
  const { taxonomy, calibration = createCalibration(calibrationTable), rules = rulesVersion } = options;
  const custom = options.custom ?? noRules;
  const lexicon = options.lexicon ?? loadLexicon();
  const active = [...(options.detectors ?? shipped), ...custom.detectors];
  const byKey = new Map(active.map((detector) => [keyOf(detector), detector]));
  const valueSet = valueSetOf(active);
  const readerFor = createReaders(lexicon, custom.names);
  const everything = [valueSet, lexicon.digest, rules, calibration.version, taxonomy.digest, contentOf(custom)];
  let profiler: Profiler | undefined;
  return {
    detectorSet: `detectors:${digestOf(everything).slice(0, 16)}`,
    detectors: valueKeysOf(active),
    classify: (table) => classifyTable(table),
    keysOf: (table, judgement) => keysOf(table, judgement),
    needsProfiling: (profile, earlier) => profile.detectorSet !== valueSet && needsProfiling(profile, active, earlier),
    profiler: () =>
      (profiler ??= createProfiler({ detectorSet: valueSet, tests: active.map((detector) => valueTestOf(detector)) })),
  };

  function readTable(table: TableInput): TableReading {
    const tuning = tuningOf(table, custom);
    const readName = readerFor(tuning.outOfContext);
    const detectors = tuning.disabled.size === 0 ? byKey : without(byKey, tuning.disabled);
    const values = table.columns.map(({ profile }) => readValues(profile, detectors));
    const [schema, own = table.table] = lastTwo(partsOf(table.table));
    const names = withOtherMeanings(table.columns.map(({ column }) => readName(column)));
    return {
      names,
      descriptions: table.columns.map(({ description }) =>
        description === null ? null : readName(description.slice(0, 120)),
      ),
      values,
      subject: readSubject(table, readName(own), names, {
        foreign: table.foreignKeys.map((key) => readName(partsOf(key.table).at(-1) ?? key.table)),
        schema: schema === undefined ? null : readName(schema),
        proved: provedBy(values),
      }),
      tuning,
    };
  }

  function classifyTable(table: TableInput): TableJudgement {
    const { names, descriptions, values: looked, subject, tuning } = readTable(table);
    const allowed = custom.allow.filter((entry) => holdsFor(entry, table));
    const columns = table.columns.map((column, i) => {
      const name = names[i] ?? readerFor(tuning.outOfContext)(column.column);
      const values = looked[i] ?? readValues(column.profile, byKey);
      const description = descriptions[i] ?? null;
      const judged = judgeColumn(
        { column, name, description, values, subject, applies: table.applies },
        taxonomy,
        calibration,
      );
      return applyBorder(applyAllowList(judged, column.column, allowed), tuning.reviewBelow);
    });
    const { kind, keyColumn, confidence, evidence, aboutPatients } = subject;
    return {
      subject: { kind, keyColumn, confidence, evidence, aboutPatients },
      columns: withTableFindings(columns, taxonomy, names),
    };
  }

  function keysOf(table: TableInput, judgement: TableJudgement): readonly string[] {
    const { names, descriptions, subject, tuning } = readTable(table);
    const allowed = custom.allow.filter((entry) => holdsFor(entry, table));
    return verdictKeys(table, judgement, {
      rules: [rules, calibration.version],
      subject,
      names,
      descriptions,
      settings: (column) => [
        allowed.filter((entry) => allowedBy(entry, column)),
        tuning.reviewBelow,
        [...tuning.disabled].sort(),
      ],
      detectors: byKey,
      taxonomy,
    });
  }
}

/** Readers of names by which of a user's own detectors are out of their context. */
function createReaders(
  lexicon: Lexicon,
  own: readonly CustomNames[],
): (outOfContext: ReadonlySet<string>) => (name: string) => NameReading {
  let readers = new Map<string, (name: string) => NameReading>();
  return (outOfContext) => {
    const key = [...outOfContext].sort().join(' ');
    const known = readers.get(key);
    if (known !== undefined) return known;
    const names = own.filter(({ id }) => !outOfContext.has(id));
    const read = createNameReader(withOwnPhrases(lexicon, names));
    const patterned = names.filter(({ patterns }) => patterns.length > 0);
    const reader =
      patterned.length === 0 ? read : (name: string): NameReading => withOwnPatterns(read(name), name, patterned);
    if (readers.size >= rememberedReaders) readers = new Map();
    readers.set(key, reader);
    return reader;
  };
}

function contentOf({ names, contexts, allow, tune }: CustomRules): unknown {
  return [
    names.map(({ id, fine, strength, phrases, patterns }) => [
      id,
      fine,
      strength,
      phrases,
      patterns.map((p) => p.text),
    ]),
    contexts,
    allow,
    tune,
  ];
}

function without(
  detectors: ReadonlyMap<string, Detector>,
  disabled: ReadonlySet<string>,
): ReadonlyMap<string, Detector> {
  return new Map([...detectors].filter(([, { id }]) => !disabled.has(id)));
}

/** The parts of a table's name, without what only says how it is stored. */
function partsOf(name: string): readonly string[] {
  return name
    .split(/[./\\]/)
    .filter((part) => part !== '' && !/^(?:csv|json|parquet|avro|orc|txt|gz|sql)$/i.test(part));
}

/** Schema and table; database and folders before them are shared by tables of every subject. */
function lastTwo(parts: readonly string[]): readonly [string | undefined, string | undefined] {
  return [parts.at(-2), parts.at(-1)];
}

/** What columns hold by a check digit, far beyond chance: a card number under any name is one to its neighbours. */
function provedBy(values: readonly ValueReading[]): ReadonlySet<string> {
  return new Set(
    values.flatMap(({ findings, derived }) =>
      findings.flatMap(({ detector, passed, strength }) =>
        detector.fine === 'card_number' &&
        detector.method === 'checksum' &&
        passed >= 3 &&
        strength > 4 &&
        derived === null
          ? ['card_number']
          : [],
      ),
    ),
  );
}
