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
}

const situationsFile = z.strictObject({
  situations: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z-]+$/u),
      /** All of these; `/` between ideas of which one is enough. */
      when: z.array(z.string().min(1)).min(1),
      unless: z.array(z.string()).default([]),
      /** One idea is enough: its words say it all. */
      alone: z.boolean().default(false),
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
  const file = dataFile('regulations/everyday/situations.yml');
  const { data, text } = readYaml(file, situationsFile);
  const situations = data.situations.map(({ id, when, unless, alone, provisions }) => {
    const groups = when.map((group) => group.split('/').map((idea) => idea.trim()));
    const unknown = [...groups.flat(), ...unless].find((idea) => !ideas.names.has(idea));
    if (unknown !== undefined || (groups.length < 2 && !alone))
      throw new LexlineError(
        'CONFIG_INVALID',
        `[rulebook] ${file}: ${id}: ${unknown === undefined ? 'one idea alone tells nothing' : `there is no idea "${unknown}"`}`,
      );
    return { situation: { id, provisions }, groups, unless };
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
  };
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
