import { dealingsSignal } from '../../../model/classification.ts';
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

/** The list of (v)(1) is not closed: what none of its letters names is listed below them. */
const noLetter = 'none';

/** Whose orders and purchases are those of consumers; rows of payments are of those who pay. */
const buyers: ReadonlySet<string> = new Set(['customer', 'person', 'payment']);

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
      'One entry for each category of Civ. Code 1798.140(v)(1); they overlap, so one field may stand under several. "none" means that connected data shows none and people entered none; whether something is sold, shared or disclosed, only people can say.',
    columns: ccpaColumns,
    look: 'cards',
  };
  for (const [letter, words] of letters) {
    const use = useOf(letter, survey, people);
    yield sourcedRow(ccpaColumns, { letter: derived(`(${letter})`), words: derived(words), ...cellsOf(use, people) });
  }
  const others = useOf(noLetter, survey, people);
  if (others.fields > 0)
    yield sourcedRow(ccpaColumns, {
      letter: derived('(v)(1)'),
      words: derived('other personal information: named by none of its letters'),
      ...cellsOf(others, people),
    });
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
    'Orders, sales and deliveries of persons count as commercial information (D) with all their fields. They are known by what a table is called and by whose key or details stand in it.',
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
  for (const dataset of survey.datasets.values()) {
    const whole = letter === 'D' && isPurchases(dataset);
    if (whole) addPurchases(use, dataset, people);
    for (const { holdings } of dataset.holding) {
      const own = holdings.filter((holding) => isOf(letter, holding, dataset));
      if (own.length > 0 && !whole) use.fields += 1;
      for (const { label, category } of own) {
        use.labels.add(plainLabel(label));
        use.datasets.add(dataset);
        for (const activity of people.activitiesOf(dataset.view)) use.activities.add(activity);
        const rules = people.retentionOf(dataset.view, category);
        if (rules.length === 0) use.withoutRule.add(plainLabel(label));
        for (const rule of rules) use.rules.add(ruleText(rule));
      }
    }
  }
  return use;
}

/** By the statute's mapping: a letter of (v)(1), or for L what (ae) calls sensitive. */
function isOf(letter: string, { category }: Holding, dataset: SurveyedDataset): boolean {
  if (letter === noLetter)
    return (
      isNamed('base', category, dataset) &&
      !letters.some(([one]) => isNamed(`letter ${one}`, category, dataset)) &&
      !isSensitive(category, dataset)
    );
  return letter === 'L' ? isSensitive(category, dataset) : isNamed(`letter ${letter}`, category, dataset);
}

function isSensitive(category: string, dataset: SurveyedDataset): boolean {
  const way = accessWay(category);
  return way === null ? isNamed('sensitive', category, dataset) : isTogether(way, dataset);
}

/** True where the mapping has a term of the group for the category, among rows of the dataset's subject. */
function isNamed(group: string, category: string, { subject }: SurveyedDataset): boolean {
  const entries = loadCatalogue('ccpa').mapping.terms.filter(
    (entry) =>
      entry.group === group &&
      isBelow(category, entry.category) &&
      (entry.within.length === 0 || entry.within.includes(subject?.kind ?? 'unknown')) &&
      !entry.outside.includes(subject?.kind ?? 'unknown'),
  );
  const deepest = entries.toSorted((a, b) => b.category.length - a.category.length)[0];
  return deepest !== undefined && deepest.term !== null;
}

/** Rows of orders, sales and deliveries of persons are records of what was purchased, whatever their single fields hold. */
function isPurchases({ subject }: SurveyedDataset): boolean {
  return (
    subject !== null && buyers.has(subject.kind) && subject.evidence.some(({ signal }) => signal === dealingsSignal)
  );
}

function addPurchases(use: Use, dataset: SurveyedDataset, people: PeopleKnow): void {
  const label = 'Orders, sales and deliveries of a person';
  use.labels.add(label);
  use.datasets.add(dataset);
  use.fields += dataset.fields;
  for (const activity of people.activitiesOf(dataset.view)) use.activities.add(activity);
  const rules = people.retentionOf(dataset.view, 'user.behavior.purchase_history');
  if (rules.length === 0) use.withoutRule.add(label);
  for (const rule of rules) use.rules.add(ruleText(rule));
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
