import { LexlineError } from '../../base/errors.ts';
import { placeOf } from '../../policy/finding-text.ts';
import { testPolicies } from '../../policy/self-tests.ts';
import { closingSections, openingSections } from '../frame/frame.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../report.ts';
import { createPeopleKnow } from '../survey/people-know.ts';
import { readSurvey } from '../survey/survey.ts';
import { findByPolicies, type FoundByPolicy } from './policy-findings.ts';

const columns: readonly Column[] = [
  { key: 'severity', title: 'Severity' },
  { key: 'policy', title: 'Policy' },
  { key: 'place', title: 'Place' },
  { key: 'category', title: 'Category' },
  { key: 'form', title: 'Form' },
  { key: 'what', title: 'What' },
  { key: 'way', title: 'Way', place: 'detail' },
  { key: 'waiver', title: 'Waiver', place: 'detail' },
];

/** What the configured policies say of every field, with the way by which the data got there. */
export async function* policiesReport(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance, policies } = tools;
  if (policies === null)
    throw new LexlineError('CONFIG_INVALID', '[report] no policies are configured', {
      remedy: 'add to lexline.yaml:\npolicies: ./policies',
    });
  const tests = testPolicies(policies);
  const { n, publishedAt } = ground.revision;
  const today = (ground.asOf === '' ? publishedAt : ground.asOf).slice(0, 10);
  const found = await findByPolicies(query, n, policies, governance, today);
  yield* openingSections(tools, ground);
  yield* part(
    'violations',
    'Violations',
    'Data that a policy does not allow where it is.',
    found.filter(({ finding }) => finding.outcome === 'violation' && finding.waiver === null),
    true,
  );
  yield* part(
    'policyGaps',
    'Gaps of policies',
    'Places that a policy names and of which nobody could tell what they hold or where they lie.',
    found.filter(({ finding }) => finding.outcome === 'gap'),
    true,
  );
  yield* part(
    'waived',
    'Waived',
    'Violations that a named person lets stand until a day.',
    found.filter(({ finding }) => finding.outcome === 'violation' && finding.waiver !== null),
    false,
  );
  yield* part(
    'met',
    'Arrives in an allowed form',
    'Data that was stepped down on its way.',
    found.filter(({ finding }) => finding.outcome === 'met'),
    false,
  );
  yield {
    type: 'section',
    id: 'policies',
    title: 'Policies',
    about: `Held against every field. ${String(tests)} tests stand in them; all decide as their authors expect. A policy without findings: no violation was found.`,
    columns: [
      { key: 'id', title: 'Policy' },
      { key: 'title', title: 'Title' },
      { key: 'severity', title: 'Severity' },
      { key: 'violations', title: 'Violations', holds: 'numbers' },
      { key: 'gaps', title: 'Gaps', holds: 'numbers' },
      { key: 'waived', title: 'Waived', holds: 'numbers' },
      { key: 'tests', title: 'Tests', holds: 'numbers' },
    ],
    look: 'table',
  };
  for (const policy of policies.policies) {
    const own = found.filter(({ finding }) => finding.policy.id === policy.id);
    const count = (meant: (one: FoundByPolicy) => boolean): number => own.filter(meant).length;
    yield {
      type: 'row',
      cells: [
        policy.id,
        policy.title,
        policy.severity,
        count(({ finding }) => finding.outcome === 'violation' && finding.waiver === null),
        count(({ finding }) => finding.outcome === 'gap'),
        count(({ finding }) => finding.outcome === 'violation' && finding.waiver !== null),
        policy.tests.length,
      ],
    };
  }
  const survey = await readSurvey(query, n, ground.source);
  yield* closingSections(tools, ground, createPeopleKnow(governance), survey, [
    'A policy sees what lineage and judging show. A flow that nobody connected is not seen, and "no violation found" does not say that there is none.',
    'The policies are those of the folder at the moment of making; git tells how they were at another time.',
  ]);
}

function* part(
  id: string,
  title: string,
  about: string,
  found: readonly FoundByPolicy[],
  open: boolean,
): Generator<ReportPart> {
  yield { type: 'section', id, title, about, columns, look: 'table', ...(open ? { open: true as const } : {}) };
  for (const { finding, path } of found) {
    const { policy, category, treatment, what, waiver, expired } = finding;
    const said =
      waiver !== null
        ? `until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`
        : expired === null
          ? null
          : `of ${expired.owner}, ended on ${expired.expires}`;
    yield {
      type: 'row',
      cells: [policy.severity, policy.title, placeOf(finding), category, treatment, what, path, said],
    };
  }
}
