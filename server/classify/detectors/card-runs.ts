import { has } from '../../profile/value.ts';
import { isCardNumber } from './cards.ts';
import { detector, type Detector } from './detector.ts';

/** So many runs of digits are tried in one value. */
const maxRuns = 24;
/** Thirteen to nineteen digits in one piece, not part of a word, a hexadecimal text or a fraction. */
const bare = /(?<![\p{L}\d]|\d\.)\d{13,19}(?![\p{L}\d]|\.\d)/gu;
/** The groups in which cards are embossed: fours, or those of American Express and Diners Club. */
const grouped = /(?<![\p{L}\d.-])(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{4,5})(?![\p{L}\d-]|\.\d)/gu;
const cardWord =
  /(?:^|[^\p{L}])(?:(?:credit|debit|kredit|bank)?(?:card|cards|karte|kartennr|kartennummer)|card_?(?:no|num|number|nr)|cc|ccnum|pan|visa|mastercard|maestro|amex|cvv2?|cvc2?|carte|carta|tarjeta|cart[aã]o|kaart|kort|kartu|karta)(?![\p{L}])/iu;

function runsOf(text: string): readonly string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(bare)) {
    if (run.length === text.length) return [];
    found.push(run);
    if (found.length >= maxRuns) break;
  }
  return found;
}

function inGroups(text: string): boolean {
  for (const [run] of text.matchAll(grouped))
    if (run.length < text.length && isCardNumber(run.replaceAll(/[ -]/g, ''))) return true;
  return false;
}

/** Of many runs in one value some pass by luck: a third of them must. */
function holdsCard(text: string): boolean {
  const runs = runsOf(text);
  const cards = runs.filter((run) => isCardNumber(run)).length;
  return cards > 0 && cards * 3 >= runs.length;
}

/** Card numbers among other parts of a value: delimited records, query strings, paths, arrays, sentences, JSON, XML. */
export const cardRuns: readonly Detector[] = [
  detector({
    id: 'form-card-run',
    fine: null,
    title: 'Thirteen to nineteen digits among other parts of a value',
    method: 'format',
    source: 'ISO/IEC 7812-1: lengths of a primary account number',
    minShare: 0,
    length: [15, 4_096],
    digits: [13, 4_096],
    test: ({ text }) => runsOf(text).length > 0,
  }),
  detector({
    id: 'run-card',
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
    version: 2,
    fine: 'card_number',
    title: 'Card number beside a word for a card, or in the groups of one, inside a longer value',
    method: 'content',
    source: 'ISO/IEC 7812-1; own list of words in ten languages',
    chance: 0.002,
    minShare: 0.02,
    needs: has.digit,
    length: [15, 4_096],
    digits: [13, 4_096],
    alone: 4,
    named: 3,
    test: ({ text }) => inGroups(text) || (cardWord.test(text) && holdsCard(text)),
  }),
];
