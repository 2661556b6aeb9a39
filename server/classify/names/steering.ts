import { flaggedFacts, textKinds } from '../fine-groups.ts';
import type { Strength } from './lexicon.ts';
import { has, type Unit } from './units.ts';

const numbered = new Set('national_id tax_id passport drivers_license phone card_number account_number'.split(' '));
const quantities = new Set(
  'count,counts,number of,total,totals,avg,average,max,min,sum,median,mean,num,cnt,fraction,ratio,percent,percentage,pct,rate,share,proportion,distribution,density,index'.split(
    ',',
  ),
);
const yesOrNo = /^(?:flags?|flg|ind|indicator|yn)$/;
const headers = /^(?:headers?|hdr)$/;
/** Who may read a text changes nothing of what stands in it. */
const whoReads = /^(?:public|private|internal|shared|visible)$/;
const inHeaders = new Set(['credentials', 'cookie_id']);

/**
 * The word that makes a name about something else than the sense of `unit` (`email count`), or null. A flag is about a
 * channel (`email_flag`) and is the datum of a condition, an offence, a membership (`diabetes_flag`). Pure.
 */
export function aboutOf(
  after: readonly Unit[],
  before: readonly Unit[],
  unit: Unit,
  { fine, strength }: { readonly fine: string; readonly strength: Strength },
): string | null {
  const steer = after.find((other) => has(other, 'not') && !has(other, 'glue') && !isDatum(other, fine, strength));
  if (steer !== undefined) return steer.words.join(' ');
  const quantity = before.find(({ words }) => quantities.has(words.join(' ')) && !isNumberOf(words, unit, fine));
  return quantity === undefined ? null : quantity.words.join(' ');
}

/** The yes or no of a fact about a person is the fact; what a header of a request carries is what it is called by. */
function isDatum({ words }: Unit, fine: string, strength: Strength): boolean {
  const word = words.join(' ');
  if (inHeaders.has(fine)) return headers.test(word);
  if (textKinds.has(fine)) return whoReads.test(word);
  return strength === 2 && flaggedFacts.has(fine) && yesOrNo.test(word);
}

/** `num_passaporte` is the number of one, `num_phones` is how many. */
function isNumberOf(words: readonly string[], { words: of }: Unit, fine: string): boolean {
  return words.join(' ') === 'num' && numbered.has(fine) && of.at(-1)?.endsWith('s') === false;
}
