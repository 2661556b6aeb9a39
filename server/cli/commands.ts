import type { CommandDeclaration } from './command.ts';

const asOf = ['--as-of <time>', 'what was known then: an instant, or a date (the end of that day)'] as const;

/** Every command there is, in the order of `lexline --help`. Adding one is a module in `commands/` and an entry here. */
export const commands: readonly CommandDeclaration[] = [
  {
    name: 'scan',
    summary: 'look through a dbt target, a folder of SQL or one DDL file and write one page; needs nothing else',
    args: [['<target>', 'dbt target folder or manifest, folder of SQL files, or one .sql or .ddl file']],
    options: [
      ['--out <file>', 'where to write the page', 'lexline-scan.html'],
      ['--dialect <dialect>', 'of SQL files: postgres, snowflake, bigquery …'],
    ],
    example: 'lexline scan ./target',
    load: () => import('./commands/scan.ts'),
  },
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
    summary: 'read one source, or all, into the graph; judge, propagate, say what is not known',
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
    name: 'serve',
    summary: 'answer GraphQL and pages on this machine, sync by schedule, until Ctrl-C',
    options: [
      ['--host <address>', 'default: http.host, else 127.0.0.1'],
      ['--port <port>', 'default: http.port, else 4000; 0: any free one'],
    ],
    example: 'lexline serve --port 4001',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'report',
    summary: 'write a report; without a name, list them',
    args: [['[name]', 'for example inventory']],
    options: [
      ['--format <format>', 'json, csv or html; default: by the ending of --out, else html'],
      ['--out <file>', 'default: standard output'],
      ['--source <name>', 'one source only'],
      asOf,
    ],
    example: 'lexline report inventory --as-of 2026-09-30 --out inventory.html',
    load: () => import('./commands/report.ts'),
  },
  {
    name: 'governance apply',
    summary: 'write what stands in the governance folder into the graph (sync does it too)',
    example: 'lexline governance apply',
    load: () => import('./commands/governance-apply.ts'),
  },
  {
    name: 'diff',
    summary: 'what differs between two times: datasets, fields, lineage, judgements, what people entered',
    options: [
      ['--from <time>', 'an instant, or a date (the end of that day)'],
      ['--to <time>', 'default: now'],
      ['--format <format>', 'text (default), markdown or json'],
      ['--out <file>', 'default: standard output'],
    ],
    example: 'lexline diff --from 2026-06-30 --to 2026-09-30 --format markdown --out third-quarter.md',
    load: () => import('./commands/diff.ts'),
  },
  {
    name: 'lineage',
    summary: 'where a dataset or field comes from and goes to',
    args: [['<thing>', 'dataset or dataset.field; the last parts of the name are enough']],
    options: [
      ['--direction <way>', 'upstream, downstream or both (default)'],
      ['--depth <steps>', 'how many steps, 1 to 100 (default 10)'],
      ['--first <count>', 'at most so many nodes (default 500)'],
      ['--indirect', 'also fields that only steer: filters, joins, groupings'],
      ['--format <format>', 'text (default), svg, mermaid or json'],
      ['--out <file>', 'default: standard output'],
      asOf,
    ],
    example: 'lexline lineage customers.email --format svg --out email.svg',
    load: () => import('./commands/lineage.ts'),
  },
  {
    name: 'explain',
    summary: 'why a field is judged as it is',
    args: [['<field>', 'dataset.field; the last parts of the name are enough']],
    options: [asOf],
    example: 'lexline explain customers.email',
    load: () => import('./commands/explain.ts'),
  },
  {
    name: 'doctor',
    summary: 'look at everything a sync needs, every source included, and say what to do',
    example: 'lexline doctor',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'classify',
    summary: 'judge columns: JSON Lines in, one verdict a line out',
    options: [['--no-llm', 'detectors only']],
    example: `echo '{"id":1,"table":"customers","column":"email"}' | lexline classify --no-llm`,
    load: () => import('./commands/classify.ts'),
  },
  {
    name: 'sql lineage',
    summary: 'column lineage of SQL texts: JSON Lines in, one answer a line out',
    example: `echo '{"id":1,"dialect":"postgres","sql":"insert into t select a from s"}' | lexline sql lineage`,
    load: () => import('./commands/sql-lineage.ts'),
  },
  {
    name: 'sources list',
    summary: 'the sources that are configured or known, and their last sync',
    example: 'lexline sources list',
    load: () => import('./commands/sources-list.ts'),
  },
  {
    name: 'sources retire',
    summary: 'take back what a source that is no longer configured had asserted',
    args: [['<source>', 'its name']],
    example: 'lexline sources retire old-warehouse',
    load: () => import('./commands/sources-retire.ts'),
  },
  {
    name: 'backup',
    summary: 'copy the embedded stores into one file, while a server may go on',
    args: [['<file>', 'must not exist yet']],
    example: 'lexline backup lexline-2026-09-30.db',
    load: () => import('./commands/backup.ts'),
  },
  {
    name: 'restore',
    summary: 'put a back-up into a data folder that has no stores',
    args: [['<file>', 'written by lexline backup']],
    example: 'lexline restore lexline-2026-09-30.db --data ./restored',
    load: () => import('./commands/restore.ts'),
  },
  {
    name: 'ledger verify',
    summary: 'recompute every hash of the ledger and name what does not hold',
    example: 'lexline ledger verify --data ./data',
    load: () => import('./commands/ledger-verify.ts'),
  },
];
