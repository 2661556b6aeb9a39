import { readFileSync } from 'node:fs';
import { LexlineError, messageOf } from '../base/errors.ts';
import type { Provision } from './catalogue.ts';
import { cellsOf, isTableRule, withoutMarkup, withoutUnsaid } from './texts/markdown.ts';

/** A rule as it stands in a file of the user's own. */
export interface HouseRule extends Pick<Provision, 'id' | 'title' | 'duty' | 'categories' | 'aliases' | 'checked'> {
  /** Its words in the order of the document: of a row of a table without the names of its columns. */
  readonly words: string;
}

const longestTitle = 90;
const headingLine = /^#{1,6}\s+(.+?)\s*#*$/u;
const listItem = /^\s{0,6}(?:[-*+•]|\d{1,3}[.)]|[a-z][.)])\s+/u;
/** `4`, `4.2`, `§ 4`, `Section 4`: the number that a heading brings along. */
const ownNumber =
  /^(?:§\s*|(?:Section|Article|Rule|Abschnitt|Artikel|Regel|Ziffer)\s+)?(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?\s+(?=\S)/u;

/** The rules of a file. Fails with CONFIG_INVALID where it cannot be read, is not UTF-8 or holds none. */
export function readRulesFile(file: string, prefix: string): readonly HouseRule[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw new LexlineError('CONFIG_INVALID', `[rulebook] ${file}: ${messageOf(error)}`, {
      cause: error,
      remedy: 'Name a .md or .txt file in UTF-8 beside regulation.yml; a PDF is added with lexline regulations add.',
    });
  }
  const rules = readHouseRules(text, prefix);
  if (rules.length === 0) throw new LexlineError('CONFIG_INVALID', `[rulebook] ${file}: there is no rule in it`);
  return rules;
}

/**
 * Cuts house rules, a retention schedule or a contract out of plain text or Markdown. `##` headings part it into sections, which
 * bear their own numbers or are counted; each paragraph, each item of a list and each row of a table is a rule: `HOUSE:4.2` is the
 * second of section 4, `HOUSE:4` the only one. The heading of the whole (`#`, where others stand below it) is no section. Without
 * headings, paragraphs are counted. Comments, front matter and struck-out text are no rules.
 */
export function readHouseRules(text: string, prefix: string): readonly HouseRule[] {
  const sections = sectionsOf(withoutUnsaid(text));
  const taken = new Set<string>();
  return sections.flatMap(({ number, heading, rules }) =>
    rules.map(({ duty, words, about }, i): HouseRule => {
      const count = number === '' ? `${i + 1}` : rules.length === 1 ? number : `${number}.${i + 1}`;
      const id = `${prefix}:${freeOf(count, taken)}`;
      const title = titleOf([heading, about ?? ''].filter((part) => part !== '').join(': ') || firstSentence(duty));
      return { id, title, duty, words, categories: [], aliases: [], checked: false };
    }),
  );
}

interface SaidRule extends Pick<HouseRule, 'duty' | 'words'> {
  /** What a row of a table is about: its first cell. */
  readonly about?: string;
}

interface Section {
  /** Empty: the text has no headings, its paragraphs are counted. */
  readonly number: string;
  readonly heading: string;
  readonly rules: readonly SaidRule[];
}

function sectionsOf(text: string): readonly Section[] {
  const sections: { number: string; heading: string; lines: string[] }[] = [];
  const lead: string[] = [];
  let counted = 0;
  const lines = text.normalize('NFC').split(/\r?\n/u);
  const levels = lines.flatMap((line) => /^(#{1,6})\s/u.exec(line)?.[1]?.length ?? []);
  const isTitled = levels.filter((level) => level === 1).length === 1 && levels.length > 1 && levels[0] === 1;
  for (const line of lines) {
    const found = headingLine.exec(line)?.[1];
    if (found === undefined) {
      (sections.at(-1)?.lines ?? lead).push(line);
      continue;
    }
    if (isTitled && /^#\s/u.test(line)) continue;
    const heading = withoutMarkup(found);
    const number = ownNumber.exec(heading)?.[1];
    // A section without a number is counted after the one before it.
    counted = number === undefined ? counted + 1 : Math.max(counted, Number.parseInt(number, 10));
    sections.push({ number: number ?? `${counted}`, heading: heading.replace(ownNumber, ''), lines: [] });
  }
  const before = rulesOf(lead);
  return [
    ...(before.length === 0 ? [] : [{ number: sections.length === 0 ? '' : '0', heading: '', rules: before }]),
    ...sections.map(({ number, heading, lines: own }) => ({ number, heading, rules: rulesOf(own) })),
  ];
}

/** Paragraphs, items of lists and rows of tables; an item goes on in the lines after it until a blank one or the next item. */
function rulesOf(lines: readonly string[]): readonly SaidRule[] {
  const rules: SaidRule[] = [];
  let isOpen = false;
  let columns: readonly string[] | null = null;
  for (const [i, line] of lines.entries()) {
    const cells = cellsOf(line);
    if (cells !== null && (columns !== null || isTableRule(lines[i + 1] ?? ''))) {
      if (columns === null) columns = cells;
      else if (!isTableRule(line)) rules.push(ruleOfRow(cells, columns));
      isOpen = false;
      continue;
    }
    columns = null;
    const words = withoutMarkup(line.replace(listItem, '')).replaceAll(/\s+/gu, ' ').trim();
    const before = isOpen && words !== '' && !listItem.test(line) ? rules.pop() : undefined;
    const said = before === undefined ? words : `${before.words} ${words}`;
    isOpen = words !== '';
    if (isOpen) rules.push({ duty: said, words: said });
  }
  return rules;
}

/** `Payslips. Kept for: seven years. Deleted by: payroll`: the first cell says of what, the columns say what the others are. */
function ruleOfRow(cells: readonly string[], columns: readonly string[]): SaidRule {
  const said = cells.map((cell, i) => {
    const column = columns[i] ?? '';
    return i === 0 || column === '' || cell === '' ? cell : `${column}: ${cell}`;
  });
  return { duty: said.filter((cell) => cell !== '').join('. '), words: cells.join(' '), about: cells[0] ?? '' };
}

function firstSentence(duty: string): string {
  return /^.+?[.!?](?=\s|$)/u.exec(duty)?.[0] ?? duty;
}

/** A title of a length that is read at once. */
function titleOf(words: string): string {
  return words.length <= longestTitle ? words : `${words.slice(0, longestTitle).replace(/\s+\S*$/u, '')} …`;
}

/** A number that stands there twice keeps its first place; the next one is told apart. */
function freeOf(number: string, taken: Set<string>): string {
  let free = number;
  for (let i = 2; taken.has(free); i += 1) free = `${number}-${i}`;
  taken.add(free);
  return free;
}
