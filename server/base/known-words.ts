import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dataFile } from './data-files.ts';
import { isKnownName } from './person-words.ts';

/** What questions of forms are asked with, and joins the names of kinds of data; the fillers of the glossary are read with them. */
const joining =
  'am are been did does had him his her hers she he their them both either neither other others more most former old so called same told said asked given entered ' +
  'sie ihr ihre ihren ihrer ihres haben hat waren wurde wird werden sich beim vom zum zur aus bei auf ob sowie bzw ' +
  'vous votre vos avez êtes son sa ses au aux sur ' +
  'usted su sus tiene está del al sobre ' +
  'lei suo sua suoi ha della delle dei nel nella sul al ' +
  'você seu sua tem do na no ao ' +
  'uw zijn haar heeft bent u de op bij';

interface Vocabulary {
  readonly all: ReadonlySet<string>;
  /** Words that are names of persons as well and join other words all the same: `Do you …`. */
  readonly joining: ReadonlySet<string>;
}
let vocabulary: Vocabulary | undefined;

/**
 * True for a text that is only words of which names and comments of columns are made (`date of birth`, `What is your religion?`):
 * no digit, no sign but those of a sentence, no name of a person, and no word that the shipped vocabulary lacks. Such words say
 * what is held, and are no value that somebody pasted. Pure but for the vocabulary, which is read once.
 */
export function isVocabulary(text: string): boolean {
  if (!/^[\p{L}\p{M}\s,.:?!/()'’_-]+$/u.test(text)) return false;
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  vocabulary ??= readVocabulary();
  const { all, joining: joins } = vocabulary;
  const isMeant = (word: string): boolean => joins.has(folded(word)) || (all.has(folded(word)) && !isKnownName(word));
  return words.length > 0 && words.every(isMeant);
}

function readVocabulary(): Vocabulary {
  const folder = dataFile('regulations/taxonomy/names');
  const texts = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll(/^#.*$/gmu, ''));
  const { filler } = parse(readFileSync(dataFile('regulations/glossary/words.yml'), 'utf8')) as { filler: string };
  const joins = wordsOf([filler, joining]);
  return { all: new Set([...wordsOf(texts), ...joins]), joining: joins };
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => text.match(/[\p{L}\p{M}]+/gu) ?? []).map((word) => folded(word)));
}

/** As the lists write it: small letters without accents, umlauts spelt out in none. */
function folded(word: string): string {
  return word.toLowerCase().normalize('NFKD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').normalize('NFC');
}
