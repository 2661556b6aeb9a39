import cardValidator from 'card-validator';
import { has } from '../../profile/value.ts';
import { isFiller, luhn } from './check-digits.ts';
import { detector, type Detector } from './detector.ts';

const letters = has.lower | has.upper | has.foreign;
/** Issuer ranges of the large schemes, loosely: the check digit does the rest. */
const issuer = /^(?:4|5[0-8]|2(?:2[2-9]|[3-6]|7[01]|720)|3[0-9]|6|1800|9[0-9])/;

/** Lengths of the schemes that most numbers belong to; Visa once gave out thirteen digits, too. */
const schemes: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^5[1-5]/, [16]],
  [/^3[47]/, [15]],
  [/^6011/, [16, 19]],
  [/^(?:1800|2131)/, [15]],
  [/^(?:5018|5020|5038|5[6-8]|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
  [/^3/, [14, 16, 19]],
  [/^62/, [16, 17, 18, 19]],
];

/**
 * Groups of 4-4-4-4, 4-6-5 and 4-6-4 digits, and of nineteen, with the same sign between them: a blank, a dash, a full stop
 * or whatever an export puts there.
 */
const embossed = /^(?:\d{4}( ?[-./_:|,] ?| )\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|3\d{3}( ?[-./_:|,] ?| )\d{6}\2\d{4,5})$/;

/** True for a primary account number: 13 to 19 digits, a scheme's range and length, Luhn. */
export function isCardNumber(digits: string): boolean {
  if (isFiller(digits) || !hasIssuer(digits) || !luhn(digits)) return false;
  return cardValidator.number(digits).isPotentiallyValid;
}

/** A scheme's range and length, whatever the check digit. */
function hasIssuer(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !issuer.test(digits)) return false;
  const scheme = schemes.find(([range]) => range.test(digits));
  return scheme === undefined || scheme[1].includes(digits.length);
}

/** Other groups than those of a card: every three digits, as sheets show long numbers. */
const thousands = /^\d{1,3}(?:,\d{3}){4,6}$/;
const plainNumber = /^\d[\d -]*(?:\.0)?$/;
/** More digits than a card has, and more than a fixed width leaves for it. */
const maxPadded = 24;

let newest = { text: '', digits: '' };

/**
 * The digits of a value that may be a card number and nothing else, however it is grouped: by blanks and dashes, in the
 * groups in which cards are embossed by any sign, by thousands; without the noughts that fill a fixed width. Empty: it
 * cannot be one. The newest answer is remembered, as several detectors ask.
 */
export function cardDigits(text: string): string {
  if (newest.text !== text) newest = { text, digits: readDigits(text) };
  return newest.digits;
}

function readDigits(text: string): string {
  if (/^[1-9]\d{12,18}$/.test(text)) return text;
  if (!plainNumber.test(text) && !thousands.test(text) && !embossed.test(text)) return '';
  const all = (text.endsWith('.0') ? text.slice(0, -2) : text).replaceAll(/\D/g, '');
  const digits = withoutPadding(all);
  return digits.length >= 13 && digits.length <= 19 ? digits : '';
}

/** The digits without the noughts before them that fill a fixed width. */
export function withoutPadding(digits: string): string {
  return digits.startsWith('0') && digits.length <= maxPadded ? digits.replace(/^0+/, '') : digits;
}

/** Tag and length, then a number filled up with F; or track 2, its number ended by D and the expiry date behind it. */
const chipNumber = /5A(?:07(\d{13,14})F?|08(\d{14,16})F{0,2}|0A(\d{19})F)|57(?:0[D-F]|1[0-3])(\d{13,19})D\d{4}/gi;

function holdsChipNumber(text: string): boolean {
  for (const [, ...numbers] of text.matchAll(chipNumber))
    if (numbers.some((number) => number !== undefined && isCardNumber(number))) return true;
  return false;
}

/** What a detector of whole card numbers looks at: digits, and signs between groups of them. */
const wholeNumber: Pick<Detector, 'forbids' | 'length' | 'digits'> = {
  forbids: letters | has.paren | has.at | has.plus | has.star | has.percent | has.equals | has.brace,
  length: [13, 34],
  digits: [13, maxPadded],
};

/** Payment cards: PCI DSS account data. */
export const cards: readonly Detector[] = [
  detector({
    ...wholeNumber,
    id: 'form-card-length',
    version: 2,
    fine: null,
    title: 'Thirteen to nineteen digits, and nothing else',
    method: 'format',
    source: 'ISO/IEC 7812-1: lengths of a primary account number',
    minShare: 0,
    test: ({ text }) => cardDigits(text) !== '',
  }),
  detector({
    ...wholeNumber,
    id: 'form-card-issuer',
    version: 2,
    fine: null,
    title: 'As long as a card number and begun like one',
    method: 'format',
    source: 'ISO/IEC 7812-1: issuer ranges and lengths, without the check digit',
    minShare: 0,
    test: ({ text }) => hasIssuer(cardDigits(text)),
  }),
  detector({
    ...wholeNumber,
    id: 'card-number',
    version: 2,
    fine: 'card_number',
    title: 'Primary account number',
    method: 'checksum',
    source: 'ISO/IEC 7812-1: issuer range, length, Luhn',
    // Of numbers that begin like a card one in ten has the check digit, whatever the other numbers are.
    chance: 0.1,
    among: 'form-card-issuer',
    minShare: 0.6,
    alone: 5,
    named: 4,
    test: ({ text }) => isCardNumber(cardDigits(text)),
  }),
  detector({
    id: 'card-chip',
    fine: 'card_track',
    title: 'Data of a chip in hexadecimal, with the number of the card',
    method: 'checksum',
    source: 'EMV book 3 annex A: tags 5A (application PAN) and 57 (track 2 equivalent data)',
    chance: 0.001,
    minShare: 0.02,
    needs: has.digit,
    forbids: has.blank | has.at | has.slash | has.dot | has.brace,
    length: [18, 2_000],
    digits: [15, 2_000],
    alone: 4,
    named: 3,
    test: ({ text }) => /^[0-9a-f]+$/i.test(text) && holdsChipNumber(text),
  }),
  detector({
    id: 'card-form',
    version: 2,
    fine: 'card_number',
    title: 'Sixteen digits in the groups of a card',
    method: 'format',
    source: 'ISO/IEC 7812-1; made-up test data often fails the check digit',
    chance: 0.2,
    minShare: 0.8,
    forbids: wholeNumber.forbids,
    length: [14, 25],
    digits: [14, 16],
    alone: -1.5,
    named: 2,
    test: ({ text }) =>
      /^(?:3[0-9]|4|5[0-8]|6|2[2-7])/.test(text) && (/^\d{14,16}(?:\.0)?$/.test(text) || embossed.test(text)),
  }),
  detector({
    id: 'card-track',
    fine: 'card_track',
    title: 'Track 1 or 2 of a magnetic stripe',
    method: 'format',
    source: 'ISO/IEC 7813',
    length: [20, 120],
    alone: 5,
    named: 4,
    minShare: 0.3,
    test: ({ text }) => /^%?B\d{12,19}\^[^^]{2,30}\^\d{4}/.test(text) || /^;?\d{12,19}[=D]\d{4}\d{3}/.test(text),
  }),
  detector({
    id: 'card-masked',
    fine: 'card_last4',
    title: 'Card number with its middle masked',
    method: 'format',
    source: 'PCI DSS 3.4.1 (at most the BIN and the last four shown)',
    needs: has.digit,
    length: [7, 26],
    digits: [4, 10],
    alone: 3,
    named: 3,
    test: ({ text }) =>
      /^(?:\d{4}[ -]?\d{0,2}[*xX•#]{2}|[*xX•#]{4})[*xX•#]{0,2}(?:[ -]?[*xX•#]{4})*[ -]?[*xX•#]{0,6}[ -]?\d{4}$/.test(
        text,
      ) || /^(?:visa|mastercard|master|amex|discover|card)\b.{0,20}(?:[*x•.]{2,}|ending(?: in)?) ?\d{4}$/i.test(text),
  }),
  detector({
    id: 'card-token',
    version: 2,
    fine: 'card_token',
    title: "A payment provider's token for a card",
    method: 'format',
    source: 'published token prefixes of payment providers',
    needs: has.underscore,
    length: [8, 80],
    alone: 3,
    named: 3,
    test: ({ text }) => /^(?:card|pm|src|ba|pmt|cof)_[A-Za-z0-9]{6,60}$/.test(text),
  }),
  detector({
    id: 'card-expiry',
    fine: 'card_expiry',
    title: 'Month and year',
    method: 'format',
    source: 'ISO/IEC 7813 (YYMM); MM/YY as embossed',
    chance: 0.1,
    minShare: 0.8,
    forbids: letters | has.colon,
    length: [4, 10],
    digits: [3, 8],
    alone: -1,
    named: 2.5,
    test: ({ text }) =>
      /^(?:0?[1-9]|1[0-2])[/-](?:\d{2}|20\d{2})$/.test(text) ||
      /^(?:0[1-9]|1[0-2])(?:[23]\d)$/.test(text) ||
      /^20[2-4]\d[/-](?:0[1-9]|1[0-2])$/.test(text),
  }),
  detector({
    id: 'card-cvv',
    fine: 'card_cvv',
    title: 'Three or four digits',
    method: 'format',
    source: 'scheme rules for CVV2, CVC2, CID; says nothing without the name',
    chance: 0.5,
    minShare: 0.9,
    forbids: letters | has.dot | has.blank | has.dash,
    length: [3, 4],
    digits: [3, 4],
    alone: -4,
    named: 1.5,
    test: ({ text }) => /^\d{3,4}$/.test(text),
  }),
  detector({
    id: 'pin-block',
    fine: 'card_pin',
    title: 'Sixteen hexadecimal signs',
    method: 'format',
    source: 'ISO 9564-1 PIN block formats',
    chance: 0.3,
    minShare: 0.9,
    forbids: has.blank | has.dash,
    length: [16, 16],
    alone: -4,
    named: 2,
    test: ({ text }) => /^[0-9a-f]{16}$/i.test(text),
  }),
  detector({
    id: 'last-four',
    fine: 'card_last4',
    title: 'Four digits',
    method: 'format',
    source: 'PCI DSS 3.4.1',
    chance: 0.5,
    minShare: 0.9,
    forbids: letters | has.dot | has.blank | has.dash,
    length: [4, 4],
    digits: [4, 4],
    alone: -4,
    named: 1.5,
    test: ({ text }) => /^\d{4}$/.test(text),
  }),
];
