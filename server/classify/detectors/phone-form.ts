import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { has, type Value } from '../../profile/value.ts';
import { isDate } from './forms.ts';

let newest = { text: '', valid: false };

/** True when a number with a country code is one that its plan allows, or a national one is as long as numbers are. */
export function isPhone({ text, number }: Value): boolean {
  if (number.length < 7 || number.length > 15) return false;
  if (!text.startsWith('+') && !text.startsWith('00')) return number.length <= 12 && !isDate(text) && !isPeriod(text);
  if (newest.text !== text) {
    const international = text.startsWith('+') ? text : `+${text.slice(2)}`;
    newest = { text, valid: parsePhoneNumberFromString(international)?.isPossible() === true };
  }
  return newest.valid;
}

let newestBare = { text: '', valid: false };

/** True for ten to fifteen digits that are a country code and a number that is given out there: E.164 without its plus sign. */
export function isBareInternational({ text }: Value): boolean {
  if (!/^[1-9]\d{9,14}$/.test(text)) return false;
  if (newestBare.text !== text)
    newestBare = { text, valid: parsePhoneNumberFromString(`+${text}`)?.isValid() === true };
  return newestBare.valid;
}

/** A month of a year, a span of years, a season: `2024-03`, `03/2024`, `2023-24`, `2020/2021`. */
function isPeriod(text: string): boolean {
  return /^(?:(?:19|20)\d{2}[-./ ](?:\d{2}|(?:19|20)\d{2})|\d{2}[-./ ](?:19|20)\d{2})$/.test(text);
}

// Groups divided the way people write telephone numbers; not dates, amounts, versions or section numbers.
const written = /^(?:\+|00)?\(?\d{1,4}\)?(?:[ ./-]{1,2}\(?\d{1,8}\)?){1,6}(?:(?: ?(?:x|ext\.?|#)) ?\d{1,6})?$/i;
/** Codes in brackets, a trunk or international prefix before the rest, an extension: only telephones have them. */
const unmistakable = /^(?:\+|00)|^\(?0|^\(\d{2,5}\)|\(0\)|(?:x|ext\.?|#) ?\d{1,6}$/i;

/**
 * True for a number written with the divisions, brackets or plus sign of a telephone number. Where no bracket, plus sign or
 * zero in front says so, the groups must be those of a numbering plan: part numbers, periods and keys are grouped too.
 */
export function isWrittenPhone(value: Value): boolean {
  const { text, number, signs } = value;
  const digits =
    number === '' ? text.replace(/(?:x|ext\.?|#) ?\d{1,6}$/i, '').replaceAll(/\D/g, '').length : number.length;
  if (digits < 7 || digits > 15 || isDate(text) || isPeriod(text)) return false;
  if ((signs & has.plus) !== 0) return /^\+\d[\d ()./-]{5,20}$/.test(text);
  if (!written.test(text)) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(text)) return false;
  // Single digits between dots are versions, sections and object identifiers.
  if (/(?:^|\.)\d\./.test(text)) return false;
  if (/^\d+\.\d+$/.test(text) || /^\d{3}-\d{2}-\d{4}$/.test(text)) return false;
  // Four groups of four are a card, and groups of two or more signs each are wanted.
  if (/^(?:\d{4}[ -]){3}\d{4}$/.test(text)) return false;
  return unmistakable.test(text) || hasPlannedGroups(text);
}

/** Groups of a numbering plan: North America's by any sign; those of other countries by blanks, as ITU E.123 has them. */
function hasPlannedGroups(text: string): boolean {
  const area = /^(?:1[-. /])?([2-9]\d{2})[-. /]([2-9]\d{2})[-. /]\d{4}$/.exec(text);
  if (area !== null) return true;
  if (/^[2-9]\d{2}[-. ]\d{4}$/.test(text)) return true;
  if (/^[1-9]\d(?:[ .]\d{2}){3,4}$/.test(text)) return true;
  const mobile = /^(?:8[ -])?[1-9]\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}$/;
  if (mobile.test(text)) return true;
  return /^[1-9]\d{1,4}(?: \d{2,5}){1,4}(?:-\d{2,4})?$/.test(text) && /\d{3}/.test(text);
}
