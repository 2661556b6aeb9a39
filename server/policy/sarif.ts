import { findingText, placeOf, type ShownFinding } from './finding-text.ts';
import type { Gap } from '../model/provenance.ts';
import type { Policy } from './policy-file.ts';

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

const kinds = { violation: 'fail', gap: 'review', met: 'pass' } as const;

/** Findings as SARIF 2.1.0, which code hosts show beside the change. Gaps are warnings; what was there before is `unchanged`. */
export function sarif(
  policies: readonly Policy[],
  findings: readonly ShownFinding[],
  gaps: readonly { readonly gap: Gap; readonly file: string | null }[],
  version: string,
): string {
  const rules = [
    ...policies.map(({ id, title, severity }) => ({
      id,
      shortDescription: { text: title },
      defaultConfiguration: { level: levels[severity] },
    })),
    {
      id: 'lineage-gap',
      shortDescription: { text: 'What could not be read or understood' },
      defaultConfiguration: { level: 'warning' },
    },
  ];
  const results = [
    ...findings.map((one) => {
      const { finding, path, isNew, file } = one;
      const { outcome } = finding;
      return {
        ruleId: finding.policy.id,
        level: outcome === 'met' ? 'none' : outcome === 'gap' ? 'warning' : levels[finding.policy.severity],
        kind: kinds[outcome],
        baselineState: isNew ? 'new' : 'unchanged',
        message: { text: [findingText(finding), ...path].join('\n') },
        locations: locations(file, placeOf(finding)),
        partialFingerprints: { 'place/v1': `${finding.policy.id} ${placeOf(finding)} ${finding.category ?? ''}` },
        ...(finding.waiver === null
          ? {}
          : { suppressions: [{ kind: 'external', justification: finding.waiver.reason }] }),
      };
    }),
    ...gaps.map(({ gap, file }) => ({
      ruleId: 'lineage-gap',
      level: 'warning',
      kind: 'review',
      message: { text: `${gap.what}: ${gap.detail}` },
      locations: locations(file, gap.what),
    })),
  ];
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Lexline', version, rules } }, results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function locations(file: string | null, place: string): readonly unknown[] {
  const logical = [{ fullyQualifiedName: place, kind: 'member' }];
  return [
    file === null
      ? { logicalLocations: logical }
      : { physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } }, logicalLocations: logical },
  ];
}
