import type { ReportPart } from '../../report.ts';
import type { PeopleKnow } from '../../survey/people-know.ts';
import type { Survey } from '../../survey/survey.ts';
import type { ActivityFacts } from './activity-facts.ts';
import { plainLabel } from './activity-facts.ts';
import { categoryLimits } from './time-limits.ts';

/** The categories of each activity one by one, with their time limits. */
export function* categoriesSection(facts: readonly ActivityFacts[], people: PeopleKnow): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'categories',
    title: 'Categories of personal data by activity',
    about: 'Derived from the classified fields of the datasets that the activity names.',
    columns: [
      { key: 'activity', title: 'Activity' },
      { key: 'label', title: 'What it is' },
      { key: 'category', title: 'Category' },
      { key: 'special', title: 'Special' },
      { key: 'fields', title: 'Fields', holds: 'numbers' },
      { key: 'inClear', title: 'In clear', holds: 'numbers' },
      { key: 'datasets', title: 'Datasets', holds: 'numbers' },
      { key: 'timeLimit', title: 'Time limit for erasure' },
      { key: 'keepDuties', title: 'Duties to keep' },
      { key: 'withoutLimit', title: 'Datasets without a time limit' },
    ],
    look: 'table',
  };
  for (const { activity, categories } of facts)
    for (const held of categories) {
      const { label, category, special, fields, clear, datasets } = held;
      const { erase, keep, without } = categoryLimits(held, activity, people);
      yield {
        type: 'row',
        cells: [activity.name, label, category, special, fields, clear, datasets.size, erase, keep, without],
      };
    }
}

/** Every sign that data of an activity goes to or lies in a place, inside the EEA as well. */
export function* transfersSection(facts: readonly ActivityFacts[]): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'transfers',
    title: 'Transfer indications',
    about:
      'Recipients that people named, and systems outside the EEA in which data of the activity lies or which lineage reaches. A place that nobody told is unknown, not inside.',
    columns: [
      { key: 'activity', title: 'Activity' },
      { key: 'kind', title: 'Sign' },
      { key: 'to', title: 'To' },
      { key: 'country', title: 'Country' },
      { key: 'outside', title: 'Outside the EEA' },
      { key: 'safeguards', title: 'Safeguards' },
      { key: 'ground', title: 'Rests on' },
      { key: 'said', title: 'Place is' },
    ],
    look: 'table',
  };
  for (const { activity, transfers } of facts)
    for (const { kind, to, country, outside, safeguards, ground, said } of transfers)
      yield {
        type: 'row',
        cells: [
          activity.name,
          kind,
          to,
          country,
          outside === null ? 'unknown' : outside ? 'yes' : 'no',
          safeguards ?? (outside === false ? null : 'to be entered'),
          ground,
          said,
        ],
        ...(outside !== false && safeguards === null
          ? { origins: [null, null, null, null, null, 'missing' as const, null, null] }
          : {}),
      };
}

/** Personal data that no processing activity names: either the record or the selectors are not whole. */
export function* uncoveredSection(survey: Survey, people: PeopleKnow): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'uncovered',
    title: 'Personal data in no activity',
    about:
      'Datasets with personal data that no processing activity names. Each needs an activity, or a selector in one.',
    columns: [
      { key: 'dataset', title: 'Dataset' },
      { key: 'source', title: 'Source' },
      { key: 'subject', title: 'Whose rows' },
      { key: 'fields', title: 'Fields with personal data', holds: 'numbers' },
      { key: 'holds', title: 'What they hold' },
      { key: 'place', title: 'Place' },
    ],
    look: 'table',
    open: true,
  };
  for (const { view, holding, subject } of survey.datasets.values()) {
    if (holding.length === 0 || people.activitiesOf(view).length > 0) continue;
    const labels = new Set(holding.flatMap(({ holdings }) => holdings.map(({ label }) => plainLabel(label))));
    yield {
      type: 'row',
      cells: [
        view.name,
        view.sources,
        subject?.kind ?? null,
        holding.length,
        [...labels].toSorted(),
        people.placeOf(view)?.country ?? 'unknown',
      ],
    };
  }
}
