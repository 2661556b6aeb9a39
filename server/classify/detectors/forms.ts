import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';
import { inDictionary } from './dictionaries.ts';
import { hasWords } from './stretches.ts';

const ours = 'own rule';
const flags = new Set(
  'true false yes no y n t f on off 0 1 0.0 1.0 ja nein oui non si sim nao da net tak nie evet hayir enabled disabled active inactive'.split(
    ' ',
  ),
);
const isoDate =
  /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{1,2}:?\d{2}(?::?\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?)?$/;
const localDate = /^\d{1,2}[-/. ]\d{1,2}[-/. ](?:\d{4}|\d{2})(?:[T ,]+\d{1,2}:\d{2}(?::\d{2})?(?: ?[AaPp][Mm])?)?$/;
const wordDate =
  /^(?:\p{L}{3,9},? )?\d{1,2}(?:st|nd|rd|th)?[-. ]\p{L}{3,9}[-., ]+\d{2,4}$|^\p{L}{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}$/u;
const compactDate = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/;

/** True for a calendar date, with or without a time of day, in the spellings that databases and exports use. */
export function isDate(text: string): boolean {
  return isoDate.test(text) || localDate.test(text) || wordDate.test(text) || compactDate.test(text);
}

/** What values look like, whoever they are about. They contradict names: a telephone number is no flag. */
export const forms: readonly Detector[] = [
  detector({
    id: 'form-flag',
    fine: null,
    title: 'Yes or no',
    method: 'format',
    source: ours,
    length: [1, 8],
    test: ({ text }) => flags.has(text.toLowerCase()),
  }),
  detector({
    id: 'form-tiny-number',
    fine: null,
    title: 'Whole number of at most three digits',
    method: 'format',
    source: ours,
    length: [1, 5],
    digits: [1, 4],
    test: ({ text }) => /^-?\d{1,3}(?:\.0)?$/.test(text),
  }),
  detector({
    id: 'form-number',
    fine: null,
    title: 'A number',
    method: 'format',
    source: ours,
    length: [1, 40],
    digits: [1, 40],
    test: ({ text }) => /^[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?(?:e[-+]?\d+)?%?$/i.test(text),
  }),
  detector({
    id: 'form-decimal',
    fine: null,
    title: 'A number with decimals, or an amount of money',
    method: 'format',
    source: ours,
    length: [3, 40],
    digits: [2, 40],
    test: ({ text }) =>
      !text.endsWith('.0') && /^[-+]?[$€£¥]? ?\d[\d,]*[.,]\d{1,18}(?:e[-+]?\d+)? ?[%€$]?$/i.test(text),
  }),
  detector({
    id: 'form-date',
    fine: null,
    title: 'A date, with or without a time',
    method: 'format',
    source: 'ISO 8601 and common local spellings',
    length: [6, 40],
    digits: [3, 24],
    test: ({ text }) => isDate(text),
  }),
  detector({
    id: 'form-timestamp',
    fine: null,
    title: 'A date with a time of day',
    method: 'format',
    source: 'ISO 8601',
    needs: has.colon,
    length: [12, 40],
    digits: [8, 24],
    test: ({ text }) => isDate(text) && !/[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00:?00)?$/.test(text),
  }),
  detector({
    id: 'form-year',
    fine: null,
    title: 'A year from 1900 to 2035',
    method: 'range',
    source: ours,
    length: [4, 6],
    digits: [4, 5],
    test: ({ text }) => /^(?:19\d\d|20[0-2]\d|203[0-5])(?:\.0)?$/.test(text),
  }),
  detector({
    id: 'form-uuid',
    fine: null,
    title: 'A UUID',
    method: 'format',
    source: 'RFC 9562',
    needs: has.dash,
    length: [36, 38],
    test: ({ text }) => /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i.test(text),
  }),
  detector({
    id: 'form-letters',
    fine: null,
    title: 'Words without digits',
    method: 'format',
    source: ours,
    length: [2, 80],
    digits: [0, 0],
    test: ({ letters, text }) => letters >= text.length * 0.7,
  }),
  detector({
    id: 'form-code',
    fine: null,
    title: 'A code: capitals, digits, dashes, underscores',
    method: 'format',
    source: ours,
    length: [1, 40],
    test: ({ text }) => /^[A-Z0-9]+(?:[_-][A-Z0-9]+)*$/.test(text),
  }),
  detector({
    id: 'form-serial',
    fine: null,
    title: 'A few letters, and a running number behind them',
    method: 'format',
    source: ours,
    forbids: has.foreign | has.at | has.colon | has.comma | has.brace | has.star | has.plus | has.paren,
    length: [3, 20],
    digits: [2, 12],
    test: ({ text }) => /^[A-Za-z]{1,6}[-_/. ]?\d{2,12}[A-Za-z]{0,2}$/.test(text),
  }),
  detector({
    id: 'form-text',
    fine: null,
    title: 'Text of several words',
    method: 'format',
    source: ours,
    needs: has.blank,
    length: [24, 4_096],
    test: ({ text, letters }) => letters > text.length / 2 && hasWords(text, 5),
  }),
  detector({
    id: 'form-url',
    fine: null,
    title: 'A web address or path',
    method: 'format',
    source: 'RFC 3986',
    needs: has.slash,
    length: [6, 4_096],
    test: ({ text }) => /^(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.|\/[\w%-]+[/?])\S+$/i.test(text),
  }),
  detector({
    id: 'form-file',
    fine: null,
    title: 'A file name',
    method: 'format',
    source: ours,
    needs: has.dot,
    length: [3, 200],
    test: ({ text }) =>
      /^[^\s/\\][^/\\]{0,180}\.(?:pdf|png|jpe?g|gif|svg|webp|docx?|xlsx?|pptx?|csv|json|xml|ya?ml|txt|md|html?|zip|gz|tar|mp[34]|avi|mov|py|js|ts|java|go|rb|sql|parquet|log|exe|dll|so|jar|whl|bin|dat|bak|ini|cfg|toml)$/i.test(
        text,
      ),
  }),
  detector({
    id: 'form-common-word',
    fine: null,
    title: 'A month, colour, plant, country or the like that is also a name',
    method: 'dictionary',
    source: 'own list (dictionaries/common-words.txt)',
    length: [2, 24],
    digits: [0, 0],
    test: ({ text }) => inDictionary('common-words', text),
  }),
  detector({
    id: 'form-placeholder',
    fine: null,
    title: 'A stand-in for a missing value',
    method: 'dictionary',
    source: ours,
    length: [1, 16],
    test: ({ text }) =>
      /^(?:n\/?a|null|none|nil|unknown|undefined|missing|tbd|test|xxx+|\?+|-+|\.+|not available|nan|empty|redacted|\[redacted\])$/i.test(
        text,
      ),
  }),
];
