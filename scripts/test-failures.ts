/**
 * Names what a test run left unproven: `node scripts/test-failures.ts <results.json>` prints a line for each failed test with the
 * first line of its message; with `--files` the test files that did not pass, a line each: also those that a crashed worker left
 * without a result. Prints nothing where every file passed.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface FileResult {
  readonly name: string;
  readonly status: 'passed' | 'failed';
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages: readonly string[] | null;
  }[];
}

const [resultFile, option] = process.argv.slice(2);
if (resultFile === undefined) throw new Error('which results? node scripts/test-failures.ts <results.json> [--files]');
const { testResults } = JSON.parse(readFileSync(resultFile, 'utf8')) as { readonly testResults: readonly FileResult[] };
const byFile = new Map(testResults.map((result) => [path.relative('.', result.name), result]));

const passed = (result: FileResult | undefined): boolean =>
  result?.status === 'passed' && result.assertionResults.length > 0;
const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
const unproven = globSync('test/**/*.test.ts').filter((file) => !passed(byFile.get(file)));

for (const file of unproven.toSorted()) {
  if (option === '--files') {
    console.log(file);
    continue;
  }
  const result = byFile.get(file);
  const failures = (result?.assertionResults ?? []).filter(({ status }) => status === 'failed');
  for (const { fullName, failureMessages } of failures)
    console.log(`${file} > ${fullName}: ${firstLine(failureMessages?.[0] ?? '')}`);
  if (failures.length === 0) console.log(`${file}: ${firstLine(result?.message ?? '') || 'no result'}`);
}
