import type { OutsidePart } from '../../governance/source-part.ts';
import type { ReportPart } from '../report.ts';
import { selectorText } from '../../governance/selectors.ts';
import type { Coverage } from '../../query/query.ts';
import type { PeopleKnow } from '../survey/people-know.ts';
import type { Survey } from '../survey/survey.ts';

/** What could not be read or understood. Fields without an answer are counted in `coverage`. */
export function* gapsSection(coverage: Coverage): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'gaps',
    title: 'Gaps',
    about:
      coverage.gaps.length === 0
        ? 'None was met while reading. Fields that are undecided or not judged are in the list of fields.'
        : 'What could not be read or understood, and what to do about it. Fields that are undecided or not judged are in the list of fields.',
    columns: [
      { key: 'what', title: 'What' },
      { key: 'reason', title: 'Reason' },
      { key: 'detail', title: 'Detail' },
      { key: 'remedy', title: 'Remedy' },
    ],
    look: 'table',
    open: true,
  };
  for (const { what, reason, detail, remedy } of coverage.gaps)
    yield { type: 'row', cells: [what, reason, detail, remedy] };
}

/** What people declared and no connected source shows: outside of the evidence, not outside of the duty. */
export function* notConnectedSection(people: PeopleKnow, survey: Survey): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'notConnected',
    title: 'Declared and not connected',
    about:
      'Systems and processing activities that people entered and whose datasets no connected source shows. Nothing is known of what they hold.',
    columns: [
      { key: 'kind', title: 'Kind' },
      { key: 'name', title: 'Name' },
      { key: 'selectors', title: 'Looked for' },
      { key: 'remedy', title: 'Remedy' },
    ],
    look: 'table',
    open: true,
  };
  const { systems, activities } = people.governance;
  const datasets = [...survey.datasets.values()].map(({ view }) => view);
  const reachedSystems = new Set(datasets.flatMap((view) => people.systemsOf(view)));
  const reachedActivities = new Set(datasets.flatMap((view) => people.activitiesOf(view)));
  const remedy = (selectors: number): string =>
    selectors === 0
      ? 'Name its datasets, or connect it.'
      : 'Connect the source that holds it, or correct the selectors.';
  for (const system of systems)
    if (!reachedSystems.has(system))
      yield {
        type: 'row',
        cells: ['system', system.name, system.datasets.map(selectorText), remedy(system.datasets.length)],
      };
  for (const activity of activities)
    if (!reachedActivities.has(activity))
      yield {
        type: 'row',
        cells: [
          'processing activity',
          activity.name,
          activity.datasets.map(selectorText),
          remedy(activity.datasets.length),
        ],
      };
}

/** Of a report of one source: what people entered that reaches beyond it. Not open: it was left out on request. */
export function* outsideSection(source: string, outside: readonly OutsidePart[]): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'outside',
    title: 'Outside of this report',
    about: `This report is of the source ${source} alone. The datasets counted here are shown by other sources and were left out on request: nothing is said of what they hold, where they stand and where they send it. What has none in ${source} is named here and in no other section.`,
    columns: [
      { key: 'kind', title: 'Kind' },
      { key: 'name', title: 'Name' },
      { key: 'inside', title: 'Datasets looked at', holds: 'numbers' },
      { key: 'outside', title: 'Datasets left out', holds: 'numbers' },
      { key: 'sources', title: 'Shown by' },
    ],
    look: 'table',
  };
  for (const { kind, name, inside, outside: others, sources } of outside)
    yield { type: 'row', cells: [kind, name, inside, others, sources] };
}
