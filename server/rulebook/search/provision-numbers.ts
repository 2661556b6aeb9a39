import { namesOfRegulation, type Catalogue } from '../catalogue.ts';
import { citationsIn } from './citations.ts';
import { seenText, wholeWordsOf } from './words.ts';

/** Numbers of one question that are answered. */
const mostNumbers = 40;
/** `rule 4.1`: a number of the user's own rules, where those are asked. */
const ownMark = '*OWN:';

/**
 * Provisions that a question names by number: `Art. 9(1)`, `164.514(b)`, `requirement 3.5.1`. An id that begins with `*` may
 * belong to any regulation that counts in articles and recitals.
 */
export function numbersIn(text: string): readonly string[] {
  return [...new Set(citationsIn(seenText(text)).flatMap(({ ids }) => ids))].slice(0, mostNumbers);
}

/** The text without the numbers that {@link numbersIn} reads: `Art. 9` says nothing of art. */
export function withoutNumbers(text: string): string {
  const seen = seenText(text);
  return citationsIn(seen)
    .toReversed()
    .reduce((rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`, seen);
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

/**
 * True when a provision is the one named, or stands below it: `GDPR:9` holds `GDPR:9(1)`, `PCI:3.5` holds `PCI:3.5.1`. Below an
 * article of a law that is left open stands nothing with a dot: `Art. 8` is no `PCI:8.2.1`.
 */
export function isWithin(provision: string, named: string): boolean {
  const [own, bare] = comparable(provision, named);
  const below = named.startsWith('*') && !named.startsWith(ownMark) ? /^[(#]/u : /^[(.#]/u;
  return own === bare || (own.startsWith(bare) && below.test(own.slice(bare.length)));
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
    for (const [rank, i] of (found.length > 0 ? found : (around.find((some) => some.length > 0) ?? [])).entries()) {
      const further = Math.abs((entries[i]?.provision.id.length ?? 0) - named.replace('*', '').length);
      const near = 1 / (1 + further / 8);
      // Of several numbers each is answered before one of them is answered twice.
      scores.set(i, Math.max(scores.get(i) ?? 0, numbers.length === 1 ? near : rank === 0 ? 1 : near / 2));
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

/** Numbers that were named and that nothing known is, stands in or stands around. */
export function unknownNumbers(
  { numbers }: { readonly numbers: readonly string[] },
  known: readonly { readonly provision: string }[],
): { readonly unknownNumbers?: readonly string[] } {
  const unknown = numbers
    .filter((named) => !known.some(({ provision }) => isAround(provision, [named])))
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
