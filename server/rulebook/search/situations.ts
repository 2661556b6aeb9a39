import { z } from 'zod';
import { dataFile } from '../../base/data-files.ts';
import { LexlineError } from '../../base/errors.ts';
import { digestOf } from '../../model/json.ts';
import { readIdeas, type IdeaMatch, type SpokenIdeas } from './ideas.ts';
import { readYaml } from './read-data.ts';
import { wholeWordsOf } from './words.ts';

/** What people tell in everyday words: several ideas together, and the provisions that speak of it. */
export interface Situation {
  readonly id: string;
  /** Its ideas tell as much of bread and bicycles: keeping, selling, a fine. */
  readonly isEveryday: boolean;
  readonly provisions: readonly string[];
}

/** A situation that a question tells. */
export interface ToldSituation {
  readonly situation: Situation;
  /** Grows with the ideas that are there, less for those that nearly every question has. */
  readonly weight: number;
  readonly language: string;
}

/** Situations by the ideas that tell them, as `regulations/everyday` has them. */
export interface Situations {
  readonly digest: string;
  readonly all: readonly Situation[];
  /** Those that a question tells; none for questions of a word or two, which are names. */
  told(question: string): readonly ToldSituation[];
  /** The ideas that a text speaks of and that tell something, in the language that knows most of its words. */
  ideasIn(text: string): ReadonlySet<string>;
  /** What everyday words say of these words: in this language, or where it is not known in the one that knows most of them. */
  everyday(words: readonly string[], language: string | null): EverydayWords;
}

/** What is known of the words of a question. */
export interface EverydayWords {
  /** Places of words that say some idea. */
  readonly known: ReadonlySet<number>;
  /** Whom or what a law on data is about is among them; who asks (`my`, `I`) does not count. */
  readonly isOfPeople: boolean;
  /** What carries data is among them. */
  readonly namesCarrier: boolean;
}

const asker = 'self';

const situationsFile = z.strictObject({
  situations: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+$/u),
      /** All of these; `/` between ideas of which one is enough. */
      when: z.array(z.string().min(1)).min(1),
      unless: z.array(z.string()).default([]),
      /** One idea is enough: its words say it all. */
      alone: z.boolean().default(false),
      /** Told of bread and bicycles as well: alone it does not say that the question is about people or data. */
      everyday: z.boolean().default(false),
      provisions: z.array(z.string()).min(1),
      /** A public guide that describes such cases. */
      like: z.string().min(1),
    }),
  ),
});

const fewestWords = 4;

let shipped: Situations | undefined;

/** Reads the situations once. Fails with CONFIG_INVALID, naming the file. */
export function loadSituations(): Situations {
  shipped ??= readSituations();
  return shipped;
}

function readSituations(): Situations {
  const ideas = readIdeas(dataFile('regulations/everyday/ideas.yml'));
  const nobody = [...ideas.about, ...ideas.carries, asker].find((idea) => !ideas.names.has(idea));
  if (nobody !== undefined)
    throw new LexlineError('CONFIG_INVALID', `[rulebook] regulations/everyday: there is no idea "${nobody}"`);
  const file = dataFile('regulations/everyday/situations.yml');
  const { data, text } = readYaml(file, situationsFile);
  const situations = data.situations.map(({ id, when, unless, alone, everyday, provisions }) => {
    const groups = when.map((group) => group.split('/').map((idea) => idea.trim()));
    const unknown = [...groups.flat(), ...unless].find((idea) => !ideas.names.has(idea));
    if (unknown !== undefined || (groups.length < 2 && !alone))
      throw new LexlineError(
        'CONFIG_INVALID',
        `[rulebook] ${file}: ${id}: ${unknown === undefined ? 'one idea alone tells nothing' : `there is no idea "${unknown}"`}`,
      );
    return { situation: { id, isEveryday: everyday, provisions }, groups, unless };
  });
  return {
    digest: digestOf([ideas.digest, text]),
    all: situations.map(({ situation }) => situation),
    told(question) {
      const words = wholeWordsOf(question);
      if (words.length < fewestWords) return [];
      const spoken = ideas.find(words);
      return situations.flatMap(({ situation, groups, unless }): ToldSituation[] => {
        const [best] = spoken
          .filter((one) => !unless.some((idea) => one.ideas.has(idea)))
          .map((one) => ({ language: one.language, weight: weightIn(one, groups, (idea) => ideas.weightOf(idea)) }))
          .toSorted((a, b) => b.weight - a.weight);
        return best === undefined || best.weight === 0 ? [] : [{ situation, ...best }];
      });
    },
    ideasIn(text) {
      const spoken = mostKnown(ideas.find(wholeWordsOf(text)));
      return new Set(spoken.flatMap((one) => [...one.ideas.keys()]).filter((idea) => ideas.weightOf(idea) === 1));
    },
    everyday(words, language) {
      const all = ideas.find(words);
      const own = all.filter((one) => one.language === language);
      const spoken = (own.length > 0 ? own : mostKnown(all)).map((one) => one.ideas);
      return {
        known: new Set(spoken.flatMap((of) => [...of.values()].flat().flatMap((match) => placesOf(match)))),
        isOfPeople: spoken.some((of) => {
          const self = new Set((of.get(asker) ?? []).map(({ start }) => start));
          return [...of].some(
            ([idea, matches]) =>
              ideas.about.has(idea) && matches.some(({ start, end }) => end - start > 1 || !self.has(start)),
          );
        }),
        namesCarrier: spoken.some((of) => [...of.keys()].some((idea) => ideas.carries.has(idea))),
      };
    },
  };
}

function mostKnown(all: readonly SpokenIdeas[]): readonly SpokenIdeas[] {
  const counted = all.map((one) => ({
    one,
    places: new Set([...one.ideas.values()].flat().flatMap((match) => placesOf(match))).size,
  }));
  const most = Math.max(0, ...counted.map(({ places }) => places));
  return counted.filter(({ places }) => places === most).map(({ one }) => one);
}

function placesOf({ start, end }: IdeaMatch): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

/** What the ideas of all groups weigh, each said by words of its own; 0 where one is missing. */
function weightIn(
  { ideas }: SpokenIdeas,
  groups: readonly (readonly string[])[],
  weightOf: (idea: string) => number,
): number {
  const pick = (at: number, taken: readonly IdeaMatch[]): number => {
    const group = groups[at];
    if (group === undefined) return 0;
    let best = Number.NEGATIVE_INFINITY;
    for (const idea of group)
      for (const match of ideas.get(idea) ?? []) {
        if (taken.some(({ start, end }) => match.start < end && start < match.end)) continue;
        best = Math.max(best, weightOf(idea) + pick(at + 1, [...taken, match]));
      }
    return best;
  };
  const sum = pick(0, []);
  return sum < 1 ? 0 : sum;
}
