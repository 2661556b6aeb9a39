import { citationsIn } from './citations.ts';
import { seenText, wholeWordsOf } from './words.ts';

/** Words of citations that one language alone has; the names of the law last, which people write in other languages as well. */
const wordsOfLanguage: Readonly<Record<string, { readonly levels: string; readonly names: string }>> = {
  de: {
    levels:
      'Absatz Abs Absätze Buchstabe Buchstaben Buchst Nummer Ziffer Ziff Satz Halbsatz Unterabsatz UAbs Erwägungsgrund Erwägungsgrunds Erwägungsgrundes Erwägungsgründe Erwägungsgründen ErwG ErwGr',
    names: 'DSGVO',
  },
  fr: { levels: 'paragraphe paragraphes alinéa lettre considérant considérants', names: '' },
  es: { levels: 'artículo artículos apartado letra párrafo', names: '' },
  it: { levels: 'articolo articoli comma lettera lettere paragrafo paragrafi', names: '' },
  pt: { levels: 'artigo artigos parágrafo alínea', names: '' },
  nl: { levels: 'artikelen lid leden onder overweging overwegingen', names: 'AVG' },
  pl: { levels: 'artykuł artykułu artykuły ust ustęp motyw motywy motywu', names: 'RODO' },
};
/** Words with the one language that has them: `paragrafo` is Italian and Portuguese, and tells neither. */
const languageOf = (which: 'levels' | 'names'): ReadonlyMap<string, string> => {
  const all = Object.entries(wordsOfLanguage).flatMap(([language, words]) =>
    [...new Set(wholeWordsOf(words[which]))].map((word) => [word, language] as const),
  );
  return new Map(all.filter(([word]) => all.filter(([other]) => other === word).length === 1));
};
const byLevel = languageOf('levels');
const byName = languageOf('names');

/**
 * The language that the citations of a question are written in: `Art. 9 Abs. 2`, `Erwägungsgrund 26`. The name of a law
 * (`Art. 99 DSGVO`) tells it where nothing else is said. Null where no word does, or words of two languages.
 */
export function citationLanguage(text: string): string | null {
  const seen = seenText(text);
  const cited = citationsIn(seen);
  if (cited.length === 0) return null;
  const inside = cited.flatMap(({ start, end }) => wholeWordsOf(seen.slice(start, end)));
  const rest = cited.reduceRight((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, seen);
  const outside = wholeWordsOf(rest);
  const told = new Set(inside.flatMap((word) => byLevel.get(word) ?? []));
  if (told.size === 0 && outside.every((word) => byName.has(word)))
    for (const word of [...inside, ...outside]) if (byName.has(word)) told.add(byName.get(word) ?? '');
  const [only] = told;
  return told.size === 1 ? (only ?? null) : null;
}
