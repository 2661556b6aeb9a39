import { isEmail } from './contact.ts';
import { isStreetAddress } from './addresses.ts';
import { detector, type Detector } from './detector.ts';
import { dictionary } from './dictionaries.ts';
import { isIbanAtStart } from './finance.ts';
import { isFullName, isLastName } from './person.ts';
import { around, hasWords, stretchesOf } from './stretches.ts';
import { fold } from '../names/fold.ts';
import { has, lookAt, type Value } from '../../profile/value.ts';
import { unmistakable } from '../mixtures.ts';

/** At most this many candidates are tried in one value. */
const maxCandidates = 12;

function candidates(text: string, pattern: RegExp): string[] {
  const found: string[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push(match[0]);
    if (found.length >= maxCandidates) break;
  }
  return found;
}

/** Tries an address at each `@`, on what stands before and after it. */
function holdsEmail(text: string, pattern: RegExp): boolean {
  return around(text, '@', 66, 84, maxCandidates).some((part) =>
    candidates(part, pattern).some((address) => address.length < text.length && isEmail(address.replace(/\.$/, ''))),
  );
}

const ssn = /(?<![\d-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/;

/** Tries a social security number at each dash that another follows after two digits. */
function holdsSsn(text: string): boolean {
  for (let at = text.indexOf('-', 3), tried = 0; at !== -1 && tried < 400; at = text.indexOf('-', at + 1), tried++)
    if (text[at + 3] === '-' && ssn.test(text.slice(Math.max(0, at - 4), at + 9))) return true;
  return false;
}

/** Tries an account number at each country code and check number, by its length and check number (ISO 13616). */
function holdsIban(text: string): boolean {
  return candidates(text, /(?<![A-Z0-9])[A-Z]{2}\d{2} ?[A-Z0-9][A-Z0-9 ]{9,36}/g).some((part) => isIbanAtStart(part));
}

/** A name in running text: two capitalised words of which one is a known given name, or a form of address before one. */
function holdsName(text: string): boolean {
  const part = stretchesOf(text);
  if (/\b(?:Mr|Mrs|Ms|Dr|Herr|Frau|Mme|Señora?|Sig)\.? \p{Lu}\p{Ll}{2,}/u.test(part)) return true;
  const given = dictionary('first-names');
  return candidates(part, /(?<![\p{L}.])\p{Lu}\p{Ll}+(?: \p{Lu}\.)? \p{Lu}[\p{L}'’]+/gu).some((pair) => {
    const words = pair.split(' ');
    return given.has(fold(words[0] ?? '')) && isLastName(words.at(-1) ?? '') && isFullName(pair);
  });
}

function inText(
  id: string,
  fine: string,
  title: string,
  alone: number,
  test: (value: Value) => boolean,
  needs: number = has.blank,
  chance = 0.002,
): Detector {
  return detector({
    id,
    version: id === 'text-iban' ? 2 : 1,
    fine,
    title,
    method: 'content',
    source: 'the detector of the same kind, on parts of a text',
    chance,
    minShare: 0.02,
    needs,
    length: [16, 4_096],
    alone,
    named: 2,
    test,
  });
}

/** What is found inside longer values: free text, JSON, addresses of pages. A few hits in many values count here. */
export const content: readonly Detector[] = [
  inText(
    'text-email',
    'free_text',
    'E-mail address inside a text',
    3,
    ({ text }) => holdsEmail(text, /[\p{L}\d._%+-]{1,64}@[\p{L}\d.-]{3,80}/gu),
    has.blank | has.at,
    unmistakable,
  ),
  inText(
    'text-phone',
    'free_text',
    'Telephone number inside a text',
    2.2,
    ({ text }) =>
      /(?<![\d.])(?:\+\d{1,3}[ .-]?)?(?:\(\d{2,4}\) ?|\d{2,4}[ .-])\d{3,4}[ .-]\d{3,4}(?![\d.])/.test(text) &&
      /\p{L}{3}/u.test(text),
    has.blank | has.digit,
  ),
  inText(
    'text-iban',
    'iban',
    'IBAN inside a text',
    2.5,
    ({ text }) => /\p{L}{3} /u.test(text) && holdsIban(text),
    has.blank | has.digit | has.upper,
    unmistakable,
  ),
  inText(
    'text-ssn',
    'free_text',
    'Social security number inside a text',
    2.5,
    ({ text }) => holdsSsn(text) && /\p{L}{3}/u.test(text),
    has.blank | has.digit | has.dash,
    unmistakable,
  ),
  inText(
    'text-name',
    'free_text',
    "A person's name inside a text",
    1.6,
    ({ text, letters }) => letters > 12 && hasWords(text, 4) && holdsName(text),
    has.blank | has.upper,
  ),
  inText(
    'text-address',
    'free_text',
    'Street address inside a text',
    1.6,
    ({ text }) =>
      hasWords(text, 5) &&
      candidates(
        stretchesOf(text),
        /\b\d{1,5} (?:\p{Lu}[\p{L}.'’]+ ?){1,5}|(?:\p{Lu}[\p{L}.'’-]+ ){1,3}\d{1,5}\b/gu,
      ).some((part) => isStreetAddress(lookAt(part))),
    has.blank | has.digit | has.upper,
  ),
  inText(
    'text-clinical',
    'clinical_note',
    'Words of clinical documentation',
    2.4,
    ({ text }) =>
      (stretchesOf(text).match(
        /\b(?:patient|pt|dx|hx|rx|c\/o|s\/p|prn|bid|tid|mg|diagnos\w+|symptoms?|denies|complain\w+|presents? with|history of|follow[- ]up|prescribed|admitted|discharged|bp|vitals|lungs|abdomen|chest pain|chronic|acute|Patientin?|Diagnose|Anamnese|Befund|Beschwerden|Therapie|antécédents|douleur|paciente|dolor|diagnóstico|paziente|dolore)\b/giu,
      )?.length ?? 0) >= 2,
  ),
  detector({
    id: 'url-email',
    fine: 'email',
    title: 'E-mail address in a web address',
    method: 'content',
    source: 'RFC 3986 query',
    chance: 0.001,
    minShare: 0.02,
    needs: has.slash,
    forbids: has.blank,
    length: [10, 4_096],
    alone: 3.5,
    named: 2,
    test: ({ text }) =>
      candidates(text, /[\w.+-]{1,64}(?:%40|@)[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/gi).some((part) =>
        isEmail(part.replace(/%40/i, '@')),
      ),
  }),
  detector({
    id: 'record-email',
    fine: 'email',
    title: 'E-mail address among other parts of a value',
    method: 'content',
    source: 'RFC 5321, on the parts of a record',
    chance: 0.001,
    minShare: 0.02,
    needs: has.at | has.dot,
    forbids: has.blank | has.slash,
    length: [8, 4_096],
    alone: 3.5,
    named: 2,
    test: ({ text }) =>
      holdsEmail(
        text,
        /(?<=^|[|;,&=~*^"'\t:!#([{])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}(?=$|[|;,&~*^"'\t!#)\]}])/g,
      ),
  }),
  detector({
    id: 'url-person',
    fine: 'browsing_history',
    title: 'Parameter of a web address that names a person',
    method: 'content',
    source: 'own rule: phone, ssn, name, dob, token parameters',
    chance: 0.001,
    minShare: 0.05,
    needs: has.equals,
    forbids: has.blank,
    length: [10, 4_096],
    alone: 2,
    named: 2,
    test: ({ text }) =>
      /[?&;](?:phone|tel|mobile|ssn|dob|birth(?:date|day)|first_?name|last_?name|full_?name|user_?name|passport|card(?:number)?|password|access_token)=[^&]{2,}/i.test(
        text,
      ),
  }),
];
