/**
 * Signs of which other ones are written for the same: they count as text in another spelling. Everything that looks at
 * values reads them in one spelling (`oneSpelling`), so that no detector has to know all spaces, dashes and digits.
 */

/** Raised with every change of what is read as the same. */
export const spellingVersion = 1;

/** Marks that join the letter before them in NFC: accents, parts of Hangul syllables, the voiced marks of kana. */
const joining = [
  [0x300, 0x36f],
  [0x1100, 0x11ff],
  [0x3099, 0x309a],
] as const;
/** Soft hyphens, joiners, marks of direction, byte order marks, selectors: nobody sees them. Also NUL. */
const invisible = /[\0\p{Default_Ignorable_Code_Point}]/gu;
const digit = /\p{Nd}/u;
/** Dashes that Unicode counts elsewhere: minus, hyphen bullet. */
const dash = /[\p{Pd}\u2212\u2043]/gu;
/** Signs drawn like a dash, which are one between digits only: the long mark of kana, and lines of frames. */
const dashBetweenDigits = /(?<=\d)[\u30fc\u2500\u2501](?=\d)/g;
/** Every white space but blank, tab and the ends of lines; other control signs divide as it does. */
const space = /[^\S \t\n\r]|(?![\t\n\r])\p{Cc}/gu;
const others: Readonly<Record<string, string>> = { '\u00b4': "'", '\u066b': '.', '\u066c': ',', '\u060c': ',' };
const otherSigns = /[\u00b4\u066b\u066c\u060c]/g;
/** How JSON may write any sign: `\u00a0`. Control signs but NUL, quotation marks and back-slashes stay escaped. */
const escaped = /\\u(0000|00[2-7a-f][0-9a-f]|(?!00)[0-9a-f]{4})/gi;
/** The mark by which spreadsheets keep a number as text. */
const textMark = /^'(?=[^\s']*\d)(?!.*'$)/s;

const unknown = 0;
const plain = 1;
const odd = 2;
/** By code unit, filled as signs are met: is it written in the one spelling by itself? */
const known = new Uint8Array(65_536);

/** True when a sign outside of ASCII may be written otherwise, alone or beside another. */
export function mayBeRespelt(code: number): boolean {
  const state = known[code] ?? odd;
  if (state !== unknown) return state === odd;
  const sign = String.fromCharCode(code);
  const isOdd =
    (code >= 0xd800 && code <= 0xdfff) ||
    joining.some(([first, last]) => code >= first && code <= last) ||
    /[\u30fc\u2500\u2501]/.test(sign) ||
    respelt(sign) !== sign;
  known[code] = isOdd ? odd : plain;
  return isOdd;
}

/**
 * A text in the one spelling: compatible forms as the usual ones (NFKC: full width, presentation forms), decimal digits of
 * every script as ASCII, every space as a blank, every dash as `-`, no invisible sign, no escape of JSON for a sign that
 * needs none, no apostrophe before a number. Its words stay what they are.
 */
export function oneSpelling(text: string): string {
  const bare = text.includes('\\u') ? text.replaceAll(escaped, (whole, hex: string) => unescaped(whole, hex)) : text;
  return respelt(bare).replaceAll(dashBetweenDigits, '-').trim().replace(textMark, '');
}

function respelt(text: string): string {
  return text
    .replaceAll(otherSigns, (sign) => others[sign] ?? sign)
    .replaceAll(invisible, '')
    .normalize('NFKC')
    .replaceAll(/\P{ASCII}/gu, (sign) => (digit.test(sign) ? asciiDigit(sign) : sign))
    .replaceAll(dash, '-')
    .replaceAll(space, ' ');
}

function unescaped(whole: string, hex: string): string {
  const sign = String.fromCharCode(Number.parseInt(hex, 16));
  return sign === '"' || sign === '\\' ? whole : sign;
}

/** Digits of one script follow each other, zero first: its place among them is what it counts. */
function asciiDigit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && digit.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
