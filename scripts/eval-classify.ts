import { writeFileSync } from 'node:fs';
import type { Calibration } from '../server/classify/calibration.ts';
import { calibrationTable } from '../server/classify/calibration-table.ts';
import { classifyLine, type ColumnAnswer } from '../server/classify/classify-line.ts';
import type { Classifier } from '../server/classify/classifier.ts';
import { createClassifier } from '../server/classify/create-classifier.ts';
import { loadTaxonomy } from '../server/rulebook/taxonomy.ts';
import {
  contextColumns,
  distinctColumns,
  labelledColumns,
  openSchemaColumns,
  unseenColumns,
  vocabularyColumns,
  type LabelledColumn,
} from '../test/fixtures/classify/columns.ts';
import { fitCalibration, sourceOf, type FittedRow } from './fit-calibration.ts';

/**
 * Judges our own labelled columns and prints how many there are of each class, each name in its table counted once,
 * precision, recall, F1 by class and every miss and false alarm of each class; then the same of names out of public schemas, which others chose, of
 * contexts that we mended by, and of some that we did not. `--fit` fits the calibration on the train halves of the public
 * schemas and of what was not mended by, and writes it; `--quiet` leaves the misses out.
 */
const taxonomy = loadTaxonomy();
const columns = labelledColumns();
const languages = new Set(columns.map(({ language }) => language));

export interface Judged {
  readonly column: LabelledColumn;
  readonly answer: ColumnAnswer;
  readonly flagged: boolean;
}

const fit = process.argv.includes('--fit');
const quiet = process.argv.includes('--quiet');
const classifier = createClassifier({ taxonomy });
const judged = judgeAll(columns, classifier);
const schemas = vocabularyColumns();
const contexts = contextColumns();
const unseen = unseenColumns();
const open = openSchemaColumns();
console.log(`our own tables: ${languages.size - 1} language groups and hidden names`);
sizes(columns);
figures(judged);
byLanguage(judged);
if (fit) writeCalibration();
reliability('our own tables', judged);
if (!quiet) misses(judged);
show('public schemas, by name alone, whose words we did not choose', schemas);
show('contexts that were judged by hand and mended by', contexts);
show('contexts that were judged by hand and nothing was mended by', unseen);
for (const part of ['train', 'held-out'] as const)
  show(
    `open-source schemas judged by reading, ${part === 'train' ? 'the half that was mended by' : 'the half by which nothing was mended'}`,
    open.filter((column) => column.part === part),
  );
console.log('\nall sets together');
sizes([...columns, ...schemas, ...contexts, ...unseen, ...open]);

function show(title: string, given: readonly LabelledColumn[]): void {
  const own = judgeAll(given, classifier);
  console.log(`\n${title}`);
  sizes(given);
  figures(own);
  byLanguage(own);
  reliability('all of them', own);
  const heldOut = own.filter(({ column }) => column.part === 'held-out');
  if (given === schemas || given === unseen) reliability('the half that the calibration was not fitted on', heldOut);
  leftOpen(own);
  // Which columns of this half are missed stays unknown, so that nobody can mend by them.
  if (!quiet && !given.every((column) => open.includes(column) && column.part === 'held-out')) misses(own);
}

/** How many there are, and how many different ones: a name in its table counts once, however it is spelt. */
function sizes(given: readonly LabelledColumn[]): void {
  const distinct = distinctColumns(given);
  const of = (coarse: 'PII' | 'PHI' | 'PCI'): number =>
    distinct.filter(({ label }) => label.fine.some((each) => taxonomy.byFine(each)?.classes.includes(coarse) ?? false))
      .length;
  const sensitive = distinct.filter(({ label }) => label.sensitive).length;
  console.log(
    `${given.length} columns, ${distinct.length} different ones: ${sensitive} sensitive, PII ${of('PII')}, PHI ${of('PHI')}, PCI ${of('PCI')}`,
  );
}

function figures(of: readonly Judged[]): void {
  const isFlagged = ({ flagged }: Judged): boolean => flagged;
  line(
    'sensitive or not',
    counts(of, (fine) => fine.length > 0, isFlagged),
  );
  for (const coarse of ['PII', 'PHI', 'PCI'] as const) {
    const classOf = (fine: readonly string[]): boolean =>
      fine.some((each) => taxonomy.byFine(each)?.classes.includes(coarse) ?? false);
    // A patient's identifiers are health information too; they neither help nor harm the figure of the class itself.
    line(
      coarse,
      counts(of, classOf, ({ answer }) => classOf(answer.fine)),
    );
  }
  const sensitive = of.filter(({ column }) => column.label.sensitive);
  const right = sensitive.filter(({ column, answer }) => answer.fine.some((each) => column.label.fine.includes(each)));
  console.log(`right category among the sensitive: ${percent(right.length / Math.max(1, sensitive.length))}`);
}

function byLanguage(of: readonly Judged[]): void {
  for (const [language, own] of Map.groupBy(of, ({ column }) => column.language))
    line(
      `  ${language}`,
      counts(
        own,
        (fine) => fine.length > 0,
        ({ flagged }) => flagged,
      ),
    );
}

function judgeAll(given: readonly LabelledColumn[], by: Classifier): readonly Judged[] {
  return given.map((column) => {
    const { label: _label, part: _part, language: _language, ...row } = column;
    const answer = classifyLine(row, by);
    return { column, answer, flagged: !answer.abstain && !(answer.classes as readonly string[]).includes('NONE') };
  });
}

function counts(
  of: readonly Judged[],
  wanted: (fine: readonly string[]) => boolean,
  found: (judged: Judged) => boolean,
): { readonly hit: number; readonly wrong: number; readonly missed: number } {
  let [hit, wrong, missed] = [0, 0, 0];
  for (const each of of) {
    const want = wanted(each.column.label.fine);
    const got = found(each) && each.flagged;
    if (want && got) hit += 1;
    else if (want && !couldBeOther(each, wanted)) missed += 1;
    else if (got && !want) wrong += 1;
  }
  return { hit, wrong, missed };
}

/** Of several right answers another one was given. */
function couldBeOther({ column, answer }: Judged, wanted: (fine: readonly string[]) => boolean): boolean {
  return (
    answer.fine.some((each) => column.label.fine.includes(each)) && !column.label.fine.every((each) => wanted([each]))
  );
}

function line(
  name: string,
  { hit, wrong, missed }: { readonly hit: number; readonly wrong: number; readonly missed: number },
): void {
  const precision = hit / Math.max(1, hit + wrong);
  const recall = hit / Math.max(1, hit + missed);
  const f1 = (2 * precision * recall) / Math.max(0.0001, precision + recall);
  console.log(
    `${name.padEnd(18)} P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${f1.toFixed(3)}  (${hit + missed} positives, ${wrong} false alarms, ${missed} missed)`,
  );
}

function reliability(where: string, of: readonly Judged[]): void {
  const rows = of.filter(({ answer }) => !answer.abstain);
  const bins = Map.groupBy(rows, ({ answer }) => Math.min(9, Math.floor(answer.confidence * 10)));
  let error = 0;
  console.log(`confidence and how often it was right, on ${where}:`);
  for (const [bin, own] of [...bins].sort(([a], [b]) => a - b)) {
    const mean = own.reduce((sum, { answer }) => sum + answer.confidence, 0) / own.length;
    const correct = own.filter(({ column, flagged }) => column.label.sensitive === flagged).length / own.length;
    error += (own.length / rows.length) * Math.abs(mean - correct);
    console.log(
      `  ${bin / 10}–${(bin + 1) / 10}: ${own.length} columns, said ${percent(mean)}, was ${percent(correct)}`,
    );
  }
  console.log(`expected calibration error ${error.toFixed(3)}; abstained ${of.length - rows.length} of ${of.length}`);
}

/** Fits on the halves that are for it: half of the public schemas, and of the contexts by which nothing was mended. */
function writeCalibration(): void {
  const given = [...schemas, ...unseen].filter(({ part }) => part === 'train');
  const rows = given.flatMap((column) => {
    const seen = new Map<number, FittedRow['ground']>();
    const raw: Calibration = {
      version: 'scores',
      probability: (score, ground) => {
        seen.set(score, ground);
        return score;
      },
    };
    const [judged] = judgeAll([column], createClassifier({ taxonomy, calibration: raw }));
    if (judged === undefined || judged.answer.abstain) return [];
    const score = judged.flagged ? judged.answer.confidence : 1 - judged.answer.confidence;
    const ground = [...seen].find(([other]) => Math.abs(other - score) < 1e-9)?.[1];
    return ground === undefined ? [] : [{ score, ground, isSensitive: column.label.sensitive }];
  });
  const table = fitCalibration(rows);
  writeFileSync(new URL('../server/classify/calibration-table.ts', import.meta.url), sourceOf(table));
  console.log(`fitted ${rows.length} columns (before: ${calibrationTable.version}); run again to see it at work`);
}

function classesOf(fine: readonly string[]): ReadonlySet<string> {
  return new Set(fine.flatMap((each) => taxonomy.byFine(each)?.classes ?? []));
}

/**
 * Every miss and false alarm of each class, PHI and PCI first, counted as the figures are: also a wrong class on a
 * column that holds something of another.
 */
function misses(of: readonly Judged[]): void {
  for (const coarse of ['PHI', 'PCI', 'PII'] as const)
    for (const each of of) {
      const kind = kindOfMiss(
        each,
        (fine) => classesOf(fine).has(coarse),
        ({ answer }) => classesOf(answer.fine).has(coarse),
      );
      if (kind !== null) sayMiss(coarse, kind, each);
    }
  for (const each of of) {
    const kind = kindOfMiss(
      each,
      (fine) => fine.length > 0,
      ({ flagged }) => flagged,
    );
    const said = [...classesOf(each.column.label.fine), ...classesOf(each.answer.fine)];
    if (kind !== null && said.length === 0) sayMiss('none', kind, each);
  }
}

/** What is wrong with one answer, by what `counts` counts; null: nothing. */
function kindOfMiss(
  judged: Judged,
  wanted: (fine: readonly string[]) => boolean,
  found: (judged: Judged) => boolean,
): string | null {
  const { missed, wrong } = counts([judged], wanted, found);
  if (wrong > 0) return judged.column.label.sensitive ? 'WRONG CLASS' : 'FALSE ALARM';
  if (missed === 0) return null;
  return judged.answer.abstain ? 'ABSTAINED' : judged.flagged ? 'OTHER CLASS' : 'MISSED';
}

function sayMiss(group: string, kind: string, { column, answer }: Judged): void {
  const wanted = column.label.fine.join('|') || 'none';
  const values = column.samples === undefined ? '' : ' with values';
  console.log(
    `${group} ${kind} ${column.language} ${column.table}.${column.column}: wanted ${wanted}, got ${answer.fine.join('|') || 'none'} (${answer.confidence.toFixed(3)})${values}`,
  );
}

/** What is not found and not ruled out: of the missed, and of the columns that hold nothing. */
function leftOpen(of: readonly Judged[]): void {
  const missed = of.filter(({ column, flagged }) => column.label.sensitive && !flagged);
  const nothing = of.filter(({ column }) => !column.label.sensitive);
  const opened = (given: readonly Judged[]): number => given.filter(({ answer }) => answer.abstain).length;
  console.log(
    `left to a person: ${opened(missed)} of ${missed.length} missed, ${opened(nothing)} of ${nothing.length} that hold nothing, ${opened(of)} of ${of.length} in all`,
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
