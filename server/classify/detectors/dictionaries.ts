import { readFileSync } from 'node:fs';
import { dataFile } from '../../base/data-files.ts';
import { fold } from '../names/fold.ts';

/** The word lists that ship in `regulations/taxonomy/dictionaries/`. */
export type DictionaryName =
  | 'first-names'
  | 'last-names'
  | 'cities'
  | 'common-words'
  | 'diagnoses'
  | 'medications'
  | 'procedures'
  | 'allergens'
  | 'lab-tests'
  | 'occupations'
  | 'nationalities'
  | 'religions'
  | 'ethnicities'
  | 'languages';

const loaded = new Map<DictionaryName, ReadonlySet<string>>();

/** True when a word or phrase stands in a list, whatever its case and accents. A list is read on first use. */
export function inDictionary(name: DictionaryName, text: string): boolean {
  return dictionary(name).has(folded(text));
}

let newest = { text: '', folded: '' };

/** The folded text; several lists are asked about one value in a row. */
function folded(text: string): string {
  if (newest.text !== text) newest = { text, folded: fold(text.trim()) };
  return newest.folded;
}

/** One of the shipped lists, folded. Lines that begin with `#` are comments; entries are divided by commas or lines. */
export function dictionary(name: DictionaryName): ReadonlySet<string> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const words = readFileSync(dataFile(`regulations/taxonomy/dictionaries/${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .flatMap((line) => line.split(','))
    .map((word) => fold(word.trim()))
    .filter((word) => word !== '');
  const list = new Set(words);
  loaded.set(name, list);
  return list;
}
