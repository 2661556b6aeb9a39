/** Adds up what test runs wrote as JSON and prints one closing line. Fails when there is nothing to add up. */
import { readFileSync } from 'node:fs';

interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numFailedTestSuites: number;
}

const files = process.argv.slice(2);
const runs = files.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Results);
const sum = (member: keyof Results): number => runs.reduce((total, run) => total + run[member], 0);
// A file that could not even be loaded has failed suites and no failed test.
const failed = Math.max(sum('numFailedTests'), Math.min(1, sum('numFailedTestSuites')));
console.log(`${sum('numPassedTests')} passed, ${failed} failed, ${sum('numPendingTests')} skipped`);
if (sum('numPassedTests') === 0) process.exitCode = 1;
