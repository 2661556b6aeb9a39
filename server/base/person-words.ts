import { readFileSync } from 'node:fs';
import { dataFile } from './data-files.ts';

/** A word with a capital, before what is said of persons: `Smith is ill`, `Smith's wish`. */
const beforeVerb =
  /(?<![\p{L}\p{N}._`-])(\p{Lu}\p{Ll}{2,}(?:-\p{Lu}\p{Ll}+)?)(?=['’]s\s|\s+(?:is|was|has|had|says|said|wants|wanted|asked|called|died|suffers|left|told|lives|lived|works|worked|ist|war|hat|hatte|sagt|sagte|meint|fehlt|starb|leidet|wohnt|est|était|avait|dit|es|está|tiene|dijo|murió|ha|era|disse|morreu|tem|vive)(?![\p{L}\p{N}]))/gu;
/** The same after what announces a person: `ask Smith`, `patient Smith`. */
const afterWord =
  /(?<![\p{L}\p{N}])((?:[Aa]sk|[Aa]sked|[Bb]y|[Ff]rom|[Cc]ontact|[Cc]all|[Tt]old|[Pp]er|[Cc]c|[Ll]ike|[Mm]ostly|or|[Ww]ie|[Mm]eist|oder|[Cc]omme|[Oo]wner:?|[Pp]atients?|[Cc]ustomer|[Cc]lient|[Ee]mployee|[Cc]olleague|[Uu]ser|[Mm]ember|[Ff]rage|[Vv]on|[Ll]aut|[Kk]ollege|[Kk]ollegin|[Kk]unde|[Kk]undin|[Pp]atientin|[Pp]ar|[Ss]elon|[Pp]atiente?|[Ss]egún|[Pp]aciente|[Pp]reguntar a|[Pp]aziente|[Cc]hiedere a)\s+)(\p{Lu}\p{Ll}{2,}(?:-\p{Lu}\p{Ll}+)?)(?![\p{L}\p{N}]|[._-][\p{L}\p{N}])/gu;

interface Names {
  readonly given: ReadonlySet<string>;
  readonly family: ReadonlySet<string>;
  /** Everyday words that are names, too: `Price`, `Grant`, `Mark`. */
  readonly common: ReadonlySet<string>;
}
let names: Names | undefined;

/** Words of business and of tables that are family or given names, too. */
const words = new Set(
  'account act bank banks bell bill bills block booker bond book books bush card case cash chance chase church clerk coin cole cook core cost cross day days deal dean drew duke earl east english farmer faith field fields fisher forest forrest fox frank french garden gene gift grace grant gray hall harvest head hill hope house hunt hunter iris jack job joy judge justice key king lake lane law long lord love main major mark marks mason max may mercy merit miles mill mine moon north page park parks patience penny pierce pilot piper point poole pope post power price prince queen ray read reed rice rich river robin rock rod rose rush sale sales sandy season senior shepherd short sky small spring star stein stern still stone storm street sue summer temple term tailor town trust van vale vogt wall wand ward waters west white will winter wolf wood woods work worth yard young'.split(
    ' ',
  ),
);

/**
 * A text without the persons that its words tell of: a family or given name of our lists that is no everyday word, where a
 * word before or behind it speaks of a person. A name alone stays, because it may be a product or a town, and so does a name
 * that no list has. Pure but for the lists, which are read once.
 */
export function withoutPersons(text: string): string {
  if (!/\p{Lu}\p{Ll}{2}/u.test(text)) return text;
  return text
    .replaceAll(afterWord, (whole, before: string, name: string) => (isKnownName(name) ? `${before}[name]` : whole))
    .replaceAll(beforeVerb, (name) => (isKnownName(name) ? '[name]' : name));
}

/** True for a given name of our list, whatever else it may be. */
export function isGivenName(word: string): boolean {
  return holds(lists().given, word);
}

/** True for a family or given name of our lists that is no everyday word. */
export function isKnownName(word: string): boolean {
  const { given, family, common } = lists();
  if (words.has(word.toLowerCase())) return false;
  return word.split('-').every((part) => (holds(family, part) || holds(given, part)) && !holds(common, part));
}

function holds(list: ReadonlySet<string>, word: string): boolean {
  const name = word.toLowerCase();
  return list.has(name) || list.has(name.normalize('NFKD').replaceAll(/\p{M}/gu, ''));
}

function lists(): Names {
  names ??= { given: read('first-names'), family: read('last-names'), common: read('common-words') };
  return names;
}

function read(list: string): ReadonlySet<string> {
  return new Set(
    readFileSync(dataFile(`regulations/taxonomy/dictionaries/${list}.txt`), 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .flatMap((line) => line.split(','))
      .map((word) => word.trim().toLowerCase()),
  );
}
