import { numbersIn, withoutNumbers } from './provision-numbers.ts';
import { seenText, wholeWordsOf, wordsOf } from './words.ts';

/** A question cut into what its asker means and what somebody wrote into a source. */
export interface Question {
  /** Folded words of the question itself. */
  readonly words: readonly string[];
  /**
   * Which name each word belongs to: words of one identifier say what is meant of each other, the sentence around it does
   * not. All the same where nothing is written as an identifier.
   */
  readonly names: readonly number[];
  /** The same without cutting at camel-case borders: acronyms stay whole. */
  readonly wholeWords: readonly string[];
  /** The question itself as it was written, without what a source says of itself. */
  readonly asked: string;
  /**
   * Provisions that it names by number. None where it asks about a column or holds an identifier: a column is no article, and
   * whoever named or described it would choose the law.
   */
  readonly numbers: readonly string[];
  /** Folded words of comments and quoted text: read through the glossary only, and for less. */
  readonly remarks: readonly string[];
  /** Asks about a named column, table or field. */
  readonly isName: boolean;
}

/**
 * `description: '…'`, `comment = "…"`, `COMMENT ON COLUMN x IS '…'`, `-- …`: text that a source carries about itself. It ends
 * at its last quotation mark, and without one it does not end: what stands inside can write quotation marks, commas and
 * brackets as it likes, so none of them leads out of it.
 */
const remark = new RegExp(
  [
    String.raw`(?:\b(?:descriptions?|desc|comments?|notes?|remarks?|hints?|docs?|documentation|tooltip|label|kommentar|bemerkung|beschreibung|anmerkung|hinweis|commentaire|remarque|comentario|nota|observaci[oó]n|descripci[oó]n|commento|descrizione|descri[cç][aã]o|opmerking|omschrijving)(?:\s+on\s+(?:column|table)\s+\S+\s+is|\s*[:=]|\s+(?=['"“„«]))|(?:^|\s)--\s|/\*|<!--)`,
    String.raw`\s*(?:'([^]*)'(?=[\s,;)\]]|$)|"([^]*)"(?=[\s,;)\]]|$)|“([^]*)”|„([^]*)[“”]|«([^]*)»|([^]*))`,
  ].join(''),
  'giu',
);
/** Quoted text of more than three words is a saying, not a name. An apostrophe inside a word (`m'a`, `d'un`) quotes nothing. */
const sayings =
  /(?<![\p{L}\p{N}])'((?:[^'\s]+\s+){3,}[^']*)'(?![\p{L}\p{N}])|"((?:[^"\s]+\s+){3,}[^"]*)"|“((?:[^”\s]+\s+){3,}[^”]*)”/gu;
/** `column`, `field` and their like, in languages that people name columns in. */
const aboutName =
  /(?:^|\b|(?<=\s))(?:columns?|fields?|attribute|spalte|feld|colonne|champ|columna|campo|coluna|kolom|kolonne|kolumn|kolumna|sarake|столбец|поле|列|字段|カラム|컬럼|στήλη|sloupec|عمود|sütun)(?:\b|$|(?=\s))/giu;

/** The words of a text, and for each the identifier that it was cut from. */
function namesOf(text: string): Pick<Question, 'words' | 'names'> {
  const chunks = text.split(/\s+/u).map((chunk) => wordsOf(chunk));
  const hasIdentifier = chunks.some((words) => words.length > 1);
  return {
    words: chunks.flat(),
    names: chunks.flatMap((words, i) => words.map(() => (hasIdentifier ? i : 0))),
  };
}

/** `pallet_count`, `palletCount`: a name of something in a source. */
const identifier = /[\p{L}\p{N}]_[\p{L}\p{N}]|\p{Ll}{2}\p{Lu}\p{Ll}/u;

/** What follows adds nothing to a question. */
const maxQuestion = 4_000;

/**
 * Reads a question. Metadata is hostile: what a source says of itself is set apart from the question, found in its text or
 * handed in as `comment`.
 */
export function readQuestion(text: string, comment: string | null = null): Question {
  const remarks: string[] = comment === null ? [] : [seenText(comment.slice(0, maxQuestion))];
  const setApart = (_: string, ...groups: readonly unknown[]): string => {
    remarks.push(groups.slice(0, 6).find((group): group is string => typeof group === 'string') ?? '');
    return ' ';
  };
  const seen = seenText(text.slice(0, maxQuestion));
  const asked = seen.replaceAll(remark, setApart).replaceAll(sayings, setApart);
  const isAboutName = aboutName.test(asked);
  aboutName.lastIndex = 0;
  const isOfThing = isAboutName || identifier.test(asked);
  const own = isOfThing ? asked.replaceAll(aboutName, ' ') : withoutNumbers(asked);
  return {
    ...namesOf(own),
    wholeWords: wholeWordsOf(own),
    asked,
    numbers: isOfThing ? [] : numbersIn(asked),
    remarks: remarks.flatMap((each) => wordsOf(each)),
    isName: isAboutName || /^\s*\S*_\S*\s*$/u.test(own),
  };
}
