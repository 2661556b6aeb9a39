import { closingSections, openingSections } from '../../frame/frame.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { readFlowMap } from '../../survey/flow-map.ts';
import { createPeopleKnow, ruleText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey, type Survey } from '../../survey/survey.ts';
import { plainLabel } from '../gdpr/activity-facts.ts';
import { identifierField, subjectPlaces, type CutLineage, type SubjectPlace } from './subject-places.ts';
import { countOf } from '../../../query/labels.ts';
import { formWords, searchable } from './identifier-forms.ts';
import { hasSql, subjectSql, type SqlPlace } from './subject-sql.ts';

const placeColumns: readonly Column[] = [
  { key: 'step', title: 'Order of erasure', holds: 'numbers' },
  { key: 'dataset', title: 'Dataset' },
  { key: 'system', title: 'System' },
  { key: 'column', title: 'Look in' },
  { key: 'how', title: 'How it is reached' },
  { key: 'treated', title: 'Identifier there' },
  { key: 'holds', title: 'Holds of the person' },
  { key: 'against', title: 'Duties to keep against erasure' },
  { key: 'eraseAfter', title: 'Erase-after rules', place: 'detail' },
  { key: 'dialect', title: 'Dialect', place: 'detail' },
  { key: 'countSql', title: 'To count', place: 'detail' },
  { key: 'eraseSql', title: 'To erase, after a person agreed', place: 'detail' },
];

/** Where the rows of one person are, told from a field with an identifier and never from a value. */
export async function* subjectLocator(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const { n } = ground.revision;
  const start = await identifierField(query, n, ground.parameters['field'] ?? '');
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, n, ground.source);
  const flows = await readFlowMap(query, n);
  const { places, copies, cut, hidden } = await subjectPlaces(query, n, survey, flows, start);
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'places',
    title: 'Places, in the order of erasure',
    about:
      'Rows that point to others come before those they point to; places that others are made from come before the copies, so that a nightly job brings nothing back. The statements have a parameter where the identifier goes; they run nowhere by themselves.',
    columns: placeColumns,
    look: 'table',
  };
  for (const [index, place] of inOrder(places, (uid) => flows.sourcesOf(uid)).entries())
    yield { type: 'row', cells: placeCells(index + 1, place, survey, people) };
  yield {
    type: 'section',
    id: 'copies',
    title: 'Derived copies without the identifier',
    about:
      'Datasets downstream that hold personal data and in which neither the identifier nor a key tells whose row it is. Make them anew after erasing, or look at how they are made.',
    columns: [
      { key: 'dataset', title: 'Dataset' },
      { key: 'holds', title: 'Holds' },
      { key: 'subject', title: 'Whose rows' },
      { key: 'remedy', title: 'What to do' },
    ],
    look: 'table',
    open: true,
  };
  for (const { view, holding, subject } of copies)
    yield {
      type: 'row',
      cells: [
        view.name,
        labels(holding.flatMap(({ holdings }) => holdings)),
        subject?.kind ?? null,
        'make it anew from what is left',
      ],
    };
  yield* notFollowed(cut, hidden);
  yield* closingSections(tools, ground, people, survey, [
    'Erasure has limits in Art. 17(3) GDPR, above all duties to keep. A rule that people entered is shown against it; that none is shown does not mean that there is none.',
    'A hashed or tokenised identifier has to be hashed or looked up in the same way before it is searched for.',
    'Back-ups, logs, files and systems that nobody connected are not in this list. Keys that no source states are not followed.',
  ]);
}

/** Lineage beyond what was looked at, and fields that whoever asks may not see: rows of the person may be there too. */
function* notFollowed(cut: readonly CutLineage[], hidden: number): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'notFollowed',
    title: 'Lineage that was not followed to its end',
    about: 'Places of the person may lie beyond. Empty: lineage was followed to its ends in both directions.',
    columns: [
      { key: 'direction', title: 'Direction' },
      { key: 'why', title: 'Why' },
      { key: 'remedy', title: 'Remedy' },
    ],
    look: 'table',
    open: true,
  };
  for (const { direction, reason, fields } of cut) {
    const why = `${countOf(fields, 'field')} ${fields === 1 ? 'was' : 'were'} looked at, and ${reasonWords[reason]}`;
    const remedy = 'Ask again from a field at the end of what was found.';
    yield { type: 'row', cells: [direction.toLowerCase(), why, remedy] };
  }
  const someone = 'Let somebody who may see every source make the report.';
  if (hidden > 0)
    yield { type: 'row', cells: ['both', `${countOf(hidden, 'field')} on the way may not be seen`, someone] };
}

const reasonWords = {
  FIRST: 'lineage has more',
  DEPTH: 'lineage is deeper than a hundred steps',
  BUDGET: 'more would take longer than a question may take',
} as const;

function placeCells(step: number, place: SubjectPlace, survey: Survey, people: PeopleKnow): ReportRow {
  const { dataset, column, how, forms, through } = place;
  const holdings = survey.datasets.get(dataset.uid)?.holding.flatMap(({ holdings: all }) => all) ?? [];
  const rules = [
    ...new Set(
      [...holdings.map(({ category }) => category), ''].flatMap((category) => people.retentionOf(dataset, category)),
    ),
  ];
  const sql = subjectSql(dataset.platform, sqlPlace(place));
  const texts = (duty: 'keep-at-least' | 'erase-after'): readonly string[] =>
    rules.filter((rule) => rule.duty === duty).map(ruleText);
  return [
    step,
    dataset.name,
    people.systemsOf(dataset).map(({ name }) => name),
    column,
    through === null ? how : `${how}: ${column} to ${through.place.dataset.name}.${through.key}`,
    through === null ? formWords(forms) : formWords(holderOf(place).forms),
    labels(holdings),
    texts('keep-at-least'),
    texts('erase-after'),
    dataset.platform,
    sql?.count ?? (hasSql(dataset.platform) ? noComparison : 'no SQL for this platform'),
    sql?.erase ?? null,
  ];
}

type ReportRow = readonly (string | number | null | readonly string[])[];

const noComparison = 'none: how the identifier stands there cannot be told from names, see “Identifier there”';

/** The place at the end of the keys, where the identifier itself is compared. */
function holderOf(place: SubjectPlace): SubjectPlace {
  return place.through === null ? place : holderOf(place.through.place);
}

function sqlPlace({ dataset, column, forms, through }: SubjectPlace): SqlPlace {
  const functions = searchable(forms);
  return {
    dataset: dataset.name,
    column,
    search:
      functions === null
        ? null
        : { to: forms.some(({ applied }) => applied === 'here') ? 'column' : 'parameter', functions },
    through: through === null ? null : { place: sqlPlace(through.place), key: through.key },
  };
}

function labels(holdings: readonly { readonly label: string }[]): readonly string[] {
  return [...new Set(holdings.map(({ label }) => plainLabel(label)))].toSorted();
}

/** What points to a place comes before it; what a place is made from comes before it; the rest by name. */
function inOrder(
  places: readonly SubjectPlace[],
  sourcesOf: (uid: string) => readonly string[],
): readonly SubjectPlace[] {
  const left = new Map(places.map((place) => [place.dataset.uid, place]));
  const before = (place: SubjectPlace): readonly string[] => [
    ...sourcesOf(place.dataset.uid),
    ...places
      .filter(({ through }) => through?.place.dataset.uid === place.dataset.uid)
      .map(({ dataset }) => dataset.uid),
  ];
  const ordered: SubjectPlace[] = [];
  while (left.size > 0) {
    const sorted = [...left.values()].toSorted((a, b) => (a.dataset.name < b.dataset.name ? -1 : 1));
    // In a circle nobody is first: the first by name then is.
    const next =
      sorted.find((place) => before(place).every((uid) => uid === place.dataset.uid || !left.has(uid))) ?? sorted[0];
    if (next === undefined) break;
    ordered.push(next);
    left.delete(next.dataset.uid);
  }
  return ordered;
}
