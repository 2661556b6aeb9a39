import type { CommandDeclaration } from './command.ts';

const decideOptions = [
  ['--yes', 'decide; without it the fields are listed and nothing is done'],
  ['--comment <text>', 'why; kept with the decision, only its hash goes into the ledger'],
  ['--except <uids>', 'fields of the group to leave out, separated by commas'],
  [
    '--expect <revision>',
    'the revision of the list that you looked at; another’s decision since then is not overwritten',
  ],
  ['--until <time>', 'the decision ends then: an instant or a date'],
] as const;
const group = ['<group>', 'its id, as lexline review list prints it'] as const;

/** `lexline review …`: where people settle what machines could not or may not. */
export const reviewCommands: readonly CommandDeclaration[] = [
  {
    name: 'review list',
    summary: 'what waits for a person, in groups that one decision settles; with a group, its fields',
    args: [['[group]', 'its id']],
    options: [['--first <count>', 'at most so many groups (default 20)']],
    example: 'lexline review list',
    load: async () => ({ run: (await import('./commands/review-list.ts')).run }),
  },
  {
    name: 'review accept',
    summary: 'what is suggested for a group is so; of a proposal: agree as the second person',
    args: [group],
    options: decideOptions,
    example: 'lexline review accept 0f3a9c21b7de --yes',
    load: async () => ({ run: (await import('./commands/review-decide.ts')).accept }),
  },
  {
    name: 'review correct',
    summary: 'a group holds another category, or nothing sensitive',
    args: [group],
    options: [['--category <category>', 'of the taxonomy, for example user.contact.email, or none'], ...decideOptions],
    example: 'lexline review correct 0f3a9c21b7de --category user.health.condition --yes',
    load: async () => ({ run: (await import('./commands/review-decide.ts')).correct }),
  },
  {
    name: 'review reject',
    summary: 'what was found in a group is not so; of a proposal: decline it',
    args: [group],
    options: [['--category <category>', 'only this one; default: all that was found'], ...decideOptions],
    example: 'lexline review reject 0f3a9c21b7de --comment "codes of wards" --yes',
    load: async () => ({ run: (await import('./commands/review-decide.ts')).reject }),
  },
  {
    name: 'review sample',
    summary: 'draw a random sample to be judged blind, or score a judged one: precision and miss rate',
    options: [
      ['--size <count>', 'of each stratum, 1 to 5000 (default 50)'],
      ['--seed <number>', 'the same seed draws the same sample; default random'],
      ['--out <file>', 'where to write the sample, one field a line; default: standard output'],
      [
        '--judged <file>',
        'score this file: the sample with "category" filled in (a category, "none", or null: cannot tell)',
      ],
    ],
    example: 'lexline review sample --size 100 --out sample.jsonl',
    load: async () => ({ run: (await import('./commands/review-sample.ts')).run }),
  },
];
