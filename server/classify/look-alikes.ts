import { cardKinds } from './fine-groups.ts';
import { numberPlates } from './detectors/number-plates.ts';
import type { ColumnEvidence } from './judge-column.ts';
import type { Finding } from './value-evidence.ts';

/**
 * Why numbers that pass as card numbers may be those of something else: their name says of what, and nothing of the table
 * is about paying. Numbers with a check digit that begin like a card are told from cards by nobody but a person. Pure.
 */
export function lookAlike({ detector }: Finding, { name, subject }: ColumnEvidence): string | null {
  if (detector.id !== 'card-number' || subject.kind === 'payment') return null;
  if ([...cardKinds].some((fine) => subject.named.has(fine) && fine !== 'card_number')) return null;
  if (name.senses.some(({ strength }) => strength > 0) || name.subjects.includes('payment')) return null;
  const whole = name.words.join(' ');
  const last = name.words.at(-1) ?? '';
  const isNumbered = name.words.length > 1 ? name.strange === 0 && numberWord.test(last) : numberedWord.test(last);
  if (!isNumbered || payWord.test(whole)) return null;
  return `"${whole}" is the number of something else, whose check digit may be the same`;
}

const numberWord = /^(?:no|nr|num|number|tag|barcode|nummer|numero|numer)$/;
const numberedWord = /^\p{L}{4,}(?:nr|no|nummer|nummern|numero|number|numer|tag)$/u;
/** Words of paying, and words that say of nothing what it is. */
const payWord =
  /card|kart|carte|tarjeta|carta|\bpan\b|pay|zahl|acc(?:oun)?t|konto|compte|cuenta|conto|conta|bank|credit|kredit|^(?:ref|reference|id|ext|ext ref)\b/;

/**
 * Why names of persons may be those of things: given names, and behind them hardly a word that is a family name. Goods,
 * storms and ships are called so. Pure.
 */
export function givenToThings({ detector, tried }: Finding, { values, subject }: ColumnEvidence): string | null {
  if (detector.id !== 'full-name' || tried < 4 || values.byShape || subject.aboutPersons) return null;
  return values.share('form-family-name') < 0.1
    ? 'given names, and hardly a family name beside them: things may be called so'
    : null;
}

/** So much stronger than luck: as many detectors look at every column. */
const beyondLuck = Math.log(700);

/** What values of a form that others seldom have may be, by the detector that knows the form. */
const maybe: Readonly<
  Record<string, { readonly says: string; readonly anyName: boolean; readonly holds: (finding: Finding) => boolean }>
> = {
  'us-ssn': {
    says: 'the numbers are written as social security numbers are',
    // Other numbers are seldom written so, all of them; of numbers of this form nearly all are given out.
    holds: ({ passed, tried }) => passed >= tried * 0.9,
    anyName: true,
  },
  'phone-bare': {
    says: 'the numbers may be telephones, with country code and without a plus sign',
    holds: isBeyondLuck,
    anyName: true,
  },
  'kana-words': { says: 'the words may be names by their sound', holds: isBeyondLuck, anyName: false },
  'kr-rrn-form': { says: 'the numbers are written as resident numbers are', holds: isBeyondLuck, anyName: false },
  'login-initial': {
    says: 'the words may be user names',
    // An initial and a family name in nearly all of many values: whoever has them acted, whatever the role is called.
    holds: (finding) => isBeyondLuck(finding) && finding.passed >= finding.tried * 0.8,
    anyName: true,
  },
  'windows-account': { says: 'the entries may be accounts of persons', holds: isBeyondLuck, anyName: false },
  'text-disease': { says: 'some of the texts speak of diseases', holds: isBeyondLuck, anyName: false },
  ...Object.fromEntries(
    numberPlates.map(({ id }) => [id, { says: 'the codes may be number plates', holds: isBeyondLuck, anyName: false }]),
  ),
};

function isBeyondLuck({ strength }: Finding): boolean {
  return strength >= beyondLuck;
}

/**
 * Why values may be of a kind though too little speaks for it: enough of them have a form that other values seldom have, and
 * a name that says something else settles nothing, or there is none. A person decides. Pure.
 */
export function maybeOfKind(finding: Finding, saysOther: boolean): string | null {
  const form = maybe[finding.detector.id];
  if (form === undefined || finding.tried < 8 || (saysOther && !form.anyName)) return null;
  return form.holds(finding) ? form.says : null;
}
