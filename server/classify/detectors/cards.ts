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

/** Payment cards: PCI DSS account data. */
export const cards: readonly Detector[] = [
  detector({
    id: 'form-card-length',
    fine: null,
    title: 'Thirteen to nineteen digits, and nothing else',
    method: 'format',
    source: 'ISO/IEC 7812-1: lengths of a primary account number',
    minShare: 0,
    forbids: letters | has.colon | has.slash | has.paren,
    length: [13, 24],
    digits: [13, 20],
    test: ({ text, number }) => number.length >= 13 && number.length <= 19 && /^[\d -]+(?:\.0)?$/.test(text),
  }),
  detector({
    id: 'form-card-issuer',
    fine: null,
    title: 'As long as a card number and begun like one',
    method: 'format',
    source: 'ISO/IEC 7812-1: issuer ranges and lengths, without the check digit',
    minShare: 0,
    forbids: letters | has.colon | has.slash | has.paren,
    length: [13, 24],
    digits: [13, 20],
    test: ({ text, number }) => hasIssuer(number) && /^[\d -]+(?:\.0)?$/.test(text),
  }),
  detector({
    id: 'card-number',
    fine: 'card_number',
    title: 'Primary account number',
    method: 'checksum',
    source: 'ISO/IEC 7812-1: issuer range, length, Luhn',
    // Of numbers that begin like a card one in ten has the check digit, whatever the other numbers are.
    chance: 0.1,
    among: 'form-card-issuer',
    minShare: 0.6,
    forbids: letters | has.colon | has.slash | has.paren,
    length: [13, 24],
    digits: [13, 20],
    alone: 5,
    named: 4,
    test: ({ text, number }) => isCardNumber(number) && /^[\d -]+(?:\.0)?$/.test(text),
  }),
  detector({
    id: 'card-form',
    fine: 'card_number',
    title: 'Sixteen digits in the groups of a card',
    method: 'format',
    source: 'ISO/IEC 7812-1; made-up test data often fails the check digit',
    chance: 0.2,
    minShare: 0.8,
    forbids: letters | has.colon | has.slash | has.paren,
    length: [14, 19],
    digits: [14, 16],
    alone: -1.5,
    named: 2,
    test: ({ text, number }) =>
      /^(?:3[0-9]|4|5[0-8]|6|2[2-7])/.test(number) &&
      /^\d{4}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{4})?(?:\.0)?$/.test(text),
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
    fine: 'card_token',
    title: "A payment provider's token for a card",
    method: 'format',
    source: 'published token prefixes of payment providers',
    needs: has.underscore,
    length: [8, 80],
    alone: 3,
    named: 3,
    test: ({ text }) => /^(?:tok|card|pm|src|ba|pmt|cof)_[A-Za-z0-9]{6,60}$/.test(text),
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
