import { cardKinds } from './fine-groups.ts';
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

/** So much stronger than luck: as many detectors look at every column. */
const beyondLuck = Math.log(700);

/**
 * Why numbers in the groups of a social security number may be such numbers whatever their column is called: other numbers
 * are seldom written so, all of them. Pure.
 */
export function maybeSocialSecurity({ detector, passed, tried }: Finding): string | null {
  if (detector.id !== 'us-ssn' || tried < 8 || passed < tried * 0.9) return null;
  return 'the numbers are written as social security numbers are';
}

/**
 * Why numbers without a sign of a telephone may be telephones: far more of them than luck explains are a country code and
 * a number given out there. References can begin alike, so a person decides. Pure.
 */
export function maybePhones({ detector, strength }: Finding): string | null {
  if (detector.id !== 'phone-bare' || strength < beyondLuck) return null;
  return 'the numbers may be telephones, with country code and without a plus sign';
}
