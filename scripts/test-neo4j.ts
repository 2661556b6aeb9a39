/**
 * `npm run test:neo4j [-- --release lts|newest|both] [-- file…]`: the suites of the store contracts on a real Neo4j and, beside
 * them, on the embedded engine. The server is the one of NEO4J_URI (with NEO4J_USERNAME and NEO4J_PASSWORD; its database must
 * be empty, or left by these tests), or one that this script installs, starts and ends. Says at the end how many tests ran on
 * which engine, and fails when the counts differ.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startNeo4j } from './neo4j.ts';

interface TestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

const root = resolve(import.meta.dirname, '..');
const { values, positionals } = parseArgs({
  options: { release: { type: 'string', default: 'both' } },
  allowPositionals: true,
});
const wanted =
  values.release === 'both'
    ? (['lts', 'newest'] as const)
    : ([values.release === 'newest' ? 'newest' : 'lts'] as const);
const conformance = [
  'test/integration/stores/sqlite-conformance.test.ts',
  'test/integration/stores/neo4j-conformance.test.ts',
];

/** Runs test files one after the other (there is one database) and says how many ran on which engine. */
function run(name: string, files: readonly string[], env: Readonly<Record<string, string>>): boolean {
  const results = join(root, '.cache/neo4j', `tests-${name}.json`);
  mkdirSync(join(root, '.cache/neo4j'), { recursive: true });
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--no-file-parallelism', ...files],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, LEXLINE_TEST_RESULTS: results } },
  );
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as TestResults;
  const counts = ['sqlite', 'neo4j'].map((engine) => {
    const tests = testResults
      .filter(({ name: file }) => file.endsWith(`${engine}-conformance.test.ts`))
      .flatMap(({ assertionResults }) => assertionResults)
      // Passages stay with the embedded engine or Qdrant.
      .filter(({ fullName }) => !fullName.includes('as a vector index'));
    const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
    for (const { fullName } of skipped) console.log(`skipped on ${engine}: ${fullName}`);
    return { engine, ran: tests.length - skipped.length, skipped: skipped.length };
  });
  for (const { engine, ran, skipped } of counts) console.log(`${name}: ${engine} ${ran} tests, ${skipped} skipped`);
  const [embedded, neo4j] = counts;
  const isWhole = !files.some((file) => file.endsWith('sqlite-conformance.test.ts')) || embedded?.ran === neo4j?.ran;
  if (!isWhole) console.log(`${name}: the two engines did not run the same number of tests`);
  return status === 0 && isWhole;
}

const files = positionals.length > 0 ? positionals : conformance;
let passed = true;
if (process.env['NEO4J_URI'] !== undefined) {
  passed = run('given', positionals.length > 0 ? positionals : [...conformance, 'test/integration/stores/neo4j'], {});
} else {
  for (const [i, release] of wanted.entries()) {
    const started = Date.now();
    const server = await startNeo4j({ release });
    console.log(`Neo4j ${server.version} is up after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    try {
      // What is not the contract itself runs once, on the first release.
      const also = positionals.length === 0 && i === 0 ? ['test/integration/stores/neo4j'] : [];
      passed =
        run(release, [...files, ...also], {
          NEO4J_URI: server.url,
          NEO4J_USERNAME: server.username,
          NEO4J_PASSWORD: server.password,
        }) && passed;
    } finally {
      await server.stop();
    }
  }
}
process.exitCode = passed ? 0 : 1;
