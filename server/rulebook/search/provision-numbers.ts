import { namesOfRegulation, type Catalogue } from '../catalogue.ts';
import { seenText, wholeWordsOf } from './words.ts';

/** `Absatz 2`, `para. 1`, `Buchstabe a`, `lit. f`, `point (d)`: levels below an article that are named by a word. */
const level = String.raw`(?:,?\s*(?:absatz|abs\.?|paragraphs?|para\.?|paragraphe|apartado|paragrafo|comma|lid|ust\.?|unterabsatz|buchstabe|buchst\.?|lit\.?|letter|lettre|letra|lettera|sub-?paragraph|point|punkt|punto|nummer|nr\.?|number)\s*\(?(?:\d{1,2}|[a-z])(?![\p{L}\p{N}])\)?)`;

/** `rule 4.1`: a number of the user's own rules, where those are asked. */
const ownMark = '*OWN:';

/** Ways to name a provision by its number, each with the ids that it may mean. */
const patterns: readonly { readonly pattern: RegExp; readonly id: (...groups: readonly string[]) => string }[] = [
  { pattern: /\b([A-Z]{2,30}):([0-9A-Z][\w.()#-]*)/gu, id: (prefix, number) => `${prefix}:${number}` },
  {
    pattern: /\bpoints?\s*\((\w{1,4})\)\s+of\s+article\s*(\d{1,3})((?:\s*\(\w{1,4}\))*)/giu,
    id: (point, article, rest) => `*GDPR:${article}${rest}(${point})`,
  },
  {
    pattern: new RegExp(
      String.raw`\bart(?:\.|icles?|ikel|icolo|iculo|ículo|igo)?\s*(\d{1,3})((?:\s*\(\w{1,4}\))*)(${level}{0,3})`,
      'giu',
    ),
    id: (article, rest, named) => `*GDPR:${article}${rest}${levelsOf(named)}`,
  },
  {
    pattern: /\b(?:recital|erwägungsgrund|considérant|considerando)\s*(\d{1,3})/giu,
    id: (number) => `*GDPR:R${number}`,
  },
  { pattern: /\b(16[024]\.\d{3})((?:\s*\(\w{1,4}\))*)/gu, id: (section, rest) => `HIPAA:${section}${rest}` },
  {
    pattern: /\b(1798\.\d{2,3}(?:\.\d{1,3})?)((?:\s*\(\w{1,4}\))*)/gu,
    id: (section, rest) => `CCPA:${section}${rest}`,
  },
  {
    pattern: /\b(?:pci\D{0,12}|req(?:uirement|\.)?\s*)(\d{1,2}(?:\.\d{1,2}){1,3})/giu,
    id: (number) => `PCI:${number}`,
  },
  {
    pattern:
      /(?:§|\b(?:sections?|rules?|clauses?|abschnitt|regel|ziffer|règle|regla|regola|regels?))\s*(\d{1,3}(?:\.\d{1,3}){0,3})(?![\w.]*\d)/giu,
    id: (number) => `${ownMark}${number}`,
  },
];

/** `Absatz 2 Buchstabe a` is `(2)(a)`. */
function levelsOf(named: string): string {
  return [...named.matchAll(/(?<![\p{L}\p{N}])(\d{1,2}|[a-z])\)?(?=[\s,]|$)/giu)]
    .map(([, token = '']) => `(${token.toLowerCase()})`)
    .join('');
}

/**
 * Provisions that a question names by number: `Art. 9(1)`, `164.514(b)`, `requirement 3.5.1`. An id that begins with `*` may
 * belong to any regulation that counts in articles and recitals.
 */
export function numbersIn(text: string): readonly string[] {
  const seen = seenText(text);
  return patterns.flatMap(({ pattern, id }) =>
    [...seen.matchAll(pattern)].map((match) =>
      id(...match.slice(1).map((group) => group ?? '')).replaceAll(/\s/gu, ''),
    ),
  );
}

/** The text without the numbers that {@link numbersIn} reads: `Art. 9` says nothing of art. */
export function withoutNumbers(text: string): string {
  return patterns.reduce((rest, { pattern }) => rest.replaceAll(pattern, ' '), text);
}

/** Does a question say nothing but numbers and names of laws: `GDPR Article 99`? */
export function isBareNumber(
  asked: string,
  catalogues: readonly Pick<Catalogue, 'regulation'>[],
  isFiller: (word: string) => boolean,
): boolean {
  const names = catalogues.flatMap(({ regulation }) => namesOfRegulation(regulation)).map((name) => name.toLowerCase());
  let rest = withoutNumbers(asked).toLowerCase();
  for (const name of names.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(name, ' ');
  return wholeWordsOf(rest).every((word) => isFiller(word));
}

/** True when a provision is the one named, or stands below it: `GDPR:9` holds `GDPR:9(1)`, `PCI:3.5` holds `PCI:3.5.1`. */
export function isWithin(provision: string, named: string): boolean {
  const [own, bare] = comparable(provision, named);
  return own === bare || (own.startsWith(bare) && /^[(.#]/u.test(own.slice(bare.length)));
}

function isNamed(provision: string, named: string): boolean {
  const [own, bare] = comparable(provision, named);
  return own === bare;
}

/** A provision and a number as they are compared: where the regulation is left open, without it. */
function comparable(provision: string, named: string): readonly [string, string] {
  return named.startsWith('*')
    ? [provision.slice(provision.indexOf(':')), named.slice(named.indexOf(':'))]
    : [provision, named];
}

/** How well each provision answers numbers that were named: itself and what stands in it, else the nearest that it stands in. */
export function scoreNumbers(
  entries: readonly { readonly provision: { readonly id: string }; readonly catalogue: { readonly isOwn?: boolean } }[],
  numbers: readonly string[],
): ReadonlyMap<number, number> {
  const scores = new Map<number, number>();
  for (const named of numbers) {
    const isMeant = (i: number): boolean => !named.startsWith(ownMark) || entries[i]?.catalogue.isOwn === true;
    const found = entries.flatMap(({ provision: { id } }, i) => (isMeant(i) && isWithin(id, named) ? [i] : []));
    const around = aroundOf(named).map((wide) =>
      entries.flatMap(({ provision: { id } }, i) => (isMeant(i) && isNamed(id, wide) ? [i] : [])),
    );
    for (const i of found.length > 0 ? found : (around.find((some) => some.length > 0) ?? [])) {
      const further = Math.abs((entries[i]?.provision.id.length ?? 0) - named.replace('*', '').length);
      scores.set(i, Math.max(scores.get(i) ?? 0, 1 / (1 + further / 8)));
    }
  }
  return scores;
}

/** Is a provision one that was named, or does it stand in one or around it? */
export function isAround(provision: string, numbers: readonly string[]): boolean {
  return numbers.some(
    (named) => isWithin(provision, named) || aroundOf(named).some((wide) => isNamed(provision, wide)),
  );
}

/** Numbers that were named and that no hit is, stands in or stands around. */
export function unknownNumbers(
  { numbers }: { readonly numbers: readonly string[] },
  hits: readonly { readonly provision: string }[],
): { readonly unknownNumbers?: readonly string[] } {
  const unknown = numbers
    .filter((named) => !hits.some(({ provision }) => isAround(provision, [named])))
    .map((named) => named.replace(/^\*\w+:/u, ''));
  return unknown.length === 0 ? {} : { unknownNumbers: [...new Set(unknown)] };
}

/** The provisions that one stands in, from the nearest: of `GDPR:33(3)(d)` first `GDPR:33(3)`, then `GDPR:33`. */
export function aroundOf(named: string): readonly string[] {
  const around: string[] = [];
  for (let rest = named.replace(/(?:\([^()]*\)|#[^#]*)$/u, ''); ; rest = rest.replace(/\([^()]*\)$/u, '')) {
    if (rest === (around.at(-1) ?? named)) return around;
    around.push(rest);
  }
}

/** The ids that a named number may mean: `*GDPR:9` is Article 9 of each regulation that counts in articles. */
export function idsMeant(
  named: string,
  catalogues: readonly Pick<Catalogue, 'regulation' | 'isOwn'>[],
): readonly string[] {
  if (!named.startsWith('*')) return [named];
  const number = named.slice(named.indexOf(':'));
  const isMeant = ({ regulation, isOwn }: (typeof catalogues)[number]): boolean =>
    named.startsWith(ownMark) ? isOwn === true : regulation.numbering === 'articles';
  return catalogues.filter((one) => isMeant(one)).map(({ regulation }) => regulation.prefix + number);
}

/** The numbers that count: those of the user's own rules only where nothing else is asked. */
export function numbersAsked(
  numbers: readonly string[],
  regulations: ReadonlySet<string> | null,
  catalogues: readonly Pick<Catalogue, 'regulation' | 'isOwn'>[],
): readonly string[] {
  const own = catalogues.filter(({ isOwn }) => isOwn === true).map(({ regulation }) => regulation.id);
  const isOwnAsked = regulations !== null && [...regulations].every((id) => own.includes(id));
  return numbers.filter((named) => isOwnAsked || !named.startsWith(ownMark));
}
