import { seenText } from './words.ts';

/** Ways to name a provision by its number, each with the ids that it may mean. */
const patterns: readonly { readonly pattern: RegExp; readonly id: (...groups: readonly string[]) => string }[] = [
  { pattern: /\b([A-Z]{2,8}):([0-9A-Z][\w.()#-]*)/gu, id: (prefix, number) => `${prefix}:${number}` },
  {
    pattern: /\bart(?:\.|icles?|ikel|icolo|iculo|ículo|igo)?\s*(\d{1,3})((?:\s*\(\w{1,4}\))*)/giu,
    id: (article, rest) => `*GDPR:${article}${rest}`,
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
];

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

/** True when a provision is the one named, or stands below it: `GDPR:9` holds `GDPR:9(1)`, `PCI:3.5` holds `PCI:3.5.1`. */
export function isWithin(provision: string, named: string): boolean {
  const bare = named.startsWith('*') ? named.slice(named.indexOf(':')) : named;
  const own = named.startsWith('*') ? provision.slice(provision.indexOf(':')) : provision;
  return own === bare || (own.startsWith(bare) && /^[(.#]/u.test(own.slice(bare.length)));
}
