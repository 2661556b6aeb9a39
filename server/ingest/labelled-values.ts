import { armoured, issued, secretWord, writtenValue } from '../base/secret-words.ts';

/** Digits that are told apart from a count: a value behind a label holds so many of them. */
const fewest = 4;

/** A word for a secret and what is said to be it. Behind a colon or `is` only what no plain word is, because `password: hashed` tells of a form. */
const secret = new RegExp(
  String.raw`(${secretWord}|(?<![\p{L}\p{N}])(?:bearer|basic))(\s*=\s*|\s*:\s*|\s+is\s+|\s+ist\s+|\s+)(?!\[)(?=\S{4})(${writtenValue})`,
  'giu',
);
/** What a request shows who it is with: `Authorization: Bearer …`, or a word behind `bearer` that holds signs. */
const shown =
  /(?<![\p{L}\p{N}])(authorization\s*[:=]\s*["']?(?:bearer|basic)\s+(?!\[)|bearer\s+(?=[^\s[][^\s]*[\d._~+/=-][^\s]))[^\s"'[][^\s"']{3,}/giu;
/** A run of letters and digits as long as a key. */
const run = /(?<![\p{L}\p{N}_])[A-Za-z0-9]{16,200}(?![\p{L}\p{N}_])/gu;
/** A word for a number of a person, and the number. */
const identifier =
  /(?<![\p{L}\p{N}])(MRN|SSN|NHS(?: (?:no\.?|number))?|NINO|DNI|NIE|NIF|CPF|CURP|RFC|PESEL|BSN|codice fiscale|Steuer-?ID|IBAN|passport(?: (?:no\.?|number))?|Ausweis(?:nummer|nr\.?)?|member (?:id|no\.?|number)|account (?:no\.?|number)|policy (?:no\.?|number))(\s*[:#=]?\s+|[:#=])(?=[A-Za-z]{0,6}[ -]?\d)([A-Za-z0-9][A-Za-z0-9./-]{3,40})/giu;
/** Number of the Spanish identity document: eight digits and a letter. */
const dni = /(?<![\p{L}\p{N}])\d{8}[A-Z](?![\p{L}\p{N}])/gu;
/** A word for a telephone and its number, or a number as telephones are written: with a country, an area in brackets, or in three parts. */
const phone =
  /(?<![\p{L}\p{N}])(?:(tel|telefon|telephone|teléfono|téléphone|phone|mobile|mobil|handy|cell|fax)(\.?\s*[:=]?\s*))?(?:\+\d{1,3}[ ()/.-]?(?:[ ()/.-]?\d){6,12}|\(\d{2,5}\)[ ]?\d{2,4}(?:[ -]?\d{2,4}){1,3}|\d{3}[-. ]\d{3}[-. ]\d{4}|0\d{2,4}[/ -]\d{4,8}(?:[ -]\d{1,5})?)(?![\p{L}\p{N}])/giu;
/** A word for a birth and a day. */
const birth =
  /(?<![\p{L}\p{N}])(DOB|date of birth|birth ?date|born(?: on)?|geb\.|geboren(?: am)?|Geburtsdatum|née? le|nacid[oa](?: el)?|nat[oa] il)(\s*[:=]?\s+)(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./ -](?:\d{1,2}|\p{L}{3,9})[./ -]\d{2,4})/giu;
/** A number of a house with its street, in the order of either side of the Channel. */
const street =
  /(?<![\p{L}\p{N}])(?:\d{1,5}[a-z]?,? (?:\p{Lu}[\p{L}'.-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Way)|\d{1,4}(?: bis)?,? (?:rue|avenue|boulevard|place|quai) [\p{L}' -]{3,40}|\p{Lu}[\p{L}-]*(?:straße|strasse|str\.|gasse|allee|weg|platz) \d{1,4}[a-z]?|(?:calle|via|rua|avenida|paseo|viale) (?:\p{L}+ ){0,3}\p{L}+,? \d{1,4})(?![\p{L}\p{N}])/gu;
/** An address of a machine of version 6. */
const ipv6 =
  /(?<![\p{L}\p{N}:])(?=[0-9a-f:]*\d)(?:(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,6}:)(?![\p{L}\p{N}:])/giu;

/**
 * A text without the values that stand behind a word which says what they are, and without those whose form tells it: secrets,
 * keys, numbers of persons, telephones, days of birth, streets, addresses of machines. The word stays. Pure; linear in the
 * length of the text.
 */
export function withoutLabelledValues(text: string): string {
  return text
    .replaceAll(armoured, '[secret]')
    .replaceAll(secret, (whole, word: string, between: string, value: string) =>
      isSecret(between, value) ? `${word}${between}[secret]` : whole,
    )
    .replaceAll(shown, '$1[secret]')
    .replaceAll(issued, '[secret]')
    .replaceAll(run, (whole) => (isMixed(whole) ? '[value]' : whole))
    .replaceAll(identifier, (whole, word: string, between: string, value: string) =>
      digitsIn(value) >= fewest ? `${word}${between}[value]` : whole,
    )
    .replaceAll(birth, '$1$2[date]')
    .replaceAll(
      phone,
      (_, word: string | undefined, between: string | undefined) => `${word ?? ''}${between ?? ''}[phone]`,
    )
    .replaceAll(ipv6, '[value]')
    .replaceAll(street, '[address]')
    .replaceAll(dni, '[value]');
}

/** After `=` everything is taken for the secret, after a colon or `is` what no plain word is, after a blank what is long and mixed. */
function isSecret(between: string, value: string): boolean {
  if (between.includes('=')) return true;
  const bare = value.replace(/[.,;:!?)]+$/u, '');
  if (between.trim() !== '') return /\d|[^\p{L}\p{N}'’.,;:!?()/-]/u.test(bare) && !/^\d{1,3}$/u.test(bare);
  return bare.length >= 12 && /\d/u.test(bare) && /\p{L}/u.test(bare);
}

/** Letters and digits that take turns four times and more are no word with a year or a version. */
function isMixed(value: string): boolean {
  return (value.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0) >= 4;
}

function digitsIn(value: string): number {
  return value.match(/\d/g)?.length ?? 0;
}
