/**
 * `npm run test:neo4j [-- --release lts|newest|both] [--quick] [--skip-missing]`: the suites of the store contracts on a real Neo4j, and on the first
 * release also what is Neo4j's own: refusals, and unless `--quick` the minutes of kills and of several processes. The server is the one of NEO4J_URI (with
 * NEO4J_USERNAME and NEO4J_PASSWORD; its database must be empty, or left by these tests), or one that this script installs,
 * starts and ends. Says at the end how many tests of the contracts there are for each engine, and fails when Neo4j ran fewer.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../server/base/errors.ts';
import { startNeo4j } from './neo4j.ts';

interface TestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const root = resolve(import.meta.dirname, '..');
const vitest = join(root, 'node_modules/vitest/vitest.mjs');
const folder = 'test/integration/stores';
const conformance = `${folder}/neo4j-conformance.test.ts`;
const { values } = parseArgs({
  options: {
    release: { type: 'string', default: 'both' },
    quick: { type: 'boolean', default: false },
    'skip-missing': { type: 'boolean', default: false },
  },
});
const { NEO4J_URI: given, LEXLINE_TEST_RESULTS: resultsBase = join(root, '.cache/neo4j/tests') } = process.env;

/** The results of some test files, as vitest writes them. */
function readResults(file: string): TestResults['testResults'] {
  return (JSON.parse(readFileSync(file, 'utf8')) as TestResults).testResults;
}

/**
 * How many tests of the contracts the embedded engine has; it runs through them with `npm test`. They are gathered, not run: no
 * test has that name. Passages stay with it, so they are not counted.
 */
function countEmbedded(): number {
  const file = `${resultsBase}-embedded.list`;
  mkdirSync(dirname(file), { recursive: true });
  const pattern = ['--reporter=json', `--outputFile=${file}`, '-t', '^no test has this name$'];
  spawnSync(process.execPath, [vitest, 'run', ...pattern, `${folder}/sqlite-conformance.test.ts`], {
    cwd: root,
    stdio: 'ignore',
  });
  return readResults(file)
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ fullName }) => !fullName.includes('as a vector index')).length;
}

const embedded = countEmbedded();

/** What runs on the first release, or on the given server. */
const whole = values.quick ? [conformance, `${folder}/neo4j-connection.test.ts`] : [`${folder}/neo4j`];

/** Runs test files one after the other, as there is one database. */
function run(name: string, files: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const results = `${resultsBase}-${name}.json`;
  mkdirSync(dirname(results), { recursive: true });
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--no-file-parallelism', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, LEXLINE_TEST_RESULTS: results },
  });
  const tests = readResults(results)
    .filter(({ name: file }) => file.endsWith('neo4j-conformance.test.ts'))
    .flatMap(({ assertionResults }) => assertionResults);
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  for (const { fullName } of skipped) console.log(`skipped on Neo4j: ${fullName}`);
  const ran = tests.length - skipped.length;
  console.log(
    `contracts of graph, ledger, state and propagation: embedded ${embedded} tests, Neo4j ${name} ${ran}, skipped ${skipped.length}`,
  );
  return status === 0 && ran === embedded;
}

let passed = true;
if (given !== undefined) passed = run('given', whole, {});
else
  for (const release of ['lts', 'newest'] as const) {
    if (values.release !== 'both' && values.release !== release) continue;
    const started = Date.now();
    let server: Awaited<ReturnType<typeof startNeo4j>>;
    try {
      server = await startNeo4j({ release });
    } catch (error) {
      // A machine that cannot fetch the server says so by name; one that has it and fails is a failure.
      if (!values['skip-missing'] || !/could not be fetched|is not installed/u.test(messageOf(error))) throw error;
      console.log(`skipped: the contracts on Neo4j ${release}: ${messageOf(error)}`);
      continue;
    }
    console.log(`Neo4j ${server.version} is up after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    const env = { NEO4J_URI: server.url, NEO4J_USERNAME: server.username, NEO4J_PASSWORD: server.password };
    try {
      passed = run(release, release === 'lts' ? whole : [conformance], env) && passed;
    } finally {
      await server.stop();
    }
  }
process.exitCode = passed ? 0 : 1;
