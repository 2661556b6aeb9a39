import type { Uid } from '../../model/ids.ts';
import type { Query } from '../../query/query.ts';
import type { ReportGround, ReportPart, ReportTools } from '../report.ts';
import type { PeopleKnow } from '../survey/people-know.ts';
import type { Survey } from '../survey/survey.ts';
import { changesSection } from './changes.ts';
import { coverageSection } from './coverage.ts';
import { gapsSection, notConnectedSection, outsideSection } from './gaps.ts';
import { jointSection } from './joint.ts';
import { limitsSection } from './limits.ts';
import { methodSection, versionRows } from './method.ts';
import { scopeSection } from './scope.ts';
import { countOf } from '../../query/labels.ts';

/** What every report about data in place begins with: what it speaks of, and how deep the look went. */
export async function* openingSections({ query }: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  yield* scopeSection(query, ground.source);
  yield* coverageSection(await query.coverage(ground.revision.n, ground.source ?? undefined));
}

/** What every report about data in place ends with. `limits`: what only this one must say of itself. */
export async function* closingSections(
  { query, sample, outside }: ReportTools,
  ground: ReportGround,
  people: PeopleKnow,
  survey: Survey,
  limits: readonly string[],
): AsyncGenerator<ReportPart> {
  const coverage = await query.coverage(ground.revision.n, ground.source ?? undefined);
  yield* notConnectedSection(people, survey);
  if (ground.source !== null) yield* outsideSection(ground.source, outside);
  yield* jointSection(query, ground);
  yield* gapsSection(coverage);
  yield* changesSection(query, ground);
  yield* methodSection([...versionRows(), ...deciderRows(survey)], sample);
  yield* limitsSection(coverage, [...limits, ...(await beyondTheSource(query, ground, survey))]);
}

/** Where data of the one source comes from and goes on to, as far as that was left out. */
async function beyondTheSource(
  query: Query,
  { revision, source }: ReportGround,
  { datasets }: Survey,
): Promise<readonly string[]> {
  if (source === null) return [];
  const others = new Set<Uid>();
  for await (const flows of query.datasetFlows(revision.n))
    for (const { from, to } of flows) {
      if (datasets.has(from) && !datasets.has(to)) others.add(to);
      if (datasets.has(to) && !datasets.has(from)) others.add(from);
    }
  const known = `It is of the source ${source} alone.`;
  return [
    others.size === 0
      ? `${known} No lineage between it and another source is known.`
      : `${known} Lineage joins it with ${countOf(others.size, 'dataset')} outside of it; what ${others.size === 1 ? 'it holds, where it stands and where it sends' : 'they hold, where they stand and where they send'} it was not looked at.`,
  ];
}

function deciderRows(survey: Survey): readonly (readonly [string, string])[] {
  const counts = new Map<string, number>();
  for (const { holding } of survey.datasets.values())
    for (const { holdings } of holding)
      for (const { decidedBy } of holdings) counts.set(decidedBy, (counts.get(decidedBy) ?? 0) + 1);
  return [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([by, count]) => [by, countOf(count, 'classification')]);
}
