import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Prints every skipped test at the end, by name and reason, so that a green run never hides what it did not look at. */
export class SkipReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
    if (skipped.length === 0) return;
    const lines = skipped.map((test) => `  ${test.module.relativeModuleId}: ${test.fullName}${reasonOf(test)}`);
    process.stdout.write(`\nSkipped, and not looked at in this run:\n${[...new Set(lines)].join('\n')}\n`);
  }
}

/** What `context.skip(reason)` was given; else the reason stands in the test's own name, or in that of a suite around it. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  if (note !== undefined) return `: ${note}`;
  return namesOf(test).some((name) => /\((skipped: |needs |without )/u.test(name)) ? '' : ': NO REASON GIVEN';
}

function namesOf(test: TestCase): string[] {
  const names = [test.name];
  let around: TestSuite['parent'] = test.parent;
  while (around.type === 'suite') {
    names.push(around.name);
    around = around.parent;
  }
  return names;
}
