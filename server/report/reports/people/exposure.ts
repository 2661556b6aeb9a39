import { LexlineError } from '../../../base/errors.ts';
import { suggest } from '../../../base/nearest.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import type { ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { readFlowMap, type FlowMap } from '../../survey/flow-map.ts';
import { createPeopleKnow, partyText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey, treatmentWords, type Survey, type SurveyedDataset } from '../../survey/survey.ts';
import { plainLabel } from '../gdpr/activity-facts.ts';

/** What may have been seen when a system was breached: kinds of data and people, forms, where it came from and went to. */
export async function* exposureSheet(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const { query, governance } = tools;
  const people = createPeopleKnow(governance);
  const survey = await readSurvey(query, ground.revision.n, ground.source);
  const flows = await readFlowMap(query, ground.revision.n);
  const name = ground.parameters['system'] ?? '';
  const inside = await datasetsOf(name, tools, ground, survey, people);
  yield* openingSections(tools, ground);
  yield* categoriesOf(inside);
  yield* datasetsSection(inside, people);
  yield* surroundings(inside, survey, flows, people);
  yield* dutiesSection(inside, people);
  yield* closingSections(tools, ground, people, survey, [
    'It lists what the system held as far as Lexline knew, not what was seen or taken.',
    'The number of people is not told: Lexline keeps no values and counts no rows of persons.',
    'A form other than clear lowers what can be read; whether it lowers the risk turns on keys and on what else was taken.',
  ]);
}

/**
 * By a system that people entered, or the name of a source. Fails with NOT_FOUND, alike for one that does not exist and one of
 * which the viewer may see nothing.
 */
async function datasetsOf(
  name: string,
  { query, seesEverything, outside }: ReportTools,
  { source }: ReportGround,
  survey: Survey,
  people: PeopleKnow,
): Promise<readonly SurveyedDataset[]> {
  const wanted = name.toLowerCase();
  const all = [...survey.datasets.values()];
  const seen = new Set(all.flatMap(({ view }) => people.systemsOf(view)));
  const systems = people.governance.systems.filter((one) => seesEverything || seen.has(one));
  const system = systems.find((one) => one.id.toLowerCase() === wanted || one.name.toLowerCase() === wanted);
  if (system !== undefined) return all.filter(({ view }) => people.systemsOf(view).includes(system));
  const beyond = outside.find(
    (one) => one.kind === 'system' && [one.id, one.name].some((it) => it.toLowerCase() === wanted),
  );
  if (beyond !== undefined)
    throw new LexlineError(
      'INPUT_INVALID',
      `[report] all datasets of the system ${beyond.name} are outside of the source ${source ?? ''}`,
      { remedy: `Ask without --source, or for one of: ${beyond.sources.join(', ')}` },
    );
  const sources = (await query.sources()).map((one) => one.name);
  if (sources.includes(name)) return all.filter(({ view }) => view.sources.includes(name));
  const known = [...systems.map(({ id }) => id), ...sources];
  throw new LexlineError('NOT_FOUND', `[report] no system and no source is called "${name}"; ${suggest(name, known)}`);
}

function* categoriesOf(inside: readonly SurveyedDataset[]): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'categories',
    title: 'What it held',
    about: 'By kind of data and form. A field that nobody could tell may hold more.',
    columns: [
      { key: 'label', title: 'What it is' },
      { key: 'category', title: 'Category' },
      { key: 'form', title: 'Form' },
      { key: 'fields', title: 'Fields', holds: 'numbers' },
      { key: 'datasets', title: 'Datasets', holds: 'numbers' },
      { key: 'terms', title: 'In the regulations’ words' },
    ],
    look: 'table',
  };
  const kinds = new Map<
    string,
    { cells: readonly [string, string, string]; fields: number; datasets: Set<string>; terms: Set<string> }
  >();
  for (const { view, holding } of inside)
    for (const { holdings } of holding)
      for (const one of holdings) {
        const form = treatmentWords(one);
        const key = `${one.category} ${form}`;
        const kind = kinds.get(key) ?? {
          cells: [plainLabel(one.label), one.category, form],
          fields: 0,
          datasets: new Set(),
          terms: new Set(),
        };
        kind.fields += 1;
        kind.datasets.add(view.uid);
        for (const { regulation, term, applies } of one.terms) if (applies) kind.terms.add(`${regulation}: ${term}`);
        kinds.set(key, kind);
      }
  for (const [, { cells, fields, datasets, terms }] of [...kinds].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    yield { type: 'row', cells: [...cells, fields, datasets.size, [...terms].toSorted()] };
}

function* datasetsSection(inside: readonly SurveyedDataset[], people: PeopleKnow): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'datasets',
    title: 'Datasets',
    about: 'Every dataset of the system, also those in which nothing was found or nobody looked.',
    columns: [
      { key: 'dataset', title: 'Dataset' },
      { key: 'subject', title: 'Whose rows' },
      { key: 'sensitive', title: 'Fields that hold something', holds: 'numbers' },
      { key: 'unknown', title: 'Undecided or not judged', holds: 'numbers' },
      { key: 'fields', title: 'Fields', holds: 'numbers' },
      { key: 'activities', title: 'Activities' },
      { key: 'owners', title: 'Owners' },
    ],
    look: 'table',
  };
  for (const { view, subject, holding, undecided, notJudged, fields } of inside)
    yield {
      type: 'row',
      cells: [
        view.name,
        subject?.kind ?? null,
        holding.length,
        undecided + notJudged,
        fields,
        people.activitiesOf(view).map(({ name }) => name),
        view.owners,
      ],
      ...(undecided + notJudged > 0 ? { openCount: undecided + notJudged } : {}),
    };
}

function* surroundings(
  inside: readonly SurveyedDataset[],
  survey: Survey,
  flows: FlowMap,
  people: PeopleKnow,
): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'surroundings',
    title: 'Where it came from and went to',
    about: 'One step in either direction: places to look at, and readers outside.',
    columns: [
      { key: 'direction', title: 'Direction' },
      { key: 'place', title: 'Place' },
      { key: 'system', title: 'System' },
      { key: 'parties', title: 'Parties' },
      { key: 'by', title: 'To or from' },
    ],
    look: 'table',
  };
  const own = new Set(inside.map(({ view }) => view.uid));
  for (const { view } of inside) {
    const neighbours = [
      ...flows.sourcesOf(view.uid).map((uid) => ['comes from', uid] as const),
      ...flows.targetsOf(view.uid).map((uid) => ['goes to', uid] as const),
    ];
    for (const [direction, uid] of neighbours) {
      const other = survey.datasets.get(uid);
      if (own.has(uid) || other === undefined) continue;
      yield {
        type: 'row',
        cells: [
          direction,
          other.view.name,
          people.systemsOf(other.view).map(({ name }) => name),
          people.partiesOf(other.view).map(partyText),
          view.name,
        ],
      };
    }
    for (const { name } of flows.readersOf(view.uid))
      yield { type: 'row', cells: ['is read by', name, [], [], view.name] };
  }
}

/** Duties that a breach may bring, by what the system held. Provisions by their ids; whether they bind, people say. */
function* dutiesSection(inside: readonly SurveyedDataset[], people: PeopleKnow): Generator<ReportPart> {
  yield {
    type: 'section',
    id: 'duties',
    title: 'Duties to look at',
    about:
      'By the words of regulations that apply to what the system held. Whether a duty arises is for people to decide.',
    columns: [
      { key: 'regulation', title: 'Regulation' },
      { key: 'duty', title: 'Look at' },
      { key: 'because', title: 'Because it held' },
    ],
    look: 'table',
  };
  const duties: Readonly<Record<string, string>> = {
    // Articles and periods compared with the official texts: GDPR in the Official Journal's XML, HIPAA in the combined text.
    gdpr: 'Art. 33(1) (authority, where feasible within 72 hours of becoming aware), Art. 33(2) (a processor: the controller), Art. 34 (data subjects, where the risk is high), Art. 33(5) (log)',
    hipaa:
      '164.404 (individuals, within 60 calendar days of discovery), 164.406 (media, more than 500 residents of a state), 164.408 (the Secretary), 164.410 (a business associate: the covered entity), 164.412 (delay for law enforcement), 164.414 (burden of proof)',
    'pci-dss': '12.10 (incident response; card brands and acquirer as the plan says)',
    ccpa: '1798.150 (nonencrypted and nonredacted data); Cal. Civ. Code 1798.82 (notice) stands outside of the CCPA',
  };
  for (const [regulation, duty] of Object.entries(duties)) {
    const terms = inside.flatMap(({ holding }) =>
      holding.flatMap(({ holdings }) =>
        holdings.flatMap((one) =>
          one.terms.filter((term) => term.regulation === regulation && term.applies).map(({ term }) => term),
        ),
      ),
    );
    if (terms.length > 0) yield { type: 'row', cells: [regulation, duty, [...new Set(terms)].toSorted()] };
  }
  const logs = [
    ...new Set(inside.flatMap(({ view }) => people.activitiesOf(view).flatMap(({ breachLog }) => breachLog ?? []))),
  ];
  yield { type: 'row', cells: ['as entered', 'breach log', logs] };
}
