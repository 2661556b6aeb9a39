import { citationsIn } from './citations.ts';
import { ofWords } from './citation-words.ts';
import { wholeWordsOf } from './words.ts';

/** Folded words for a law of a kind that no catalogue here is: alone they name another one. */
const alwaysOther = new Set(
  wholeWordsOf(
    'constitution constitución costituzione constituição grundwet verfassung grundgesetz convention konvention charter charta charte carta directive richtlinie directiva direttiva treaty traité vertrag tratado statute statuto ' +
      'bundesverfassung menschenrechtskonvention grundrechtecharta zivilgesetzbuch strafgesetzbuch obligationenrecht',
  ),
);
/** Words for a law that say which one only with a word beside them: `civil code`, `Swiss act`; agreements after `of` alone. */
const otherWithMore = new Set(
  wholeWordsOf('code codice código codigo wetboek gesetzbuch act acts loi ley legge lei wet ustawa gesetz'),
);
const otherBehindOf = new Set(
  wholeWordsOf('agreement contract regulation verordnung règlement reglamento regolamento law vereinbarung'),
);
/** Words beside a word for a law that leave it the one that is meant: `the EU regulation`, `this law`. */
const plain = new Set(
  wholeWordsOf(
    'the this that our your their said same eu ue european europe new general data protection privacy la le les los las el der die das den dem des dieser diese diesem du de del della dieses cette ce esta este neue',
  ),
);
/** Signs of places, not of laws. */
const places = new Set(['EU', 'UE', 'UK', 'US', 'USA', 'EEA', 'EWR', 'EC', 'EG', 'OK', 'PDF', 'FAQ']);
/** A word in capitals, or one that ends in two: `TFEU`, `EMRK`, `GRCh`, `StGB`, `revFADP`, `ePD`. */
const inCapitals = /^(?=\p{L}{2,12}$)(?:\p{Lu}{2,}\p{Ll}{0,2}|\p{Lu}\p{Ll}{1,3}\p{Lu}{1,3}|\p{Ll}{1,3}\p{Lu}{2,})$/u;
/** As far behind a number as the name of its law stands. */
const nearby = 6;

/**
 * Laws that a question names with the number of an article and that nobody here knows: `Article 8 ECHR`, `Art. 9 du Code civil`,
 * `Article 17 of the Spanish constitution`. A word in capitals counts where it stands beside the number and `isKnown` knows it for
 * neither a law nor a term (`Art. 35 DPIA`).
 */
export function otherLawsCited(text: string, isKnown: (word: string) => boolean): readonly string[] {
  if (!/\p{Ll}/u.test(text)) return [];
  return citationsIn(text)
    .filter(({ ids }) => ids.every((id) => id.startsWith('*GDPR:')))
    .flatMap(({ start, end }) => lawAt(text.slice(0, start), text.slice(end), isKnown) ?? []);
}

function lawAt(before: string, after: string, isKnown: (word: string) => boolean): string | null {
  const isOther = (word: string): boolean => inCapitals.test(word) && !places.has(word) && !isKnown(word);
  const [clause = ''] =
    /^[^.,;:!?()\n]*/u.exec(after.replace(/^\s*[.)]*\s*/u, '').replaceAll(/\((?:EU|EC|UE|EG)\)/gu, ' ')) ?? [];
  const behind = (clause.match(/[\p{L}\p{N}/.-]+/gu) ?? []).slice(0, nearby);
  const isOf =
    ofWords.has(wholeWordsOf(behind[0] ?? '').join('')) &&
    /^(?:of|du|de|del|della|dello|des|der|do|da|van|von|vom|z|ze)$/iu.test(behind[0] ?? '');
  const words = behind.slice(behind.findIndex((word) => !ofWords.has(word.toLowerCase())));
  const [next = ''] = words;
  if (isOther(next)) return next;
  const at = words.findIndex((word, i) => isLawWord(word, words.slice(0, i), words.slice(i + 1), isOf));
  const isLoaded = words.some((word) => inCapitals.test(word) && !places.has(word) && isKnown(word));
  if (at !== -1 && !isLoaded && (isOf || /^\p{Lu}/u.test(next) || alwaysOther.has(wholeWordsOf(next).join(''))))
    return nameOf(words, at);
  const last = /([\p{L}-]+)\s*$/u.exec(before)?.[1] ?? '';
  return isOther(last) ? last : null;
}

/** The words of a law's name: up to the word for a law, and what tells it apart where nothing stands before that. */
function nameOf(words: readonly string[], at: number): string {
  const from = words.findIndex((word, i) => i === at || !plain.has(word.toLowerCase()) || /^\p{Lu}/u.test(word));
  const isJoined = ofWords.has(words[at + 1]?.toLowerCase() ?? '');
  const isBare = from === at && (isJoined || otherWithMore.has(wholeWordsOf(words[at] ?? '').join('')));
  const isNumbered = /^\d/u.test(words[at + 1] ?? '');
  return words.slice(from, at + 1 + (isBare ? (isJoined ? 2 : 1) : isNumbered ? 1 : 0)).join(' ');
}

function isLawWord(word: string, before: readonly string[], behind: readonly string[], isOf: boolean): boolean {
  const parts = wholeWordsOf(word);
  const has = (set: ReadonlySet<string>): boolean => parts.some((part) => set.has(part));
  if (has(alwaysOther)) return true;
  const isMore = before.some((one) => wholeWordsOf(one).some((part) => !plain.has(part)));
  const [number = ''] = behind;
  const isNumbered = /^\d{2,4}\/\d{1,4}/u.test(number) && number !== '2016/679';
  if (has(otherWithMore))
    return isMore || isNumbered || /^\p{L}/u.test(behind.find((one) => !ofWords.has(one.toLowerCase())) ?? '');
  return isOf && has(otherBehindOf) && (isMore || isNumbered);
}
