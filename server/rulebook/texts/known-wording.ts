import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LexlineError } from '../../base/errors.ts';
import type { ParsedProvision } from './parsed-text.ts';

/** The wording of an edition as digests: of each provision's number, what its words come to. */
export type Wording = ReadonlyMap<string, string>;

/** How a text compares with the wording that is known of its edition: by the numbers of its deepest provisions. */
export interface WordingCheck {
  readonly changed: readonly string[];
  /** Provisions that the known wording does not have. */
  readonly added: readonly string[];
  readonly missing: readonly string[];
  /** How many provisions the known wording has. */
  readonly known: number;
}

/** So many hexadecimal digits tell two wordings apart: 64 bits. */
const digits = 16;
const line = /^(\S+) ([\da-f]{16})$/u;

/** Shapes of quotation marks and apostrophes, which differ between files of one edition. */
const quotationMarks = /["'`´‘’‚‛“”„‟«»‹›]+/gu;
/** White space as it is set; an invisible character that only counts as such (U+FEFF) is not among it. */
const whiteSpace = /[\t-\r \p{Zs}\p{Zl}\p{Zp}]+/gu;
/** A hyphen between two letters, at a line end or not: who sets a text puts and takes them. */
const hyphens = /(?<=\p{L})(?:[-\u2010\u2011] ?|\u00AD )(?=\p{L})/gu;
const ligatures = /[\uFB00-\uFB06]/gu;

/**
 * What the words of a passage come to. Only what differs between files of one edition does not count: how much white space
 * stands between two words, hyphens between letters, the shapes of quotation marks, letters drawn as one. Everything else
 * does: each digit, sign, bracket and capital letter, a space inside a number, a character that no eye sees.
 */
export function wordingDigest(text: string): string {
  const words = text
    .normalize('NFC')
    .replaceAll(ligatures, (drawn) => drawn.normalize('NFKC'))
    .replaceAll(whiteSpace, ' ')
    .replaceAll(hyphens, '')
    .replaceAll(quotationMarks, "'")
    .trim();
  return hash('sha256', words, 'hex').slice(0, digits);
}

/** Stands after the number of an article or section whose heading is meant. */
const headingMark = '@heading';
/** `Article 17`, `§ 164.502`: each file writes the number as it likes. */
const leadingNumber = /^(?:(?:\p{L}+\.?\s+|§+\s*)?[A-Z]?\d[\w.]*[a-z]?)?[\s.:°º–—-]*/u;

/** The wording of a text in hand, headings too. A number that occurs twice counts by its first place, as in the index. */
export function wordingOf(provisions: readonly ParsedProvision[]): Wording {
  const wording = new Map<string, string>();
  for (const { number, text, heading } of provisions) {
    const headed = `${/^[^(#]+/u.exec(number)?.[0] ?? number}${headingMark}`;
    const words = heading.replace(leadingNumber, '').replace(/[\s.]+$/u, '');
    if (words !== '' && !wording.has(headed)) wording.set(headed, wordingDigest(words));
    if (text !== '' && !wording.has(number)) wording.set(number, wordingDigest(text));
  }
  return wording;
}

/** A number of a wording as people read it. */
export function readableNumber(number: string): string {
  return number.endsWith(headingMark) ? `the heading of ${number.slice(0, -headingMark.length)}` : number;
}

/** Numbers that a text has twice in other words: only the first place of each is indexed and compared. */
export function namedTwice(provisions: readonly ParsedProvision[]): readonly string[] {
  const first = new Map<string, string>();
  const twice = new Set<string>();
  for (const { number, text } of provisions) {
    if (text === '') continue;
    const digest = wordingDigest(text);
    const before = first.get(number);
    if (before === undefined) first.set(number, digest);
    else if (before !== digest) twice.add(number);
  }
  return [...twice];
}

/** Compares a text with the known wording. An article whose point has changed is named by the point alone. */
export function compareWording(known: Wording, all: Wording): WordingCheck {
  // Wordings that were written down before headings were compared say nothing of them.
  const isHeaded = [...known.keys()].some((number) => number.endsWith(headingMark));
  const own = isHeaded ? all : new Map([...all].filter(([number]) => !number.endsWith(headingMark)));
  const deepest = (numbers: readonly string[]): readonly string[] =>
    numbers.filter((number) => !numbers.some((other) => other !== number && /^[(#.]/u.test(tailOf(other, number))));
  const changed = [...own].flatMap(([number, digest]) =>
    known.has(number) && known.get(number) !== digest ? [number] : [],
  );
  return {
    changed: deepest(changed),
    added: [...own.keys()].filter((number) => !known.has(number)),
    missing: [...known.keys()].filter((number) => !own.has(number)),
    known: known.size,
  };
}

/** What a number has after another one; empty where it does not begin with it. */
function tailOf(number: string, start: string): string {
  return number.startsWith(start) ? number.slice(start.length) : '';
}

/** The known wordings of an edition by language, from `wording/<edition>.<language>.txt` of a regulation's folder. */
export function readWordings(folder: string, edition: string): ReadonlyMap<string, Wording> {
  const path = join(folder, 'wording');
  const found = new Map<string, Wording>();
  if (!existsSync(path)) return found;
  for (const file of readdirSync(path).toSorted()) {
    const language = /^\.([a-z]{2})\.txt$/u.exec(tailOf(file, edition))?.[1];
    if (language !== undefined) found.set(language, readWording(join(path, file)));
  }
  return found;
}

function readWording(file: string): Wording {
  const wording = new Map<string, string>();
  for (const [i, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (text === '' || text.startsWith('# ')) continue;
    const [, number, digest] = line.exec(text) ?? [];
    if (number === undefined || digest === undefined)
      throw new LexlineError('CONFIG_INVALID', `[rulebook] ${file}: line ${i + 1} is no number and digest`, {
        remedy: 'Write it anew with scripts/known-wording.ts.',
      });
    wording.set(number, digest);
  }
  return wording;
}

/** The lines of a wording file. */
export function wordingLines(title: string, wording: Wording): string {
  const head = [
    `# ${title}`,
    '# Each provision by number, and a digest of its words. Facts about the text, none of its words.',
  ];
  return `${[...head, ...[...wording].map(([number, digest]) => `${number} ${digest}`)].join('\n')}\n`;
}
