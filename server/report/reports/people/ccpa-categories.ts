import { loadCatalogue } from '../../../rulebook/catalogue.ts';
import type { Activity } from '../../../governance/objects.ts';
import { closingSections, openingSections } from '../../frame/frame.ts';
import { evidenceSection } from '../../frame/evidence.ts';
import type { Column, ReportGround, ReportPart, ReportTools } from '../../report.ts';
import { derived, entered, provenanceColumn, sourcedRow, together, type Sourced } from '../../sourced.ts';
import { createPeopleKnow, partyText, ruleText, type PeopleKnow } from '../../survey/people-know.ts';
import { readSurvey, type Holding, type Survey, type SurveyedDataset } from '../../survey/survey.ts';
import { plainLabel } from '../gdpr/activity-facts.ts';
import { accessWay, isBelow, isTogether, withoutCode } from './access-codes.ts';
import { countOf } from '../../../query/labels.ts';

/** The categories of Civ. Code 1798.140(v)(1) in our own words, and sensitive personal information of (ae). */
const letters: readonly (readonly [letter: string, words: string])[] = [
  ['A', 'identifiers'],
  ['B', 'customer records'],
  ['C', 'protected classes'],
  ['D', 'commercial information'],
  ['E', 'biometric information'],
  ['F', 'network activity'],
  ['G', 'geolocation'],
  ['H', 'sensory information'],
  ['I', 'professional or employment information'],
  ['J', 'education information'],
  ['K', 'inferences'],
  ['L', 'sensitive personal information'],
];

export const ccpaColumns: readonly Column[] = [
  { key: 'letter', title: 'Category' },
  { key: 'words', title: 'What it is' },
  { key: 'found', title: 'Found' },
  { key: 'fields', title: 'Fields', holds: 'numbers' },
  { key: 'datasets', title: 'Datasets', holds: 'numbers' },
  { key: 'collected', title: 'Collected' },
  { key: 'sources', title: 'Sources' },
  { key: 'purposes', title: 'Purposes' },
  { key: 'sold', title: 'Sold' },
  { key: 'shared', title: 'Shared' },
  { key: 'disclosed', title: 'Disclosed for a business purpose' },
  { key: 'thirdParties', title: 'Categories of third parties' },
  { key: 'retention', title: 'Retention, 1798.100(a)(3)' },
  provenanceColumn,
];

interface Use {
  readonly labels: Set<string>;
  readonly datasets: Set<SurveyedDataset>;
  readonly activities: Set<Activity>;
  readonly rules: Set<string>;
  readonly withoutRule: Set<string>;
  fields: number;
}

/** The lists of categories that a business keeps for the last 12 months: collected, sold or shared, disclosed. */
export async function* ccpaCategories(tools: ReportTools, ground: ReportGround): AsyncGenerator<ReportPart> {
  const people = createPeopleKnow(tools.governance);
  const survey = await readSurvey(tools.query, ground.revision.n, ground.source);
  yield* openingSections(tools, ground);
  yield {
    type: 'section',
    id: 'categories',
    title: 'Categories of personal information',
    about:
      'One entry for each category of Civ. Code 1798.140(v)(1). "none" means that connected data shows none and people entered none; whether something is sold, shared or disclosed, only people can say.',
    columns: ccpaColumns,
    look: 'cards',
  };
  for (const [letter, words] of letters) {
    const use = useOf(letter, survey, people);
    yield sourcedRow(ccpaColumns, { letter: derived(`(${letter})`), words: derived(words), ...cellsOf(use, people) });
  }
  yield* evidenceSection(survey, ({ terms }) => terms.some(({ regulation }) => regulation === 'ccpa'), 'ccpa', people);
  const alone = withoutCode(survey);
  yield* closingSections(tools, ground, people, survey, [
    'The lists of 1798.130(a)(5) cover the preceding 12 months; this report shows what was known at its time. Make it as of several times to cover them.',
    'A card, account or log-in name is sensitive personal information only together with a code or password that allows access (1798.140(ae)(1)(B)). Category (L) lists it where such a code stands in the same table and is not hashed; a code that is kept elsewhere is not seen together with it.',
    ...(alone === 0
      ? []
      : [
          `${countOf(alone, 'field')} with a card or account number ${alone === 1 ? 'stands' : 'stand'} in tables without such a code and ${alone === 1 ? 'is' : 'are'} not listed under (L).`,
        ]),
    'Whether something is sold or shared turns on consideration and cross-context advertising, not on data flows alone.',
  ]);
}

function useOf(letter: string, survey: Survey, people: PeopleKnow): Use {
  const use: Use = {
    labels: new Set(),
    datasets: new Set(),
    activities: new Set(),
    rules: new Set(),
    withoutRule: new Set(),
    fields: 0,
  };
  for (const dataset of survey.datasets.values())
    for (const { holdings } of dataset.holding) {
      const own = holdings.filter((holding) => isOf(letter, holding, dataset));
      if (own.length > 0) use.fields += 1;
      for (const { label, category } of own) {
        use.labels.add(plainLabel(label));
        use.datasets.add(dataset);
        for (const activity of people.activitiesOf(dataset.view)) use.activities.add(activity);
        const rules = people.retentionOf(dataset.view, category);
        if (rules.length === 0) use.withoutRule.add(plainLabel(label));
        for (const rule of rules) use.rules.add(ruleText(rule));
      }
    }
  return use;
}

/** By the statute's mapping: a letter of (v)(1), or for L what (ae) calls sensitive. */
function isOf(letter: string, holding: Holding, dataset: SurveyedDataset): boolean {
  const { category } = holding;
  if (letter === 'L') {
    const way = accessWay(category);
    if (way !== null) return isTogether(way, dataset);
  }
  const group = letter === 'L' ? 'sensitive' : 'letter';
  const entries = loadCatalogue('ccpa').mapping.terms.filter(
    (entry) => entry.group === group && isBelow(category, entry.category),
  );
  const deepest = entries.toSorted((a, b) => b.category.length - a.category.length)[0];
  return deepest !== undefined && (letter === 'L' || deepest.term === `category ${letter}`);
}

function cellsOf(use: Use, people: PeopleKnow): Readonly<Record<string, Sourced>> {
  const activities = [...use.activities];
  const said = activities.flatMap(({ ccpa }) => (ccpa === null ? [] : [ccpa]));
  const found = use.fields > 0;
  const answer = (key: 'sold' | 'shared' | 'disclosed'): Sourced => {
    if (!found) return derived('none');
    if (said.some((one) => one[key] === 'yes')) return entered('yes');
    return said.length === activities.length && said.length > 0 && said.every((one) => one[key] === 'no')
      ? entered('no')
      : entered(null);
  };
  const recipients = activities
    .flatMap(({ recipients: ids }) => ids.flatMap((id) => people.party(id) ?? []))
    .map(partyText);
  return {
    found: derived(found ? [...use.labels].toSorted() : 'none'),
    fields: derived(use.fields),
    datasets: derived(use.datasets.size),
    collected: derived(found ? 'yes' : 'none found'),
    sources: found ? entered([...new Set(said.flatMap(({ sources }) => sources))]) : derived('none'),
    purposes: found ? entered([...new Set(activities.flatMap(({ purposes }) => purposes))]) : derived('none'),
    sold: answer('sold'),
    shared: answer('shared'),
    disclosed: answer('disclosed'),
    thirdParties: found
      ? together([], [...new Set([...said.flatMap(({ thirdParties }) => thirdParties), ...recipients])])
      : derived('none'),
    retention: !found
      ? derived('none')
      : use.withoutRule.size > 0
        ? {
            value: [...use.rules, ...[...use.withoutRule].map((label) => `${label}: to be entered`)],
            origin: 'missing',
          }
        : entered([...use.rules]),
  };
}
