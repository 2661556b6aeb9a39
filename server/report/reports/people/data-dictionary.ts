import { printPath } from '../../../model/ids.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { createPeopleKnow } from '../../survey/people-know.ts';
import { readSurvey } from '../../survey/survey.ts';
import { plainLabel } from '../gdpr/activity-facts.ts';

const columns: readonly Column[] = [
  { key: 'dataset', title: 'Dataset', place: 'group' },
  { key: 'about', title: 'About', place: 'group' },
  { key: 'field', title: 'Field' },
  { key: 'type', title: 'Type' },
  { key: 'holds', title: 'Holds' },
  { key: 'description', title: 'Description' },
  { key: 'tags', title: 'Tags' },
];

/** Every dataset and field with what sources say of it and what it holds: made to be kept in git beside the code. */
export async function* dataDictionary(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'fields',
    title: 'Datasets and fields',
    about: 'As their sources describe them. "Not judged" and "Undecided" are gaps.',
    columns,
    look: 'table',
  };
  const filter = ground.source === null ? undefined : { source: ground.source };
  for await (const { dataset, field } of query.inventory(ground.revision.n, filter))
    yield {
      type: 'row',
      cells: [
        dataset.name,
        [dataset.kind ?? 'not described', dataset.description ?? '', ...dataset.owners]
          .filter((part) => part !== '')
          .join(', '),
        printPath(field.path),
        field.type,
        field.label,
        field.description,
        field.tags.map(({ tag }) => (tag.value === undefined ? tag.name : `${tag.name}: ${tag.value}`)),
      ],
    };
  const people = createPeopleKnow(governance);
  yield* closingSections(tools, ground, people, await readSurvey(query, ground.revision.n, ground.source), []);
}

/** What each owner answers for: their datasets, what these hold, and what is open there. */
export async function* rolePages(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, ground.revision.n, ground.source);
  const byOwner = new Map<string, string[]>();
  const rows = new Map<string, readonly (string | number | readonly string[] | null)[]>();
  for (const { view, holding, undecided, notJudged } of survey.datasets.values()) {
    const owners = [
      ...view.owners,
      ...people.systemsOf(view).flatMap(({ owner }) => owner ?? []),
      ...people.activitiesOf(view).flatMap(({ owner }) => owner ?? []),
    ];
    for (const owner of owners.length === 0 ? ['nobody'] : new Set(owners))
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), view.uid]);
    const labels = [
      ...new Set(holding.flatMap(({ holdings }) => holdings.map(({ label }) => plainLabel(label)))),
    ].toSorted();
    const activities = people.activitiesOf(view).map(({ name }) => name);
    rows.set(view.uid, [
      view.name,
      labels,
      holding.length,
      undecided + notJudged,
      activities,
      holding.length > 0 && activities.length === 0 ? 'name a processing activity' : null,
    ]);
  }
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'roles',
    title: 'By owner',
    about: 'Owners by their sources and by what people entered. Datasets of nobody need an owner.',
    columns: [
      { key: 'owner', title: 'Owner', place: 'group' },
      { key: 'dataset', title: 'Dataset' },
      { key: 'holds', title: 'Holds' },
      { key: 'fields', title: 'Fields that hold something', holds: 'numbers' },
      { key: 'unknown', title: 'Undecided or not judged', holds: 'numbers' },
      { key: 'activities', title: 'Activities' },
      { key: 'todo', title: 'To do' },
    ],
    look: 'table',
  };
  for (const [owner, uids] of [...byOwner].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    for (const uid of uids) yield { type: 'row', cells: [owner, ...(rows.get(uid) ?? [])] };
  yield* closingSections(tools, ground, people, survey, []);
}
