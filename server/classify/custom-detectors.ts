import type { ConfigProblem } from '../base/config-file.ts';
import { parseYamlText } from '../base/config-file.ts';
import { problemsOf } from '../base/config-problems.ts';
import { digestOf } from '../model/json.ts';
import { lookAt } from '../profile/value.ts';
import { admits } from '../profile/value-test.ts';
import type { Taxonomy } from '../rulebook/taxonomy.ts';
import { compilePattern } from './custom-pattern.ts';
import { listOf, memberProblems, membersOf } from './custom-problems.ts';
import {
  customDetectorSchema,
  customFileSchema,
  type CustomDetectorEntry,
  type CustomFile,
  type CustomNames,
  type CustomRules,
} from './custom-rules.ts';
import { detector, valueTestOf, type Detector } from './detectors/detector.ts';
import { fold } from './names/fold.ts';
import { loadLexicon } from './names/lexicon.ts';
import { lastPart, withOwnPhrases } from './names/own-phrases.ts';
import { readName } from './names/read-name.ts';
import { validators } from './validators.ts';

const strengths = { outright: 2, likely: 1, weak: 0 } as const;
const alones = { proves: 4, supports: 1.5, nothing: -3 } as const;

/** One detector of the file: what it looks at, and what is wrong with it. */
interface Compiled {
  readonly rule: Detector | null;
  readonly names: CustomNames | null;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads a user's detectors from YAML. Patterns run on RE2, in time linear to the value, anchored at both ends. Fails with
 * CONFIG_INVALID, naming every mistake with file, line and reason: one of form, a pattern that RE2 refuses, an unknown
 * category, validator or detector, a detector with nothing to detect by, and of detectors that are right so far a test inside
 * the file that does not hold.
 */
export function parseCustomRules(content: string, file: string, taxonomy: Taxonomy): CustomRules {
  const text = parseYamlText(content, file, { room: 'detectors' });
  const parsed = customFileSchema.safeParse(text.value);
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, customFileSchema, [], {})),
    ...memberProblems(text.value, taxonomy),
  ];
  const broken = new Set(problems.flatMap(({ path: [list, i] }) => (list === 'detectors' ? [i] : [])));
  const compiled = listOf(membersOf(text.value)['detectors']).flatMap((given, i) => {
    const entry = broken.has(i) ? undefined : customDetectorSchema.safeParse(given).data;
    const category = entry === undefined ? undefined : taxonomy.category(entry.category);
    return entry === undefined || category === undefined
      ? []
      : [compileDetector(entry, ['detectors', i], file, category.fine)];
  });
  const all = [...problems, ...compiled.flatMap((each) => each.problems)];
  if (!parsed.success || all.length > 0) throw text.fail(all);
  return rulesOf(parsed.data, compiled);
}

function rulesOf(given: CustomFile, compiled: readonly Compiled[]): CustomRules {
  return {
    detectors: compiled.flatMap(({ rule }) => (rule === null ? [] : [rule])),
    names: compiled.flatMap(({ names }) => (names === null ? [] : [names])),
    contexts: given.detectors.flatMap(({ id, context }) =>
      context === undefined ? [] : [{ id: `custom-${id}`, ...context }],
    ),
    allow: given.allow.map(({ category, ...entry }) => ({ ...entry, category: category ?? null })),
    tune: [
      ...(given.disable.length === 0 ? [] : [{ source: '*', table: '*', disable: given.disable, reviewBelow: null }]),
      ...given.tune.map(({ reviewBelow, ...entry }) => ({ ...entry, reviewBelow: reviewBelow ?? null })),
    ],
  };
}

/** A detector of which every member is right by itself. */
function compileDetector(
  entry: CustomDetectorEntry,
  path: ConfigProblem['path'],
  file: string,
  fine: string,
): Compiled {
  const accepts = acceptsOf(entry);
  const named = entry.names.length + entry.namePatterns.length > 0;
  const rule = accepts === null ? null : ruleOf(entry, fine, accepts, file);
  const names = named ? namesOf(entry, fine) : null;
  const failed =
    rule === null && names === null
      ? [{ at: [], why: 'give names, a pattern, a dictionary or a validator' }]
      : [...valueTests(entry, rule), ...nameTests(entry, names)].map(({ at, why }) => ({ at: ['tests', ...at], why }));
  return {
    rule,
    names,
    problems: failed.map(({ at, why }) => ({ path: [...path, ...at], message: `${entry.id}: ${why}` })),
  };
}

/** Its version is made of its content: a changed pattern is another detector, whether or not somebody raised a number. */
function ruleOf(entry: CustomDetectorEntry, fine: string, accepts: (text: string) => boolean, file: string): Detector {
  const { pattern, dictionary, validator, version } = entry;
  const content = digestOf([version, pattern ?? null, dictionary ?? null, validator ?? null]);
  return detector({
    id: `custom-${entry.id}`,
    version: Number.parseInt(content.slice(0, 8), 16),
    fine,
    title: entry.title,
    method: dictionary === undefined ? (validator === undefined ? 'format' : 'checksum') : 'dictionary',
    source: file,
    chance: entry.chance,
    minShare: entry.share,
    mixes: false,
    alone: alones[entry.alone],
    named: 3,
    length: [1, 500],
    // A pattern may ask for the very signs that are read in one spelling.
    test: ({ text, written }) => accepts(text) || (written !== text && accepts(written)),
  });
}

function namesOf(entry: CustomDetectorEntry, fine: string): CustomNames {
  return {
    id: `custom-${entry.id}`,
    fine,
    strength: strengths[entry.namesSay],
    phrases: entry.names,
    patterns: entry.namePatterns.map((text) => ({ text, test: compilePattern(text, { anyCase: true }) })),
  };
}

function acceptsOf({ pattern, dictionary, validator }: CustomDetectorEntry): ((text: string) => boolean) | null {
  const parts: ((text: string) => boolean)[] = [];
  if (pattern !== undefined) parts.push(compilePattern(pattern));
  if (dictionary !== undefined) {
    const words = new Set(dictionary.map((word) => fold(word.trim())));
    parts.push((text) => words.has(fold(text)));
  }
  const check = validator === undefined ? undefined : validators[validator];
  if (check !== undefined) parts.push(check);
  return parts.length === 0 ? null : (text) => parts.every((part) => part(text));
}

interface FailedTest {
  readonly at: readonly PropertyKey[];
  readonly why: string;
}

/** The examples are the user's own and stand in their file; they are counted here, not quoted. */
function valueTests({ tests }: CustomDetectorEntry, rule: Detector | null): FailedTest[] {
  const { match = [], reject = [] } = tests ?? {};
  if (rule === null)
    return match.length + reject.length === 0 ? [] : [{ at: [], why: 'has tests of values and nothing to pass' }];
  const test = valueTestOf(rule);
  const passes = (text: string): boolean => {
    const value = lookAt(text);
    return admits(test, value) && test.test(value);
  };
  return [
    ...match.flatMap((text, i) => (passes(text) ? [] : [{ at: ['match', i], why: 'does not match' }])),
    ...reject.flatMap((text, i) => (passes(text) ? [{ at: ['reject', i], why: 'matches' }] : [])),
  ];
}

function nameTests({ tests }: CustomDetectorEntry, names: CustomNames | null): FailedTest[] {
  const { match = [], reject = [] } = tests?.names ?? {};
  if (match.length + reject.length === 0) return [];
  if (names === null) return [{ at: ['names'], why: 'has tests of names and no names' }];
  const lexicon = withOwnPhrases(loadLexicon(), [names]);
  const finds = (name: string): boolean =>
    names.patterns.some(({ test }) => test(lastPart(name))) ||
    readName(name, lexicon).senses.some(({ language, about }) => language === names.id && about === null);
  return [
    ...match.flatMap((name, i) => (finds(name) ? [] : [{ at: ['names', 'match', i], why: 'does not match' }])),
    ...reject.flatMap((name, i) => (finds(name) ? [{ at: ['names', 'reject', i], why: 'matches' }] : [])),
  ];
}
