import { has } from '../../profile/value.ts';
import { cardDigits, isCardNumber, withoutPadding } from './cards.ts';
import { detector, type Detector } from './detector.ts';
import { unmistakable } from '../mixtures.ts';

/** So many runs of digits are tried in one value. */
const maxRuns = 24;

/** The candidates in one value: runs of the length of a card, and groups in which cards are embossed, digits only. */
interface Runs {
  readonly text: string;
  readonly bare: readonly string[];
  readonly grouped: readonly string[];
}

let newest: Runs = { text: '', bare: [], grouped: [] };

/**
 * Thirteen to nineteen digits in one piece, not part of a word, a hexadecimal text or a fraction; and groups of
 * 4-4-4-4, 4-6-5 and 4-6-4 digits with the same blank or dash between them. Passes over the text in steps of the shortest
 * run; the newest answer is remembered.
 */
function runsOf(text: string): Runs {
  if (newest.text === text) return newest;
  const runs = { text, bare: [], grouped: [] };
  for (let i = shortest - 1; i < text.length && runs.bare.length < maxRuns; i += shortest) {
    if (!isOfRun(text, i)) continue;
    let start = i;
    while (start > 0 && isOfRun(text, start - 1)) start -= 1;
    while (isOfRun(text, i + 1)) i += 1;
    if (i + 1 - start >= shortest) collectRuns(text, start, i + 1, runs);
  }
  newest = runs;
  return runs;
}

const shortest = 13;

/** The runs between two places, where nothing but digits, blanks and dashes stands. */
function collectRuns(text: string, from: number, to: number, into: { bare: string[]; grouped: string[] }): void {
  let before: readonly (readonly [start: number, end: number])[] = [];
  for (let i = from; i < to; i++) {
    if (!isDigit(text, i)) continue;
    const start = i;
    while (isDigit(text, i + 1)) i += 1;
    const end = i + 1;
    const length = end - start;
    if (length >= shortest && length < text.length && isApart(text, start, end)) {
      const digits = withoutPadding(text.slice(start, end));
      if (digits.length >= shortest && digits.length <= 19) into.bare.push(digits);
    }
    const joins = before.at(-1)?.[1] === start - 1;
    before = length < 4 || length > 6 ? [] : [...(joins ? before.slice(-3) : []), [start, end]];
    const group = before.length < 3 ? null : groupOf(text, before);
    if (group !== null && group.length < text.length) into.grouped.push(group.replaceAll(/\D/g, ''));
  }
}

const embossed = /^(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{4,5})$/;

/** The last groups as one text when they are those of a card. */
function groupOf(text: string, groups: readonly (readonly [number, number])[]): string | null {
  const end = groups.at(-1)?.[1] ?? 0;
  for (const count of [4, 3]) {
    const start = groups.at(-count)?.[0];
    if (start === undefined || groups.length < count) continue;
    const group = text.slice(start, end);
    if (embossed.test(group) && isApart(text, start, end)) return group;
  }
  return null;
}

/** A digit, blank or dash. */
function isOfRun(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return (code >= 48 && code <= 57) || code === 32 || code === 45;
}

function isDigit(text: string, i: number): boolean {
  const code = text.charCodeAt(i);
  return code >= 48 && code <= 57;
}

/** No letter beside it, and no fraction. */
function isApart(text: string, start: number, end: number): boolean {
  const isFraction =
    (text[start - 1] === '.' && isDigit(text, start - 2)) || (text[end] === '.' && isDigit(text, end + 1));
  return !isFraction && !letter.test(text[start - 1] ?? '') && !letter.test(text[end] ?? '');
}

const letter = /^\p{L}$/u;
const cardWord =
  /(?:^|[^\p{L}])(?:(?:credit|debit|kredit|bank)?(?:card|cards|karte|kartennr|kartennummer)|card_?(?:no|num|number|nr)|cc|ccnum|pan|visa|mastercard|maestro|amex|cvv2?|cvc2?|carte|carta|tarjeta|cart[aã]o|kaart|kort|kartu|karta)(?![\p{L}])/iu;

function inGroups(text: string): boolean {
  return runsOf(text).grouped.some((group) => isCardNumber(group)) || dividers.some((sign) => inGroupsOver(text, sign));
}

/** Commas, colons and bars stand between whole numbers in texts: years, sums, fields of a record. */
const dividers = ['.', '/', '_'] as const;

/** Four groups of four digits over a sign, and no further group beside them: that would be a path or a key. */
function inGroupsOver(text: string, sign: string): boolean {
  for (let at = text.indexOf(sign, 4), tried = 0; at !== -1 && tried < maxDividers; at = text.indexOf(sign, at + 1)) {
    tried += 1;
    if (text[at + 5] !== sign || text[at + 10] !== sign || text[at - 5] === sign || text[at + 15] === sign) continue;
    const group = text.slice(at - 4, at + 15);
    if (group.length < text.length && isApart(text, at - 4, at + 15) && isCardNumber(cardDigits(group))) return true;
  }
  return false;
}

const maxDividers = 400;

/** Of many runs in one value some pass by luck: a third of them must. */
function holdsCard(text: string): boolean {
  const runs = runsOf(text).bare;
  const cards = runs.filter((run) => isCardNumber(run)).length;
  return cards > 0 && cards * 3 >= runs.length;
}

/** Card numbers among other parts of a value: delimited records, query strings, paths, arrays, sentences, JSON, XML. */
export const cardRuns: readonly Detector[] = [
  detector({
    id: 'form-card-run',
    version: 2,
    fine: null,
    title: 'Thirteen to nineteen digits among other parts of a value',
    method: 'format',
    source: 'ISO/IEC 7812-1: lengths of a primary account number',
    minShare: 0,
    length: [15, 4_096],
    digits: [13, 4_096],
    test: ({ text }) => runsOf(text).bare.length > 0,
  }),
  detector({
    id: 'run-card',
    version: 2,
    fine: 'card_number',
    title: 'Card number among other parts of a value',
    method: 'checksum',
    source: 'ISO/IEC 7812-1: issuer range, length, Luhn',
    chance: 0.1,
    among: 'form-card-run',
    minShare: 0.6,
    length: [15, 4_096],
    digits: [13, 4_096],
    alone: 4,
    named: 4,
    test: ({ text }) => holdsCard(text),
  }),
  detector({
    id: 'text-card',
    version: 3,
    fine: 'card_number',
    title: 'Card number beside a word for a card, or in the groups of one, inside a longer value',
    method: 'content',
    source: 'ISO/IEC 7812-1; own list of words in ten languages',
    chance: unmistakable,
    minShare: 0.02,
    needs: has.digit,
    length: [15, 4_096],
    digits: [13, 4_096],
    alone: 4,
    named: 3,
    test: ({ text }) => inGroups(text) || (holdsCard(text) && cardWord.test(text)),
  }),
];
