import type { Gap } from '../model/provenance.ts';
import { findingText, counts, type ShownFinding } from './finding-text.ts';
import type { Policy } from './policy-file.ts';

/** Findings as JUnit XML: a case for each policy, failed by its findings, and one for what could not be told. */
export function junit(
  policies: readonly Policy[],
  findings: readonly ShownFinding[],
  gaps: readonly { readonly gap: Gap }[],
  strict: boolean,
): string {
  const cases = policies.map((policy) => {
    const own = findings.filter(({ finding }) => finding.policy.id === policy.id);
    const failing = own.filter((one) => counts(one, strict));
    const rest = own.filter((one) => !failing.includes(one));
    return testCase(policy.id, lines(failing), lines(rest));
  });
  const gapLines = gaps.map(({ gap }) => `${gap.what}: ${gap.detail}`);
  cases.push(testCase('lineage-gaps', strict ? gapLines : [], strict ? [] : gapLines));
  const failures = cases.filter((one) => one.includes('<failure')).length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
<testsuite name="lexline check" tests="${String(cases.length)}" failures="${String(failures)}">
${cases.join('\n')}
</testsuite>
</testsuites>
`;
}

function lines(findings: readonly ShownFinding[]): readonly string[] {
  return findings.flatMap(({ finding, path, isNew }) => [
    `${finding.outcome}${isNew ? '' : ', there before'}: ${findingText(finding)}`,
    ...path.map((step) => `  ${step}`),
  ]);
}

function testCase(name: string, failing: readonly string[], other: readonly string[]): string {
  const failure =
    failing.length === 0
      ? ''
      : `<failure message="${escape(failing[0] ?? '')}">${escape(failing.join('\n'))}</failure>`;
  const out = other.length === 0 ? '' : `<system-out>${escape(other.join('\n'))}</system-out>`;
  return `<testcase classname="policy" name="${escape(name)}">${failure}${out}</testcase>`;
}

function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
