import { readFileSync } from 'node:fs';
import { LexlineError, messageOf } from '../base/errors.ts';
import type { Provision } from './catalogue.ts';

/** A rule as it stands in a file of the user's own. */
type Rule = Pick<Provision, 'id' | 'title' | 'duty' | 'categories' | 'aliases' | 'checked'>;

const longestTitle = 90;
const headingLine = /^#{1,6}\s+(.+?)\s*#*$/u;
const listItem = /^\s{0,6}(?:[-*+•]|\d{1,3}[.)]|[a-z][.)])\s+/u;
/** `4`, `4.2`, `§ 4`, `Section 4`: the number that a heading brings along. */
const ownNumber =
  /^(?:§\s*|(?:Section|Article|Rule|Abschnitt|Artikel|Regel|Ziffer)\s+)?(\d{1,3}(?:\.\d{1,3}){0,3})[.):]?\s+(?=\S)/u;

/** The rules of a file. Fails with CONFIG_INVALID where it cannot be read, is not UTF-8 or holds none. */
export function readRulesFile(file: string, prefix: string): readonly Rule[] {
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
 * bear their own numbers or are counted; each paragraph and each item of a list is a rule: `HOUSE:4.2` is the second of section 4,
 * `HOUSE:4` the only one. The heading of the whole (`#`, where others stand below it) is no section. Without headings, paragraphs
 * are counted.
 */
export function readHouseRules(text: string, prefix: string): readonly Rule[] {
  const sections = sectionsOf(text);
  const taken = new Set<string>();
  return sections.flatMap(({ number, heading, rules }) =>
    rules.map((duty, i): Rule => {
      const count = number === '' ? `${i + 1}` : rules.length === 1 ? number : `${number}.${i + 1}`;
      const id = `${prefix}:${freeOf(count, taken)}`;
      return { id, title: heading === '' ? titleOf(duty) : heading, duty, categories: [], aliases: [], checked: false };
    }),
  );
}

interface Section {
  /** Empty: the text has no headings, its paragraphs are counted. */
  readonly number: string;
  readonly heading: string;
  readonly rules: readonly string[];
}

function sectionsOf(text: string): readonly Section[] {
  const sections: { number: string; heading: string; lines: string[] }[] = [];
  const lead: string[] = [];
  let counted = 0;
  const lines = text.normalize('NFC').split(/\r?\n/u);
  const levels = lines.flatMap((line) => /^(#{1,6})\s/u.exec(line)?.[1]?.length ?? []);
  const isTitled = levels.filter((level) => level === 1).length === 1 && levels.length > 1 && levels[0] === 1;
  for (const line of lines) {
    const heading = headingLine.exec(line)?.[1];
    if (heading === undefined) {
      (sections.at(-1)?.lines ?? lead).push(line);
      continue;
    }
    if (isTitled && /^#\s/u.test(line)) continue;
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

/** Paragraphs and items of lists; an item goes on in the lines after it until a blank one or the next item. */
function rulesOf(lines: readonly string[]): readonly string[] {
  const rules: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const words = line.replace(listItem, '').replaceAll(/\s+/gu, ' ').trim();
    if (words === '') {
      isOpen = false;
      continue;
    }
    const last = rules.length - 1;
    if (isOpen && !listItem.test(line)) rules[last] = `${rules[last] ?? ''} ${words}`;
    else rules.push(words);
    isOpen = true;
  }
  return rules;
}

/** The beginning of a rule, to its first full stop or a length. */
function titleOf(duty: string): string {
  const sentence = /^.+?[.!?](?=\s|$)/u.exec(duty)?.[0] ?? duty;
  return sentence.length <= longestTitle ? sentence : `${sentence.slice(0, longestTitle).replace(/\s+\S*$/u, '')} …`;
}

/** A number that stands there twice keeps its first place; the next one is told apart. */
function freeOf(number: string, taken: Set<string>): string {
  let free = number;
  for (let i = 2; taken.has(free); i += 1) free = `${number}-${i}`;
  taken.add(free);
  return free;
}
