/**
 * What Lexline finds in real systems and what each system's own client lists, side by side, by name: counts, what only one of
 * them has, and some names. Starts every system that can be had here, one after the other; the others are named with the reason.
 *
 *   node scripts/side-by-side.ts [suite …]         runs the suites of test/integration whose tests are called so
 *   node scripts/side-by-side.ts --show <folder>   shows what earlier runs kept there (LEXLINE_SIDE_BY_SIDE)
 *
 * Ends with 1 when any two lists differ, a suite fails, or there is nothing to show.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Lists {
  readonly tables: readonly string[];
  readonly columns: readonly string[];
}

interface Kept {
  readonly system: string;
  readonly client: string;
  readonly lexline: Lists;
  readonly listed: Lists;
}

interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly ancestorTitles: readonly string[] }[];
  }[];
}

const suites = ['amundsen', 'atlas', 'bigquery', 'duckdb', 'glue', 'mysql', 'postgres', 'snowflake', 'trino'];
/** Names shown of each list. */
const samples = 3;

const given = process.argv.slice(2);
const shown = given[0] === '--show' ? given[1] : undefined;
const chosen = given.length === 0 ? suites : given;
if (shown === undefined && chosen.some((name) => !suites.includes(name))) {
  console.error(`usage: node scripts/side-by-side.ts [--show <folder> | suite …]; suites: ${suites.join(', ')}`);
  process.exit(2);
}
const folder = shown ?? mkdtempSync(join(tmpdir(), 'lexline-side-by-side-'));
const failed = shown === undefined ? chosen.filter((suite) => !run(suite, folder)) : [];
const differing = show(folder);
for (const suite of failed) console.log(`FAILED: ${suite}`);
if (shown === undefined) rmSync(folder, { recursive: true, force: true });
process.exitCode = failed.length > 0 || differing !== 0 ? 1 : 0;

/** Runs the tests of one suite that lay lists side by side. False when one fails. */
function run(suite: string, into: string): boolean {
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const results = join(into, `${suite}.results`);
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', `test/integration/${suite}`, '-t', 'side by side', '--no-file-parallelism', '--passWithNoTests'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        LEXLINE_EXTENDED: '1',
        LEXLINE_REAL_ATLAS: '1',
        LEXLINE_REAL_AMUNDSEN: '1',
        LEXLINE_SIDE_BY_SIDE: into,
        LEXLINE_TEST_RESULTS: results,
      },
    },
  );
  const reasons = existsSync(results) ? reasonsIn(JSON.parse(readFileSync(results, 'utf8')) as Results) : [];
  for (const reason of reasons) console.log(`not run: ${suite}: ${reason}`);
  return status === 0;
}

/** Why suites were skipped, as their names say it. */
function reasonsIn({ testResults }: Results): readonly string[] {
  const titles = testResults.flatMap(({ assertionResults }) => assertionResults.flatMap((one) => one.ancestorTitles));
  return [...new Set(titles.flatMap((title) => /\(skipped: (.+)\)$/u.exec(title)?.[1] ?? []))];
}

/** Prints all that was kept; gives how many systems differ, or -1 where nothing was kept. */
function show(from: string): number {
  const files = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith('.json')) : [];
  const kept = files.toSorted().map((name) => JSON.parse(readFileSync(join(from, name), 'utf8')) as Kept);
  if (kept.length === 0) {
    console.log('nothing was laid side by side');
    return -1;
  }
  let different = 0;
  for (const { system, client, lexline, listed } of kept) {
    console.log(`${system}, beside ${client}`);
    const equal = [
      line('tables', lexline.tables, listed.tables, client),
      line('columns', lexline.columns, listed.columns, client),
    ];
    if (equal.includes(false)) different += 1;
  }
  console.log(`${kept.length} systems, ${kept.length - different} equal, ${different} different`);
  return different;
}

/** Prints one pair of lists. True when they hold the same names. */
function line(what: string, ours: readonly string[], theirs: readonly string[], client: string): boolean {
  const [onlyOurs, onlyTheirs] = [without(ours, theirs), without(theirs, ours)];
  const isEqual = onlyOurs.length + onlyTheirs.length === 0;
  const some = ours.slice(0, samples).join(', ');
  console.log(
    `  ${what}: Lexline ${ours.length}, listed ${theirs.length}: ${isEqual ? 'equal' : 'DIFFERENT'} (${some}${ours.length > samples ? ', …' : ''})`,
  );
  if (onlyOurs.length > 0) console.log(`    only Lexline: ${onlyOurs.join(', ')}`);
  if (onlyTheirs.length > 0) console.log(`    only ${client}: ${onlyTheirs.join(', ')}`);
  return isEqual;
}

/** What is in the first list and not in the second, as often as it is there more often. */
function without(list: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const name of others) left.set(name, (left.get(name) ?? 0) + 1);
  return list.filter((name) => {
    const times = left.get(name) ?? 0;
    left.set(name, times - 1);
    return times <= 0;
  });
}
