import { has } from '../../profile/value.ts';
import { detector, type Detector } from './detector.ts';
import { unmistakable } from '../mixtures.ts';
import { stretchesOf } from './stretches.ts';

const words = String.raw`[\p{L}\p{N}][\p{L}\p{N}_+-]{0,62}`;
const at = String.raw`\s?[[({<]\s?(?:at|ät|arroba|chiocciola|chez|@)\s?[\])}>]\s?`;
const dot = String.raw`(?:\.|\s?[[({<]\s?(?:dot|punkt|point|punto|ponto|\.)\s?[\])}>]\s?|\s(?:dot|punkt|point|punto|ponto)\s)`;
const spoken = String.raw`\s(?:dot|punkt|point|punto|ponto)\s`;
/** The sign between brackets: `anna[at]example.org`, `anna (at) example [dot] org`. */
const bracketed = new RegExp(
  `${words}(?:${dot}${words}){0,4}${at}${words}(?:${dot}${words}){0,4}${dot}\\p{L}{2,24}(?![\\p{L}\\p{N}])`,
  'iu',
);
/** The sign as a word: the dots are words, too, or everything could be one. */
const inWords = new RegExp(
  `^${words}(?:(?:\\.|${spoken})${words}){0,4}\\s(?:at|ät|arroba|chiocciola|chez)\\s${words}(?:${spoken}${words}){0,4}${spoken}\\p{L}{2,24}$`,
  'iu',
);
const mark = /[[({<]\s?(?:at|ät|arroba|chiocciola|chez|@)\s?[\])}>]/iu;

function spelt(
  id: string,
  title: string,
  given: Pick<Detector, 'fine' | 'length' | 'minShare' | 'method' | 'test'>,
): Detector {
  return detector({
    ...given,
    id,
    title,
    source: 'own rule: RFC 5321 addresses with words for their signs, as pages write them against collectors',
    chance: unmistakable,
    forbids: has.at,
    alone: 3,
    named: 3,
  });
}

/** E-mail addresses that are written for people, not for machines. */
export const speltEmail: readonly Detector[] = [
  spelt('email-spelt', 'E-mail address with a word for the at sign', {
    fine: 'email',
    method: 'format',
    length: [9, 160],
    minShare: 0.5,
    test: ({ text, signs }) =>
      (signs & (has.blank | has.brace | has.paren)) !== 0 &&
      (mark.test(text)
        ? !/\s\p{L}+\s\p{L}+\s\p{L}+/u.test(text.replace(mark, '')) && bracketed.test(text)
        : inWords.test(text)),
  }),
  spelt('text-email-spelt', 'E-mail address with a word for the at sign, inside a text', {
    fine: 'free_text',
    method: 'content',
    length: [16, 4_096],
    minShare: 0.02,
    test: ({ text }) => {
      const part = stretchesOf(text);
      return mark.test(part) && /\s/.test(part) && bracketed.test(part);
    },
  }),
];
