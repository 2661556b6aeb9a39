import type { CitablePassage, ProvisionHit, Rulebook } from '../../server/rulebook/rulebook.ts';

/** One provision of a rulebook for tests, in words of our own; without `text` only the catalogue knows it. */
export interface SmallProvision {
  readonly provision: string;
  readonly categories: readonly string[];
  readonly text?: readonly string[];
}

export const smallProvisions: readonly SmallProvision[] = [
  {
    provision: 'GDPR:4(1)',
    categories: ['user'],
    text: ['A first made-up sentence on persons.', 'A second one on what singles them out.'],
  },
  {
    provision: 'GDPR:9(1)',
    categories: ['user.health', 'user.religion'],
    text: ['A made-up ban on using what is delicate.'],
  },
  { provision: 'HIPAA:160.103#protected-health-information', categories: ['user.health'] },
  { provision: 'PCI:3.5.1', categories: ['user.payment'] },
  { provision: 'GDPR:32(1)', categories: [], text: ['A made-up duty to keep things safe.'] },
];

/** Offers every provision to every question, so that tests choose what a model cites. `alter` changes what is stored after retrieval. */
export function smallRulebook(
  provisions: readonly SmallProvision[] = smallProvisions,
  alter: (passage: CitablePassage) => CitablePassage | null = (passage) => passage,
): Rulebook {
  const passages = new Map(
    provisions.flatMap((each) =>
      each.text === undefined ? [] : [[each.provision, passageOf(each.provision, each.text)] as const],
    ),
  );
  const duty = (id: string): string => `own words on ${id}`;
  const hits = provisions.map(({ provision, categories }, i): ProvisionHit => {
    const passage = passages.get(provision) ?? null;
    return {
      provision,
      regulation: provision.split(':')[0]?.toLowerCase() ?? '',
      title: `Title ${i}`,
      score: 10 - i,
      quote: null,
      ownWords: duty(provision),
      source: passage,
      passage,
      categories,
    };
  });
  return {
    corpusEdition: () => Promise.resolve('small-1'),
    search: () => Promise.resolve({ hits, abstain: false }),
    knows: () => true,
    named: () => ({ regulations: [], unknown: [] }),
    passage: (id) => {
      const found = [...passages.values()].find((passage) => passage.id === id);
      return Promise.resolve(found === undefined ? null : alter(found));
    },
    passageOf: (provision) => Promise.resolve(passages.get(provision) ?? null),
    namesOf: (category) => ({ category, terms: [], isBase: false, isMapped: false }),
    provision: (id) => {
      const found = provisions.find(({ provision }) => provision === id);
      if (found === undefined) return undefined;
      return { id, title: 'Title', duty: duty(id), categories: [...found.categories], aliases: [], checked: false };
    },
    list: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

function passageOf(provision: string, sentences: readonly string[]): CitablePassage {
  const text = sentences.join(' ');
  let at = 0;
  return {
    id: `passage-${provision}`,
    provision,
    edition: 'made-up 2026',
    sha256: 'a'.repeat(64),
    language: 'en',
    page: 1,
    span: [0, text.length],
    text,
    sentences: sentences.map((sentence) => {
      const start = at;
      at += sentence.length + 1;
      return { start, end: start + sentence.length };
    }),
  };
}
