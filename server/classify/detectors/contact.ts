import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';
import { inDictionary } from './dictionaries.ts';
import { isBareInternational, isPhone, isWrittenPhone } from './phone-form.ts';

const letters = has.lower | has.upper | has.foreign;
/** HTML living standard's pattern, and dotted domains only: what forms accept, at most 254 signs (RFC 5321). */
const email =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,24}$/u;

/** True for one e-mail address, also as `mailto:` or with a display name before it. */
export function isEmail(text: string): boolean {
  const address = /<([^<>\s]{3,254})>$/.exec(text)?.[1] ?? text.replace(/^mailto:/i, '');
  return address.length <= 254 && email.test(address);
}

/** Royal Mail: one of the 124 areas, the district, the sector and two letters, six of which are never used. */
const ukPostcode =
  /^(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}$/i;

const postalForms: readonly (readonly [id: string, country: string, pattern: RegExp, alone: number])[] = [
  ['postal-gb', 'United Kingdom', ukPostcode, 2.5],
  ['postal-ca', 'Canada', /^[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d$/i, 2],
  ['postal-nl', 'Netherlands', /^[1-9]\d{3} ?[A-Z]{2}$/i, 0],
  ['postal-us', 'United States', /^\d{5}(?:-\d{4})?$/, -1],
  ['postal-br', 'Brazil', /^\d{5}-\d{3}$/, 0],
  ['postal-jp', 'Japan', /^〒? ?\d{3}-\d{4}$/, -1],
  ['postal-pl', 'Poland, Portugal', /^\d{2}-\d{3}$|^\d{4}-\d{3}$/, -0.5],
  ['postal-digits', 'Countries with four to six digits', /^[A-Z]{0,2}-?\d{3}[ ]?\d{1,3}(?:\.0)?$/, -1.5],
];

/** Ways to reach a person or to find where they live. */
export const contact: readonly Detector[] = [
  detector({
    id: 'email',
    fine: 'email',
    title: 'E-mail address',
    method: 'format',
    source: 'RFC 5321, HTML living standard (valid e-mail address)',
    chance: 0.001,
    needs: has.at | has.dot,
    length: [6, 320],
    minShare: 0.5,
    alone: 4.5,
    named: 3,
    test: ({ text }) => isEmail(text),
  }),
  detector({
    id: 'email-list',
    fine: 'email',
    title: 'Several e-mail addresses',
    method: 'format',
    source: 'RFC 5322',
    chance: 0.001,
    needs: has.at | has.dot,
    length: [12, 2_000],
    minShare: 0.5,
    alone: 4,
    named: 3,
    test: ({ text }) => {
      // An address stands near the beginning of such a list.
      if (!text.slice(0, 400).includes('@')) return false;
      if (!/^[[\s"'<]*[^\s,;|@]{1,64}@|^[^,;|@]{1,80}<[^\s,;|@]{1,64}@/u.test(text)) return false;
      const parts = text.replaceAll(/^\[|\]$|["']/g, '').split(/[,;|]\s*|\s+/u);
      return parts.length > 1 && parts.length < 100 && parts.every((part) => isEmail(part));
    },
  }),
  detector({
    id: 'phone',
    version: 2,
    fine: 'phone',
    title: 'Number that numbering plans allow',
    method: 'format',
    source: 'libphonenumber metadata (ITU E.164 numbering plans)',
    chance: 0.4,
    minShare: 0.6,
    forbids: letters | has.at | has.colon | has.comma,
    length: [7, 24],
    digits: [7, 15],
    alone: -1.5,
    named: 2,
    test: (value) => isPhone(value),
  }),
  detector({
    id: 'phone-written',
    version: 2,
    fine: 'phone',
    title: 'Number written as telephone numbers are',
    method: 'format',
    source: 'ITU E.123 notation and national habits',
    chance: 0.15,
    minShare: 0.75,
    forbids: has.at | has.colon | has.comma | has.brace,
    length: [7, 28],
    digits: [7, 20],
    alone: 1.4,
    named: 2,
    test: (value) => isWrittenPhone(value),
  }),
  detector({
    id: 'phone-international',
    fine: 'phone',
    title: 'Number with plus sign and country code',
    method: 'format',
    source: 'ITU E.164',
    chance: 0.02,
    needs: has.plus,
    forbids: has.at | has.colon | has.comma | has.brace,
    length: [8, 24],
    digits: [7, 15],
    alone: 3,
    named: 2.5,
    test: (value) => value.text.startsWith('+') && isPhone(value),
  }),
  detector({
    id: 'phone-bare',
    fine: 'phone',
    title: 'Country code and number without the plus sign',
    method: 'format',
    source: 'libphonenumber metadata (ITU E.164 numbering plans)',
    // Of eleven digits drawn at random 37 in a hundred are a number of some country; of other lengths fewer.
    chance: 0.4,
    minShare: 0.85,
    forbids: letters | has.at | has.colon | has.comma | has.dot | has.blank | has.dash | has.slash | has.plus,
    length: [10, 15],
    digits: [10, 15],
    alone: -0.5,
    named: 2,
    test: (value) => isBareInternational(value),
  }),
  detector({
    id: 'city',
    fine: 'city',
    title: 'Name of a town',
    method: 'dictionary',
    source: 'own list of towns (dictionaries/cities.txt)',
    chance: 0.02,
    minShare: 0.3,
    forbids: has.at | has.brace | has.slash,
    length: [2, 40],
    digits: [0, 0],
    alone: -0.8,
    named: 1.5,
    test: ({ text }) => inDictionary('cities', text.replace(/,.*$/u, '')),
  }),
  ...postalForms.map(([id, country, pattern, alone]) =>
    detector({
      id,
      version: id === 'postal-gb' ? 2 : 1,
      fine: 'postal_code',
      title: `Postal code: ${country}`,
      method: 'format',
      source: 'Universal Postal Union, addressing formats by country',
      chance: alone > 1 ? 0.01 : 0.3,
      minShare: 0.8,
      forbids: has.at | has.colon | has.brace,
      length: [3, 10],
      digits: [2, 9],
      alone,
      named: 2,
      test: ({ text }) => pattern.test(text),
    }),
  ),
  detector({
    id: 'coordinate',
    fine: 'geo_coordinate',
    title: 'Degrees with at least four decimals',
    method: 'range',
    source: 'ISO 6709',
    chance: 0.4,
    minShare: 0.8,
    needs: has.dot,
    forbids: letters | has.comma,
    length: [5, 24],
    digits: [5, 20],
    alone: -1.2,
    named: 2,
    test: ({ text }) => /^[-+]?\d{1,3}\.\d{3,17}$/.test(text) && Math.abs(Number(text)) <= 180,
  }),
  detector({
    id: 'coordinate-pair',
    fine: 'geo_coordinate',
    title: 'Latitude and longitude together, or a point',
    method: 'format',
    source: 'ISO 6709, OGC well-known text, GeoJSON',
    needs: has.dot,
    length: [9, 120],
    digits: [6, 40],
    alone: 2,
    named: 3,
    test: ({ text }) =>
      /^\(?\[?[-+]?\d{1,2}\.\d{3,15}[,; ]+[-+]?\d{1,3}\.\d{3,15}\]?\)?$/.test(text) ||
      /^(?:SRID=\d+;)?POINT ?(?:Z )?\([-+]?\d{1,3}(?:\.\d+)? [-+]?\d{1,3}(?:\.\d+)?/i.test(text) ||
      /^\{"type": ?"Point", ?"coordinates": ?\[[-\d., ]+\]\}$/.test(text),
  }),
  detector({
    id: 'coordinate-degrees',
    fine: 'geo_coordinate',
    title: 'Latitude and longitude in degrees, minutes and seconds',
    method: 'format',
    source: 'ISO 6709 annex D',
    chance: 0.001,
    needs: has.foreign | has.digit,
    length: [9, 60],
    digits: [4, 24],
    alone: 2,
    named: 3,
    test: ({ text }) =>
      /^\d{1,2}° ?\d{1,2}(?:\.\d+)?['′’] ?(?:\d{1,2}(?:\.\d+)?(?:"|”|['′’]{2}) ?)?[NS][,; ]+\d{1,3}° ?\d{1,2}(?:\.\d+)?['′’] ?(?:\d{1,2}(?:\.\d+)?(?:"|”|['′’]{2}) ?)?[EWO]$/u.test(
        text,
      ),
  }),
  detector({
    id: 'profile-url',
    fine: 'social_handle',
    title: 'Page of a person on a social network',
    method: 'format',
    source: 'public profile addresses of the networks',
    needs: has.slash | has.dot,
    length: [10, 300],
    alone: 2.5,
    named: 3,
    test: ({ text }) =>
      /^(?:https?:\/\/)?(?:[a-z]{1,5}\.)?(?:linkedin\.com\/in|facebook\.com|twitter\.com|x\.com|instagram\.com|github\.com|t\.me|vk\.com|tiktok\.com\/@|xing\.com\/profile|reddit\.com\/u(?:ser)?|pinterest\.com|medium\.com\/@|youtube\.com\/(?:@|user))\/?[\w.@-]{2,60}\/?$/i.test(
        text,
      ),
  }),
  detector({
    id: 'at-handle',
    fine: 'social_handle',
    title: 'Handle that begins with @',
    method: 'format',
    source: 'handles of social networks',
    needs: has.at,
    forbids: has.blank | has.dot | has.slash,
    length: [3, 31],
    alone: 1.5,
    named: 3,
    test: ({ text }) => /^@[A-Za-z]\w{1,29}$/.test(text),
  }),
];
