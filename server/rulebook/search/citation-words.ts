import { wholeWordsOf } from './words.ts';

/** Folded words of one role in a citation, in the languages of the glossary. */
function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => wholeWordsOf(list)));
}

/** Words that say more than one number follows. */
export const pluralArticles = words(
  'articles arts artt artikels artikeln artikelen artículos articoli artigos artykuły artykułów artiklar articolele',
);
export const articles = words(
  'art article artikel artikels artikeln artikelen artikla articolo artículo artigo articolul artykuł artykułu článek čl άρθρο статья ст',
  [...pluralArticles].join(' '),
);
export const pluralRecitals = words(
  'recitals Erwägungsgründe Erwägungsgründen considérants considerandos overwegingen',
);
export const recitals = words(
  'recital Erwägungsgrund Erwägungsgrunds Erwägungsgrundes ErwG ErwGr considérant considerando overweging motyw motywy motywu considerentul skäl betragtning',
  [...pluralRecitals].join(' '),
);
/** The law that counts in articles, as people write it before a number: `GDPR 17`. */
export const lawsBefore = words('GDPR DSGVO RGPD RODO LGPD');
/** Those that are also another word where they are not in capitals: `avg 17`. */
export const lawsInCapitals = new Set(['AVG']);

/** Levels with a number of their own; `Absatz 2` is `(2)`. */
export const paragraphs = words(
  'Absatz Abs Absätze paragraph paragraphs para paras par párr párrafo paragraphe paragraphes paragrafo paragrafi parágrafo apartado comma lid leden ust ustęp odst stk alin alinéa al subdivision subd inciso',
);
/** Points and letters; `Buchstabe a` is `(a)`. */
export const points = words(
  'Buchstabe Buchstaben Buchst lit litera litt letter letters lettre let letra lettera lettere lett onder sub Z point points punkt pkt punto Nummer Nr Ziff Ziffer number no n nos alínea písm písmeno led litra',
);
/** Levels that ids do not have: a sentence or an unnumbered part of a paragraph. Their letters are points: `subparagraph (f)`. */
export const parts = words(
  'Satz S Halbsatz Hs sentence phrase frase zdanie zin Unterabsatz UAbs subparagraph akapit tiret Spiegelstrich indent',
);
/** Words that are a level only with their dot: `al. 1`, `n. 7`. */
export const onlyDotted = words('al n');
/** Words that are a level only as a capital: `S. 1`, `Z 7`. */
export const onlyCapital = new Set(['S', 'Z']);

export const ofWords = words(
  'of von vom des der dem die den de del du della dello di do da van z ze in im en nel der l d dell the',
);
export const ands = words('and und et y e o ou or oder en oraz i lub och og og bzw sowie and');
export const throughs = words('to bis through until à a al t tot do till hasta até');

/** Words of the user's own rules. */
export const ownRules = words(
  'section sections rule rules clause clauses Abschnitt Regel Regeln Ziffer règle regla regola regel regels',
);
export const requirements = words(
  'req requirement requirements Anforderung Anforderungen exigence exigences requisito requisitos requisiti vereiste wymaganie',
);

/** `6.º`, `1er`, `12ff`: what stands at a number and adds nothing to it. */
export const adds = new Set(['o', 'a', 'er', 're', 'os', 'as', 'f', 'ff', 'et', 'ss']);
