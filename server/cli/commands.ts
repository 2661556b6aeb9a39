import type { CommandDeclaration } from './command.ts';

/** Every command there is, in the order of `lexline --help`. Adding one is a module in `commands/` and an entry here. */
export const commands: readonly CommandDeclaration[] = [
  {
    name: 'init',
    summary: 'write a commented lexline.yaml',
    example: 'lexline init',
    load: () => import('./commands/init.ts'),
  },
  {
    name: 'check-config',
    summary: 'check the configuration without connecting to anything',
    example: 'lexline check-config --config lexline.yaml',
    load: () => import('./commands/check-config.ts'),
  },
  {
    name: 'sync',
    summary: 'read one source, or all, into the graph: tag, propagate, report what is not known',
    args: [['[source]', 'name of a configured source']],
    options: [
      ['--full', 'read everything, whatever was read before'],
      ['--dry-run', 'read and compare, write nothing'],
      ['--allow-shrink', 'you confirm that a scope may lose more than a fifth of its datasets'],
    ],
    example: 'lexline sync shop',
    load: () => import('./commands/sync.ts'),
  },
  {
    name: 'classify',
    summary: 'judge columns from standard input: names, values, neighbours; JSON Lines in and out',
    options: [['--no-llm', 'detectors only']],
    example: 'lexline classify --no-llm < columns.jsonl',
    load: () => import('./commands/classify.ts'),
  },
  {
    name: 'ledger verify',
    summary: 'recompute every hash of the ledger and name what does not hold',
    example: 'lexline ledger verify --data ./data',
    load: () => import('./commands/ledger-verify.ts'),
  },
];
