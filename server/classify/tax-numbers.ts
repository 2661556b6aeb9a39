import type { NameReading } from './names/read-name.ts';
import { declaredLength } from './type-evidence.ts';

/** A permanent account number of India has ten signs, the number of a card at least twelve. */
const lengthOfPan = 10;
const barePan = /^pan(?: (?:no|nr|nbr|num|number|card|card (?:no|num|number)|sankhya|id))?$/;
/** What stands in rows of India beside the tax number: identity, provident fund, state insurance, sales tax, branch code. */
const ofIndia =
  /^(?:aadhaar|aadhar|adhaar|adhar|uidai|uan|epf|epfo|esic?|gst|gstin|gstno|ifsc|ifsccode|tds|voterid|epic|din|cin)$/;

/**
 * Names of columns that are tax numbers of India though the number of a card is called so too: their type holds ten signs, or
 * the table speaks of India. Not to be asked of tables of cards. Pure.
 */
export function indianTaxNumbers(
  types: readonly (string | null)[],
  columns: readonly NameReading[],
): ReadonlySet<string> {
  const bare = columns.filter(({ words }) => barePan.test(words.join(' ')));
  if (bare.length === 0) return new Set();
  const isInIndia = columns.some(
    ({ words, languages }) =>
      words.some((word) => ofIndia.test(word)) || [...languages].some((language) => language.startsWith('hi')),
  );
  const found = bare.filter((column) => isInIndia || declaredLength(types[columns.indexOf(column)]) === lengthOfPan);
  return new Set(found.map(({ words }) => words.join(' ')));
}
